"""What the rest of the document says about a word: features for the tagger's second pass.

A surname that a later line gives alone was part of a full name above; an abbreviation follows its long form. The second
pass sees, for every capitalised word, how the first pass labelled its other occurrences in the document
(Krishnan and Manning 2006, An effective two-stage model for exploiting non-local dependencies in named entity recognition).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.context import is_capital
from assets.entities.tagger.labels import BEGIN, N_CLASSES, OUTSIDE, SINGLE, class_of, ends_name, place_of
from assets.entities.tagger.tokens import LOWERCASE, STOP, Tokens
from assets.text.code_points import looked_up
from assets.text.compiled import compiled, inlined, reading
from assets.text.hashing import templated, with_code
from assets.text.tables import Table, empty_table, put, slot_of, value_of

N_EVIDENCE = 14
# Numbers of the templates, as the model was trained with them.
(
    OWN, NEIGHBOURS, OTHERS_BEFORE, OTHERS_AFTER, OTHERS, OTHERS_AND_OWN, IN_NAMES_AND_KIND, IN_NAMES_AND_OWN,
    OTHERS_AND_BEFORE, OTHERS_AND_AFTER, PLAIN_AND_KIND, OTHERS_AND_IN_NAMES, SHORT, SHORT_AND_OWN,
) = range(200, 214)  # fmt: skip
NO_LABEL = 63  # in the place of the label beyond the line
_CLASSES = 1 + N_CLASSES  # outside, then the tagger's classes
_PLACES = 4  # begin, inside, last, single
_INITIALS = np.uint64(7)  # where the hash of initials begins
_SHORTEST, _LONGEST = 2, 8  # code points of an abbreviation


class Occurrences(NamedTuple):
    """Capitalised tokens by spelling and document: ``group`` of each token or -1, and how often its word also is ``plain``."""

    group: NDArray[np.int32]
    plain: NDArray[np.int16]


class Labelled(NamedTuple):
    """Tokens as the pass before has labelled them; ``near`` says which can be part of a name.

    Flat, because numba counts a reference to every array of a tuple that it takes out of another.
    """

    codes: NDArray[np.uint32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    documents: NDArray[np.int32]
    lines: NDArray[np.int32]
    types: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    near: NDArray[np.bool_]
    group: NDArray[np.int32]
    plain: NDArray[np.int16]
    labels: NDArray[np.uint8]


class Around(NamedTuple):
    """The labels of a token and of those to either side on the line, and how the other occurrences of these are labelled."""

    own: np.uint64
    before: np.uint64
    after: np.uint64
    others_before: np.uint64
    others_after: np.uint64


def occurrences(tokens: Tokens, kinds: NDArray[np.uint8]) -> Occurrences:
    """Groups of tokens that are one word of one document, upper and lower case apart; ``kinds`` are those of the spellings."""
    return _occurrences(tokens, kinds)


@compiled
def _occurrences(tokens: Tokens, kinds: NDArray[np.uint8]) -> Occurrences:
    documents, types = tokens.documents, tokens.types
    n = len(types)
    group = np.full(n, -1, dtype=np.int32)
    plain = np.zeros(n, dtype=np.int16)
    words, n_words = _words(tokens.lowered)
    of_word = np.full(n_words, -1, dtype=np.int32)
    last_document = np.full(n_words, -1, dtype=np.int32)
    n_groups = 0
    start = 0
    while start < n:
        document = documents[start]
        end = start
        while end < n and documents[end] == document:
            word = words[types[end]]
            if is_capital(kinds[types[end]]):
                if last_document[word] != document:
                    last_document[word] = document
                    of_word[word] = n_groups
                    n_groups += 1
                group[end] = of_word[word]
            end += 1
        for i in range(start, end):
            word = words[types[i]]
            if kinds[types[i]] == LOWERCASE and last_document[word] == document:
                plain[of_word[word]] += 1
        start = end
    return Occurrences(group, plain[:n_groups].copy())


@compiled
def _words(lowered: NDArray[np.uint64]) -> tuple[NDArray[np.int32], int]:
    """A number for each spelling, the same for those of one word, and one that is higher than all of them."""
    table = empty_table(len(lowered))
    words = np.empty(len(lowered), dtype=np.int32)
    for spelling in range(len(lowered)):
        slot = slot_of(table, lowered[spelling])
        table.keys[slot] = lowered[spelling]
        table.values[slot] = 1
        words[spelling] = slot
    return words, len(table.keys)


@compiled
def document_evidence(seen: Labelled, lower: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Feature hashes of every token that is ``near`` a capital, 0 where there is none: an array of (tokens, N_EVIDENCE)."""
    group, labels, near = seen.group, seen.labels, seen.near
    n = len(group)
    features = np.zeros((n, N_EVIDENCE), dtype=np.uint64)
    counts = np.zeros((len(seen.plain), _CLASSES * _PLACES), dtype=np.int16)
    for i in range(n):
        if group[i] >= 0:
            counts[group[i], _cell(labels[i])] += 1
    short = _abbreviations(seen, lower)
    summary = np.zeros((n, 2), dtype=np.int32)
    for i in range(n):
        if group[i] >= 0:
            own = _cell(labels[i])
            summary[i, 0] = _all_others(counts[group[i]], own)
            summary[i, 1] = _others_in_names(counts[group[i]], own)
    lines, types, kinds, plain = seen.lines, seen.types, seen.kinds, seen.plain
    for i in range(n):
        if not near[i]:
            continue
        left = i > 0 and lines[i - 1] == lines[i]
        right = i + 1 < n and lines[i + 1] == lines[i]
        around = Around(
            np.uint64(labels[i]),
            np.uint64(labels[i - 1] if left else NO_LABEL),
            np.uint64(labels[i + 1] if right else NO_LABEL),
            np.uint64(summary[i - 1, 0] if left else 0),
            np.uint64(summary[i + 1, 0] if right else 0),
        )
        if group[i] < 0:
            _beside(around, features[i])
            continue
        _repeated(around, np.uint64(kinds[types[i]]), np.uint64(summary[i, 0]), np.uint64(summary[i, 1]), features[i])
        features[i, 10] = templated(
            PLAIN_AND_KIND, np.uint64(min(plain[group[i]], 3)) * np.uint64(8) + np.uint64(kinds[types[i]])
        )
        if short[i] > 0:
            features[i, 12] = templated(SHORT, np.uint64(short[i]))
            features[i, 13] = templated(SHORT_AND_OWN, np.uint64(short[i]) * np.uint64(64) + around.own)
    return features


@reading
def _beside(around: Around, row: NDArray[np.uint64]) -> None:
    """The features of a word in lower case near a name."""
    own, before, after, others_before, others_after = around
    if own == OUTSIDE and before in (OUTSIDE, NO_LABEL) and after in (OUTSIDE, NO_LABEL):
        return
    row[0] = templated(OWN, own)
    row[1] = templated(NEIGHBOURS, own + np.uint64(64) * before + np.uint64(4096) * after)
    row[2] = templated(OTHERS_BEFORE, others_before * np.uint64(64) + own)
    row[3] = templated(OTHERS_AFTER, others_after * np.uint64(64) + own)


@reading
def _repeated(
    around: Around, kind: np.uint64, all_others: np.uint64, in_names: np.uint64, row: NDArray[np.uint64]
) -> None:
    """The features of a capitalised word: how its other occurrences and those of its neighbours are labelled."""
    own, before, after, others_before, others_after = around
    row[0] = templated(OWN, own)
    row[1] = templated(NEIGHBOURS, own + np.uint64(64) * before + np.uint64(4096) * after)
    row[4] = templated(OTHERS, all_others)
    row[5] = templated(OTHERS_AND_OWN, all_others * np.uint64(64) + own)
    row[6] = templated(IN_NAMES_AND_KIND, in_names * np.uint64(8) + kind)
    row[7] = templated(IN_NAMES_AND_OWN, in_names * np.uint64(64) + own)
    row[8] = templated(OTHERS_AND_BEFORE, others_before * np.uint64(4096) + all_others)
    row[9] = templated(OTHERS_AND_AFTER, others_after * np.uint64(4096) + all_others)
    row[11] = templated(OTHERS_AND_IN_NAMES, all_others * np.uint64(4096) + in_names)


@inlined
def _cell(label: int) -> int:
    """Where a label is counted: by class, then by place in the name; outside has a class of its own."""
    return 3 if label == OUTSIDE else _PLACES * (1 + class_of(label)) + place_of(label)


@reading
def _all_others(counts: NDArray[np.int16], own: int) -> int:
    """How the other occurrences are labelled: most frequent class, how often, whether always; 0 where there is none."""
    total = 0
    best = 0
    best_count = 0
    for c in range(_CLASSES):
        s = counts[_PLACES * c] + counts[_PLACES * c + 1] + counts[_PLACES * c + 2] + counts[_PLACES * c + 3]
        s -= own // _PLACES == c
        total += s
        if s > best_count:
            best_count = s
            best = c
    if total == 0:
        return 0
    agreement = 2 if best_count == total else 1 if 2 * best_count > total else 0
    return 1 + best + 6 * min(total - 1, 2) + 18 * agreement


@reading
def _others_in_names(counts: NDArray[np.int16], own: int) -> int:
    """The same of the occurrences inside longer names, by class and place there."""
    total = 0
    best = 0
    best_count = 0
    for c in range(1, _CLASSES):
        for p in range(SINGLE):
            s = counts[_PLACES * c + p] - (own == _PLACES * c + p)
            total += s
            if s > best_count:
                best_count = s
                best = SINGLE * (c - 1) + p
    if total == 0:
        return 0
    return 1 + best + 15 * min(total - 1, 1) + 30 * (1 if best_count == total else 0)


@compiled
def _abbreviations(seen: Labelled, lower: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """For a word all in capitals: 1 + class of a longer name of the document with these initials, else 0."""
    codes, starts, ends, documents = seen.codes, seen.starts, seen.ends, seen.documents
    types, kinds = seen.types, seen.kinds
    long_forms = _long_forms(seen, lower)
    result = np.zeros(len(types), dtype=np.uint8)
    for i in range(len(result)):
        length = ends[i] - starts[i]
        if not is_capital(kinds[types[i]]) or length > _LONGEST or length < _SHORTEST:
            continue
        initials = _INITIALS
        for j in range(starts[i], ends[i]):
            if codes[j] != STOP:
                initials = with_code(initials, looked_up(lower, codes[j], codes[j]))
        result[i] = value_of(long_forms, templated(documents[i], initials))
    return result


@compiled
def _long_forms(seen: Labelled, lower: NDArray[np.uint32]) -> Table:
    """1 + class of every name of two capitalised words or more, by document and initials."""
    codes, starts, documents = seen.codes, seen.starts, seen.documents
    types, kinds, labels = seen.types, seen.kinds, seen.labels
    n = len(labels)
    table = empty_table(n // 2 + 1)
    i = 0
    while i < n:
        if labels[i] == OUTSIDE or place_of(labels[i]) != BEGIN:
            i += 1
            continue
        initials = _INITIALS
        n_letters = 0
        k = i
        while True:
            if is_capital(kinds[types[k]]):
                initials = with_code(initials, looked_up(lower, codes[starts[k]], codes[starts[k]]))
                n_letters += 1
            if ends_name(labels[k]) or k + 1 >= n:
                break
            k += 1
        if n_letters >= _SHORTEST:
            put(table, templated(documents[i], initials), class_of(labels[i]) + 1)
        i = k + 1
    return table
