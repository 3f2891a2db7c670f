"""What the tagger sees of a token among its neighbours: hashed features that join several tokens."""

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.context import is_capital
from assets.entities.tagger.features import View
from assets.entities.tagger.lexicon import BY_VECTORS, N_CLUSTERINGS
from assets.text.compiled import inlined, reading
from assets.text.hashing import GOLDEN, templated

N_JOINT = 32  # at most this many features
# Numbers of the templates, as the model was trained with them.
(
    BEFORE_AND_WORD, WORD_AND_AFTER, KINDS, FIVE_KINDS, SENTENCE_AND_LISTS, LISTS_BEFORE, LISTS_AFTER, TWO_BEFORE, TWO_AFTER, BOTH_SIDES, PHRASE,
    PLACE_IN_RUN, BEFORE_RUN, AFTER_RUN, AROUND_RUN, FIRST_OF_RUN, LAST_OF_RUN, BEFORE_AND_LISTS, AFTER_AND_LISTS, LISTS_OF_RUN,
) = range(30, 50)  # fmt: skip
LINE_AND_KIND, LINE_AND_LISTS, CLASS_BEFORE_RUN, CLASS_AFTER_RUN = range(53, 57)
ALL_LISTS_OF_RUN = 58
CLASSES_BEFORE, CLASSES_AFTER, CLASSES_BEFORE_RUN, CLASSES_AFTER_RUN = range(110, 114)
EDGE = np.uint64(0xABCDEF)  # in the place of the word beyond the line
NO_CLASS = np.uint64(999)  # and of its class
NO_KIND = 6  # and of its kind
A_CLASS = np.uint64(1024)  # more than there are classes


@reading
def joint_features(i: int, view: View, out: NDArray[np.uint64]) -> int:
    """Hashes of the features that join several tokens, into ``out``; returns how many."""
    n = len(view.types)
    lines = view.lines
    types = view.types
    lowered = view.lowered
    kinds = view.kinds
    flags = view.flags
    line = lines[i]
    t = types[i]
    kind = kinds[t]
    a = types[i - 1] if i > 0 and lines[i - 1] == line else -1
    aa = types[i - 2] if a >= 0 and i > 1 and lines[i - 2] == line else -1
    b = types[i + 1] if i + 1 < n and lines[i + 1] == line else -1
    bb = types[i + 2] if b >= 0 and i + 2 < n and lines[i + 2] == line else -1
    kind_a = kinds[a] if a >= 0 else NO_KIND
    kind_b = kinds[b] if b >= 0 else NO_KIND
    run = view.run_start[i]
    if run < 0 and not is_capital(kind_a) and not is_capital(kind_b):
        return 0
    kind_aa = kinds[aa] if aa >= 0 else NO_KIND
    kind_bb = kinds[bb] if bb >= 0 else NO_KIND
    word = lowered[t]
    word_a = lowered[a] if a >= 0 else EDGE
    word_b = lowered[b] if b >= 0 else EDGE
    word_aa = lowered[aa] if aa >= 0 else EDGE
    word_bb = lowered[bb] if bb >= 0 else EDGE
    own = np.uint64(kind)
    flag = np.uint64(flags[t])
    flag_a = np.uint64(flags[a]) if a >= 0 else EDGE
    flag_b = np.uint64(flags[b]) if b >= 0 else EDGE
    pattern = np.uint64(kind + 8 * kind_a + 64 * kind_b)
    phrase = view.phrase[i]
    line_kind = np.uint64(view.line_kind[i])
    out[0] = templated(BEFORE_AND_WORD, word_a * GOLDEN + word)
    out[1] = templated(WORD_AND_AFTER, word * GOLDEN + word_b)
    out[2] = templated(KINDS, pattern)
    out[3] = templated(FIVE_KINDS, pattern + np.uint64(512 * kind_aa + 4096 * kind_bb))
    out[4] = templated(SENTENCE_AND_LISTS, np.uint64(view.sentence_start[i] * 8 + kind) + (flag << np.uint64(8)))
    out[5] = templated(LISTS_BEFORE, flag_a * GOLDEN + flag)
    out[6] = templated(LISTS_AFTER, flag * GOLDEN + flag_b)
    out[7] = templated(TWO_BEFORE, word_aa * GOLDEN + word_a + own)
    out[8] = templated(TWO_AFTER, word_b * GOLDEN + word_bb + own)
    out[9] = templated(BOTH_SIDES, word_a * GOLDEN + word_b + own)
    out[10] = templated(PHRASE, np.uint64(phrase) * np.uint64(8) + own if phrase > 0 else EDGE)
    out[11] = templated(LINE_AND_KIND, line_kind * np.uint64(8) + own)
    out[12] = templated(LINE_AND_LISTS, line_kind * GOLDEN + flag)
    count = 13
    if run >= 0:
        count = _run_features(i, view, out)
    return count


@inlined
def _run_features(i: int, view: View, out: NDArray[np.uint64]) -> int:
    """The features of the run of capitalised words around a token, after the 13 others; returns how many there are now."""
    lines = view.lines
    types = view.types
    lowered = view.lowered
    flags = view.flags
    clusters = view.clusters
    start = view.run_start[i]
    end = view.run_end[i]
    opens = start == 0 or lines[start - 1] != lines[i]
    closes = end == len(types) or lines[end] != lines[i]
    before = EDGE if opens else lowered[types[start - 1]]
    after = EDGE if closes else lowered[types[end]]
    class_before = NO_CLASS if opens else np.uint64(clusters[types[start - 1], 1])
    class_after = NO_CLASS if closes else np.uint64(clusters[types[end], 1])
    first = types[start]
    last = types[end - 1]
    place = np.uint64(min(i - start, 3) * 8 + min(end - i, 4))
    union = np.uint64(0)
    for k in range(start, end):
        union |= np.uint64(flags[types[k]])
    out[13] = templated(PLACE_IN_RUN, place + np.uint64(64) * np.uint64(view.kinds[types[i]]))
    out[14] = templated(BEFORE_RUN, before)
    out[15] = templated(AFTER_RUN, after)
    out[16] = templated(AROUND_RUN, before * GOLDEN + after)
    out[17] = templated(FIRST_OF_RUN, lowered[first] + np.uint64(min(i - start, 2)))
    out[18] = templated(LAST_OF_RUN, lowered[last] + np.uint64(min(end - 1 - i, 2)))
    out[19] = templated(BEFORE_AND_LISTS, before * GOLDEN + np.uint64(flags[first]) + place)
    out[20] = templated(AFTER_AND_LISTS, after * GOLDEN + np.uint64(flags[last]) + place)
    out[21] = templated(LISTS_OF_RUN, np.uint64(flags[first]) * GOLDEN + np.uint64(flags[last]) + place)
    out[22] = templated(CLASS_BEFORE_RUN, class_before * A_CLASS + place)
    out[23] = templated(CLASS_AFTER_RUN, class_after * A_CLASS + place)
    out[24] = templated(ALL_LISTS_OF_RUN, union * GOLDEN + place)
    if clusters.shape[1] <= N_CLUSTERINGS:
        return 25
    return _class_features(i, view, place, out)


@inlined
def _class_features(i: int, view: View, place: np.uint64, out: NDArray[np.uint64]) -> int:
    """The classes of words in pairs: beside a token, and of the two words before and behind its run."""
    lines = view.lines
    types = view.types
    clusters = view.clusters
    start = view.run_start[i]
    end = view.run_end[i]
    own = _class_at(i, i, lines, types, clusters)
    before = _class_at(i - 1, i, lines, types, clusters)
    after = _class_at(i + 1, i, lines, types, clusters)
    two_before = _class_at(start - 2, i, lines, types, clusters) * A_CLASS + _class_at(
        start - 1, i, lines, types, clusters
    )
    two_after = _class_at(end, i, lines, types, clusters) * A_CLASS + _class_at(end + 1, i, lines, types, clusters)
    out[25] = templated(CLASSES_BEFORE, before * A_CLASS + own)
    out[26] = templated(CLASSES_AFTER, own * A_CLASS + after)
    out[27] = templated(CLASSES_BEFORE_RUN, two_before * A_CLASS + place)
    out[28] = templated(CLASSES_AFTER_RUN, two_after * A_CLASS + place)
    return 29


@inlined
def _class_at(
    k: int, i: int, lines: NDArray[np.int32], types: NDArray[np.int32], clusters: NDArray[np.uint16]
) -> np.uint64:
    """The class by vectors of token ``k`` on the line of token ``i``."""
    on_line = k >= 0 and k < len(lines) and lines[k] == lines[i]
    return np.uint64(clusters[types[k], BY_VECTORS + 1]) if on_line else NO_CLASS
