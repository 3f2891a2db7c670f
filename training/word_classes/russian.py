"""What Natasha's models for Russian news (MIT licence; ``pip install natasha==1.6.0``) teach the tagger of Cyrillic letters.

Its tagger marks names in texts that have no marks, and its embeddings put words into classes.
"""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from name_corpora import Document
from navec import Navec
from slovnet import NER
from word_clusters import SIZES, unit_classes

KINDS = {"PER": "Person", "LOC": "Location", "ORG": "Organization"}
N_WORDS = 70_000
SEED = 5


def _models() -> Path:
    """The folder of the models; found without importing the package, most of which is not needed."""
    package = find_spec("natasha")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("no package natasha: run `pip install natasha==1.6.0`")
    return Path(package.origin).parent / "data"


def _embeddings() -> Navec:
    return Navec.load(_models() / "emb/navec_news_v1_1B_250K_300d_100q.tar")


def marked(texts: Iterable[str]) -> Iterator[Document]:
    """Texts with the names that Natasha's tagger finds."""
    tagger = NER.load(_models() / "model/slovnet_ner_news_v1.tar")
    tagger.navec(_embeddings())
    for text in dict.fromkeys(texts):
        entities = [{"start": span.start, "end": span.stop, "label": KINDS[span.type]} for span in tagger(text).spans]
        yield {"text": text, "entities": entities, "language": "ru"}


def russian_classes() -> dict[str, tuple[int, ...]]:
    """Classes (from 1) of the most frequent words, by their embeddings."""
    embeddings = _embeddings()
    order = np.argsort(-np.array(embeddings.vocab.counts), kind="stable")[:N_WORDS].tolist()
    words = [(place, embeddings.vocab.words[place]) for place in order]
    words = [(place, word) for place, word in words if word.replace("-", "").isalpha()]
    vectors = np.stack([embeddings.pq[place] for place, _ in words]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return unit_classes([word for _, word in words], vectors, SIZES, SEED)
