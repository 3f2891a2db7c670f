"""Tokens of texts for the tagger of indirect speech: one compiled pass over the code points of a batch.

A token is a word (inner apostrophes, hyphens, and the full stops of "U.S." and "3.5" stay inside; the clitics 's 're
've 'll 'd 'm stand alone) or a single other character that is no space. Between two texts of a batch stands a token of
its own, so that nothing that looks at neighbours sees past the end of its text. Columns of the token table are below.
"""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.characters import (
    C_CAPITAL,
    C_DIGIT,
    C_OTHER,
    C_SPACE,
    GRAVE_ACCENT,
    TO_LOWER,
    Characters,
    class_of,
    fold,
    is_line_break,
    is_of_word,
)
from assets.quotes.tokens.punctuation import AMPERSAND, AT_SIGN, COMMA, FULL_STOP, HYPHEN, is_apostrophe
from assets.text.compiled import compiled, inlined, reading

# columns of the token table
START, END, HASH, SHAPE, SUFFIX, SENTENCE, QUOTE, VOCAB = range(8)
N_COLUMNS = 8
# values of SHAPE
PUNCTUATION, LOWER, CAPITAL, UPPER, NUMBER, CLITIC = range(6)

SUFFIX_LENGTH = 3
SOFT_HYPHEN, UNICODE_HYPHEN, UNBREAKABLE_HYPHEN = map(ord, "\u00ad\u2010\u2011")
SMALL_D, SMALL_E, SMALL_L, SMALL_M, SMALL_R, SMALL_S, SMALL_V = map(ord, "delmrsv")


class Token(NamedTuple):
    """Where a token ends, and its shape."""

    end: int
    shape: int


class _Seen(NamedTuple):
    """What a word is made of so far: its letters, capitals and digits, and how many came since the last joint.

    ``initials`` tells whether it is single letters parted by full stops.
    """

    letters: int
    capitals: int
    digits: int
    run: int
    initials: bool


@compiled
def tokenize(codes: NDArray[np.uint32], bounds: NDArray[np.int64], characters: Characters) -> NDArray[np.int32]:
    """The token table int32 (tokens, N_COLUMNS) of a batch; QUOTE and VOCAB are still -1.

    Text k of the batch is codes[bounds[k]:bounds[k + 1] - 1]; what stands between two is their separator. SENTENCE holds 1
    where a line break stands before the token; `mark_sentences` turns it into numbers.
    """
    lower, classes = characters
    n = len(codes)
    table = np.empty((n + 1, N_COLUMNS), dtype=np.int32)  # room for all; what is not used is never touched
    count = text = i = 0
    opens_line = True
    while i < n:
        kind = class_of(codes[i], classes)
        separates = False
        if kind == C_SPACE:
            if is_line_break(codes[i]):
                opens_line = True
                separates = i == bounds[text + 1] - 1
                text += separates
            if not separates:
                i += 1
                continue
        token = Token(i + 1, PUNCTUATION) if separates else _read_token(codes, i, kind, classes)
        _put(table[count], codes, i, token, lower)
        table[count, SENTENCE] = opens_line
        opens_line = separates
        count += 1
        i = token.end
    return table[:count]


@reading
def _put(row: NDArray[np.int32], codes: NDArray[np.uint32], start: int, token: Token, lower: NDArray[np.int32]) -> None:
    """Write all of a token that it tells by itself."""
    end = token.end
    row[START] = start
    row[END] = end
    row[HASH] = fold(codes, start, end, lower)
    row[SHAPE] = token.shape
    row[SUFFIX] = fold(codes, end - SUFFIX_LENGTH, end, lower) if end - start > SUFFIX_LENGTH else row[HASH]
    row[QUOTE] = -1
    row[VOCAB] = -1


@reading
def _read_token(codes: NDArray[np.uint32], start: int, kind: int, classes: NDArray[np.int8]) -> Token:
    """The token that begins at ``start`` with a code point of class ``kind``, which is no space."""
    if is_of_word(kind):
        return _read_word(codes, start, kind, classes)
    code = codes[start]
    if is_apostrophe(code) and start > 0 and is_of_word(class_of(codes[start - 1], classes)):
        length = _clitic_length(codes, start, classes)
        if length > 0:
            return Token(start + 1 + length, CLITIC)
    # Two single marks in a row are a double one.
    doubled = start + 1 < len(codes) and codes[start + 1] == code and (is_apostrophe(code) or code == GRAVE_ACCENT)
    return Token(start + 2 if doubled else start + 1, PUNCTUATION)


@reading
def _read_word(codes: NDArray[np.uint32], start: int, first: int, classes: NDArray[np.int8]) -> Token:
    letters = capitals = digits = run = 0
    initials = True
    i = start
    while i < len(codes):
        kind = class_of(codes[i], classes)
        if is_of_word(kind):
            run += 1
            initials = initials and run == 1
            letters += kind != C_DIGIT
            capitals += kind == C_CAPITAL
            digits += kind == C_DIGIT
        elif _joins(codes, i, _Seen(letters, capitals, digits, run, initials), classes):
            initials = initials and (codes[i] == FULL_STOP or codes[i] == COMMA)
            run = 0
        else:
            break
        i += 1
    if i < len(codes) and codes[i] == FULL_STOP and initials and letters > 1 and run == 1:
        i += 1  # the last full stop of "U.S."
    if letters == 0:
        return Token(i, NUMBER)
    if capitals > 1 and capitals == letters:
        return Token(i, UPPER)
    return Token(i, CAPITAL if first == C_CAPITAL else LOWER)


@reading
def _joins(codes: NDArray[np.uint32], i: int, seen: _Seen, classes: NDArray[np.int8]) -> bool:
    """Whether the mark at ``i`` stands inside a word: O'Neill, ninth-hour, AT&T, U.S., 3.5, 3,500."""
    after = class_of(codes[i + 1], classes) if i + 1 < len(codes) else C_OTHER
    if not is_of_word(after):
        return False
    code = codes[i]
    if is_apostrophe(code):
        return _clitic_length(codes, i, classes) == 0
    if code == FULL_STOP:
        initial = seen.initials and seen.run == 1 and seen.letters > 0
        return initial or (after == C_DIGIT and seen.digits > 0 and seen.run > 0)
    if code == COMMA:
        return after == C_DIGIT and seen.digits > 0 and seen.letters == 0
    return _is_joint(code)


@inlined
def _is_joint(code: int) -> bool:
    """What always joins two parts of a word."""
    return (
        code == HYPHEN
        or code == UNBREAKABLE_HYPHEN
        or code == UNICODE_HYPHEN
        or code == SOFT_HYPHEN
        or code == AMPERSAND
        or code == AT_SIGN
    )


@reading
def _clitic_length(codes: NDArray[np.uint32], i: int, classes: NDArray[np.int8]) -> int:
    """How many letters follow the apostrophe at ``i`` that with it are a clitic: 's 'd 'm 're 've 'll. 0 where it is none."""
    end = i + 1
    while end < len(codes) and end - i <= 3 and is_of_word(class_of(codes[end], classes)):
        end += 1
    if end - i == 2:
        only = codes[i + 1] | TO_LOWER
        return 1 if only == SMALL_S or only == SMALL_D or only == SMALL_M else 0
    if end - i != 3:
        return 0
    first, second = codes[i + 1] | TO_LOWER, codes[i + 2] | TO_LOWER
    of_be_or_have = (first == SMALL_R or first == SMALL_V) and second == SMALL_E
    return 2 if of_be_or_have or (first == SMALL_L and second == SMALL_L) else 0
