"""What the tagger sees: hashed features of a spelling, and of a token among its neighbours.

Features of a spelling (word, affixes, shape, lists it stands on) are looked up once per spelling of a batch, for each
place it can take beside the token in question; only the features that join several tokens are looked up per token.
That is what makes a tagger with some seventy features a token fast.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.context import is_capital
from assets.entities.tagger.lexicon import C1, HASH_MASK, ZERO, Lexicon, mix
from assets.entities.tagger.tokens import (
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
from assets.text.code_points import looked_up
from assets.text.compiled import compiled, inlined

REACH = 2  # tokens to either side whose spelling counts
N_FAR, N_NEAR, N_SELF = 5, 10, 44  # how many of a spelling's features count at distance 2, 1 and 0
N_JOINT = 28  # at most this many features that join several tokens
N_FLAGS = 20


@dataclass(frozen=True)
class Spellings:
    """Per spelling: ``base`` feature hashes (0 = none), ``kinds`` of letter, ``flags`` of its lists, ``clusters`` of its word."""

    base: NDArray[np.uint64]
    kinds: NDArray[np.uint8]
    flags: NDArray[np.uint32]
    clusters: NDArray[np.uint16]


def spellings(tokens: Tokens, lexicon: Lexicon) -> Spellings:
    """Features of every spelling in the batch."""
    classes, lower = character_tables()
    keys = tokens.lowered & HASH_MASK
    place = np.searchsorted(lexicon.words, keys)
    place[place == len(lexicon.words)] = 0
    known = lexicon.words[place] == keys
    flags = np.where(known, lexicon.flags[place], 0).astype(np.uint32)
    clusters = np.where(known[:, None], lexicon.clusters[place], 0).astype(np.uint16)
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
    return Spellings(base, kinds, flags, clusters)


@compiled
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
            kind = looked_up(classes, codes[i], np.uint8(6))
            n_upper += kind == UPPER
            n_lower += kind == LOWER or kind == 6
            n_digit += kind == DIGIT
            if kind != last:
                shape = shape * np.uint64(31) + np.uint64(kind + 1)
                last = kind
        first = looked_up(classes, codes[start], np.uint8(6))
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
        fine = clusters[t, 0]
        middle = clusters[t, 1]
        coarse = clusters[t, 2]
        row[0] = mix(0, lowered[t])
        row[1] = mix(1, np.uint64(kind * 8 + min(length, 7)))
        row[2] = mix(2, flag + np.uint64(1))
        row[3] = mix(3, np.uint64(middle)) if middle > 0 else ZERO
        row[4] = mix(22, np.uint64(coarse)) if coarse > 0 else ZERO
        if kind == PUNCTUATION:
            continue
        at = 4
        value = ZERO
        for k in range(1, 5):  # endings
            if length > k:
                code = codes[end - k]
                value = value * np.uint64(1000003) + np.uint64(looked_up(lower, code, code))
                if k == 3:
                    row[5] = mix(4, value)
                else:
                    row[10 + k] = mix(8 + k, value)
        row[6] = mix(5, shape)
        row[7] = mix(6, np.uint64(kind))
        row[8] = mix(7, np.uint64(middle) * np.uint64(8) + np.uint64(kind)) if middle > 0 else ZERO
        row[9] = mix(23, np.uint64(fine)) if fine > 0 else ZERO
        row[10] = mix(8, exact[t])
        value = ZERO
        for k in range(1, 5):  # beginnings
            if length > k:
                code = codes[start + k - 1]
                # As in ``exact``: spellings that differ in the apostrophe are one, whichever of them came first.
                if code < len(lower) and lower[code] == 0x27:
                    code = np.uint32(0x27)
                value = value * np.uint64(1000003) + np.uint64(code)
                row[14 + k] = mix(12 + k, value)
        row[19] = mix(24, np.uint64(fine) * np.uint64(8) + np.uint64(kind)) if fine > 0 else ZERO
        row[20] = mix(25, np.uint64(coarse) * np.uint64(8) + np.uint64(kind)) if coarse > 0 else ZERO
        at = 21
        for bit in range(N_FLAGS):
            if (flag >> np.uint64(bit)) & np.uint64(1):
                row[at] = mix(20, np.uint64(bit * 8 + kind))
                at += 1
        row[at] = mix(21, shape * np.uint64(16) + np.uint64(min(length, 12)))
    return base, kinds


@inlined
def joint_features(  # type: ignore[no-untyped-def]
    i, n, lines, types, kinds, flags, lowered, clusters, run_start, run_end, phrase, sentence_start, line_kind, out
):
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
    out[0] = mix(30, word_a * C1 + word)
    out[1] = mix(31, word * C1 + word_b)
    out[2] = mix(32, pattern)
    out[3] = mix(33, pattern + np.uint64(512 * kind_aa + 4096 * kind_bb))
    out[4] = mix(34, np.uint64(sentence_start[i] * 8 + kind) + (flag << np.uint64(8)))
    out[5] = mix(35, flag_a * C1 + flag)
    out[6] = mix(36, flag * C1 + flag_b)
    out[7] = mix(37, word_aa * C1 + word_a + np.uint64(kind))
    out[8] = mix(38, word_b * C1 + word_bb + np.uint64(kind))
    out[9] = mix(39, word_a * C1 + word_b + np.uint64(kind))
    out[10] = mix(40, np.uint64(phrase[i]) * np.uint64(8) + np.uint64(kind)) if phrase[i] > 0 else mix(40, edge)
    out[11] = mix(53, np.uint64(line_kind[i]) * np.uint64(8) + np.uint64(kind))
    out[12] = mix(54, np.uint64(line_kind[i]) * C1 + flag)
    count = 13
    if run >= 0:
        end = run_end[i]
        before = lowered[types[run - 1]] if run > 0 and lines[run - 1] == line else edge
        after = lowered[types[end]] if end < n and lines[end] == line else edge
        position = np.uint64(min(i - run, 3) * 8 + min(end - i, 4))
        out[13] = mix(41, position + np.uint64(64 * kind))
        out[14] = mix(42, before)
        out[15] = mix(43, after)
        out[16] = mix(44, before * C1 + after)
        out[17] = mix(45, lowered[types[run]] + np.uint64(min(i - run, 2)))
        out[18] = mix(46, lowered[types[end - 1]] + np.uint64(min(end - 1 - i, 2)))
        out[19] = mix(47, before * C1 + np.uint64(flags[types[run]]) + position)
        out[20] = mix(48, after * C1 + np.uint64(flags[types[end - 1]]) + position)
        out[21] = mix(49, np.uint64(flags[types[run]]) * C1 + np.uint64(flags[types[end - 1]]) + position)
        cl_before = np.uint64(clusters[types[run - 1], 1]) if run > 0 and lines[run - 1] == line else np.uint64(999)
        cl_after = np.uint64(clusters[types[end], 1]) if end < n and lines[end] == line else np.uint64(999)
        union = np.uint64(0)
        for k in range(run, end):
            union |= np.uint64(flags[types[k]])
        out[22] = mix(55, cl_before * np.uint64(1024) + position)
        out[23] = mix(56, cl_after * np.uint64(1024) + position)
        out[24] = mix(58, union * C1 + position)
        count = 25
    return count
