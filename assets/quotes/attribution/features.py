"""What the ranker looks at: hashed features of a quotation and of each candidate speaker."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates
from assets.quotes.attribution.pair_features import N_PAIR_FEATURES, pair_features_of
from assets.quotes.attribution.quote_features import N_QUOTE_FEATURES, quote_features
from assets.quotes.attribution.windows import MOST_CANDIDATES, candidate_windows
from assets.quotes.tokens.stream import Stream
from assets.text.compiled import compiled


@dataclass(frozen=True)
class Pairs:
    """Quotations and their candidates: rows ``offsets[q]:offsets[q + 1]`` of ``candidates`` and ``features`` belong to ``q``."""

    offsets: NDArray[np.int64]
    candidates: NDArray[np.int32]
    features: NDArray[np.uint32]
    quote_features: NDArray[np.uint32]


def pair_features(stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], marks: NDArray[np.int8]) -> Pairs:
    """Features of every quotation and of each of its candidates; ``marks`` has a row (single, continues, repaired) a quotation."""
    s, c = stream, candidates
    return Pairs(
        *_pairs(
            s.firsts, s.first_quotes, np.searchsorted(c.heads, s.firsts), s.places, s.inside, marks, s.kinds, s.hashes, s.bits,
            s.paragraph, s.sentence, classes, c.starts, c.ends, c.heads, c.types, c.verb_after, c.verb_before, c.count, c.order,
        )
    )  # fmt: skip


@compiled
def _pairs(  # type: ignore[no-untyped-def]
    firsts, first_quotes, first_candidates, all_places, inside, marks, all_kinds, all_hashes, all_bits, paragraph, sentence,
    all_classes, c_start, c_end, c_head, c_type, c_after, c_before, c_count, c_order,
):  # fmt: skip
    """The columns of ``Pairs``, article by article: each is given its own tokens, quotations and candidates alone."""
    n_quotes = len(all_places)
    offsets = np.zeros(n_quotes + 1, np.int64)
    chosen = np.empty(n_quotes * MOST_CANDIDATES, np.int32)
    of_pairs = np.empty((n_quotes * MOST_CANDIDATES, N_PAIR_FEATURES), np.uint32)
    of_quotes = np.empty((n_quotes, N_QUOTE_FEATURES), np.uint32)
    n_pairs = 0
    for article in range(len(firsts) - 1):
        q, quotes_end = first_quotes[article], first_quotes[article + 1]
        if q == quotes_end:
            continue
        i, end = firsts[article], firsts[article + 1]
        c, c_stop = first_candidates[article], first_candidates[article + 1]
        places = all_places[q:quotes_end] - i
        kinds, hashes, bits, classes = all_kinds[i:end], all_hashes[i:end], all_bits[i:end], all_classes[i:end]
        heads, after, before = c_head[c:c_stop] - i, _from(c_after[c:c_stop], i), _from(c_before[c:c_stop], i)
        at, its = candidate_windows(places, paragraph[i:end], heads, after, before, bits)
        quote_features(
            places, inside[q:quotes_end], marks[q:quotes_end], kinds, hashes, bits, sentence[i:end], classes,
            of_quotes[q:quotes_end],
        )  # fmt: skip
        pair_features_of(
            at, its, places, inside[q:quotes_end], marks[q:quotes_end], kinds, hashes, bits, paragraph[i:end],
            sentence[i:end], classes, c_start[c:c_stop] - i, c_end[c:c_stop] - i, heads, c_type[c:c_stop], after, before,
            c_count[c:c_stop], c_order[c:c_stop], of_pairs[n_pairs : n_pairs + len(its)],
        )  # fmt: skip
        chosen[n_pairs : n_pairs + len(its)] = its + c
        offsets[q + 1 : quotes_end + 1] = at[1:] + n_pairs
        n_pairs += len(its)
    return offsets, chosen[:n_pairs].copy(), of_pairs[:n_pairs], of_quotes


@compiled
def _from(tokens, first):  # type: ignore[no-untyped-def]
    """The tokens counted from their article's first; -1, which is none, stays."""
    return np.where(tokens >= 0, tokens - first, -1)
