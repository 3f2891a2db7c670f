"""What the ranker looks at: hashed features of a quotation and of each candidate speaker."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates
from assets.quotes.attribution.pair_features import pair_features_of
from assets.quotes.attribution.quote_features import quote_features
from assets.quotes.attribution.windows import candidate_windows
from assets.quotes.tokens.stream import Stream


@dataclass(frozen=True)
class Pairs:
    """Quotations and their candidates: rows ``offsets[q]:offsets[q + 1]`` of ``candidates`` and ``features`` belong to ``q``."""

    offsets: NDArray[np.int64]
    candidates: NDArray[np.int32]
    features: NDArray[np.uint32]
    quote_features: NDArray[np.uint32]


def pair_features(stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], marks: NDArray[np.int8]) -> Pairs:
    """Features of every quotation and of each of its candidates; ``marks`` has a row (single, continues, repaired) a quotation."""
    offsets, chosen = candidate_windows(
        stream.places,
        stream.paragraph,
        stream.article,
        candidates.starts,
        candidates.ends,
        candidates.heads,
        candidates.types,
        candidates.verb_after,
        candidates.verb_before,
        stream.bits,
    )
    of_quotes = quote_features(
        stream.places,
        stream.inside,
        marks,
        stream.codes,
        stream.starts,
        stream.ends,
        stream.kinds,
        stream.hashes,
        stream.bits,
        stream.paragraph,
        stream.sentence,
        stream.article,
        classes,
    )
    features = pair_features_of(
        offsets, chosen, stream.places, stream.inside, marks, stream.codes, stream.starts, stream.ends, stream.kinds, stream.hashes,
        stream.bits, stream.paragraph, stream.sentence, stream.article, classes, candidates.starts, candidates.ends,
        candidates.heads, candidates.types, candidates.keys, candidates.verb_after, candidates.verb_before,
        candidates.count, candidates.order,
    )  # fmt: skip
    return Pairs(offsets, chosen, features, of_quotes)
