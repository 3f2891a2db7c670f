"""The second net of the tagger of indirect speech: where a report, or who is reported, begins and ends."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.annotations import IN_QUOTE, POS, SENT_FIRST, SENT_LAST, Text
from assets.quotes.indirect.boundary_features import (
    LEFT_FAR,
    LEFT_NEAR,
    N_BOUNDARY_FEATURES,
    RIGHT_FAR,
    RIGHT_NEAR,
    SOURCE_LAST,
    Asked,
    boundary_features,
)
from assets.quotes.indirect.hashed_features import Sentence
from assets.quotes.indirect.nets import Net
from assets.quotes.indirect.tokens import PUNCTUATION, SHAPE, START
from assets.quotes.indirect.word_classes import ends_no_source
from assets.quotes.tokens.punctuation import AMPERSAND, AT_SIGN
from assets.text.compiled import compiled, reading
from assets.text.lanes import sum_of_rows

BOUNDARY_LINEAR = 4  # units that are not rectified
MAX_SPAN = 120  # tokens looked at on either side of a head
NEAR_BEFORE, NEAR_AFTER = 30, 25  # tokens within which the near boundary lies, and the source
PERCENT, DOLLAR, PLUS, NUMBER_SIGN, POUND, EURO, DEGREE = map(ord, "%$+#£€°")


@reading
def trims(text: Text, i: int) -> bool:
    """Whether token i is a mark that spans of speech neither begin nor end with."""
    if text.table[i, SHAPE] != PUNCTUATION:
        return False
    code = text.codes[text.table[i, START]]
    is_currency = code == DOLLAR or code == POUND or code == EURO
    is_of_word = code == AT_SIGN or code == AMPERSAND or code == NUMBER_SIGN
    return not (is_currency or is_of_word or code == PERCENT or code == DEGREE or code == PLUS)


@reading
def _reach(sentence: Sentence, asked: Asked) -> Sentence:
    """The first and the last token that may be the boundary asked for."""
    first, last = sentence
    h, anchor = asked.head, asked.anchor
    if asked.kind == RIGHT_NEAR:
        return Sentence(h + 1, min(last, h + NEAR_AFTER))
    if asked.kind == RIGHT_FAR:
        return Sentence(anchor, min(last, anchor + MAX_SPAN))
    if asked.kind == LEFT_NEAR:
        return Sentence(max(first, h - NEAR_BEFORE), h - 1)
    if asked.kind == LEFT_FAR:
        return Sentence(max(first, anchor - MAX_SPAN), anchor)
    if asked.kind == SOURCE_LAST:
        return Sentence(max(first, h - NEAR_BEFORE), min(last, h + NEAR_AFTER))
    return Sentence(max(first, anchor - NEAR_BEFORE), anchor)


@compiled
def candidates(text: Text, asked: Asked) -> NDArray[np.int64]:
    """Tokens that may be the boundary asked for. A marked span may be entered at its edges alone."""
    notes, h = text.notes, asked.head
    sentence = Sentence(int(notes[h, SENT_FIRST]), int(notes[h, SENT_LAST]))
    reach = _reach(sentence, asked)
    found = np.empty(max(0, reach.last - reach.first + 1), dtype=np.int64)
    return found[: _collect(text, asked, sentence, reach, found)]


@reading
def _collect(text: Text, asked: Asked, sentence: Sentence, reach: Sentence, found: NDArray[np.int64]) -> int:
    """The tokens within ``reach`` that may be the boundary, into ``found``; says how many there are."""
    notes = text.notes
    n = 0
    outward = -1 if asked.kind == RIGHT_NEAR or asked.kind == LEFT_FAR else 1
    for i in range(reach.first, reach.last + 1):
        if i == asked.head or trims(text, i):
            continue
        if asked.kind < SOURCE_LAST and notes[i, IN_QUOTE] > 0 and _cuts_span(text, sentence, i, outward):
            continue
        if asked.kind == SOURCE_LAST and ends_no_source(notes[i, POS]):
            continue
        found[n] = i
        n += 1
    return n


@reading
def _cuts_span(text: Text, sentence: Sentence, i: int, outward: int) -> bool:
    """Whether more than marks of the marked span that token ``i`` stands in lies outside it, within the sentence."""
    notes, j = text.notes, i + outward
    while sentence.first <= j <= sentence.last and notes[j, IN_QUOTE] == notes[i, IN_QUOTE] and trims(text, j):
        j += outward
    return bool(sentence.first <= j <= sentence.last and notes[j, IN_QUOTE] == notes[i, IN_QUOTE])


@compiled
def best_boundaries(
    text: Text, net: Net, kind: int, heads: NDArray[np.int64], anchors: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Per head the likeliest boundary `kind`, given the anchor: tokens (n,), -1 where there is none, and chances.

    ``net`` has the weights of this kind. One kind at a time keeps its rows in the cache.
    """
    best = np.full(len(heads), -1, dtype=np.int64)
    chances = np.zeros(len(heads), dtype=np.float64)
    features = np.empty(N_BOUNDARY_FEATURES, dtype=np.int64)
    hidden = np.empty(len(net.out), dtype=np.int16)
    scores = np.empty(MAX_SPAN + 1, dtype=np.float64)
    for k in range(len(heads)):
        if anchors[k] < 0:
            continue
        asked = Asked(kind, heads[k], anchors[k])
        found = candidates(text, asked)
        if len(found) == 0:
            continue
        its_scores = scores[: len(found)]
        _score_all(text, net, asked, found, features, hidden, its_scores)
        top = its_scores.argmax()
        best[k] = found[top]
        chances[k] = _chance(its_scores, its_scores[top])
    return best, chances


@reading
def _score_all(
    text: Text,
    net: Net,
    asked: Asked,
    found: NDArray[np.int64],
    features: NDArray[np.int64],
    hidden: NDArray[np.int16],
    scores: NDArray[np.float64],
) -> None:
    for c in range(len(found)):
        boundary_features(text.notes, asked, found[c], features)
        scores[c] = _score(net, features, hidden)


@reading
def _chance(scores: NDArray[np.float64], score: float) -> float:
    """The softmax of one of the scores."""
    total = 0.0
    for c in range(len(scores)):
        total += np.exp(scores[c] - score)
    return 1.0 / total


@reading
def _score(net: Net, features: NDArray[np.int64], hidden: NDArray[np.int16]) -> float:
    """The score of a candidate: the sum of its features' embeddings, all but the first units rectified, weighed."""
    mask = len(net.rows) - 1
    for f in range(len(features)):
        features[f] &= mask
    sum_of_rows(net.rows, features, len(features), hidden)
    total = 0.0
    for d in range(len(hidden)):
        if d < BOUNDARY_LINEAR or hidden[d] > 0:
            total += np.int32(hidden[d]) * net.out[d]
    return total
