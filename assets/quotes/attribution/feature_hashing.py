"""How the features of quotations and candidates read tokens and hash what they see."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.tokens.article import ArticleTokens
from assets.quotes.tokens.classes import K_BREAK
from assets.quotes.tokens.punctuation import COMMA, ELLIPSIS, EXCLAMATION_MARK, FULL_STOP, QUESTION_MARK
from assets.quotes.tokens.stream import BREAK
from assets.text.compiled import compiled, inlined

# Columns of the marks that come with a quotation.
MARK_SINGLE, MARK_CONTINUES, MARK_REPAIRED = range(3)
# How the words between marks end.
ENDS_OPEN, ENDS_IN_COMMA, ENDS_IN_STOP, ENDS_IN_CRY, ENDS_IN_OTHER_MARK = range(5)
BEYOND = np.uint32(1)  # the word of all places beyond the article
# Distances in tokens, which are told apart one by one up to 5 and then in these steps.
DISTANCE_STEPS = (6, 8, 12, 18, 28, 45)
# Classes of tokens share a number: one of them in each five bits.
CLASSES = 32


Value = int | np.integer[Any]  # what features are made of


class Quotations(NamedTuple):
    """Quotations of an article: their tokens, what stands between their marks (columns ``IN_…``), their marks (``MARK_…``)."""

    places: NDArray[np.int32]
    inside: NDArray[np.int64]
    marks: NDArray[np.int8]


@inlined
def distance_bin(x: int) -> int:
    """0 to 5 as they are, more in ever wider steps."""
    if x < DISTANCE_STEPS[0]:
        return x
    if x < DISTANCE_STEPS[1]:
        return 6
    if x < DISTANCE_STEPS[2]:
        return 7
    if x < DISTANCE_STEPS[3]:
        return 8
    if x < DISTANCE_STEPS[4]:
        return 9
    return 10 if x < DISTANCE_STEPS[5] else 11


@compiled
def word_at(i: int, hashes: NDArray[np.uint32]) -> np.uint32:
    """The word of token ``i``, the same for all places beyond the article."""
    if i < 0 or i >= len(hashes):
        return BEYOND
    word: np.uint32 = hashes[i]
    return word


@compiled
def class_at(i: int, classes: NDArray[np.uint8]) -> int:
    """The class of token ``i``, a break at all places beyond the article."""
    if i < 0 or i >= len(classes):
        return K_BREAK
    known: int = classes[i]
    return known


@inlined
def edges_of(tokens: ArticleTokens, p: int) -> int:
    """Whether token ``p`` opens its paragraph (1) and closes it (2)."""
    opens = p == 0 or tokens.kinds[p - 1] == BREAK
    closes = p + 1 >= len(tokens.kinds) or tokens.kinds[p + 1] == BREAK
    return (1 if opens else 0) + (2 if closes else 0)


@inlined
def ending_of(last: int) -> int:
    """How words whose last code point is ``last`` end."""
    if last == COMMA:
        return ENDS_IN_COMMA
    if last == FULL_STOP or last == ELLIPSIS:
        return ENDS_IN_STOP
    return ENDS_IN_CRY if last == EXCLAMATION_MARK or last == QUESTION_MARK else ENDS_OPEN
