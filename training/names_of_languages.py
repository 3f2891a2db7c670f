"""Train the taggers of names in other languages than English: ``python training/names_of_languages.py CORPORA [--only GROUP]``.

CORPORA is a folder with the open corpora that docs/entities.md lists. Writes assets/entities/tagger/GROUP.npz. Needs
``pip install faker==40.54.0 german-nouns==1.2.5 wordfreq==3.1.1 natasha==1.6.0`` for the lists of names and the classes of words.
Fixed seeds; about five minutes of one core for all three.
"""

import argparse
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
from crf import Settings
from entities import Corpus
from language_lists import build_lists
from name_corpora import (
    Document,
    europeana,
    fact_ru_eval,
    germeval,
    kpwr,
    russian_wikinews,
    turkish_wiki,
    universal_ner,
    wikiann,
)
from parallel_names import parallel_names
from word_classes.german import german_classes
from word_classes.latin import frequency_classes
from word_classes.russian import marked, russian_classes

from assets.entities.tagger.elisions import taken_apart
from assets.entities.tagger.labels import OUTSIDE
from assets.entities.tagger.languages import GROUPS, model_path
from assets.entities.tagger.tagger import Layer, Model

REACH = {"de": 0, "latin": 3, "cyrillic": 3}
N_FOLDS = 2
UNION = re.compile(r"ЕС|Евросоюз\w*|Европейск\w+ [Сс]оюз\w*")
SEED = 7
SETTINGS = {"de": Settings(), "latin": Settings(bits=20, dropout=0.4), "cyrillic": Settings()}
CLASSES = {"de": german_classes, "latin": frequency_classes, "cyrillic": russian_classes}
CAUTION = {"cyrillic": 0.7}
"""How much likelier than none a name must be, in the logarithm."""
LEAST = {"de": (5, 12), "latin": (5, 12), "cyrillic": (3, 6)}
"""Smaller weights, and features without a larger one than the second, are left out: a third of the file, and no score."""


def corpora_of(group: str, folder: Path) -> Iterator[Document]:
    """All marked documents for one tagger."""
    bosque = [universal_ner(folder / f"UNER/pt_bosque-ud-{split}.iob2", "pt") for split in ("train", "dev", "test")]
    pud = [universal_ner(folder / f"UNER/{code}_pud-ud-test.iob2", code) for code in ("en", "pt")]
    parallel = {code: parallel_names(folder, code) for code in ("es", "it", "fr", "pl", "tr")}
    sources: dict[str, Iterable[Iterable[Document]]] = {
        "de": [
            germeval(folder), wikiann(folder, "de"), universal_ner(folder / "UNER/de_pud-ud-test.iob2", "de"),
            *(europeana(folder, f"enp_DE.{library}.bio", "de") for library in ("lft", "onb", "sbb")),
        ],
        "latin": [
            *bosque, *pud, *parallel.values(), kpwr(folder), turkish_wiki(folder),
            *(wikiann(folder, code) for code in ("fr", "nl", "pt")), europeana(folder, "enp_NL.kb.bio", "nl"),
        ],
        "cyrillic": [
            fact_ru_eval(folder), universal_ner(folder / "UNER/ru_pud-ud-test.iob2", "ru"),
            marked(russian_wikinews(folder)),
        ],
    }  # fmt: skip
    for document in chain.from_iterable(sources[group]):
        yield union_as_organisation(document) | {"text": taken_apart(document["text"], document["language"])}


def union_as_organisation(document: Document) -> Document:
    """The European Union is an organisation, also where a Russian corpus marks it as the place it is spoken of as."""
    text = document["text"]
    entities = [
        entity | {"label": "Organization"} if UNION.fullmatch(text, entity["start"], entity["end"]) else entity
        for entity in document["entities"]
    ]
    return document | {"entities": entities}


def train(group: str, folder: Path) -> Model:
    """One tagger; its second pass learns from what models that had not seen the document found."""
    documents = list(corpora_of(group, folder))
    corpus = Corpus(documents, build_lists(folder, GROUPS[group], CLASSES[group]()), REACH[group], SETTINGS[group])
    fold = np.random.default_rng(SEED).integers(N_FOLDS, size=len(documents))[corpus.tokens.documents]
    found = np.zeros(len(corpus.labels), dtype=np.uint8)
    for number in range(N_FOLDS):
        labels = corpus.tag_first(corpus.first_layer(fold != number))
        found[fold == number] = labels[fold == number]
    everything = np.ones(len(corpus.labels), dtype=bool)
    first, second = corpus.first_layer(everything), corpus.second_layer(everything, found)
    layers = (cautious(sparse(layer, *LEAST[group]), CAUTION.get(group, 0.0)) for layer in (first, second))
    return Model(*layers, corpus.lexicon, REACH[group])


def cautious(layer: Layer, margin: float) -> Layer:
    """The layer with ``margin`` more for tokens that are in no name."""
    transitions, first = layer.transitions.copy(), layer.first.copy()
    transitions[:, OUTSIDE] += margin
    first[OUTSIDE] += margin
    return replace(layer, transitions=transitions, first=first)


def sparse(layer: Layer, least: int, largest: int) -> Layer:
    """The layer without weights below ``least``, and without features that have none of ``largest``."""
    size = np.abs(layer.weights.astype(np.int16))
    keep = (size >= least) & (size.max(axis=1, keepdims=True) >= largest)
    return replace(layer, weights=np.where(keep, layer.weights, 0).astype(np.int8))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--only", choices=GROUPS, help="the one tagger to train")
    arguments = parser.parse_args()
    for group in [arguments.only] if arguments.only else GROUPS:
        path = model_path(group)
        train(group, arguments.corpora).save(path)
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
