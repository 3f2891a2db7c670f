"""Hashed features of a quotation with one of its candidate speakers.

The numbers of the features are the model's names for them: ``put`` writes each into its own column.
"""

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates
from assets.quotes.attribution.feature_hashing import CLASSES, Quotations, Value, class_at, word_at
from assets.quotes.attribution.pair_facts import Pair, Quotation, Verbs, Way, pair_of, quotation_of, verbs_of, way_of
from assets.quotes.tokens.article import ArticleTokens
from assets.text.compiled import compiled, inlined, reading
from assets.text.hashing import templated_32

N_PAIR_FEATURES = 56
FIRST_NUMBER = 101


@compiled
def pair_features_of(
    tokens: ArticleTokens, candidates: Candidates, quotations: Quotations, offsets: NDArray[np.int64],
    chosen: NDArray[np.int32], out: NDArray[np.uint32],
) -> None:  # fmt: skip
    """Features of an article's quotations with the candidates ``chosen[offsets[q]:offsets[q + 1]]``, a row of ``out`` each."""
    for q in range(len(quotations.places)):
        quotation = quotation_of(tokens, candidates, quotations, q, chosen, offsets[q], offsets[q + 1])
        for row in range(offsets[q], offsets[q + 1]):
            c = chosen[row]
            pair = pair_of(tokens, candidates, quotation, row, c)
            way = way_of(tokens, quotation, pair)
            verbs = verbs_of(tokens, candidates, quotation, pair, c)
            place_features(quotation, pair, way, out[row])
            verb_features(quotation, pair, way, verbs, out[row])
            neighbour_features(tokens, quotation, pair, verbs, out[row])
            path_features(quotation, pair, way, verbs, out[row])
            identity_features(candidates, c, quotation, pair, way, verbs, out[row])


@inlined
def put(row: NDArray[np.uint32], number: int, a: Value, b: Value) -> None:
    """Write feature ``number`` of two values."""
    row[number - FIRST_NUMBER] = templated_32(number, a, b)


@inlined
def crossing(way: Way) -> int:
    """Quotations, ends of sentences and verbs between the two, as one number."""
    return min(way.quotations, 3) * 16 + min(way.stops, 3) * 4 + min(way.verbs, 3)


@reading
def place_features(quotation: Quotation, pair: Pair, way: Way, row: NDArray[np.uint32]) -> None:
    """Where the candidate stands, and what the rule everybody starts with says."""
    put(row, 101, pair.type, pair.where)
    put(row, 102, pair.type * 16 + pair.gap, pair.where)
    put(row, 103, pair.type, crossing(way) * 64 + pair.where)
    put(row, 104, min(pair.rank, 8), pair.where * 8 + pair.type)
    put(row, 105, pair.rule, pair.where)
    put(row, 124, pair.subject * 8 + pair.type, pair.where)
    put(row, 126, quotation.form, pair.where)
    put(row, 127, quotation.form, pair.type * 64 + pair.where)
    put(row, 128, quotation.form, pair.rule)
    put(row, 133, pair.beside * 4 + pair.side, quotation.form)
    put(row, 142, quotation.person, pair.type * 64 + pair.where)
    put(row, 146, quotation.marks, pair.where)
    put(row, 148, pair.gap, crossing(way) * 8 + pair.type)
    put(row, 150, quotation.form, crossing(way) * 32 + pair.where)
    put(row, 151, pair.rule, pair.type * 16 + pair.beside)
    put(row, 152, 0, 0)


@reading
def verb_features(quotation: Quotation, pair: Pair, way: Way, verbs: Verbs, row: NDArray[np.uint32]) -> None:
    """The candidate's verbs: which words they are, whether they report, on which side of the quotation they stand."""
    reported = verbs.after_report * 4 + verbs.after_place
    put(row, 106, verbs.after, pair.where)
    put(row, 107, verbs.after, verbs.after_place * 4 + min(way.quotations, 2))
    put(row, 108, reported, pair.where)
    put(row, 109, reported, pair.type * 64 + pair.subject * 16 + pair.gap)
    put(row, 110, verbs.before, pair.where)
    put(row, 111, verbs.before_report, pair.where * 16 + pair.gap)
    put(row, 125, pair.subject, verbs.after_report * 8 + min(way.verbs, 2))
    put(row, 129, quotation.form, reported * 4 + pair.side)
    put(row, 134, pair.beside * 4 + pair.side, verbs.after_report)
    put(row, 149, verbs.after, verbs.before)
    put(row, 154, verbs.after, quotation.form)


@reading
def neighbour_features(
    tokens: ArticleTokens, quotation: Quotation, pair: Pair, verbs: Verbs, row: NDArray[np.uint32]
) -> None:
    """The tokens around the candidate and around the quotation, as words and as classes."""
    hashes, classes = tokens.hashes, tokens.classes
    start, end = pair.start, pair.end
    before, after = word_at(start - 1, hashes), word_at(end, hashes)
    class_before, class_after = class_at(start - 1, classes), class_at(end, classes)
    put(row, 112, before, pair.side)
    put(row, 113, before, word_at(start - 2, hashes))
    put(row, 114, after, pair.side)
    put(row, 115, after, word_at(end + 1, hashes))
    put(row, 116, class_before * CLASSES + class_at(start - 2, classes), pair.side)
    after_classes = (class_after * CLASSES + class_at(end + 1, classes)) * CLASSES + class_at(end + 2, classes)
    put(row, 117, after_classes, pair.side)
    put(row, 135, quotation.right_class * CLASSES + quotation.left_class, pair.where * 8 + pair.type)
    put(row, 136, quotation.left_word, pair.where)
    put(row, 137, quotation.left_word, verbs.after)
    put(row, 138, quotation.left_class * CLASSES + class_after, pair.side * 16 + pair.gap)
    put(row, 144, class_after, quotation.form)
    put(row, 145, class_before * CLASSES + class_after, pair.where)
    put(row, 155, before, after)
    put(row, 156, class_before, verbs.before)


@reading
def path_features(quotation: Quotation, pair: Pair, way: Way, verbs: Verbs, row: NDArray[np.uint32]) -> None:
    """What lies between candidate and quotation."""
    put(row, 118, way.path, pair.side)
    put(row, 119, way.path, verbs.after)
    put(row, 120, way.path, pair.type * 64 + quotation.form)
    put(row, 130, way.verb, pair.where)
    put(row, 131, way.verb, verbs.after)
    put(row, 139, way.commas, pair.side * 64 + min(way.colons, 2) * 16 + min(way.quotations, 3))
    put(row, 147, verbs.after_class, way.path)
    put(row, 153, pair.identity, way.path)


@reading
def identity_features(
    candidates: Candidates, c: int, quotation: Quotation, pair: Pair, way: Way, verbs: Verbs, row: NDArray[np.uint32]
) -> None:
    """Who the candidate is, and how often the article names them."""
    named, order = min(candidates.named[c], 7), min(candidates.order[c], 3)
    put(row, 121, pair.identity, pair.type)
    put(row, 122, pair.identity, pair.where)
    put(row, 123, pair.identity, verbs.after)
    put(row, 132, named * 4 + order, pair.type)
    put(row, 140, pair.sort, pair.where)
    put(row, 141, pair.sort, verbs.after_report * 8 + pair.type)
    put(row, 143, pair.identity, quotation.person)
