"""The model that decides who speaks: one hidden layer over hashed features, a softmax over candidates and "nobody".

Every candidate of a quotation, and the answer that nobody is credited, gets a score; the softmax of the scores is the
probability. Trained by ``training/quotes.py``; the idea of summed sparse embeddings under one non-linear layer is that of Chen and Manning (2014),
"A fast and accurate dependency parser using neural networks".
"""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates
from assets.quotes.attribution.features import Pairs
from assets.quotes.attribution.pair_features import N_PAIR_FEATURES
from assets.quotes.attribution.quote_features import N_QUOTE_FEATURES
from assets.text.compiled import compiled, inlined
from assets.text.hashing import in_space_32
from assets.text.quantised_sums import pack, sum_of_rows

MODEL = Path(__file__).with_name("ranker.npz")
KNOWN_BITS = 1 << 20  # size of the set of features that training saw often enough
HIDDEN = 32  # units of the hidden layer
CREDITED_FROM = 1.2  # how much likelier than nobody the likeliest speaker must be for a span to be a quotation
CREDITED, NOBODY = 0, 1  # feature spaces: a candidate speaks, nobody does


@dataclass(frozen=True)
class Ranker:
    """Weights, as small integers: sums of them are exact, so that every machine decides alike.

    ``table`` has a row a hashed feature and a column a hidden unit, in steps of ``scale``; ``direct`` is the feature's own
    weight, in steps of ``direct_scale``. ``known`` is a bit set of the features that count. ``common`` is for the candidates. ``calibration`` maps raw probabilities (first
    row, rising) to observed ones (second row).
    """

    table: NDArray[np.int8]
    direct: NDArray[np.int16]
    scale: NDArray[np.float32]
    direct_scale: float
    known: NDArray[np.uint8]
    hidden: NDArray[np.float32]
    output: NDArray[np.float32]
    common: NDArray[np.uint8]
    calibration: NDArray[np.float32]

    @cached_property
    def packed(self) -> NDArray[np.uint64]:
        return pack(self.table)


@dataclass(frozen=True)
class Decisions:
    """Per quotation: the pair row chosen (-1 where there is no candidate), P(nobody), P(that speaker), P(that mention)."""

    rows: NDArray[np.int64]
    nobody: NDArray[np.float64]
    speaker: NDArray[np.float64]
    mention: NDArray[np.float64]

    @property
    def credited(self) -> NDArray[np.bool_]:
        """Whether somebody is credited: what makes words between marks a quotation."""
        return (self.rows >= 0) & (self.speaker > CREDITED_FROM * self.nobody)


@cache
def ranker() -> Ranker:
    """The shipped model, loaded once a process."""
    with np.load(MODEL) as stored:
        return Ranker(
            stored["table"],
            stored["direct"],
            stored["scale"],
            float(stored["direct_scale"]),
            stored["known"],
            stored["hidden"],
            stored["output"],
            stored["common"],
            stored["calibration"],
        )


def decide(candidates: Candidates, pairs: Pairs, model: Ranker) -> Decisions:
    """Choose a speaker, or nobody, for every quotation of the pairs."""
    rows, probabilities = _decide(
        model.packed, model.direct, model.scale, np.float32(model.direct_scale), model.known, model.hidden, model.output,
        pairs.offsets, pairs.candidates, pairs.features, pairs.quote_features, candidates.keys,
    )  # fmt: skip
    return Decisions(rows, probabilities[:, 0], probabilities[:, 1], probabilities[:, 2])


@inlined
def row_of(feature, space, mask):  # type: ignore[no-untyped-def]
    """Table row of a feature in one of the two feature spaces."""
    return np.int64((in_space_32(feature, space) >> np.uint32(7)) & np.uint32(mask))


@inlined
def is_known(known, feature):  # type: ignore[no-untyped-def]
    """Whether training saw the feature often enough to learn from it."""
    place = np.uint32(feature) & np.uint32(KNOWN_BITS - 1)
    return (known[place >> np.uint32(3)] >> (place & np.uint32(7))) & 1 == 1


@compiled
def _rows_known(features, space, known, mask, numbers):  # type: ignore[no-untyped-def]
    """Table rows of the features that training knew, into ``numbers``; says how many."""
    n = 0
    for f in range(len(features)):
        # Without a branch: which features are known is as good as random.
        numbers[n] = row_of(features[f], space, mask)
        n += is_known(known, features[f])
    return n


@compiled
def _sum(table, direct, numbers, n, total):  # type: ignore[no-untyped-def]
    """Sum of the rows ``numbers[:n]`` of the table into ``total``; returns that of their direct weights."""
    sum_of_rows(table, numbers, n, total)
    weight = 0
    for k in range(n):
        weight += direct[numbers[k]]
    return weight


@compiled
def _score(total, weight, scale, direct_scale, hidden, output):  # type: ignore[no-untyped-def]
    """Score of summed rows: rectified hidden layer plus the direct weights."""
    value = np.float32(weight) * direct_scale
    for k in range(HIDDEN):
        h = np.float32(total[k]) * scale[k] + hidden[k]
        if h > 0:
            value += h * output[k]
    return np.float64(value)


@compiled
def _decide(  # type: ignore[no-untyped-def]
    table, direct, scale, direct_scale, known, hidden, output, offsets, chosen, features, quote_features, c_key,
):  # fmt: skip
    n_quotes = len(offsets) - 1
    mask = len(direct) - 1
    rows = np.full(n_quotes, -1, np.int64)
    out = np.zeros((n_quotes, 3), np.float64)
    numbers = np.empty(max(N_QUOTE_FEATURES, N_PAIR_FEATURES), np.int64)
    credited = np.empty(HIDDEN, np.int32)  # what the quotation itself adds to each of its candidates
    total = np.empty(HIDDEN, np.int32)
    most = 0  # candidates of a quotation
    for q in range(n_quotes):
        most = max(most, offsets[q + 1] - offsets[q])
    scores = np.zeros(most, np.float64)
    for q in range(n_quotes):
        n = _rows_known(quote_features[q], CREDITED, known, mask, numbers)
        credited_direct = _sum(table, direct, numbers, n, credited)
        n = _rows_known(quote_features[q], NOBODY, known, mask, numbers)
        weight = _sum(table, direct, numbers, n, total)
        nobody = _score(total, weight, scale, direct_scale, hidden, output)
        top = nobody
        begin, stop = offsets[q], offsets[q + 1]
        for row in range(begin, stop):
            n = _rows_known(features[row], CREDITED, known, mask, numbers)
            weight = credited_direct + _sum(table, direct, numbers, n, total)
            for k in range(HIDDEN):
                total[k] += credited[k]
            value = _score(total, weight, scale, direct_scale, hidden, output)
            scores[row - begin] = value
            if value > top:
                top = value
        norm = np.exp(nobody - top)
        for k in range(stop - begin):
            scores[k] = np.exp(scores[k] - top)
            norm += scores[k]
        out[q, 0] = np.exp(nobody - top) / norm
        best, best_p, best_own = -1, -1.0, 0.0
        for k in range(stop - begin):
            # The same speaker mentioned twice counts once.
            p = 0.0
            for m in range(stop - begin):
                if c_key[chosen[begin + m]] == c_key[chosen[begin + k]]:
                    p += scores[m]
            if p > best_p + 1e-12 or (p > best_p - 1e-12 and scores[k] > best_own):
                best, best_p, best_own = k, p, scores[k]
        if best >= 0:
            rows[q] = begin + best
            out[q, 1] = best_p / norm
            out[q, 2] = best_own / norm
    return rows, out
