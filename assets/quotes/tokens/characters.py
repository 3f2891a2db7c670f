"""What a code point is to Python, as tables for compiled code, and counts that regular expressions would be slow at."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from assets.quotes.tokens.punctuation import HYPHEN, is_apostrophe
from assets.text.characters import BASIC_PLANE, EDGES, Rule, flag_table
from assets.text.compiled import compiled, inlined

ALNUM, UPPER, ALPHA, SPACE, EDGE = (1 << bit for bit in range(5))
SYMBOLS = (0x1F000, 0x20000)  # beyond the table these are not letters


@cache
def character_flags() -> NDArray[np.uint8]:
    """Per code point below ``BASIC_PLANE``: isalnum (or "_"), isupper, isalpha, isspace, and the marks and stops of ``EDGES``."""
    rules: list[tuple[int, Rule]] = [
        (ALNUM, str.isalnum),
        (ALNUM, "_"),
        (UPPER, str.isupper),
        (ALPHA, str.isalpha),
        (SPACE, str.isspace),
        (EDGE, EDGES),
    ]
    return flag_table(BASIC_PLANE, rules)


@inlined
def flags_of(code: int | np.uint32, flags: NDArray[np.uint8]) -> int:
    """What a code point is, as bits."""
    if code < len(flags):
        known: int = flags[code]
        return known
    return 0 if SYMBOLS[0] <= code < SYMBOLS[1] else ALNUM | ALPHA


@compiled
def count_words(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], flags: NDArray[np.uint8]
) -> NDArray[np.int32]:
    """Words in each codes[start:end]: a letter or digit, then letters, digits, apostrophes and hyphens."""
    out = np.zeros(len(starts), np.int32)
    for k in range(len(starts)):
        within = False
        for i in range(starts[k], ends[k]):
            code = codes[i]
            if flags_of(code, flags) & ALNUM:
                if not within:
                    out[k] += 1
                within = True
            elif code != HYPHEN and not is_apostrophe(code):
                within = False
    return out


@compiled
def trim_edges(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], flags: NDArray[np.uint8]
) -> NDArray[np.int64]:
    """Each range without white space, marks and stops at its edges, as rows (start, end)."""
    out = np.empty((len(starts), 2), np.int64)
    for k in range(len(starts)):
        start, end = starts[k], ends[k]
        while start < end and flags_of(codes[start], flags) & EDGE:
            start += 1
        while end > start and flags_of(codes[end - 1], flags) & EDGE:
            end -= 1
        out[k, 0] = start
        out[k, 1] = end
    return out
