"""Train the speaker ranker of ``assets/quotes/attribution/ranker.py``.

usage: python training/quotes.py EVAL_FOLDER [--folds 5] [--epochs N] [--out assets/quotes/attribution/ranker.npz]

Reads ``quotes/polnear_direct_train.jsonl`` of the evaluation folder. With ``--folds`` it cross-validates and prints joint
F1; with ``--out`` it trains on everything, calibrates on the out-of-fold probabilities and writes the model file. The seed
is fixed: the same file comes out every time.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates, find_candidates
from assets.quotes.attribution.features import Pairs, pair_features
from assets.quotes.attribution.mention_types import NAME, NAME_POSSESSIVE, NOMINAL
from assets.quotes.attribution.name_words import COMMON_BITS
from assets.quotes.attribution.pair_features import N_PAIR_FEATURES
from assets.quotes.attribution.quote_features import N_QUOTE_FEATURES
from assets.quotes.attribution.ranker import (
    CREDITED,
    HIDDEN,
    KNOWN_BITS,
    NOBODY,
    Decisions,
    Ranker,
    decide,
    is_known,
    row_of,
)
from assets.quotes.marks.spans import find_marked_spans
from assets.quotes.tokens.classes import K_BRACKET, K_COMMA, K_CONJUNCTION, K_DASH, K_PREPOSITION, K_RELATIVE, K_TO
from assets.quotes.tokens.lexicon import lexicon
from assets.quotes.tokens.stream import LOWER, Stream, joined, read_stream
from assets.text.characters import trimmed as normalised
from assets.text.compiled import compiled

SEED = 20250314
TABLE_ROWS = 1 << 16
EPOCHS = 10
LEAST_IN_KNOT = 40
AVERAGED = 5  # the weights are the mean of those after the last epochs
LEAST = 1  # a feature must occur so often to count
RATE = 0.05
FEATURE_DROPOUT = 0.1
HIDDEN_DROPOUT = 0.2
DECAY = 1e-6


@dataclass(frozen=True)
class Examples:
    """A batch with answers: ``answers[q]`` is -1 nobody, 0 somebody unknown, 1 the marked pair rows of ``right``."""

    stream: Stream
    candidates: Candidates
    classes: NDArray[np.uint8]
    pairs: Pairs
    answers: NDArray[np.int8]
    credited: NDArray[np.bool_]  # the annotators name a speaker, whether or not a candidate overlaps the mention
    right: NDArray[np.int8]
    overlapping: NDArray[np.int8]  # pair rows whose candidate overlaps the annotated mention, as the scorer asks
    words: NDArray[np.int64]
    missed: list[tuple[int, int]]  # (article, words) of gold quotations that no marks were found for


Weights = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], NDArray[np.uint8]]


def common_words(bodies: list[str]) -> NDArray[np.uint8]:
    """Bit set of the words the texts print in lower case at least twice."""
    stream = read_stream(*joined(bodies), np.zeros((0, 4), np.int64), lexicon())
    hashes, counts = np.unique(stream.hashes[stream.kinds == LOWER], return_counts=True)
    places = hashes[counts >= 2] & (COMMON_BITS - 1)
    bits = np.zeros(COMMON_BITS // 8, np.uint8)
    np.bitwise_or.at(bits, places >> 3, (1 << (places & 7)).astype(np.uint8))
    return bits


def examples(documents: list[dict], common: NDArray[np.uint8]) -> Examples:
    """Marked spans, candidates and features of the documents, with what the annotators answered."""
    spans, marks, gold = [], [], []
    missed: list[tuple[int, int]] = []
    offset = 0
    for number, document in enumerate(documents):
        text = document["text"]
        found = [span for span in find_marked_spans(text) if span.level == 0]
        ends = [normalised(text, span.start, span.end) for span in found]
        wanted = [(normalised(text, quote["start"], quote["end"]), quote) for quote in document["quotes"]]
        matches = sorted(
            (
                (_overlap(a, b), i, j)
                for i, a in enumerate(ends)
                for j, (b, _) in enumerate(wanted)
                if a[0] < b[1] and b[0] < a[1]
            ),
            reverse=True,
        )
        of_span: dict[int, int] = {}
        for overlap, i, j in matches:
            if overlap >= 0.5 and i not in of_span and j not in of_span.values():
                of_span[i] = j
        for j, (_, quote) in enumerate(wanted):
            if j not in of_span.values() and (quote["speaker"] or quote.get("speaker_canonical")):
                missed.append((number, quote.get("n_words") or 1))
        for i, span in enumerate(found):
            spans.append((span.start + offset, span.end + offset, span.outer_start + offset, span.outer_end + offset))
            marks.append((span.single, span.continues, span.repaired))
            if i not in of_span:
                gold.append((-1, 0, 0))
            else:
                quote = wanted[of_span[i]][1]
                if quote["speaker_start"] is None:
                    gold.append((0, 0, 0))
                else:
                    gold.append((1, quote["speaker_start"] + offset, quote["speaker_end"] + offset))
        offset += len(text) + 1
    bodies = [document["text"] for document in documents]
    stream = read_stream(*joined(bodies), np.array(spans, np.int64).reshape(-1, 4), lexicon())
    candidates, classes = find_candidates(stream, common)
    pairs = pair_features(stream, candidates, classes, np.array(marks, np.int8).reshape(-1, 3))
    starts = stream.starts[candidates.starts]
    ends_ = stream.ends[candidates.ends - 1]
    answers = np.zeros(len(spans), np.int8)
    right = np.zeros(len(pairs.candidates), np.int8)
    loose = np.zeros(len(pairs.candidates), np.int8)
    for q, (kind, start, end) in enumerate(gold):
        answers[q] = min(kind, 0)
        if kind != 1:
            continue
        rows = np.arange(pairs.offsets[q], pairs.offsets[q + 1])
        chosen = pairs.candidates[rows]
        hit = (starts[chosen] < end) & (ends_[chosen] > start)
        if hit.any():
            answers[q] = 1
            head = _head(stream, candidates, classes, chosen[hit], start, end)
            right[rows[hit & (chosen == head)]] = 1
            # Other mentions of the same name are neither right nor wrong.
            if candidates.types[head] in (NAME, NAME_POSSESSIVE):
                named = np.isin(candidates.types[chosen], (NAME, NAME_POSSESSIVE)) | (candidates.leads_to[chosen] >= 0)
                right[rows[named & (chosen != head) & (candidates.keys[chosen] == candidates.keys[head])]] = 2
            loose[rows[hit]] = 1
    credited = np.array([kind == 1 for kind, _, _ in gold], np.bool_)
    return Examples(stream, candidates, classes, pairs, answers, credited, right, loose, stream.inside[:, 0], missed)


def _head(
    stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], inside: NDArray[np.int32], start: int, end: int
) -> int:
    """Which candidate of an annotated mention it is about: "Hull mayor Ida Roe, 51, of the Greens" is about Ida Roe.

    That is the last candidate before the first comma, bracket, preposition or relative pronoun; after a phrase without a
    name, the name in apposition to it.
    """
    first = int(inside[0])
    for c in inside[1:].tolist():
        between = classes[candidates.ends[first] : candidates.starts[c]]
        if np.isin(between, (K_COMMA, K_BRACKET, K_PREPOSITION, K_TO, K_RELATIVE, K_DASH, K_CONJUNCTION)).any():
            break
        if candidates.types[c] in (NAME, NAME_POSSESSIVE, NOMINAL):
            first = c
    if candidates.types[first] == NOMINAL:
        for c in inside.tolist():
            if c > first and candidates.types[c] == NAME and classes[candidates.starts[c] - 1] == K_COMMA:
                after = candidates.ends[c]
                long = candidates.ends[c] - candidates.starts[c] > 1
                if long and (stream.starts[after] >= end - 1 or classes[after] == K_COMMA):
                    return int(c)
    return first


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def known_features(data: Examples, chosen: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Bit set of the features that occur at least ``LEAST`` times in the chosen articles."""
    bits = np.zeros(KNOWN_BITS // 8, np.uint8)
    of_quote = chosen[data.stream.article[data.stream.places]]
    of_pair = np.repeat(of_quote, np.diff(data.pairs.offsets))
    for columns, rows in ((data.pairs.features, of_pair), (data.pairs.quote_features, of_quote)):
        for f in range(columns.shape[1]):
            values, counts = np.unique(columns[rows, f], return_counts=True)
            places = values[counts >= LEAST] & (KNOWN_BITS - 1)
            np.bitwise_or.at(bits, places >> 3, (1 << (places & 7)).astype(np.uint8))
    return bits


def train(
    data: Examples, chosen: NDArray[np.bool_], seed: int = SEED, epochs: int = EPOCHS, without: str = ""
) -> Weights:
    """Weights learned from the quotations whose article is ``chosen``: AdaGrad on the log loss, one quotation at a time."""
    known = known_features(data, chosen)
    random = np.random.default_rng(seed)
    table = np.zeros((TABLE_ROWS, HIDDEN + 1), np.float32)
    table[:, :HIDDEN] = random.normal(0, 0.03, (TABLE_ROWS, HIDDEN))
    hidden = np.full(HIDDEN, 0.1, np.float32)
    output = random.normal(0, 0.3, HIDDEN).astype(np.float32)
    sums = [np.full_like(table, 1e-3), np.full_like(hidden, 1e-3), np.full_like(output, 1e-3)]
    means = [np.zeros_like(table, np.float64), np.zeros_like(hidden, np.float64), np.zeros_like(output, np.float64)]
    quotes = np.flatnonzero(chosen[data.stream.article[data.stream.places]])
    for epoch in range(epochs):
        order = random.permutation(quotes)
        rate = RATE * (1 - epoch / epochs) + RATE * 0.05
        _epoch(
            table, hidden, output, sums[0], sums[1], sums[2], order, rate, seed + epoch, data.answers, data.right,
            data.pairs.offsets, data.pairs.features, data.pairs.quote_features, FEATURE_DROPOUT,
            1.0 if without == "hidden" else HIDDEN_DROPOUT, DECAY, known,
        )  # fmt: skip
        if epoch >= epochs - AVERAGED:
            for mean, weights in zip(means, (table, hidden, output), strict=True):
                mean += weights / AVERAGED
    table, hidden, output = (mean.astype(np.float32) for mean in means)
    if without == "hidden":
        output[:] = 0
    return table, hidden, output, known


@compiled
def add_row(total: NDArray[np.float32], table: NDArray[np.float32], row: int) -> None:
    for k in range(total.shape[0]):
        total[k] += table[row, k]


@compiled
def _epoch(
    table, hidden, output, s_table, s_hidden, s_output, order, rate, seed, answers, right, offsets, features, quote_features,
    feature_dropout, hidden_dropout, decay, known,
):  # type: ignore[no-untyped-def]  # fmt: skip
    np.random.seed(seed)
    mask = table.shape[0] - 1
    width = table.shape[1]
    size = width - 1
    limit = 64
    q_rows = np.zeros(N_QUOTE_FEATURES, np.int64)
    n_rows = np.zeros(N_QUOTE_FEATURES, np.int64)
    p_rows = np.zeros((limit, N_PAIR_FEATURES), np.int64)
    totals = np.zeros((limit + 1, width), np.float32)
    deltas = np.zeros(width, np.float32)
    q_delta = np.zeros(width, np.float32)
    credited = np.zeros(width, np.float32)
    scores = np.zeros(limit + 1)
    kept = np.ones(size, np.float32)
    g_hidden = np.zeros(size, np.float32)
    g_output = np.zeros(size, np.float32)
    for q in order:
        begin, stop = offsets[q], offsets[q + 1]
        m = stop - begin
        for k in range(size):
            kept[k] = 0.0 if np.random.random() < hidden_dropout else 1.0 / (1.0 - hidden_dropout)
        credited[:] = 0
        totals[m, :] = 0
        for f in range(N_QUOTE_FEATURES):
            if not is_known(known, quote_features[q, f]) or np.random.random() < feature_dropout:
                q_rows[f] = -1
                n_rows[f] = -1
                continue
            q_rows[f] = row_of(quote_features[q, f], CREDITED, mask)
            n_rows[f] = row_of(quote_features[q, f], NOBODY, mask)
            add_row(credited, table, q_rows[f])
            add_row(totals[m], table, n_rows[f])
        for k in range(m):
            row = begin + k
            totals[k] = credited
            for f in range(N_PAIR_FEATURES):
                if not is_known(known, features[row, f]) or np.random.random() < feature_dropout:
                    p_rows[k, f] = -1
                    continue
                p_rows[k, f] = row_of(features[row, f], CREDITED, mask)
                add_row(totals[k], table, p_rows[k, f])
        top = -1e30
        for k in range(m + 1):
            value = np.float64(totals[k, size])
            for i in range(size):
                h = totals[k, i] + hidden[i]
                if h > 0:
                    value += h * output[i] * kept[i]
            scores[k] = value
            if k < m and right[begin + k] == 2:
                continue
            if value > top:
                top = value
        norm, good = 0.0, 0.0
        for k in range(m + 1):
            masked = k < m and right[begin + k] == 2
            scores[k] = 0.0 if masked else np.exp(scores[k] - top)
            norm += scores[k]
            correct = (k == m) if answers[q] == -1 else (k < m and (answers[q] == 0 or right[begin + k] == 1))
            if correct:
                good += scores[k]
        if good > 0:
            q_delta[:] = 0
            g_hidden[:] = 0
            g_output[:] = 0
            for k in range(m + 1):
                p = scores[k] / norm
                correct = (k == m) if answers[q] == -1 else (k < m and (answers[q] == 0 or right[begin + k] == 1))
                delta = np.float32(p - (scores[k] / good if correct else 0.0))
                if abs(delta) < 1e-5:
                    continue
                for i in range(size):
                    h = totals[k, i] + hidden[i]
                    if h > 0:
                        g_output[i] += delta * h * kept[i]
                        deltas[i] = delta * output[i] * kept[i]
                    else:
                        deltas[i] = 0
                    g_hidden[i] += deltas[i]
                deltas[size] = delta
                if k == m:
                    for f in range(N_QUOTE_FEATURES):
                        if n_rows[f] >= 0:
                            _step(table, s_table, n_rows[f], deltas, rate, decay)
                else:
                    for i in range(width):
                        q_delta[i] += deltas[i]
                    for f in range(N_PAIR_FEATURES):
                        if p_rows[k, f] >= 0:
                            _step(table, s_table, p_rows[k, f], deltas, rate, decay)
            for f in range(N_QUOTE_FEATURES):
                if q_rows[f] >= 0:
                    _step(table, s_table, q_rows[f], q_delta, rate, decay)
            for i in range(size):
                s_hidden[i] += g_hidden[i] ** 2
                hidden[i] -= rate * g_hidden[i] / np.sqrt(s_hidden[i])
                s_output[i] += g_output[i] ** 2
                output[i] -= rate * g_output[i] / np.sqrt(s_output[i])


@compiled
def _step(
    table: NDArray[np.float32], sums: NDArray[np.float32], row: int, delta: NDArray[np.float32], rate: float, decay: float
) -> None:  # fmt: skip
    for i in range(len(delta)):
        g = delta[i] + decay * table[row, i]
        if g != 0:
            sums[row, i] += g * g
            table[row, i] -= rate * g / np.sqrt(sums[row, i])


def right_answers(data: Examples, decisions: Decisions) -> NDArray[np.bool_]:
    """Whether the chosen pair is a right one (or another mention of the right name)."""
    good = np.zeros(len(data.answers), np.bool_)
    picked = decisions.rows >= 0
    good[picked] = (data.right + data.overlapping)[decisions.rows[picked]] > 0
    return good


def joint(data: Examples, decisions: Decisions, chosen: NDArray[np.bool_], least: int) -> dict[str, float]:
    """Joint precision, recall and F1 over quotations of ``least`` words and more in the chosen articles."""
    article = data.stream.article[data.stream.places]
    use = chosen[article] & (data.words >= least)
    said = use & decisions.credited
    hits = int((said & (data.answers != -1) & right_answers(data, decisions)).sum())
    known = use & data.credited
    wanted = int(known.sum()) + sum(chosen[a] and w >= least for a, w in data.missed)
    predicted = int((said & (data.credited | (data.answers == -1))).sum())
    precision, recall = hits / max(predicted, 1), hits / max(wanted, 1)
    return {
        "P": precision,
        "R": recall,
        "F1": 2 * precision * recall / max(precision + recall, 1e-9),
        "speaker": hits / max(int((said & (data.answers == 1)).sum()), 1),
        "found": int((said & (data.answers != -1)).sum()) / max(int((use & (data.answers != -1)).sum()), 1),
        "extra": int((said & (data.answers == -1)).sum()),
    }


def calibrated(probabilities: NDArray[np.float64], right: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Isotonic regression (pool adjacent violators) of being right on the probability, as a rising line of few knots."""
    order = np.argsort(probabilities, kind="stable")
    blocks: list[list[float]] = []  # sum of probabilities, sum of hits, weight
    for p, hit in zip(probabilities[order].tolist(), right[order].tolist(), strict=True):
        blocks.append([p, float(hit), 1.0])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    # Few observations make no knot of their own.
    knots: list[list[float]] = []
    for block in blocks:
        if knots and knots[-1][2] < LEAST_IN_KNOT:
            knots[-1] = [a + b for a, b in zip(knots[-1], block, strict=True)]
        else:
            knots.append(block)
    raw = [knot[0] / knot[2] for knot in knots]
    observed = [(knot[1] + 1) / (knot[2] + 2) for knot in knots]
    return np.array([raw, np.maximum.accumulate(observed)], np.float32)


def reliability(probabilities: NDArray[np.float64], right: NDArray[np.bool_]) -> list[tuple[float, int, float, float]]:
    """Per tenth of confidence: its lower end, how many, mean confidence, share that is right."""
    tenth = np.minimum((probabilities * 10).astype(int), 9)
    return [
        (k / 10, int((tenth == k).sum()), float(probabilities[tenth == k].mean()), float(right[tenth == k].mean()))
        for k in range(10)
        if (tenth == k).any()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the evaluation folder")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, default=99, help="stop after so many folds")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--without", choices=("", "hidden"), default="", help="leave a part of the model out")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    lines = (options.folder / "quotes" / "polnear_direct_train.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    common = common_words([document["text"] for document in documents])
    data = examples(documents, common)
    print(
        len(data.answers), "marked spans,", len(data.pairs.candidates), "pairs,", int(data.credited.sum()), "credited"
    )
    fold = np.arange(len(documents)) % options.folds
    calibration = np.array([[0, 1], [0, 1]], np.float32)
    results: list[dict[str, float]] = []
    chances: list[NDArray[np.float64]] = []
    hits: list[NDArray[np.bool_]] = []
    article = data.stream.article[data.stream.places]
    for k in range(min(options.folds, options.only)):
        model = as_integers(train(data, fold != k, SEED, options.epochs, options.without), common, calibration)
        decisions = decide(data.candidates, data.pairs, model)
        row = {
            f"{least}:{name}": value
            for least in (4, 1)
            for name, value in joint(data, decisions, fold == k, least).items()
        }
        results.append(row)
        said = (fold == k)[article] & decisions.credited & (data.answers != 0)
        chances.append(decisions.speaker[said])
        hits.append(right_answers(data, decisions)[said] & (data.answers[said] == 1))
        print(
            k,
            {name: round(float(value) * (1 if name.endswith("extra") else 100), 1) for name, value in row.items()},
            flush=True,
        )
    if results:
        print(
            "mean",
            {
                name: round(100 * float(np.mean([row[name] for row in results])), 2)
                for name in results[0]
                if not name.endswith("extra")
            },
        )
        raw, right = np.concatenate(chances), np.concatenate(hits)
        # The reliability shown is of halves calibrated on each other.
        half = np.arange(len(raw)) % 2 == 0
        shown = np.where(
            half,
            np.interp(raw, *calibrated(raw[~half], right[~half])),
            np.interp(raw, *calibrated(raw[half], right[half])),
        )
        for lower, count, mean, share in reliability(shown, right):
            print(
                f"confidence {lower:.1f} to {lower + 0.1:.1f}: {count} quotations, mean {mean:.3f}, right {share:.3f}"
            )
        calibration = calibrated(raw, right)
    if options.out:
        save(
            options.out,
            as_integers(train(data, np.ones(len(documents), np.bool_), SEED, options.epochs), common, calibration),
        )


def as_integers(
    weights: Weights,
    common: NDArray[np.uint8],
    calibration: NDArray[np.float32],
) -> Ranker:
    """The trained weights as the shipped model holds them."""
    table, hidden, output, known = weights
    scale = np.maximum(np.abs(table[:, :HIDDEN]).max(axis=0) / 127, 1e-9).astype(np.float32)
    direct_scale = float(np.abs(table[:, HIDDEN]).max() / 32000)
    return Ranker(
        np.round(table[:, :HIDDEN] / scale).astype(np.int8), np.round(table[:, HIDDEN] / direct_scale).astype(np.int16),
        scale, direct_scale, known, hidden, output, common, calibration,
    )  # fmt: skip


def save(path: Path, model: Ranker) -> None:
    np.savez_compressed(path, **{name: np.asarray(value) for name, value in vars(model).items()})
    print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
