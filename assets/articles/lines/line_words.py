"""What a code point is to the line classifier, and the words of a line, read one by one from its code points.

Nothing here knows a script: letters, digits and marks are told by their Unicode class.
"""

# ruff: noqa: SIM109 - compiled code compares integers one by one
import functools
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.text.characters import BASIC_PLANE, Rule, class_table, lower_table
from assets.text.code_points import looked_up
from assets.text.compiled import compiled, inlined, reading
from assets.text.hashing import FNV_OFFSET, fnv_step

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
APOSTROPHE, CURLY_APOSTROPHE, HYPHEN, ZERO, NINE = map(ord, "'’-09")
LARGEST_NUMBER = 100_000  # the digits of a longer one are not read any further


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


class Page(NamedTuple):
    """The code points of a batch of lines, each followed by a line break, and where each begins; classes and lower case."""

    points: NDArray[np.uint32]
    starts: NDArray[np.int64]
    classes: NDArray[np.uint8]
    lower: NDArray[np.uint32]


class Word(NamedTuple):
    """Where a word ends, its hash, the classes of its first and last letter, how many letters and digits it has, how many
    capitals and digits are among them, its value as a number, and how many of its capitals follow a small letter."""

    end: int
    hash: np.uint64
    first: int
    last: int
    size: int
    capitals: int
    digits: int
    value: int
    glued: int


@compiled
def word_hash(points: NDArray[np.uint32]) -> np.uint64:
    """A word as ``read_word`` hashes it."""
    h = FNV_OFFSET
    for point in points:
        h = fnv_step(h, point)
    return h


@reading
def read_word(page: Page, start: int, end: int, counts: NDArray[np.int32]) -> Word:
    """The word that begins at ``start`` in a line that ends at ``end``; adds its code points to the ``counts`` of classes."""
    points, _, classes, lower = page
    h = FNV_OFFSET
    size = capitals = digits = value = glued = 0
    first = class_of(points[start], classes)
    last = SPACE
    i = start
    while i < end:
        point = points[i]
        kind = class_of(point, classes)
        if is_of_word(kind):
            capitals += kind == UPPER
            glued += kind == UPPER and last == LOWER
            if kind == DIGIT:
                digits += 1
                value = _with_digit(value, point)
            counts[kind] += 1
            size += 1
            h = fnv_step(h, looked_up(lower, point, point))
        elif i > start and _is_inside(page, i, end):
            h = fnv_step(h, APOSTROPHE if point == CURLY_APOSTROPHE else point)
        else:
            break
        last = kind
        i += 1
    return Word(i, h, first, last, size, capitals, digits, value, glued)


@inlined
def _with_digit(value: int, point: int) -> int:
    if value >= LARGEST_NUMBER:
        return value
    return value * 10 + (point - ZERO if point <= NINE else 0)


@reading
def _is_inside(page: Page, i: int, end: int) -> bool:
    """Whether the mark at ``i`` is an apostrophe or a hyphen before a letter."""
    point = page.points[i]
    if i + 1 >= end or not (point == APOSTROPHE or point == CURLY_APOSTROPHE or point == HYPHEN):
        return False
    return SPACE < class_of(page.points[i + 1], page.classes) <= CASELESS
