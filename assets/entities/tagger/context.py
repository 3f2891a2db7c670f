"""Where a token stands: its run of capitalised words, list phrases over it, the start of its sentence, the kind of its line."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.lexicon import HASH_MASK, Lexicon, find, phrase_hash
from assets.entities.tagger.tokens import ALL_CAPS, CAPITALISED, LOWERCASE, MIXED, NUMBER, PUNCTUATION, Tokens
from assets.text.compiled import compiled, inlined


@dataclass(frozen=True)
class Context:
    """Per token: the run of capitalised words it stands in, list phrases, and whether a sentence begins."""

    run_start: NDArray[np.int32]
    run_end: NDArray[np.int32]
    phrase: NDArray[np.uint32]
    sentence_start: NDArray[np.uint8]
    line_kind: NDArray[np.uint8]


def context(tokens: Tokens, kinds: NDArray[np.uint8], flags: NDArray[np.uint32], lexicon: Lexicon) -> Context:
    """Runs of capitalised words, list phrases and sentence starts of every token."""
    run_start, run_end = _runs(tokens.lines, tokens.types, kinds, flags)
    phrase = _phrases(tokens.lines, tokens.types, kinds, tokens.lowered, lexicon.phrases, lexicon.phrase_flags)
    start = _sentence_starts(tokens.codes, tokens.starts, tokens.ends, tokens.lines, tokens.types, kinds, flags)
    return Context(
        run_start, run_end, phrase, start, _line_kinds(tokens.starts, tokens.ends, tokens.lines, tokens.types, kinds)
    )


@compiled
def _line_kinds(starts, ends, lines, types, kinds):  # type: ignore[no-untyped-def]
    """Per token, what its line is like: 0 prose, 1 title case, 2 all in capitals, 3 short without a stop at its end."""
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
                n_lower += kind == LOWERCASE and ends[end] - starts[end] > 3
                n_caps += kind == ALL_CAPS
            end += 1
        value = 0
        if n_words >= 3 and n_caps * 4 >= n_words * 3:
            value = 2
        elif n_words >= 3 and n_lower * 5 <= n_words:
            value = 1
        elif n_words < 15 and kinds[types[end - 1]] != PUNCTUATION:
            value = 3
        for k in range(i, end):
            result[k] = value
        i = end
    return result


@inlined
def is_capital(kind):  # type: ignore[no-untyped-def]
    return kind in (CAPITALISED, ALL_CAPS, MIXED)


@compiled
def _runs(lines, types, kinds, flags):  # type: ignore[no-untyped-def]
    """Longest sequences of capitalised words in a line, small connecting words (list bit 0) between them included."""
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
            if is_capital(kinds[types[end]]):
                end += 1
                continue
            skip = 0
            while (
                skip < 2
                and end + skip < n
                and lines[end + skip] == lines[i]
                and flags[types[end + skip]] & np.uint32(1)
            ):
                skip += 1
            ahead = end + skip
            if skip > 0 and ahead < n and lines[ahead] == lines[i] and is_capital(kinds[types[ahead]]):
                end = ahead + 1
                continue
            break
        for k in range(i, end):
            run_start[k] = i
            run_end[k] = end
        i = end
    return run_start, run_end


@compiled
def _phrases(lines, types, kinds, lowered, keys, key_flags):  # type: ignore[no-untyped-def]
    """Lists whose phrase covers a token, longest phrase first; bit 31 marks its first token."""
    n = len(types)
    phrase = np.zeros(n, dtype=np.uint32)
    i = 0
    while i < n:
        best = 0
        found = -1
        if is_capital(kinds[types[i]]):
            value = lowered[types[i]]
            k = i + 1
            while k < n and k < i + 6 and lines[k] == lines[i]:
                value = phrase_hash(value, lowered[types[k]])
                if is_capital(kinds[types[k]]):
                    place = find(keys, value & HASH_MASK)
                    if place >= 0:
                        best = k + 1
                        found = place
                k += 1
        if found >= 0:
            for k in range(i, best):
                phrase[k] = key_flags[found] | (np.uint32(1) << np.uint32(31) if k == i else np.uint32(0))
            i = best
        else:
            i += 1
    return phrase


@compiled
def _sentence_starts(codes, starts, ends, lines, types, kinds, flags):  # type: ignore[no-untyped-def]
    """Per token: 1 where a line opens, 2 after a stop that ends a sentence, marks passed over; else 0."""
    n = len(types)
    result = np.zeros(n, dtype=np.uint8)
    state = 1
    for i in range(n):
        if i > 0 and lines[i - 1] != lines[i]:
            state = 1
        result[i] = state
        code = codes[starts[i]]
        if kinds[types[i]] != PUNCTUATION:
            state = 0
        elif code == 0x3F or code == 0x21:
            state = 2
        elif code == 0x2E:
            # Not after a title's or an initial's stop (list bit 1).
            state = 0 if i > 0 and flags[types[i - 1]] & np.uint32(2) else 2
    return result
