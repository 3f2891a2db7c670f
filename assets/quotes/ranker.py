"""The model that decides who speaks: one hidden layer over hashed features, a softmax over candidates and "nobody".

Every candidate of a quotation, and the answer that nobody is credited, gets a score; the softmax of the scores is the
probability. Quotations are decided in reading order, and what was decided is a feature of what follows. Trained by
``training/quotes.py``; the idea of summed sparse embeddings under one non-linear layer is that of Chen and Manning (2014),
"A fast and accurate dependency parser using neural networks".
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from assets.quotes.candidates import Candidates
from assets.quotes.features import N_CHAIN_FEATURES, N_PAIR_FEATURES, N_QUOTE_FEATURES, Pairs, chain_features
from assets.quotes.stream import BREAK, IN_FIRST_KIND, IN_LAST_CODE, IN_WORDS, LOWER, Stream

MODEL = Path(__file__).with_name("ranker.npz")
HIDDEN = 32  # units of the hidden layer
CREDITED, NOBODY = 0, 1  # feature spaces: a candidate speaks, nobody does


@dataclass(frozen=True)
class Ranker:
    """Weights, as small integers: sums of them are exact, so that every machine decides alike.

    ``table`` has a row a hashed feature and a column a hidden unit, in steps of ``scale``; ``direct`` is the feature's own
    weight, in steps of ``direct_scale``. ``common`` is for the candidates. ``calibration`` maps raw probabilities (first
    row, rising) to observed ones (second row).
    """

    table: NDArray[np.int8]
    direct: NDArray[np.int16]
    scale: NDArray[np.float32]
    direct_scale: float
    hidden: NDArray[np.float32]
    output: NDArray[np.float32]
    common: NDArray[np.uint8]
    calibration: NDArray[np.float32]


@dataclass(frozen=True)
class Decisions:
    """Per quotation: the pair row chosen (-1 where there is no candidate), P(nobody), P(that speaker), P(that mention)."""

    rows: NDArray[np.int64]
    nobody: NDArray[np.float64]
    speaker: NDArray[np.float64]
    mention: NDArray[np.float64]


@cache
def ranker() -> Ranker:
    """The shipped model, loaded once a process."""
    with np.load(MODEL) as stored:
        return Ranker(
            stored["table"],
            stored["direct"],
            stored["scale"],
            float(stored["direct_scale"]),
            stored["hidden"],
            stored["output"],
            stored["common"],
            stored["calibration"],
        )


def decide(
    stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], pairs: Pairs, model: Ranker
) -> Decisions:
    """Choose a speaker, or nobody, for every quotation of the stream."""
    rows, probabilities = _decide(
        model.table, model.direct, model.scale, np.float32(model.direct_scale), model.hidden, model.output, pairs.offsets, pairs.candidates, pairs.features, pairs.quote_features,
        stream.places, stream.inside, stream.paragraph, stream.kinds, stream.hashes, stream.article, classes,
        candidates.heads, candidates.keys, candidates.types,
    )  # fmt: skip
    return Decisions(rows, probabilities[:, 0], probabilities[:, 1], probabilities[:, 2])


@njit(cache=True, nogil=True, inline="always")
def row_of(feature, space, mask):  # type: ignore[no-untyped-def]
    """Table row of a feature in one of the two feature spaces."""
    h = np.uint32((feature + np.uint32(space) * np.uint32(0x9E3779B9)) * np.uint32(2654435761))
    return np.int64((h >> np.uint32(7)) & np.uint32(mask))


@njit(cache=True, nogil=True)
def form_of(q, places, inside, kinds, article):  # type: ignore[no-untyped-def]
    """What a quotation looks like from outside, as a small number: whole paragraph, last character, first letter."""
    p = places[q]
    n = len(kinds)
    last = inside[q, IN_LAST_CODE]
    tail = 1 if last == 0x2C else (2 if last == 0x2E or last == 0x2026 else (3 if last == 0x21 or last == 0x3F else 0))
    at_start = p == 0 or kinds[p - 1] == BREAK or article[p - 1] != article[p]
    at_end = p + 1 >= n or kinds[p + 1] == BREAK or article[p + 1] != article[p]
    upper = 1 if inside[q, IN_FIRST_KIND] != LOWER else 0
    return (
        (1 if at_start else 0) + (2 if at_end else 0) + tail * 4 + upper * 16 + (32 if inside[q, IN_WORDS] < 4 else 0)
    )


@njit(cache=True, nogil=True)
def _add(total, table, row):  # type: ignore[no-untyped-def]
    for k in range(HIDDEN):
        total[k] += table[row, k]


@njit(cache=True, nogil=True)
def _score(total, direct, scale, direct_scale, hidden, output):  # type: ignore[no-untyped-def]
    """Score of summed feature rows: rectified hidden layer plus the direct weights."""
    value = np.float32(direct) * direct_scale
    for k in range(HIDDEN):
        h = np.float32(total[k]) * scale[k] + hidden[k]
        if h > 0:
            value += h * output[k]
    return np.float64(value)


@njit(cache=True, nogil=True)
def _decide(  # type: ignore[no-untyped-def]
    table, direct, scale, direct_scale, hidden, output, offsets, chosen, features, quote_features, places, inside, paragraph, kinds, hashes, article,
    classes, c_head, c_key, c_type,
):  # fmt: skip
    n_quotes = len(places)
    n = len(kinds)
    mask = table.shape[0] - 1
    rows = np.full(n_quotes, -1, np.int64)
    out = np.zeros((n_quotes, 3), np.float64)
    chain = np.zeros(N_CHAIN_FEATURES, np.uint32)
    credited = np.zeros(HIDDEN, np.int16)
    total = np.zeros(HIDDEN, np.int16)
    scores = np.zeros(256, np.float64)
    last_c, last_q, earlier_key, was_none = -1, -1, np.uint32(0), 0
    for q in range(n_quotes):
        if q == 0 or article[places[q]] != article[places[q - 1]]:
            last_c, last_q, earlier_key, was_none = -1, -1, np.uint32(0), 0
        form = form_of(q, places, inside, kinds, article)
        credited[:] = 0
        total[:] = 0
        credited_direct = 0
        total_direct = 0
        for f in range(N_QUOTE_FEATURES):
            r = row_of(quote_features[q, f], CREDITED, mask)
            _add(credited, table, r)
            credited_direct += direct[r]
            r = row_of(quote_features[q, f], NOBODY, mask)
            _add(total, table, r)
            total_direct += direct[r]
        chain_features(
            chain,
            -1,
            q,
            places,
            paragraph,
            kinds,
            hashes,
            classes,
            article,
            c_head,
            c_key,
            c_type,
            last_c,
            last_q,
            earlier_key,
            was_none,
            form,
            n,
        )
        for f in range(N_CHAIN_FEATURES):
            r = row_of(chain[f], NOBODY, mask)
            _add(total, table, r)
            total_direct += direct[r]
        nobody = _score(total, total_direct, scale, direct_scale, hidden, output)
        top = nobody
        begin, stop = offsets[q], offsets[q + 1]
        for row in range(begin, stop):
            total[:] = credited
            total_direct = credited_direct
            for f in range(N_PAIR_FEATURES):
                r = row_of(features[row, f], CREDITED, mask)
                _add(total, table, r)
                total_direct += direct[r]
            chain_features(
                chain,
                chosen[row],
                q,
                places,
                paragraph,
                kinds,
                hashes,
                classes,
                article,
                c_head,
                c_key,
                c_type,
                last_c,
                last_q,
                earlier_key,
                was_none,
                form,
                n,
            )
            for f in range(N_CHAIN_FEATURES):
                r = row_of(chain[f], CREDITED, mask)
                _add(total, table, r)
                total_direct += direct[r]
            value = _score(total, total_direct, scale, direct_scale, hidden, output)
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
        if best >= 0 and out[q, 0] < 0.5:
            if last_c >= 0:
                earlier_key = c_key[last_c]
            last_c = chosen[begin + best]
            last_q = q
            was_none = 0
        else:
            was_none = 1
    return rows, out
