"""The model that decides who speaks: one hidden layer over hashed features, a softmax over candidates and "nobody".

Every candidate of a quotation, and the answer that nobody is credited, gets a score; the softmax of the scores is the
probability. Trained by ``training/quotes.py``; the idea of summed sparse embeddings under one non-linear layer is that of Chen and Manning (2014),
"A fast and accurate dependency parser using neural networks".
"""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates
from assets.quotes.attribution.features import Pairs
from assets.quotes.attribution.pair_features import N_PAIR_FEATURES
from assets.quotes.attribution.quote_features import N_QUOTE_FEATURES
from assets.text.compiled import compiled, inlined, reading
from assets.text.hashing import in_space_32
from assets.text.lanes import sum_of_rows

MODEL = Path(__file__).with_name("ranker.npz")
KNOWN_BITS = 1 << 20  # size of the set of features that training saw often enough
HIDDEN = 32  # units of the hidden layer
CREDITED_FROM = 1.2  # how much likelier than nobody the likeliest speaker must be for a span to be a quotation
EQUAL = 1e-12  # scores that differ by less are those of one speaker
CREDITED, NOBODY = 0, 1  # feature spaces: a candidate speaks, nobody does


class Layers(NamedTuple):
    """A ranker as compiled code takes it: see there."""

    table: NDArray[np.int8]
    direct: NDArray[np.int16]
    scale: NDArray[np.float32]
    direct_scale: np.float32
    known: NDArray[np.uint8]
    hidden: NDArray[np.float32]
    output: NDArray[np.float32]


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
    def layers(self) -> Layers:
        scale = np.float32(self.direct_scale)
        return Layers(self.table, self.direct, self.scale, scale, self.known, self.hidden, self.output)


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
    rows, probabilities = _decide(model.layers, pairs, candidates.keys)
    return Decisions(rows, probabilities[:, 0], probabilities[:, 1], probabilities[:, 2])


@inlined
def row_of(feature: np.uint32, space: int, mask: int) -> int:
    """Table row of a feature in one of the two feature spaces."""
    return int((in_space_32(feature, space) >> np.uint32(7)) & np.uint32(mask))


@inlined
def is_known(known: NDArray[np.uint8], feature: np.uint32) -> bool:
    """Whether training saw the feature often enough to learn from it."""
    place = np.uint32(feature) & np.uint32(KNOWN_BITS - 1)
    return bool((known[place >> np.uint32(3)] >> (place & np.uint32(7))) & 1 == 1)


@reading
def _rows_known(
    features: NDArray[np.uint32], space: int, known: NDArray[np.uint8], mask: int, numbers: NDArray[np.int64]
) -> int:
    """Table rows of the features that training knew, into ``numbers``; says how many."""
    n = 0
    for f in range(len(features)):
        # Without a branch: which features are known is as good as random.
        numbers[n] = row_of(features[f], space, mask)
        n += is_known(known, features[f])
    return n


@reading
def _sum(layers: Layers, numbers: NDArray[np.int64], n: int, total: NDArray[np.int16]) -> int:
    """Sum of the rows ``numbers[:n]`` of the table into ``total``; returns that of their direct weights."""
    sum_of_rows(layers.table, numbers, n, total)
    weight = 0
    for k in range(n):
        weight += layers.direct[numbers[k]]
    return weight


@reading
def _score(layers: Layers, total: NDArray[np.int16], weight: int) -> np.float64:
    """Score of summed rows: rectified hidden layer plus the direct weights."""
    value = np.float32(weight) * layers.direct_scale
    for k in range(HIDDEN):
        h = np.float32(total[k]) * layers.scale[k] + layers.hidden[k]
        if h > 0:
            value += h * layers.output[k]
    return np.float64(value)


@compiled
def _decide(layers: Layers, pairs: Pairs, keys: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The pair row of each quotation, -1 where it has none, and the probabilities of nobody, that speaker, that mention."""
    offsets = pairs.offsets
    n_quotes = len(offsets) - 1
    mask = len(layers.direct) - 1
    rows = np.full(n_quotes, -1, np.int64)
    out = np.zeros((n_quotes, 3), np.float64)
    numbers = np.empty(max(N_QUOTE_FEATURES, N_PAIR_FEATURES), np.int64)
    credited = np.empty(HIDDEN, np.int16)  # what the quotation itself adds to each of its candidates
    total = np.empty(HIDDEN, np.int16)
    most = 0  # candidates of a quotation
    for q in range(n_quotes):
        most = max(most, offsets[q + 1] - offsets[q])
    scores = np.zeros(most, np.float64)
    for q in range(n_quotes):
        n = _rows_known(pairs.quote_features[q], CREDITED, layers.known, mask, numbers)
        credited_direct = _sum(layers, numbers, n, credited)
        n = _rows_known(pairs.quote_features[q], NOBODY, layers.known, mask, numbers)
        nobody = _score(layers, total, _sum(layers, numbers, n, total))
        begin, stop = offsets[q], offsets[q + 1]
        for row in range(begin, stop):
            n = _rows_known(pairs.features[row], CREDITED, layers.known, mask, numbers)
            weight = credited_direct + _sum(layers, numbers, n, total)
            for k in range(HIDDEN):
                total[k] += credited[k]
            scores[row - begin] = _score(layers, total, weight)
        chosen = pairs.candidates[begin:stop]
        out[q, 0], norm = _softmax(nobody, scores[: stop - begin])
        best, best_p = _likeliest(scores[: stop - begin], chosen, keys)
        if best >= 0:
            rows[q] = begin + best
            out[q, 1] = best_p / norm
            out[q, 2] = scores[best] / norm
    return rows, out


@compiled
def _softmax(nobody: np.float64, scores: NDArray[np.float64]) -> tuple[np.float64, np.float64]:
    """Exponents of the scores in their place; the probability of nobody, and the sum of all exponents."""
    top = nobody
    for k in range(len(scores)):
        top = max(top, scores[k])
    norm = np.exp(nobody - top)
    for k in range(len(scores)):
        scores[k] = np.exp(scores[k] - top)
        norm += scores[k]
    return np.exp(nobody - top) / norm, norm


@compiled
def _likeliest(scores: NDArray[np.float64], chosen: NDArray[np.int32], keys: NDArray[np.uint32]) -> tuple[int, float]:
    """The best mention of the likeliest speaker, -1 where there is nobody, and the sum of the speaker's scores."""
    best, best_p, best_own = -1, -1.0, 0.0
    for k in range(len(scores)):
        # The same speaker mentioned twice counts once.
        p = 0.0
        for m in range(len(scores)):
            if keys[chosen[m]] == keys[chosen[k]]:
                p += scores[m]
        if p > best_p + EQUAL or (p > best_p - EQUAL and scores[k] > best_own):
            best, best_p, best_own = k, p, scores[k]
    return best, best_p
