"""Where a token is: its run of capitalised words, list phrases over it, the start of its sentence, the kind of its line."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.lexicon import HASH_MASK, Lexicon, find, phrase_hash
from assets.entities.tagger.tokens import ALL_CAPS, CAPITALISED, LOWERCASE, MIXED, NUMBER, PUNCTUATION, STOP, Tokens
from assets.text.compiled import compiled, inlined, reading

# Two of the lists that ``flags`` stands for: small words inside names, and titles and initials, whose stop ends no sentence.
CONNECTING, STOPPED = np.uint32(1), np.uint32(2)
MOST_CONNECTING = 2  # small words in a row
LONGEST_PHRASE = 6  # words
PHRASE_START = np.uint32(1 << 31)
QUESTION_MARK, EXCLAMATION_MARK = ord("?"), ord("!")
# A token's place in its sentence, and what its line is like.
INSIDE, AFTER_BREAK, AFTER_STOP = range(3)
PROSE, TITLE_CASE, CAPITALS, SHORT = range(4)
LEAST_WORDS = 3  # of a line that can be called a heading by its capitals
LONG_WORD = 3  # letters a word must pass to be written in capitals in a heading
SHORT_LINE = 15  # words


class Context(NamedTuple):
    """Per token: the run of capitalised words it is in, list phrases, whether a sentence begins, what its line is like."""

    run_start: NDArray[np.int32]
    run_end: NDArray[np.int32]
    phrase: NDArray[np.uint32]
    sentence_start: NDArray[np.uint8]
    line_kind: NDArray[np.uint8]


def context(tokens: Tokens, kinds: NDArray[np.uint8], flags: NDArray[np.uint32], lexicon: Lexicon) -> Context:
    """Runs of capitalised words, list phrases and sentence starts of every token."""
    run_start, run_end = _runs(tokens, kinds, flags)
    phrase = _phrases(tokens, kinds, lexicon)
    return Context(run_start, run_end, phrase, _sentence_starts(tokens, kinds, flags), _line_kinds(tokens, kinds))


@compiled
def _line_kinds(tokens: Tokens, kinds: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Per token, what its line is like: prose, title case, all in capitals, short without a stop at its end."""
    lines, types, starts, ends = tokens.lines, tokens.types, tokens.starts, tokens.ends
    n = len(types)
    result = np.zeros(n, dtype=np.uint8)
    i = 0
    while i < n:
        end = i
        n_lower = 0
        n_caps = 0
        n_words = 0
        while end < n and lines[end] == lines[i]:
            kind = kinds[types[end]]
            if kind != PUNCTUATION and kind != NUMBER:
                n_words += 1
                n_lower += kind == LOWERCASE and ends[end] - starts[end] > LONG_WORD
                n_caps += kind == ALL_CAPS
            end += 1
        value = PROSE
        if n_words >= LEAST_WORDS and n_caps * 4 >= n_words * 3:
            value = CAPITALS
        elif n_words >= LEAST_WORDS and n_lower * 5 <= n_words:
            value = TITLE_CASE
        elif n_words < SHORT_LINE and kinds[types[end - 1]] != PUNCTUATION:
            value = SHORT
        result[i:end] = value
        i = end
    return result


@inlined
def is_capital(kind: int) -> bool:
    return kind in (CAPITALISED, ALL_CAPS, MIXED)


@reading
def _after_connecting(lines: NDArray[np.int32], types: NDArray[np.int32], flags: NDArray[np.uint32], start: int) -> int:
    """The token after the small words that begin at ``start``, of which a name may have two in a row."""
    end = start
    while (
        end - start < MOST_CONNECTING
        and end < len(types)
        and lines[end] == lines[start]
        and flags[types[end]] & CONNECTING
    ):
        end += 1
    return end


@compiled
def _runs(
    tokens: Tokens, kinds: NDArray[np.uint8], flags: NDArray[np.uint32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Longest sequences of capitalised words in a line, small connecting words between them included."""
    lines, types = tokens.lines, tokens.types
    n = len(types)
    run_start = np.full(n, -1, dtype=np.int32)
    run_end = np.full(n, -1, dtype=np.int32)
    i = 0
    while i < n:
        if not is_capital(kinds[types[i]]):
            i += 1
            continue
        end = i + 1
        while end < n and lines[end] == lines[i]:
            ahead = end if is_capital(kinds[types[end]]) else _after_connecting(lines, types, flags, end)
            if ahead == n or lines[ahead] != lines[i] or not is_capital(kinds[types[ahead]]):
                break
            end = ahead + 1
        for k in range(i, end):
            run_start[k] = i
            run_end[k] = end
        i = end
    return run_start, run_end


@compiled
def _phrases(tokens: Tokens, kinds: NDArray[np.uint8], lexicon: Lexicon) -> NDArray[np.uint32]:
    """Lists whose phrase covers a token, longest phrase first; ``PHRASE_START`` marks its first token."""
    lines, types, lowered = tokens.lines, tokens.types, tokens.lowered
    keys, flags = lexicon.phrases, lexicon.phrase_flags
    n = len(types)
    phrase = np.zeros(n, dtype=np.uint32)
    i = 0
    while i < n:
        end = i + 1
        found = -1
        value = lowered[types[i]]
        k = i + 1
        while is_capital(kinds[types[i]]) and k < n and k < i + LONGEST_PHRASE and lines[k] == lines[i]:
            value = phrase_hash(value, lowered[types[k]])
            k += 1
            place = find(keys, value & HASH_MASK) if is_capital(kinds[types[k - 1]]) else -1
            if place >= 0:
                end = k
                found = place
        if found >= 0:
            phrase[i:end] = flags[found]
            phrase[i] |= PHRASE_START
        i = end
    return phrase


@compiled
def _sentence_starts(tokens: Tokens, kinds: NDArray[np.uint8], flags: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Per token: whether a line opens, or a sentence after a stop that ends one; marks are passed over."""
    codes, starts, lines, types = tokens.codes, tokens.starts, tokens.lines, tokens.types
    n = len(types)
    result = np.zeros(n, dtype=np.uint8)
    state = AFTER_BREAK
    for i in range(n):
        if i > 0 and lines[i - 1] != lines[i]:
            state = AFTER_BREAK
        result[i] = state
        code = codes[starts[i]]
        if kinds[types[i]] != PUNCTUATION:
            state = INSIDE
        elif code in (QUESTION_MARK, EXCLAMATION_MARK):
            state = AFTER_STOP
        elif code == STOP:
            state = INSIDE if i > 0 and flags[types[i - 1]] & STOPPED else AFTER_STOP
    return result
