"""The kind of a quotation in marks, and whether it stands in a heading, by the characters around it."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.tokens.characters import ALNUM, ALPHA, SPACE, UPPER, flags_of
from assets.quotes.tokens.punctuation import (
    ASTERISK,
    CLOSING_BRACKET,
    CLOSING_GUILLEMET,
    CLOSING_QUOTATION_MARK,
    CLOSING_SQUARE_BRACKET,
    COLON,
    COMMA,
    ELLIPSIS,
    LINE_FEED,
    QUOTATION_MARK,
    SEMICOLON,
    UNDERSCORE,
    is_apostrophe,
    is_dash,
    is_stop,
)
from assets.text.compiled import inlined, reading

# In the order of their names, which is the order of rows that begin and end together.
KINDS = ("block", "direct", "indirect", "partial")
BLOCK, DIRECT, INDIRECT, PARTIAL = range(4)
DIRECT_IN_RUN = 4  # direct where another quotation came before, else partial
HEADING_LENGTH = 90  # code points; longer lines are paragraphs whatever they end with
NOTHING = 0  # in the place of the code point before a body


class Words(NamedTuple):
    """Code points of a batch and the quotations in them: rows of ``spans`` as in ``read_stream``; which go on one left open."""

    codes: NDArray[np.uint32]
    spans: NDArray[np.int64]
    continues: NDArray[np.int8]
    flags: NDArray[np.uint8]


@reading
def is_heading(words: Words, begin: int, stop: int, q: int) -> bool:
    """Whether quotation ``q`` stands in a headline, subhead or key point: a short line that does not end as sentences do.

    ``begin`` and ``stop`` are those of its body.
    """
    codes, flags = words.codes, words.flags
    start, end = words.spans[q, 2], words.spans[q, 3]
    while start > begin and codes[start - 1] != LINE_FEED:
        start -= 1
    while end < stop and codes[end] != LINE_FEED:
        end += 1
    while start < end and flags_of(codes[start], flags) & SPACE:
        start += 1
    while end > start and flags_of(codes[end - 1], flags) & SPACE:
        end -= 1
    if end - start > HEADING_LENGTH:
        return False
    if end == start:
        return True
    last = codes[end - 1]
    if _is_closing_bracket(last) or is_dash(last):
        return False
    while end > start and _closes(codes[end - 1]):
        end -= 1
    return bool(end == start or not _ends_clause(codes[end - 1]))


@inlined
def _is_closing_bracket(code: int) -> bool:
    return code == CLOSING_BRACKET or code == CLOSING_SQUARE_BRACKET


@inlined
def _closes(code: int) -> bool:
    """What may close a line after its stop: ) ] " ” ’ ' » *"""
    if code == QUOTATION_MARK or code == CLOSING_QUOTATION_MARK or code == CLOSING_GUILLEMET or code == ASTERISK:
        return True
    return _is_closing_bracket(code) or is_apostrophe(code)


@inlined
def _ends_clause(code: int) -> bool:
    """. ? ! … , : ;"""
    return is_stop(code) or code == COMMA or code == COLON or code == SEMICOLON


@reading
def kind_of(words: Words, begin: int, q: int, cue_right_before: bool) -> int:
    """Direct where the marks hold a sentence, or the rest of one that the cue cut in two; partial inside the reporter's.

    ``begin`` is where the body of quotation ``q`` begins.
    """
    codes, flags = words.codes, words.flags
    i = words.spans[q, 2] - 1
    while i >= begin and flags_of(codes[i], flags) & SPACE:
        i -= 1
    before: int = codes[i] if i >= begin else NOTHING
    first = flags_of(codes[words.spans[q, 0]], flags)
    opens = first & UPPER != 0 or first & ALPHA == 0
    of_word = before != UNDERSCORE and flags_of(before, flags) & ALNUM != 0
    if before != NOTHING and (of_word or is_apostrophe(before) or before == CLOSING_BRACKET):
        return DIRECT if cue_right_before and opens else PARTIAL
    if opens or words.continues[q]:
        return DIRECT
    last = codes[words.spans[q, 1] - 1]
    ends_sentence = is_stop(last) and last != ELLIPSIS
    # After a comma or a dash, or at the head of the text.
    joined = before == NOTHING or before == COMMA or is_dash(before)
    return DIRECT_IN_RUN if joined and ends_sentence else PARTIAL
