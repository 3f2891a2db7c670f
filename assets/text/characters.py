"""What a code point is, as tables for compiled code: classes by rule, lower case, the characters that several rooms know."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

BASIC_PLANE = 0x10000  # code points of the Basic Multilingual Plane
# White space, marks and stops, which at the edges of a quotation are not part of it.
EDGES = " \t\r\n\xa0\"“”„«»'‘’`,.;:!?-–—…()[]"
APOSTROPHE = ord("'")
LINE_BREAKS = "\n\r\x0b\x0c\u2028\u2029"
Rule = str | Callable[[str], bool]


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of a text; lone surrogates count as one each."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def class_table(n: int, rules: Sequence[tuple[int, Rule]]) -> NDArray[np.uint8]:
    """A class for each of the first ``n`` code points: that of the last rule that names or holds the character, else 0."""
    characters = list(map(chr, range(n)))
    classes = np.zeros(n, np.uint8)
    for number, rule in rules:
        classes[_places(characters, rule)] = number
    return classes


def flag_table(n: int, rules: Sequence[tuple[int, Rule]]) -> NDArray[np.uint8]:
    """The sum of the flags of all rules that name or hold the character, for each of the first ``n`` code points."""
    characters = list(map(chr, range(n)))
    flags = np.zeros(n, np.uint8)
    for flag, rule in rules:
        flags[_places(characters, rule)] |= np.uint8(flag)
    return flags


def _places(characters: list[str], rule: Rule) -> NDArray[np.int64]:
    if isinstance(rule, str):
        return np.array([ord(character) for character in rule], np.int64)
    return np.flatnonzero(np.fromiter(map(rule, characters), np.bool_, len(characters)))


def lower_table(n: int, apostrophes: str = "") -> NDArray[np.uint32]:
    """The lower case of each of the first ``n`` code points, its own number where that is not one character.

    ``apostrophes`` are taken for the straight one.
    """
    lower = np.arange(n, dtype=np.uint32)
    for code, folded in enumerate(map(str.lower, map(chr, range(n)))):
        if len(folded) == 1:
            lower[code] = ord(folded)
    lower[[ord(character) for character in apostrophes]] = APOSTROPHE
    return lower


@cache
def _word_characters() -> NDArray[np.bool_]:
    """Which code points of the Basic Multilingual Plane are of a word, as ``\\w`` has it."""
    characters = list(map(chr, range(BASIC_PLANE)))
    found = np.fromiter(map(str.isalnum, characters), np.bool_, BASIC_PLANE)
    found[ord("_")] = True
    return found


def count_words(text: str) -> int:
    """How many runs of letters, digits and underscores a text has: the matches of ``\\w+``."""
    encoded = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(encoded) == len(text):
        is_word = _word_characters()[encoded]
    else:
        is_word = np.fromiter((sign == "_" or sign.isalnum() for sign in text), np.bool_, len(text))
    begins = is_word[1:] > is_word[:-1]
    return int(np.count_nonzero(begins)) + int(is_word[:1].any())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of a text without the ``EDGES`` at its edges."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end
