"""Train the tagger of indirect speech: python -m training.indirect EVAL_DIR [--out FILE]

Reads EVAL_DIR/quotes/polnear_train.jsonl (840 articles with hand-made labels of all reported speech) and writes
assets/quotes/indirect/model.npz. Fixed seeds: the same files give the same model.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np

from assets.quotes.indirect.annotations import (
    IN_QUOTE,
    MAY_REPORT,
    MOSTLY_REPORTS,
    OFTEN_REPORTS,
    STRENGTH,
    Text,
    Vocabulary,
    analyse,
)
from assets.quotes.indirect.boundaries import BOUNDARY_LINEAR, candidates
from assets.quotes.indirect.boundary_features import (
    LEFT_FAR,
    LEFT_NEAR,
    N_BOUNDARY_FEATURES,
    RIGHT_FAR,
    RIGHT_NEAR,
    SOURCE_FIRST,
    SOURCE_LAST,
    Asked,
    boundary_features,
)
from assets.quotes.indirect.characters import CHARACTERS, fold
from assets.quotes.indirect.cue_features import N_HEAD_FEATURES, head_features
from assets.quotes.indirect.cues import BELIEF, DIRECT, HEAD_LINEAR, N_CLASSES, REPORT
from assets.quotes.indirect.model import MODEL_PATH, Tagger, hash_table, single
from assets.quotes.indirect.nets import Judge
from assets.quotes.indirect.scorer import N_EVIDENCE, judge
from assets.quotes.indirect.spans import trim
from assets.quotes.indirect.tokens import END, HASH, START, tokenize
from assets.quotes.indirect.word_classes import ABBREVIATION, CLASS_BITS
from assets.quotes.marks.spans import find_marked_spans
from assets.text.compiled import compiled
from training.indirect_nets import Net, train_classes, train_judge, train_ranks
from training.indirect_words import ABBREVIATIONS, HEAD_CLASSES, WORD_CLASSES

HEAD_ROWS = 1 << 16
BOUNDARY_ROWS = 1 << 15
HEAD_UNITS = 24
BOUNDARY_UNITS = 16
EPOCHS = 4
DROP = 0.4
SEED = 1
FOLDS = 3
JUDGE_UNITS = 12
JUDGE_EPOCHS = 60
BELIEF_WEIGHT = 0.3
THRESHOLD = 0.4
N_CLUSTERS = (48, 250)


@dataclass(frozen=True)
class Gold:
    """One labelled report: token numbers, inclusive; source -1 where none; side 0 right of its head, 1 left."""

    first: int
    last: int
    cue_first: int
    cue_last: int
    source_first: int
    source_last: int
    kind: int


@dataclass(frozen=True)
class Document:
    """A training article: code points, marked spans and labels, tokenised."""

    codes: np.ndarray
    spans: np.ndarray
    table: np.ndarray
    gold: tuple[Gold, ...]


@dataclass(frozen=True)
class Words:
    """Word hashes in order, the vocabulary over them, and how often each is the cue of what somebody said."""

    hashes: np.ndarray
    vocabulary: Vocabulary
    ratio: dict[int, float]


def codes_of(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def spans_of(text: str) -> np.ndarray:
    """What the tagger is given: the outermost marked spans."""
    spans = sorted(trim(text, span.start, span.end) for span in find_marked_spans(text) if span.level == 0)
    return np.array(spans, dtype=np.int64).reshape(-1, 2)


def word_hash(word: str) -> int:
    codes = codes_of(word)
    return int(fold(codes, 0, len(codes), CHARACTERS.lower))


def read_documents(path: Path) -> list[Document]:
    with path.open(encoding="utf-8") as lines:
        return [_document(json.loads(line)) for line in lines]


def _document(record: dict) -> Document:
    text = record["text"]
    codes = codes_of(text)
    table = tokenize(codes, single(codes), CHARACTERS)
    starts, ends = table[:, START], table[:, END]

    def tokens(start: int | None, end: int | None) -> tuple[int, int]:
        if start is None or end is None:
            return -1, -1
        return int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end, side="left")) - 1

    gold = []
    for quote in record["quotes"]:
        start, end = trim(text, quote["start"], quote["end"])
        first, last = tokens(start, end)
        cue_first, cue_last = tokens(quote["cue_start"], quote["cue_end"])
        if start >= end or first > last or cue_first < 0 or cue_first > cue_last:
            continue
        kind = {"direct": DIRECT, "mixed": REPORT}.get(quote["type"], REPORT if quote["speech"] else BELIEF)
        source = tokens(quote["speaker_start"], quote["speaker_end"])
        gold.append(Gold(first, last, cue_first, cue_last, *source, kind))
    return Document(codes, spans_of(text), table, tuple(gold))


def build_vocabulary(documents: Sequence[Document]) -> Words:
    seen: Counter[int] = Counter()
    saying: Counter[int] = Counter()
    any_cue: Counter[int] = Counter()
    for document in documents:
        hashes = document.table[:, HASH]
        seen.update(hashes.tolist())
        for first, last, kind in {(g.cue_first, g.cue_last, g.kind) for g in document.gold}:
            for word in set(hashes[first : last + 1].tolist()):
                any_cue[word] += 1
                saying[word] += kind != BELIEF
    entries: dict[int, list[int]] = {}
    words, clusters = _clusters(documents, seen)
    for word, coarse, fine in zip(words, *clusters, strict=True):
        entries[word] = [0, int(coarse), int(fine), 0]
    for number, listed in WORD_CLASSES.items():
        for word in map(word_hash, listed):
            entry = entries.setdefault(word, [0, 0, 0, 0])
            if entry[0] == 0:
                entry[0] = number
    for word in map(word_hash, ABBREVIATIONS):
        entries.setdefault(word, [0, 0, 0, 0])[0] |= ABBREVIATION
    for word, n in saying.items():
        share = n / seen[word]
        entry = entries.setdefault(word, [0, 0, 0, 0])
        if entry[0] & CLASS_BITS and entry[0] & CLASS_BITS not in HEAD_CLASSES and share < 0.25:
            continue
        entry[3] = _strength(n, share)
    ordered = sorted(entries)
    columns = np.array([entries[word] for word in ordered], dtype=np.int64).T
    ratio = {word: (saying[word] or 0.5 * any_cue[word]) / seen[word] for word in any_cue}
    hashes = np.array(ordered, dtype=np.int64)
    return Words(hashes, Vocabulary(*hash_table(hashes), *columns), ratio)


def _strength(n: int, share: float) -> int:
    """How often a word reports that was the cue of what somebody said ``n`` times, which is a share of all times."""
    if n >= 5 and share >= 0.6:
        return MOSTLY_REPORTS
    if n >= 3 and share >= 0.25:
        return OFTEN_REPORTS
    return MAY_REPORT if n >= 2 and share >= 0.005 else 0


def _clusters(documents: Sequence[Document], seen: Counter[int]) -> tuple[list[int], list[np.ndarray]]:
    """Word classes learnt from neighbours: k-means over a truncated SVD of positive pointwise mutual information."""
    words = sorted((word for word, n in seen.items() if n >= 3), key=lambda word: (-seen[word], word))[:12000]
    number = {word: i for i, word in enumerate(words)}
    n_context = 700
    counts = np.zeros((len(words), 2 * (n_context + 1)), dtype=np.float32)
    for document in documents:
        ids = np.array([number.get(word, -1) for word in document.table[:, HASH].tolist()])
        for shift, (here, there) in enumerate(((ids[:-1], ids[1:]), (ids[1:], ids[:-1]))):
            context = np.where((there < 0) | (there >= n_context), n_context, there) + shift * (n_context + 1)
            np.add.at(counts, (here[here >= 0], context[here >= 0]), 1)
    total, by_word, by_context = counts.sum(), counts.sum(1, keepdims=True), counts.sum(0, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.nan_to_num(np.log(counts * total / (by_word * by_context)), nan=0.0, posinf=0.0, neginf=0.0)
    information = np.maximum(information, 0)
    random = np.random.default_rng(0)
    basis = information @ random.standard_normal((information.shape[1], 70)).astype(np.float32)
    for _ in range(4):
        basis = information @ (information.T @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    left, singular, _ = np.linalg.svd(basis.T @ information, full_matrices=False)
    vectors = (basis @ left)[:, :60] * np.sqrt(singular[:60])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    weights = np.log1p(by_word[:, 0]).astype(np.float64)
    labels = []
    for k in N_CLUSTERS:
        centres = vectors[random.choice(len(vectors), k, replace=False, p=weights / weights.sum())]
        for _ in range(25):
            label = np.argmax(vectors @ centres.T, axis=1)
            sums = np.zeros_like(centres)
            np.add.at(sums, label, vectors * weights[:, None].astype(np.float32))
            length = np.linalg.norm(sums, axis=1, keepdims=True)
            centres = np.where(length > 0, sums / np.maximum(length, 1e-9), centres)
        labels.append(np.argmax(vectors @ centres.T, axis=1) + 1)
    return words, labels


@dataclass(frozen=True)
class Analysed:
    """An article as the tagger sees it, and its labels by head: (right, left), None where there is nothing."""

    text: Text
    heads: dict[int, list[Gold | None]]


def analyse_documents(documents: Sequence[Document], words: Words) -> list[Analysed]:
    analysed = []
    for document in documents:
        text = analyse(document.codes, single(document.codes), document.spans, CHARACTERS, words.vocabulary)
        analysed.append(Analysed(text, _heads(document, text.notes, words.ratio)))
    return analysed


def _may_report(notes: np.ndarray) -> np.ndarray:
    """Which of some tokens may be heads."""
    return (notes[..., STRENGTH] > 0) & (notes[..., IN_QUOTE] == 0)


def _heads(document: Document, notes: np.ndarray, ratio: dict[int, float]) -> dict[int, list[Gold | None]]:
    """The head of a cue of several words is the one that most often reports."""
    heads: dict[int, list[Gold | None]] = {}
    for gold in document.gold:
        places = [i for i in range(gold.cue_first, gold.cue_last + 1) if _may_report(notes[i])]
        if not places:
            continue
        head = max(places, key=lambda i: (ratio.get(int(document.table[i, HASH]), 0.0), i))
        side = 0 if gold.first > head else 1
        if side == 1 and gold.last >= head:
            continue
        slot = heads.setdefault(head, [None, None])
        other = slot[side]
        if other is None or abs(gold.first - head) < abs(other.first - head):
            slot[side] = gold
    return heads


@compiled
def _head_rows(text: Text, heads: np.ndarray, mask: int) -> np.ndarray:
    x = np.zeros((heads.shape[0], N_HEAD_FEATURES), np.int64)
    for i in range(heads.shape[0]):
        head_features(text, heads[i], x[i])
    return (x & mask).astype(np.int32)


@compiled
def _boundary_rows(text: Text, asked: Asked, found: np.ndarray, mask: int) -> np.ndarray:
    x = np.zeros((found.shape[0], N_BOUNDARY_FEATURES), np.int64)
    for i in range(found.shape[0]):
        boundary_features(text.notes, asked, found[i], x[i])
    return (x & mask).astype(np.int32)


def head_examples(analysed: Sequence[Analysed]) -> tuple[np.ndarray, np.ndarray]:
    """Features (n, features) and gold class right and left (n, 2) of every word that may report."""
    xs, ys = [], []
    for article in analysed:
        heads = np.flatnonzero(_may_report(article.text.notes))
        xs.append(_head_rows(article.text, heads, HEAD_ROWS - 1))
        labels = [article.heads.get(int(h), [None, None]) for h in heads]
        ys.append(np.array([[g.kind if g else 0 for g in pair] for pair in labels], dtype=np.int64).reshape(-1, 2))
    return np.concatenate(xs), np.concatenate(ys)


def boundary_examples(analysed: Sequence[Analysed], kind: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Features of candidates, offsets of examples, gold candidate and label kind of each example."""
    xs, offsets, golds, kinds = [], [0], [], []
    for article in analysed:
        for head, pair in sorted(article.heads.items()):
            for side, gold in enumerate(pair):
                if gold is None or (kind < SOURCE_LAST and ((kind >= LEFT_NEAR) != (side == 1) or gold.kind == DIRECT)):
                    continue
                anchor, wanted = _asked(kind, head, gold)
                if wanted < 0 or anchor < 0:
                    continue
                asked = Asked(kind, head, anchor)
                found = candidates(article.text, asked)
                place = np.nonzero(found == wanted)[0]
                if len(place) == 0:
                    continue
                xs.append(_boundary_rows(article.text, asked, found, BOUNDARY_ROWS - 1))
                offsets.append(offsets[-1] + len(found))
                golds.append(place[0])
                kinds.append(gold.kind)
    return np.concatenate(xs), np.array(offsets), np.array(golds), np.array(kinds)


def _asked(kind: int, head: int, gold: Gold) -> tuple[int, int]:
    """The anchor given and the token wanted."""
    return {
        RIGHT_NEAR: (head, gold.first),
        RIGHT_FAR: (gold.first, gold.last),
        LEFT_NEAR: (head, gold.last),
        LEFT_FAR: (gold.last, gold.first),
        SOURCE_LAST: (head, gold.source_last),
        SOURCE_FIRST: (gold.source_last, gold.source_first),
    }[kind]


def _quantise(net: Net) -> tuple[np.ndarray, np.ndarray]:
    """Embeddings as int8, each unit with its own scale, which moves into the linear layer."""
    scale = np.maximum(np.quantile(np.abs(net.rows), 0.9998, axis=0), 1e-6) / 127
    rows = np.clip(np.rint(net.rows / scale), -127, 127).astype(np.int8)
    out = net.out.astype(np.float64).copy()
    if out.ndim == 2:
        out[:-1] *= scale[:, None]
    else:
        out *= scale
    return rows, out.astype(np.float32)


def fit(documents: Sequence[Document], seed: int = SEED) -> Tagger:
    """The first two nets, with a judge that knows nothing yet."""
    words = build_vocabulary(documents)
    analysed = analyse_documents(documents, words)
    x, y = head_examples(analysed)
    head = train_classes(
        x,
        y,
        np.ones(len(x), np.float32),
        n_rows=HEAD_ROWS,
        units=HEAD_UNITS,
        n_linear=HEAD_LINEAR,
        n_classes=N_CLASSES,
        epochs=EPOCHS,
        drop=DROP,
        seed=seed,
    )
    head_rows, head_out = _quantise(head)
    boundaries = []
    for kind in range(6):
        x, offsets, gold, _ = boundary_examples(analysed, kind)
        net = train_ranks(
            x,
            offsets,
            gold,
            n_rows=BOUNDARY_ROWS,
            units=BOUNDARY_UNITS,
            n_linear=BOUNDARY_LINEAR,
            epochs=EPOCHS,
            drop=DROP,
            seed=seed,
        )
        boundaries.append(_quantise(net))
    known = words.vocabulary
    return Tagger(
        words=words.hashes,
        word_class=known.word_class,
        cluster=known.cluster,
        fine=known.fine,
        strength=known.strength,
        head_rows=head_rows,
        head_out=head_out,
        boundary_rows=np.stack([rows for rows, _ in boundaries]),
        boundary_out=np.stack([out for _, out in boundaries]),
        inner=np.zeros((N_EVIDENCE + 1, 1), np.float32),
        outer=np.zeros((2, 2), np.float32),
        trust=np.zeros(3),
        threshold=np.zeros(1),
        keys=known.keys,
        slots=known.slots,
    )


@dataclass(frozen=True)
class Proposals:
    """Evidence of what a tagger proposes for articles it has not seen, and what the labels say of it.

    right (n, 2): overlaps by half, is equal; source_right (n,): 1, 0, or -1 where the label names no source; weight (n,):
    less for beliefs, which aren't speech but aren't errors either; article (n,).
    """

    evidence: np.ndarray
    source: np.ndarray
    right: np.ndarray
    source_right: np.ndarray
    weight: np.ndarray
    article: np.ndarray
    places: np.ndarray


def proposals(tagger: Tagger, documents: Sequence[Document], numbers: Sequence[int]) -> Proposals:
    rows: list[tuple[int, int, int, float, int]] = []
    evidence, source, places = [], [], []
    for number, document in zip(numbers, documents, strict=True):
        found, its_evidence, its_source = tagger.propose(document.codes, document.spans)
        evidence.append(its_evidence)
        source.append(its_source)
        places.append(found)
        for start, end, _, _, speaker_start, speaker_end in found.tolist():
            rows.append((*_verdict(document, (start, end), (speaker_start, speaker_end)), number))
    columns = np.array(rows, dtype=np.float64)
    return Proposals(
        np.concatenate(evidence),
        np.concatenate(source),
        columns[:, :2],
        columns[:, 2],
        columns[:, 3],
        columns[:, 4].astype(np.int64),
        np.concatenate(places),
    )


def _verdict(document: Document, span: tuple[int, int], speaker: tuple[int, int]) -> tuple[int, int, int, float]:
    best, best_gold = 0.0, None
    for gold in document.gold:
        start, end = int(document.table[gold.first, START]), int(document.table[gold.last, END])
        shared = min(end, span[1]) - max(start, span[0])
        overlap = shared / (max(end, span[1]) - min(start, span[0]))
        if overlap > best:
            best, best_gold = overlap, gold
    if best_gold is None or best < 0.5 or best_gold.kind != REPORT:
        belief = best_gold is not None and best_gold.kind == BELIEF and best >= 0.5
        return 0, 0, 0, BELIEF_WEIGHT if belief else 1.0
    source_right = -1
    if best_gold.source_first >= 0:
        start = int(document.table[best_gold.source_first, START])
        end = int(document.table[best_gold.source_last, END])
        source_right = int(min(end, speaker[1]) > max(start, speaker[0]))
    return 1, int(best > 0.9999), source_right, 1.0


def held_out_proposals(documents: Sequence[Document]) -> Proposals:
    """Every article's proposals by a tagger trained without it."""
    parts = []
    order = np.random.default_rng(SEED).permutation(len(documents))
    for part in range(FOLDS):
        held = set(order[part::FOLDS].tolist())
        tagger = fit([document for i, document in enumerate(documents) if i not in held])
        numbers = sorted(held)
        parts.append(proposals(tagger, [documents[i] for i in numbers], numbers))
    return Proposals(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Proposals)))


def fit_judge(tagger: Tagger, seen: Proposals) -> Tagger:
    """Add the judge, the confidence and the threshold, learnt from proposals for articles not trained on."""
    inner, outer = train_judge(
        seen.evidence, seen.right, seen.weight, units=JUDGE_UNITS, epochs=JUDGE_EPOCHS, seed=SEED
    )
    chances = judge(seen.evidence, Judge(inner, outer))
    known = seen.source_right >= 0
    both = (seen.right[:, 0] > 0) & (seen.source_right == 1)
    trust = _logistic(
        np.stack([np.ones(known.sum()), _logit(chances[known, 0]), _logit(seen.source[known])], axis=1),
        both[known].astype(np.float64),
    )
    return replace(tagger, inner=inner, outer=outer, trust=trust, threshold=np.array([THRESHOLD]))


def _logit(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p)) / 4


def _logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression, by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        curvature = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(x.shape[1])
        weights += np.linalg.solve(curvature, x.T @ (y - p))
    return weights


def train(documents: Sequence[Document]) -> Tagger:
    return fit_judge(fit(documents), held_out_proposals(documents))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval_dir", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL_PATH)
    arguments = parser.parse_args()
    train(read_documents(arguments.eval_dir / "quotes" / "polnear_train.jsonl")).save(arguments.out)


if __name__ == "__main__":
    main()
