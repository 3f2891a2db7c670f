"""What a code point is to the tokens of indirect speech, and the hash of a word by its code points."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.tokens.punctuation import APOSTROPHE, LINE_FEED, QUOTATION_MARK, is_apostrophe
from assets.text.characters import Rule, class_table, lower_table
from assets.text.code_points import looked_up
from assets.text.compiled import compiled, inlined
from assets.text.hashing import paired_31

C_OTHER, C_SPACE, C_LETTER, C_DIGIT, C_CAPITAL = range(5)
GRAVE_ACCENT = ord("`")
TO_LOWER = 32  # the bit that makes an ASCII letter small
CARRIAGE_RETURN, LINE_SEPARATOR, PARAGRAPH_SEPARATOR = map(ord, "\r\u2028\u2029")
OPENING_GUILLEMET, CLOSING_GUILLEMET = map(ord, "«»")
CURLY_MARKS = ord("‘"), ord("‟")  # the first and the last
N_TABLE = 0x2100
SYMBOLS_END = 0x2BFF
# Beyond the table letters, but for these blocks: punctuation of East Asia, presentation forms, symbols.
OTHER_BLOCKS = (0x3000, 0x303F), (0xFE00, 0xFE6F), (0xFF00, 0xFF0F)
PICTURES = 0x1F000


class Characters(NamedTuple):
    """Lower case (its own number where that lies beyond the table) and class of the code points below ``N_TABLE``."""

    lower: NDArray[np.int32]
    classes: NDArray[np.int8]


def _is_capital(character: str) -> bool:
    return character.isalpha() and character != character.lower()


def _is_space(character: str) -> bool:
    return character.isspace() or character in "\u200b\u200e\u200f"


def _tables() -> Characters:
    lower = lower_table(N_TABLE)
    rules: list[tuple[int, Rule]] = [
        (C_LETTER, str.isalpha),
        (C_CAPITAL, _is_capital),
        (C_DIGIT, str.isdigit),
        (C_SPACE, _is_space),
    ]
    folded = np.where(lower < N_TABLE, lower, np.arange(N_TABLE)).astype(np.int32)
    return Characters(folded, class_table(N_TABLE, rules).astype(np.int8))


CHARACTERS = _tables()


@inlined
def class_of(code: int, classes: NDArray[np.int8]) -> int:
    """The class of a code point."""
    return classes[code] if code < len(classes) else _class_beyond(code)


@compiled
def _class_beyond(code: int) -> int:
    """The class of a code point beyond the table."""
    if code <= SYMBOLS_END or code >= PICTURES:
        return C_OTHER
    for first, last in OTHER_BLOCKS:
        if first <= code <= last:
            return C_OTHER
    return C_LETTER


@inlined
def is_of_word(kind: int) -> bool:
    return kind >= C_LETTER


@inlined
def is_line_break(code: int) -> bool:
    return code == LINE_FEED or code == CARRIAGE_RETURN or code == LINE_SEPARATOR or code == PARAGRAPH_SEPARATOR


@inlined
def is_mark(code: int) -> bool:
    """Whether a code point is a quotation mark or an apostrophe."""
    if code == QUOTATION_MARK or code == APOSTROPHE or code == OPENING_GUILLEMET or code == CLOSING_GUILLEMET:
        return True
    return CURLY_MARKS[0] <= code <= CURLY_MARKS[1]


@compiled
def fold(codes: NDArray[np.uint32], start: int, end: int, lower: NDArray[np.int32]) -> np.int64:
    """Hash of the code points from ``start`` to ``end``, case and kind of apostrophe apart."""
    value = np.int64(end - start)
    for i in range(start, end):
        code = codes[i]
        if is_apostrophe(code):
            code = np.uint32(APOSTROPHE)
        value = paired_31(value, looked_up(lower, code, code))
    return value
