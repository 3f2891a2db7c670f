"""What a code point is to the line classifier: letters by case, digits, and what each mark is used for.

Nothing here knows a script: letters, digits and marks are told by their Unicode class.
"""

import functools
import unicodedata
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from assets.text.characters import BASIC_PLANE, Rule, class_table, lower_table
from assets.text.code_points import looked_up
from assets.text.compiled import inlined

(SPACE, LOWER, UPPER, CASELESS, DIGIT, WIDE, STOP, COMMA, QUOTE, DASH, BRACKET, BULLET, RIGHTS, HANDLE, SLASH, COLON, OTHER) = range(17)  # fmt: skip
N_CLASSES = 17
_SPECIAL = {
    STOP: ".!?…。！？।؟．‼⁇۔",
    COMMA: ",;،、，；",
    COLON: ":：",
    QUOTE: "\"'“”„‟«»‹›‘’‚「」『』《》",
    DASH: "-–—―−",
    BRACKET: "()[]{}（）【】［］",
    BULLET: "|•·▪●■▶►▸▾▼▲→←↑↓>✓★☆‣◦｜＞+×",
    RIGHTS: "©®™",
    HANDLE: "@#",
    SLASH: "/\\／_=",
}
_WIDE_NAMES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
WIDE_PLANES = (0x20000, 0x30000)  # Chinese characters beyond the table


def _category(*categories: str) -> Callable[[str], bool]:
    return lambda character: unicodedata.category(character).startswith(categories)


def _is_wide(character: str) -> bool:
    return ord(character) >= 0x1100 and unicodedata.name(character, "").startswith(_WIDE_NAMES)


@functools.cache
def character_tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Class and lower case of each code point of the Basic Multilingual Plane."""
    is_letter = _category("L", "M")
    rules: list[tuple[int, Rule]] = [
        (OTHER, lambda character: True),
        (CASELESS, is_letter),
        (UPPER, _category("Lu", "Lt")),
        (LOWER, _category("Ll")),
        (WIDE, lambda character: is_letter(character) and _is_wide(character)),
        (DIGIT, _category("Nd")),
        (SPACE, _category("Z")),
        (SPACE, "\t\r\n\x0b\x0c"),
        *_SPECIAL.items(),
    ]
    return class_table(BASIC_PLANE, rules), lower_table(BASIC_PLANE)


@inlined
def class_of(point: int, classes: NDArray[np.uint8]) -> int:
    """The class of a code point; those beyond the table are no letters."""
    known: int = looked_up(classes, point, OTHER)
    return known


@inlined
def is_of_word(kind: int) -> bool:
    return LOWER <= kind <= DIGIT
