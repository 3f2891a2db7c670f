"""What the ranker looks at: hashed features of a quotation and of each candidate speaker."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates, candidates_of
from assets.quotes.attribution.feature_hashing import Quotations
from assets.quotes.attribution.pair_features import N_PAIR_FEATURES, pair_features_of
from assets.quotes.attribution.quote_features import N_QUOTE_FEATURES, quote_features
from assets.quotes.attribution.windows import MOST_CANDIDATES, candidate_windows
from assets.quotes.tokens.article import tokens_of
from assets.quotes.tokens.stream import Stream
from assets.text.compiled import compiled


class Pairs(NamedTuple):
    """Quotations and their candidates: rows ``offsets[q]:offsets[q + 1]`` of ``candidates`` and ``features`` belong to ``q``."""

    offsets: NDArray[np.int64]
    candidates: NDArray[np.int32]
    features: NDArray[np.uint32]
    quote_features: NDArray[np.uint32]


def pair_features(stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], marks: NDArray[np.int8]) -> Pairs:
    """Features of every quotation and of each of its candidates; ``marks`` has a row (single, continues, repaired) a quotation."""
    return _pairs(stream, classes, candidates, np.searchsorted(candidates.heads, stream.firsts), marks)


@compiled
def _pairs(
    stream: Stream, classes: NDArray[np.uint8], candidates: Candidates, first_candidates: NDArray[np.int64],
    marks: NDArray[np.int8],
) -> Pairs:  # fmt: skip
    """Article by article: each is given its own tokens, quotations and candidates alone."""
    n_quotes = len(stream.places)
    offsets = np.zeros(n_quotes + 1, np.int64)
    chosen = np.empty(n_quotes * MOST_CANDIDATES, np.int32)
    of_pairs = np.empty((n_quotes * MOST_CANDIDATES, N_PAIR_FEATURES), np.uint32)
    of_quotes = np.empty((n_quotes, N_QUOTE_FEATURES), np.uint32)
    n_pairs = 0
    for article in range(len(stream.firsts) - 1):
        q, stop = stream.first_quotes[article], stream.first_quotes[article + 1]
        if q == stop:
            continue
        first = stream.firsts[article]
        tokens = tokens_of(stream, classes, article)
        quotations = Quotations(stream.places[q:stop] - np.int32(first), stream.inside[q:stop], marks[q:stop])
        begin = first_candidates[article]
        its_candidates = candidates_of(candidates, begin, first_candidates[article + 1], first)
        at, its = candidate_windows(tokens, its_candidates, quotations.places)
        quote_features(tokens, quotations, of_quotes[q:stop])
        pair_features_of(tokens, its_candidates, quotations, at, its, of_pairs[n_pairs : n_pairs + len(its)])
        chosen[n_pairs : n_pairs + len(its)] = its + begin
        offsets[q + 1 : stop + 1] = at[1:] + n_pairs
        n_pairs += len(its)
    return Pairs(offsets, chosen[:n_pairs].copy(), of_pairs[:n_pairs], of_quotes)
