"""What the rest of the document says about a word: features for the tagger's second pass.

A surname that a later line gives alone was part of a full name above; an abbreviation follows its long form. The second
pass sees, for every capitalised word, how the first pass labelled its other occurrences in the document
(Krishnan and Manning 2006, An effective two-stage model for exploiting non-local dependencies in named entity recognition).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.context import is_capital
from assets.entities.tagger.lexicon import mix
from assets.entities.tagger.tokens import LOWERCASE, Tokens
from assets.text.code_points import looked_up
from assets.text.compiled import compiled, inlined

N_EVIDENCE = 14
_CLASSES = 6  # outside, then the tagger's classes


@inlined
def _slot_of(keys, values, key):  # type: ignore[no-untyped-def]
    mask = len(keys) - 1
    slot = np.int64(key & np.uint64(mask))
    while values[slot] >= 0 and keys[slot] != key:
        slot = (slot + 1) & mask
    return slot


@dataclass(frozen=True)
class Occurrences:
    """Capitalised tokens by spelling and document: ``group`` of each token or -1, and how often its word also is ``plain``."""

    group: NDArray[np.int32]
    plain: NDArray[np.int16]


def occurrences(tokens: Tokens, kinds: NDArray[np.uint8]) -> Occurrences:
    """Groups of tokens that are one word of one document, upper and lower case apart; ``kinds`` are those of the spellings."""
    words = np.unique(tokens.lowered, return_inverse=True)[1].astype(np.int32)
    return Occurrences(*_occurrences(tokens.documents, tokens.types, kinds, words))


@compiled
def _occurrences(documents, types, kinds, words):  # type: ignore[no-untyped-def]
    n = len(types)
    group = np.full(n, -1, dtype=np.int32)
    plain = np.zeros(n, dtype=np.int16)
    of_word = np.full(len(words), -1, dtype=np.int32)
    last_document = np.full(len(words), -1, dtype=np.int32)
    n_groups = 0
    start = 0
    while start < n:
        document = documents[start]
        end = start
        while end < n and documents[end] == document:
            if is_capital(kinds[types[end]]):
                word = words[types[end]]
                if last_document[word] != document:
                    last_document[word] = document
                    of_word[word] = n_groups
                    n_groups += 1
                group[end] = of_word[word]
            end += 1
        for i in range(start, end):
            if kinds[types[i]] == LOWERCASE:
                word = words[types[i]]
                if last_document[word] == document:
                    plain[of_word[word]] += 1
        start = end
    return group, plain[:n_groups].copy()


@compiled
def document_evidence(codes, starts, ends, documents, types, kinds, lines, near, group, plain, labels, lower):  # type: ignore[no-untyped-def]
    """Feature hashes of every token that is ``near`` a capital, 0 where there is none: an array of (tokens, N_EVIDENCE)."""
    n = len(types)
    features = np.zeros((n, N_EVIDENCE), dtype=np.uint64)
    counts = np.zeros((len(plain), _CLASSES * 4), dtype=np.int16)
    for i in range(n):
        if group[i] >= 0:
            counts[group[i], _cell(labels[i])] += 1
    short = _abbreviations(codes, starts, ends, documents, types, kinds, labels, lower)
    summary = np.zeros((n, 2), dtype=np.int32)
    for i in range(n):
        if group[i] >= 0:
            _summarise(counts[group[i]], _cell(labels[i]), summary[i])
    for i in range(n):
        if not near[i]:
            continue
        label = np.uint64(labels[i])
        left = i > 0 and lines[i - 1] == lines[i]
        right = i + 1 < n and lines[i + 1] == lines[i]
        before = np.uint64(labels[i - 1]) if left else np.uint64(63)
        after = np.uint64(labels[i + 1]) if right else np.uint64(63)
        row = features[i]
        if group[i] < 0:
            if label == 0 and (before == 0 or before == 63) and (after == 0 or after == 63):
                continue
            row[0] = mix(200, label)
            row[1] = mix(201, label + np.uint64(64) * before + np.uint64(4096) * after)
            row[2] = mix(202, np.uint64(summary[i - 1, 0] if left else 0) * np.uint64(64) + label)
            row[3] = mix(203, np.uint64(summary[i + 1, 0] if right else 0) * np.uint64(64) + label)
            continue
        all_others = np.uint64(summary[i, 0])
        in_names = np.uint64(summary[i, 1])
        kind = np.uint64(kinds[types[i]])
        row[0] = mix(200, label)
        row[1] = mix(201, label + np.uint64(64) * before + np.uint64(4096) * after)
        row[4] = mix(204, all_others)
        row[5] = mix(205, all_others * np.uint64(64) + label)
        row[6] = mix(206, in_names * np.uint64(8) + kind)
        row[7] = mix(207, in_names * np.uint64(64) + label)
        row[8] = mix(208, np.uint64(summary[i - 1, 0] if left else 0) * np.uint64(4096) + all_others)
        row[9] = mix(209, np.uint64(summary[i + 1, 0] if right else 0) * np.uint64(4096) + all_others)
        row[10] = mix(210, np.uint64(min(plain[group[i]], 3)) * np.uint64(8) + kind)
        row[11] = mix(211, all_others * np.uint64(4096) + in_names)
        if short[i] > 0:
            row[12] = mix(212, np.uint64(short[i]))
            row[13] = mix(213, np.uint64(short[i]) * np.uint64(64) + label)
    return features


@inlined
def _cell(label):  # type: ignore[no-untyped-def]
    return 3 if label == 0 else 4 * (1 + (label - 1) // 4) + (label - 1) % 4


@compiled
def _summarise(counts, own, out):  # type: ignore[no-untyped-def]
    """How the other occurrences are labelled: most frequent class, how often, whether always; the same inside longer names."""
    total = 0
    best = 0
    best_count = 0
    for c in range(_CLASSES):
        s = 0
        for p in range(4):
            s += counts[4 * c + p]
        s -= own // 4 == c
        total += s
        if s > best_count:
            best_count = s
            best = c
    if total > 0:
        out[0] = (
            1 + best + 6 * min(total - 1, 2) + 18 * (2 if best_count == total else 1 if 2 * best_count > total else 0)
        )
    total = 0
    best = 0
    best_count = 0
    for c in range(1, _CLASSES):
        for p in range(3):
            s = counts[4 * c + p] - (own == 4 * c + p)
            total += s
            if s > best_count:
                best_count = s
                best = 3 * (c - 1) + p
    if total > 0:
        out[1] = 1 + best + 15 * min(total - 1, 1) + 30 * (1 if best_count == total else 0)


@compiled
def _abbreviations(codes, starts, ends, documents, types, kinds, labels, lower):  # type: ignore[no-untyped-def]
    """For a word all in capitals: 1 + class of a longer name of the document with these initials, else 0."""
    n = len(types)
    size = 1024
    while size < n:  # a long form has two tokens at least, so half of the table stays free
        size *= 2
    keys = np.zeros(size, dtype=np.uint64)
    values = np.full(size, -1, dtype=np.int32)
    result = np.zeros(n, dtype=np.uint8)
    i = 0
    while i < n:
        if labels[i] == 0 or (labels[i] - 1) % 4 != 0:
            i += 1
            continue
        initials = np.uint64(7)
        k = i
        letters = 0
        while True:
            if is_capital(kinds[types[k]]):
                code = codes[starts[k]]
                initials = initials * np.uint64(1000003) + np.uint64(looked_up(lower, code, code))
                letters += 1
            if (labels[k] - 1) % 4 >= 2 or k + 1 >= n:
                break
            k += 1
        if letters >= 2:
            key = mix(documents[i], initials)
            slot = _slot_of(keys, values, key)
            keys[slot] = key
            values[slot] = (labels[i] - 1) // 4
        i = k + 1
    for i in range(n):
        if is_capital(kinds[types[i]]):
            if ends[i] - starts[i] > 8 or ends[i] - starts[i] < 2:
                continue
            initials = np.uint64(7)
            for j in range(starts[i], ends[i]):
                code = codes[j]
                if code != 0x2E:
                    initials = initials * np.uint64(1000003) + np.uint64(looked_up(lower, code, code))
            slot = _slot_of(keys, values, mix(documents[i], initials))
            if values[slot] >= 0:
                result[i] = values[slot] + 1
    return result
