"""What the tagger sees: hashed features of a spelling, and of a token among its neighbours.

Features of a spelling (word, affixes, shape, lists it stands on) are looked up once per spelling of a batch, for each
place it can take beside the token in question; only the features that join several tokens are looked up per token.
That is what makes a tagger with some seventy features a token fast.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from assets.entities.tokens import (
    _TABLE_SIZE,
    ALL_CAPS,
    CAPITALISED,
    DIGIT,
    LOWER,
    LOWERCASE,
    MIXED,
    NUMBER,
    PUNCTUATION,
    UPPER,
    Tokens,
    character_tables,
)

REACH = 2  # tokens to either side whose spelling counts
N_FAR, N_NEAR, N_SELF = 4, 8, 40  # how many of a spelling's features count at distance 2, 1 and 0
N_JOINT = 24  # at most this many features that join several tokens
N_FLAGS = 20

_C1 = np.uint64(0x9E3779B97F4A7C15)
_C2 = np.uint64(0xC2B2AE3D27D4EB4F)
_C3 = np.uint64(0x165667B19E3779F9)
_ZERO = np.uint64(0)
HASH_MASK = np.uint64((1 << 40) - 1)  # how much of a hash the word lists keep


@dataclass(frozen=True)
class Lexicon:
    """Word and phrase lists as sorted hashes: ``flags`` has one bit a list, ``clusters`` the word's distributional class."""

    words: NDArray[np.uint64]
    flags: NDArray[np.uint32]
    clusters: NDArray[np.uint16]
    phrases: NDArray[np.uint64]
    phrase_flags: NDArray[np.uint32]


@dataclass(frozen=True)
class Spellings:
    """Per spelling: ``base`` feature hashes (0 = none), ``kinds`` of letter, ``flags`` of the lists it stands on."""

    base: NDArray[np.uint64]
    kinds: NDArray[np.uint8]
    flags: NDArray[np.uint32]


@dataclass(frozen=True)
class Context:
    """Per token: the run of capitalised words it stands in, list phrases, and whether a sentence begins."""

    run_start: NDArray[np.int32]
    run_end: NDArray[np.int32]
    phrase: NDArray[np.uint32]
    sentence_start: NDArray[np.uint8]


def spellings(tokens: Tokens, lexicon: Lexicon) -> Spellings:
    """Features of every spelling in the batch."""
    classes, lower = character_tables()
    keys = tokens.lowered & HASH_MASK
    place = np.searchsorted(lexicon.words, keys)
    place[place == len(lexicon.words)] = 0
    known = lexicon.words[place] == keys
    flags = np.where(known, lexicon.flags[place], 0).astype(np.uint32)
    clusters = np.where(known, lexicon.clusters[place], 0).astype(np.uint16)
    base, kinds = _spelling_features(
        tokens.codes,
        tokens.starts,
        tokens.ends,
        tokens.examples,
        tokens.exact,
        tokens.lowered,
        flags,
        clusters,
        classes,
        lower,
    )
    return Spellings(base, kinds, flags)


def context(tokens: Tokens, spelt: Spellings, lexicon: Lexicon) -> Context:
    """Runs of capitalised words, list phrases and sentence starts of every token."""
    run_start, run_end = _runs(tokens.lines, tokens.types, spelt.kinds, spelt.flags)
    phrase = _phrases(tokens.lines, tokens.types, spelt.kinds, tokens.lowered, lexicon.phrases, lexicon.phrase_flags)
    start = _sentence_starts(
        tokens.codes, tokens.starts, tokens.ends, tokens.lines, tokens.types, spelt.kinds, spelt.flags
    )
    return Context(run_start, run_end, phrase, start)


@njit(cache=True, nogil=True, inline="always")
def mix(template, value):  # type: ignore[no-untyped-def]
    """One feature's hash from its template number and its value."""
    h = (value ^ (np.uint64(template + 1) * _C1)) * _C2
    h = (h ^ (h >> np.uint64(31))) * _C3
    return h ^ (h >> np.uint64(32))


@njit(cache=True, nogil=True)
def _spelling_features(codes, starts, ends, examples, exact, lowered, flags, clusters, classes, lower):  # type: ignore[no-untyped-def]
    n = len(examples)
    base = np.zeros((n, N_SELF), dtype=np.uint64)
    kinds = np.empty(n, dtype=np.uint8)
    for t in range(n):
        start = starts[examples[t]]
        end = ends[examples[t]]
        length = end - start
        n_upper = 0
        n_lower = 0
        n_digit = 0
        shape = np.uint64(17)
        last = np.uint8(255)
        for i in range(start, end):
            kind = classes[codes[i]] if codes[i] < _TABLE_SIZE else np.uint8(6)
            n_upper += kind == UPPER
            n_lower += kind == LOWER or kind == 6
            n_digit += kind == DIGIT
            if kind != last:
                shape = shape * np.uint64(31) + np.uint64(kind + 1)
                last = kind
        first = classes[codes[start]] if codes[start] < _TABLE_SIZE else np.uint8(6)
        if n_upper + n_lower + n_digit == 0:
            kind = PUNCTUATION
        elif n_digit > 0 and n_upper + n_lower == 0:
            kind = NUMBER
        elif n_upper == 0:
            kind = LOWERCASE
        elif n_lower == 0 and n_upper > 1:
            kind = ALL_CAPS
        elif first == UPPER and n_upper == 1:
            kind = CAPITALISED
        else:
            kind = MIXED
        kinds[t] = kind
        row = base[t]
        flag = np.uint64(flags[t])
        row[0] = mix(0, lowered[t])
        row[1] = mix(1, np.uint64(kind * 8 + min(length, 7)))
        row[2] = mix(2, flag + np.uint64(1))
        row[3] = mix(3, np.uint64(clusters[t])) if clusters[t] > 0 else _ZERO
        if kind == PUNCTUATION:
            continue
        at = 4
        value = _ZERO
        for k in range(1, 5):  # endings
            if length > k:
                code = codes[end - k]
                value = value * np.uint64(1000003) + np.uint64(lower[code] if code < _TABLE_SIZE else code)
                if k == 3:
                    row[4] = mix(4, value)
                else:
                    row[8 + k] = mix(8 + k, value)
        row[5] = mix(5, shape)
        row[6] = mix(6, np.uint64(kind))
        row[7] = mix(7, np.uint64(clusters[t]) * np.uint64(8) + np.uint64(kind)) if clusters[t] > 0 else _ZERO
        row[8] = mix(8, exact[t])
        value = _ZERO
        for k in range(1, 5):  # beginnings
            if length > k:
                value = value * np.uint64(1000003) + np.uint64(codes[start + k - 1])
                row[12 + k] = mix(12 + k, value)
        at = 17
        for bit in range(N_FLAGS):
            if (flag >> np.uint64(bit)) & np.uint64(1):
                row[at] = mix(20, np.uint64(bit * 8 + kind))
                at += 1
        row[at] = mix(21, shape * np.uint64(16) + np.uint64(min(length, 12)))
    return base, kinds


@njit(cache=True, nogil=True, inline="always")
def is_capital(kind):  # type: ignore[no-untyped-def]
    return kind in (CAPITALISED, ALL_CAPS, MIXED)


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def phrase_hash(value, word):  # type: ignore[no-untyped-def]
    """A phrase's hash grows word by word."""
    return mix(99, value * _C1 + word)


@njit(cache=True, nogil=True)
def find(keys, key):  # type: ignore[no-untyped-def]
    """Position of ``key`` in sorted ``keys``, or -1."""
    low = 0
    high = len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < len(keys) and keys[low] == key else -1


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def _sentence_starts(codes, starts, ends, lines, types, kinds, flags):  # type: ignore[no-untyped-def]
    n = len(types)
    result = np.zeros(n, dtype=np.uint8)
    for i in range(n):
        k = i - 1
        while k >= 0 and lines[k] == lines[i] and kinds[types[k]] == PUNCTUATION:
            code = codes[starts[k]]
            if code == 0x2E or code == 0x3F or code == 0x21:
                # Not after a title's or an initial's stop (list bit 1).
                if code != 0x2E or k == 0 or not flags[types[k - 1]] & np.uint32(2):
                    result[i] = 2
                break
            k -= 1
        if result[i] == 0 and (k < 0 or lines[k] != lines[i]):
            result[i] = 1
    return result


@njit(cache=True, nogil=True, inline="always")
def joint_features(i, n, lines, types, kinds, flags, lowered, run_start, run_end, phrase, sentence_start, out):  # type: ignore[no-untyped-def]
    """Hashes of the features that join several tokens, into ``out``; returns how many."""
    line = lines[i]
    edge = np.uint64(0xABCDEF)
    t = types[i]
    kind = kinds[t]
    a = types[i - 1] if i > 0 and lines[i - 1] == line else -1
    aa = types[i - 2] if a >= 0 and i > 1 and lines[i - 2] == line else -1
    b = types[i + 1] if i + 1 < n and lines[i + 1] == line else -1
    bb = types[i + 2] if b >= 0 and i + 2 < n and lines[i + 2] == line else -1
    kind_a = kinds[a] if a >= 0 else 6
    kind_b = kinds[b] if b >= 0 else 6
    run = run_start[i]
    if run < 0 and not is_capital(kind_a) and not is_capital(kind_b):
        return 0
    kind_aa = kinds[aa] if aa >= 0 else 6
    kind_bb = kinds[bb] if bb >= 0 else 6
    word = lowered[t]
    word_a = lowered[a] if a >= 0 else edge
    word_b = lowered[b] if b >= 0 else edge
    word_aa = lowered[aa] if aa >= 0 else edge
    word_bb = lowered[bb] if bb >= 0 else edge
    flag = np.uint64(flags[t])
    flag_a = np.uint64(flags[a]) if a >= 0 else edge
    flag_b = np.uint64(flags[b]) if b >= 0 else edge
    pattern = np.uint64(kind + 8 * kind_a + 64 * kind_b)
    out[0] = mix(30, word_a * _C1 + word)
    out[1] = mix(31, word * _C1 + word_b)
    out[2] = mix(32, pattern)
    out[3] = mix(33, pattern + np.uint64(512 * kind_aa + 4096 * kind_bb))
    out[4] = mix(34, np.uint64(sentence_start[i] * 8 + kind) + (flag << np.uint64(8)))
    out[5] = mix(35, flag_a * _C1 + flag)
    out[6] = mix(36, flag * _C1 + flag_b)
    out[7] = mix(37, word_aa * _C1 + word_a + np.uint64(kind))
    out[8] = mix(38, word_b * _C1 + word_bb + np.uint64(kind))
    out[9] = mix(39, word_a * _C1 + word_b + np.uint64(kind))
    out[10] = mix(40, np.uint64(phrase[i]) * np.uint64(8) + np.uint64(kind)) if phrase[i] > 0 else mix(40, edge)
    count = 11
    if run >= 0:
        end = run_end[i]
        before = lowered[types[run - 1]] if run > 0 and lines[run - 1] == line else edge
        after = lowered[types[end]] if end < n and lines[end] == line else edge
        position = np.uint64(min(i - run, 3) * 8 + min(end - i, 4))
        out[11] = mix(41, position + np.uint64(64 * kind))
        out[12] = mix(42, before)
        out[13] = mix(43, after)
        out[14] = mix(44, before * _C1 + after)
        out[15] = mix(45, lowered[types[run]] + np.uint64(min(i - run, 2)))
        out[16] = mix(46, lowered[types[end - 1]] + np.uint64(min(end - 1 - i, 2)))
        out[17] = mix(47, before * _C1 + np.uint64(flags[types[run]]) + position)
        out[18] = mix(48, after * _C1 + np.uint64(flags[types[end - 1]]) + position)
        out[19] = mix(49, np.uint64(flags[types[run]]) * _C1 + np.uint64(flags[types[end - 1]]) + position)
        count = 20
    return count
