"""What the token table says of tokens beyond themselves: their marked span, their number in the vocabulary, their sentence."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.characters import is_mark
from assets.quotes.indirect.tokens import (
    CAPITAL,
    END,
    HASH,
    LOWER,
    PUNCTUATION,
    QUOTE,
    SENTENCE,
    SHAPE,
    START,
    UPPER,
    VOCAB,
)
from assets.quotes.indirect.word_classes import ABBREVIATION
from assets.quotes.tokens.punctuation import (
    CLOSING_BRACKET,
    CLOSING_SQUARE_BRACKET,
    COMMA,
    FULL_STOP,
    SEMICOLON,
    is_stop,
)
from assets.text.compiled import compiled, reading

MOST_CLOSING_MARKS = 3  # after a stop


@compiled
def mark_quotes(table: NDArray[np.int32], spans: NDArray[np.int64]) -> None:
    """Set QUOTE to the number of the marked span a token lies in (spans: int64 (k, 2), sorted, in code points)."""
    k = 0
    for i in range(len(table)):
        while k < len(spans) and spans[k, 1] <= table[i, START]:
            k += 1
        if k < len(spans) and spans[k, 0] <= table[i, START] and table[i, END] <= spans[k, 1]:
            table[i, QUOTE] = k


@compiled
def look_up(table: NDArray[np.int32], keys: NDArray[np.int64], slots: NDArray[np.int64]) -> None:
    """Set VOCAB from an open-addressing table: keys (2**k,) word hashes or -1, slots (2**k,) numbers."""
    mask = len(keys) - 1
    for i in range(len(table)):
        place = table[i, HASH] & mask
        while keys[place] >= 0 and keys[place] != table[i, HASH]:
            place = (place + 1) & mask
        if keys[place] >= 0:
            table[i, VOCAB] = slots[place]


@compiled
def mark_sentences(codes: NDArray[np.uint32], table: NDArray[np.int32], word_class: NDArray[np.int64]) -> None:
    """Set SENTENCE to the sentence's number. A marked span is never cut in two; a line break outside one always cuts."""
    n = len(table)
    sentence = -1
    opens = True
    for i in range(n):
        opens_line = table[i, SENTENCE] == 1
        opens = opens or (i > 0 and opens_line and not _within_one_span(table, i - 1))
        sentence += opens
        table[i, SENTENCE] = sentence
        opens = i + 1 < n and not _within_one_span(table, i) and _ends_sentence(codes, table, word_class, i)


@reading
def _within_one_span(table: NDArray[np.int32], i: int) -> bool:
    """Whether token ``i`` and the next one lie in the same marked span."""
    return bool(table[i, QUOTE] >= 0 and table[i, QUOTE] == table[i + 1, QUOTE])


@reading
def _ends_sentence(codes: NDArray[np.uint32], table: NDArray[np.int32], word_class: NDArray[np.int64], i: int) -> bool:
    """Whether a sentence ends after token i: a stop, then closing marks, a space, then something that opens one."""
    stop = i
    while stop >= 0 and i - stop <= MOST_CLOSING_MARKS and _closes(codes, table, stop):
        stop -= 1
    if stop < 0 or table[stop, END] - table[stop, START] != 1:
        return False
    code = codes[table[stop, START]]
    if not is_stop(code):
        return False
    if code == FULL_STOP and i == stop > 0 and _is_shortened(table, word_class, stop - 1):
        return False
    if table[i + 1, START] == table[i, END]:
        return False  # no space: inside a name or an address, or a mark still to close
    following = codes[table[i + 1, START]]
    return following != COMMA and following != SEMICOLON and bool(table[i + 1, SHAPE] != LOWER)


@reading
def _closes(codes: NDArray[np.uint32], table: NDArray[np.int32], i: int) -> bool:
    """Whether token ``i`` is a mark or a bracket that may close after a stop."""
    code = codes[table[i, START]]
    closes = is_mark(code) or code == CLOSING_BRACKET or code == CLOSING_SQUARE_BRACKET
    return closes and bool(table[i, SHAPE] == PUNCTUATION)


@reading
def _is_shortened(table: NDArray[np.int32], word_class: NDArray[np.int64], i: int) -> bool:
    """Whether the full stop after token ``i`` belongs to it: an abbreviation, or an initial."""
    number = table[i, VOCAB]
    if number >= 0 and word_class[number] & ABBREVIATION:
        return True
    is_capital = table[i, SHAPE] == CAPITAL or table[i, SHAPE] == UPPER
    return bool(is_capital and table[i, END] - table[i, START] == 1)
