"""Single tokens: words with the marks inside them, clitics and punctuation, as the stream is read."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.tokens.lexicon import (
    ABBREVIATION,
    C_APOSTROPHE,
    C_DIGIT,
    C_HANDLE,
    C_HYPHEN,
    C_LOWER,
    C_PERIOD,
    C_SPACE,
    C_UPPER,
    Lexicon,
    class_of,
    look_up,
)
from assets.quotes.tokens.punctuation import APOSTROPHE, AT_SIGN, COLON, COMMA, FULL_STOP, HYPHEN, SLASH
from assets.text.code_points import looked_up
from assets.text.compiled import reading
from assets.text.hashing import FNV_OFFSET_32, FNV_PRIME_32

# Kinds of token.
PUNCTUATION, LOWER, CAPITALISED, ALL_CAPS, NUMBER, CLITIC, BREAK, QUOTE = range(8)
CLITIC_LENGTH = 3  # the apostrophe and two letters
CAPITAL_S, SMALL_D, SMALL_L, SMALL_M, SMALL_R, SMALL_S, SMALL_V = map(ord, "Sdlmrsv")


class Token(NamedTuple):
    """Where a token ends, its kind and hash, and the class of the code point that was looked at last."""

    end: int
    kind: int
    hash: np.uint32
    last_class: int


class _Seen(NamedTuple):
    """What the beginning of a word is made of."""

    letters: int
    capitals: int
    digits: int


@reading
def read_token(codes: NDArray[np.uint32], start: int, limit: int, kind: int, words: Lexicon) -> Token:
    """The token that begins at ``start`` with a code point of class ``kind`` and ends at ``limit`` at the latest."""
    if _is_letter(kind) or kind == C_DIGIT or kind == C_HANDLE:
        return _read_word(codes, start, limit, words)
    if kind == C_APOSTROPHE:
        return _read_apostrophe(codes, start, limit, words)
    return _read_mark(codes, start, limit, kind)


@reading
def _read_word(codes: NDArray[np.uint32], start: int, limit: int, words: Lexicon) -> Token:
    classes, lower = words.classes, words.lower
    letters = capitals = digits = 0
    dotted = False  # U.S., a.m.
    value = np.uint32(FNV_OFFSET_32)
    kind = C_HANDLE
    i = start
    while i < limit:
        kind = class_of(codes[i], classes)
        if _is_letter(kind):
            letters += 1
            capitals += kind == C_UPPER
        elif kind == C_DIGIT:
            digits += 1
        elif kind != C_HANDLE or i > start:
            if not _joins(codes, start, i, limit, kind, _Seen(letters, capitals, digits), classes, lower):
                break
            dotted = dotted or (kind == C_PERIOD and _is_letter(class_of(codes[i + 1], classes)))
        value = _hashed(value, looked_up(lower, codes[i], codes[i]))
        i += 1
    initial = letters == 1 and capitals == 1
    if (
        i < limit
        and codes[i] == FULL_STOP
        and (dotted or initial or look_up(words.keys, words.bits, value) & ABBREVIATION != 0)
    ):
        i += 1
    return Token(i, _kind_of(codes[start], _Seen(letters, capitals, digits), classes), value, kind)


@reading
def _joins(
    codes: NDArray[np.uint32],
    start: int,
    i: int,
    limit: int,
    kind: int,
    seen: _Seen,
    classes: NDArray[np.uint8],
    lower: NDArray[np.uint32],
) -> bool:
    """Whether the mark at ``i`` is inside the word that began at ``start``: O'Neill, ninth-hour, U.S., 3.5, 12:30."""
    if i + 1 >= limit:
        return False
    after = class_of(codes[i + 1], classes)
    if kind == C_HYPHEN:
        return _is_letter(after) or after == C_DIGIT
    if kind == C_APOSTROPHE:
        return _is_letter(after) and not _opens_clitic(codes, i, limit, classes, lower)
    if kind == C_PERIOD and _is_letter(after) and seen.letters > 0:
        # One letter at a time: the stop of "ended.Then" is not part of a word.
        before = class_of(codes[i - 2], classes) if i - 2 >= start else C_SPACE
        return not (_is_letter(before) or (after == C_LOWER and seen.capitals > 0))
    joins_digits = kind == C_PERIOD or codes[i] == COMMA or codes[i] == COLON or codes[i] == SLASH
    return seen.digits > 0 and after == C_DIGIT and joins_digits


@reading
def _opens_clitic(
    codes: NDArray[np.uint32], i: int, limit: int, classes: NDArray[np.uint8], lower: NDArray[np.uint32]
) -> bool:
    """Whether the apostrophe at ``i`` opens 's, 'd, 'll, 're, 've or 'm, which are tokens of their own."""
    first = looked_up(lower, codes[i + 1], codes[i + 1])
    second = class_of(codes[i + 2], classes) if i + 2 < limit else C_SPACE
    third = class_of(codes[i + 3], classes) if i + 3 < limit else C_SPACE
    if not _is_letter(second):
        return bool(first == SMALL_S or first == SMALL_D or first == SMALL_M)
    return not _is_letter(third) and (first == SMALL_L or first == SMALL_R or first == SMALL_V)


@reading
def _kind_of(first: int, seen: _Seen, classes: NDArray[np.uint8]) -> int:
    """The kind of a word by its first code point and what it is made of."""
    if seen.letters == 0:
        return NUMBER if seen.digits > 0 else PUNCTUATION
    if class_of(first, classes) == C_UPPER or first == AT_SIGN:
        return ALL_CAPS if seen.capitals == seen.letters and seen.letters > 1 else CAPITALISED
    if seen.capitals > 0 and seen.digits == 0:
        return CAPITALISED  # eBay, iPhone, al-Assad
    return LOWER if seen.digits < seen.letters else NUMBER


@reading
def _read_apostrophe(codes: NDArray[np.uint32], start: int, limit: int, words: Lexicon) -> Token:
    """A clitic where the apostrophe follows a word, else a mark; alone it is the genitive of a word in s."""
    classes, lower = words.classes, words.lower
    value = _hashed(np.uint32(FNV_OFFSET_32), APOSTROPHE)
    before = class_of(codes[start - 1], classes) if start > 0 else C_SPACE
    if not (_is_letter(before) or before == C_DIGIT or before == C_PERIOD):
        return Token(start + 1, PUNCTUATION, value, C_APOSTROPHE)
    end = start + 1
    while end < limit and end - start < CLITIC_LENGTH and class_of(codes[end], classes) == C_LOWER:
        value = _hashed(value, looked_up(lower, codes[end], codes[end]))
        end += 1
    after_s = codes[start - 1] == SMALL_S or codes[start - 1] == CAPITAL_S
    return Token(end, CLITIC if end > start + 1 or after_s else PUNCTUATION, value, C_APOSTROPHE)


@reading
def _read_mark(codes: NDArray[np.uint32], start: int, limit: int, kind: int) -> Token:
    """Any other code point; stops and hyphens in a row are one token."""
    end = start + 1
    while end < limit and codes[end] == codes[start] and (kind == C_PERIOD or codes[start] == HYPHEN):
        end += 1
    return Token(end, PUNCTUATION, _hashed(np.uint32(FNV_OFFSET_32), codes[start]), kind)


@reading
def _is_letter(kind: int) -> bool:
    return kind == C_LOWER or kind == C_UPPER


@reading
def _hashed(value: np.uint32, code: int) -> np.uint32:
    """FNV-1a, a code point at a time."""
    return np.uint32((value ^ code) * np.uint32(FNV_PRIME_32))
