"""The coarse classes of words that the features of indirect speech tell apart.

Those of a closed class come from the word lists that the model was trained with (``training/indirect_words.py``); the class of any
other token is told by its shape or by its ending. The numbers are part of the model.
"""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.characters import TO_LOWER, is_mark
from assets.quotes.indirect.tokens import CAPITAL, CLITIC, END, NUMBER, PUNCTUATION, SHAPE, START, UPPER
from assets.text.compiled import reading

# What the lexicon says of a word: the class in six bits, then these.
CLASS_BITS = 63
VERBAL = 64  # an auxiliary or a modal, so a clause is under way
ABBREVIATION = 128  # a full stop after it ends no sentence
THE, A = 1, 2
COMPLEMENTISER = 9
NEGATED_AUXILIARY = 26  # conjunctions, prepositions, auxiliaries and modals lie between the two
# The classes beyond those of the word lists.
POS_CAPITAL, POS_UPPER, POS_NUMBER, POS_ED, POS_ING, POS_LY, POS_S, POS_NOUN, POS_OTHER, POS_CLITIC = range(40, 50)
POS_PUNCTUATION = 64  # plus the code point's remainder
POS_MARK, POS_COMMA, POS_OPENING_BRACKET, POS_CLOSING_BRACKET = (POS_PUNCTUATION + ord(mark) for mark in '",()')
# Endings are looked for in words that keep so many letters before the last two and the last three.
LONG_FOR_TWO, LONG_FOR_THREE = 3, 4
SMALL_D, SMALL_E, SMALL_G, SMALL_I, SMALL_L, SMALL_N, SMALL_O, SMALL_S, SMALL_T, SMALL_Y = map(ord, "degilnosty")


class _Ending(NamedTuple):
    """The last letter of a word, the one before and the one before that; 0 where the word is too short."""

    last: int
    second: int
    third: int


@reading
def class_of_token(codes: NDArray[np.uint32], token: NDArray[np.int32], listed: int) -> int:
    """The class of a token; ``listed`` is what the word lists say of it, 0 where they do not know it."""
    shape = token[SHAPE]
    if shape == PUNCTUATION:
        code = codes[token[START]]
        return POS_MARK if is_mark(code) else POS_PUNCTUATION + int(code % POS_PUNCTUATION)
    if listed > 0:
        return listed
    if shape == CAPITAL:
        return POS_CAPITAL
    if shape == UPPER:
        return POS_UPPER
    if shape == NUMBER:
        return POS_NUMBER
    return POS_CLITIC if shape == CLITIC else _class_by_ending(_ending_of(codes, token[START], token[END]))


@reading
def _ending_of(codes: NDArray[np.uint32], start: int, end: int) -> _Ending:
    return _Ending(
        int(codes[end - 1] | TO_LOWER),
        int(codes[end - 2] | TO_LOWER) if end - start > LONG_FOR_TWO else 0,
        int(codes[end - 3] | TO_LOWER) if end - start > LONG_FOR_THREE else 0,
    )


@reading
def _class_by_ending(ending: _Ending) -> int:
    """-ed, -ing, -ly, -on, -ty, -ent, -s."""
    last, second, third = ending
    if second == SMALL_E and last == SMALL_D:
        return POS_ED
    if third == SMALL_I and second == SMALL_N and last == SMALL_G:
        return POS_ING
    if second == SMALL_L and last == SMALL_Y:
        return POS_LY
    if (second == SMALL_O and last == SMALL_N) or (second == SMALL_T and last == SMALL_Y):
        return POS_NOUN
    if third == SMALL_E and second == SMALL_N and last == SMALL_T:
        return POS_NOUN
    return POS_S if last == SMALL_S and second != SMALL_S else POS_OTHER


@reading
def ends_no_source(word_class: int) -> bool:
    """Articles, conjunctions, prepositions, auxiliaries and modals end no name of a speaker."""
    return word_class == THE or word_class == A or COMPLEMENTISER <= word_class <= NEGATED_AUXILIARY
