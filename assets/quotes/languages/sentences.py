"""Where the sentences of a batch begin, where their last word ends, and the classes of all their words, in compiled code."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.languages.vocabulary import (
    CAPITAL,
    CLOSED,
    ENDS_SOURCE,
    FOLLOWS_SOURCE,
    HALF_SOURCE,
    LINE_END,
    MARK,
    NUMBER,
    OPENS_SENTENCE,
    PERIOD,
    QUOTATION,
    SHORTENED,
    STOP,
)
from assets.text.compiled import compiled, inlined
from assets.text.languages.press import SOURCE


class Sentences(NamedTuple):
    """Sentence ``s`` begins at token ``firsts[s]``, its last word is before ``lasts[s]``, and ``classes[s]`` are those of all between.

    Body ``i`` has the sentences from ``bounds[i]`` to before ``bounds[i + 1]``; its tokens are counted from its first.
    """

    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    classes: NDArray[np.int64]
    bounds: NDArray[np.int64]


@compiled
def read_sentences(
    bits: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], bounds: NDArray[np.int64], cased: bool
) -> Sentences:
    """The sentences of bodies whose tokens have these classes and places; those of body ``i`` begin at ``bounds[i]``.

    A word of which the words after it show that it is no "according to" loses that class in ``bits``.
    """
    _forget_half_sources(bits)
    most = len(bits) + len(bounds)
    firsts, lasts = np.empty(most, np.int64), np.empty(most, np.int64)
    classes = np.zeros(most, np.int64)
    of_bodies = np.zeros(len(bounds), np.int64)
    n = 0
    for body in range(len(bounds) - 1):
        begin, end = bounds[body], bounds[body + 1]
        first = begin
        for i in range(begin, end):
            if bits[i] & (MARK | QUOTATION) and _ends_sentence(bits, starts, ends, i, begin, end, cased):
                firsts[n], lasts[n] = first - begin, _after_last_word(bits, first, i + 1) - begin
                first = i + 1
                n += 1
        firsts[n], lasts[n] = first - begin, _after_last_word(bits, first, end) - begin
        n += 1
        of_bodies[body + 1] = n
        for sentence in range(of_bodies[body], n):
            for k in range(begin + firsts[sentence], begin + lasts[sentence]):
                classes[sentence] |= bits[k]
    return Sentences(firsts[:n].copy(), lasts[:n].copy(), classes[:n].copy(), of_bodies)


@inlined
def _forget_half_sources(bits: NDArray[np.int64]) -> None:
    n = len(bits)
    for j in range(n):
        if not bits[j] & HALF_SOURCE:
            continue
        after = bits[j + 1] if j + 1 < n else 0
        later = bits[j + 2] if j + 2 < n else 0
        if not after & FOLLOWS_SOURCE and not (after | later) & ENDS_SOURCE:
            bits[j] &= ~SOURCE


@inlined
def _ends_sentence(
    bits: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], i: int, begin: int, end: int, cased: bool
) -> bool:  # fmt: skip
    """Whether the token ``i``, a mark or a quotation, ends a sentence of the body whose tokens are ``begin`` to before ``end``."""
    here = bits[i]
    after = bits[i + 1] if i + 1 < end else 0
    if here & LINE_END:
        return True
    if here & QUOTATION:
        return bool(here & CLOSED) and bool(after & QUOTATION or (cased and after & CAPITAL))
    if not here & STOP:
        return False
    if here & PERIOD and i > begin and bits[i - 1] & SHORTENED and starts[i] == ends[i - 1]:
        return False
    return not cased or bool(after & (CAPITAL | QUOTATION | NUMBER | OPENS_SENTENCE))


@inlined
def _after_last_word(bits: NDArray[np.int64], first: int, end: int) -> int:
    """The token after the last word of a sentence."""
    while end > first and bits[end - 1] & (MARK | LINE_END):
        end -= 1
    return end
