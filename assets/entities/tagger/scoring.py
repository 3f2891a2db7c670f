"""Emission scores and Viterbi decoding of the entity tagger, over whole batches."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.features import N_FAR, N_JOINT, N_NEAR, N_SELF, NONE, REACH, View, joint_features
from assets.entities.tagger.labels import BEGIN, LAST, OUTSIDE, SINGLE, class_of, place_of
from assets.entities.tagger.tokens import LOWERCASE, PUNCTUATION
from assets.entities.tagger.weights import Rows, row_of
from assets.text.compiled import compiled, inlined
from assets.text.hashing import templated

WIDTH = 2 * REACH + 1
# Numbers of the templates, as the model was trained with them, plus the distance: a spelling's feature there, the line's end there.
PLACED, BEYOND = 70, 80
_WIDEST = 24  # labels of one layer at most, a multiple of what a processor compares at once
_NEVER = np.float32(-1e30)
_MOST_FEATURES = WIDTH * N_SELF + N_JOINT  # of one token
_FEATURES_EXPECTED, _ROOM = 64, 1024


class Chain(NamedTuple):
    """What a layer knows of labels in a row; its scores are to be multiplied by ``scale``."""

    scale: np.float32
    transitions: NDArray[np.float32]
    first: NDArray[np.float32]
    last: NDArray[np.float32]


@inlined
def _share(offset: int) -> int:
    """How many of a spelling's features count at this distance."""
    distance = abs(offset)
    return N_SELF if distance == 0 else N_NEAR if distance == 1 else N_FAR


@inlined
def _placed(value: np.uint64, offset: int) -> np.uint64:
    return templated(PLACED + offset, value) if offset != 0 else value


@inlined
def _on_line(lines: NDArray[np.int32], i: int, k: int) -> bool:
    """Whether there is a token ``k`` on the line of token ``i``."""
    return k >= 0 and k < len(lines) and lines[k] == lines[i]


@compiled
def feature_slots(bits: int, view: View) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Every token's table slots, for training: ``slots[bounds[i]:bounds[i + 1]]``. Same features as ``emissions``."""
    base, types, lines = view.base, view.types, view.lines
    n = len(types)
    shift = np.uint64(64 - bits)
    slots = np.empty(n * _FEATURES_EXPECTED + _ROOM, dtype=np.int32)
    bounds = np.zeros(n + 1, dtype=np.int64)
    out = np.zeros(N_JOINT, dtype=np.uint64)
    count = 0
    for i in range(n):
        if count + _MOST_FEATURES > len(slots):
            larger = np.empty(len(slots) * 5 // 4 + _ROOM, dtype=np.int32)
            larger[:count] = slots[:count]
            slots = larger
        for offset in range(-REACH, REACH + 1):
            k = i + offset
            if not _on_line(lines, i, k):
                slots[count] = templated(BEYOND + offset, NONE) >> shift
                count += 1
                continue
            row = base[types[k]]
            for f in range(_share(offset)):
                if row[f] != NONE:
                    slots[count] = _placed(row[f], offset) >> shift
                    count += 1
        n_joint = joint_features(i, view, out)
        for f in range(n_joint):
            slots[count] = out[f] >> shift
            count += 1
        bounds[i + 1] = count
    return slots[:count].copy(), bounds


@compiled
def near_capitals(view: View, reach: int) -> NDArray[np.bool_]:
    """Which tokens can be part of a name: runs of capitalised words, a word to either side, two where a mark joins (Jae-in).

    Behind a run ``reach`` small words are: in many languages only the first of a name has a capital (Union européenne).
    """
    types, lines = view.types, view.lines
    kinds, run_start = view.kinds, view.run_start
    n = len(types)
    near = np.zeros(n, dtype=np.bool_)
    for i in range(n):
        if run_start[i] < 0:
            continue
        near[i] = True
        for direction in (-1, 1):
            k = i + direction
            if not _on_line(lines, i, k):
                continue
            near[k] = True
            beyond = k + direction
            if kinds[types[k]] == PUNCTUATION and _on_line(lines, i, beyond):
                near[beyond] = True
        for k in range(i + 1, i + 1 + reach):
            if not _on_line(lines, i, k) or kinds[types[k]] != LOWERCASE:
                break
            near[k] = True
    return near


@inlined
def _add(source: NDArray[np.int8], score: NDArray[np.int16]) -> None:
    """Add a row of weights."""
    for label in range(len(score)):
        score[label] += source[label]


@compiled
def _of_spellings(rows: Rows, near: NDArray[np.bool_], view: View) -> NDArray[np.int16]:
    """Sums of each spelling's weights at each distance (spellings, WIDTH, labels), of those that a token ``near`` asks for."""
    weights, used, ranks, shift = rows.rows, rows.used, rows.ranks, np.uint64(64 - rows.bits)
    base, types, lines = view.base, view.types, view.lines
    wanted = np.zeros((len(base), WIDTH), dtype=np.bool_)
    for i in range(len(types)):
        for offset in range(-REACH, REACH + 1):
            if near[i] and _on_line(lines, i, i + offset):
                wanted[types[i + offset], offset + REACH] = True
    sums = np.zeros((len(base), WIDTH, weights.shape[1]), dtype=np.int16)
    for t in range(len(base)):
        for offset in range(-REACH, REACH + 1):
            if not wanted[t, offset + REACH]:
                continue
            target = sums[t, offset + REACH]
            for f in range(_share(offset)):
                row = row_of(used, ranks, _placed(base[t, f], offset) >> shift) if base[t, f] != NONE else np.int64(-1)
                if row >= 0:
                    _add(weights[row], target)
    return sums


@compiled
def emissions(rows: Rows, near: NDArray[np.bool_], view: View) -> NDArray[np.int16]:
    """Integer score of every label for every token that is ``near``: the sum of its features' weights.

    Weights may be those of several layers side by side. Scores of the other tokens stay zero.
    """
    weights, used, ranks, shift = rows.rows, rows.used, rows.ranks, np.uint64(64 - rows.bits)
    types, lines = view.types, view.lines
    n_labels = weights.shape[1]
    of_spellings = _of_spellings(rows, near, view)
    beyond = np.zeros((WIDTH, weights.shape[1]), dtype=np.int16)
    for offset in range(-REACH, REACH + 1):
        row = row_of(used, ranks, templated(BEYOND + offset, NONE) >> shift)
        if row >= 0:
            _add(weights[row], beyond[offset + REACH])
    scores = np.zeros((len(types), weights.shape[1]), dtype=np.int16)
    out = np.zeros(N_JOINT, dtype=np.uint64)
    for i in range(len(types)):
        if not near[i]:
            continue
        score = scores[i]
        for offset in range(-REACH, REACH + 1):
            k = i + offset
            part = of_spellings[types[k], offset + REACH] if _on_line(lines, i, k) else beyond[offset + REACH]
            for label in range(n_labels):
                score[label] += part[label]
        for f in range(joint_features(i, view, out)):
            row = row_of(used, ranks, out[f] >> shift)
            if row >= 0:
                source = weights[row]
                for label in range(n_labels):
                    score[label] += source[label]
    return scores


@compiled
def viterbi(
    scores: NDArray[np.int16], near: NDArray[np.bool_], lines: NDArray[np.int32], chain: Chain
) -> NDArray[np.uint8]:
    """Best label of every token; a line is one sequence, tokens not ``near`` a capital are outside.

    The layer's scores are the first columns of ``scores``.
    """
    n = len(scores)
    n_labels = len(chain.first)
    labels = np.zeros(n, dtype=np.uint8)
    back = np.empty((n, n_labels), dtype=np.uint8)
    # One row per previous label, of fixed width, so that all labels of a token are compared at once.
    step = np.full((n_labels, _WIDEST), _NEVER, dtype=np.float32)
    step[:, :n_labels] = chain.transitions
    best = np.full(_WIDEST, _NEVER, dtype=np.float32)
    i = 0
    while i < n:
        if not near[i]:
            i += 1
            continue
        end = i + 1
        while end < n and near[end] and lines[end] == lines[i]:
            end += 1
        # Outside tokens around the stretch are fixed, so it can be decoded by itself.
        opens = i == 0 or lines[i - 1] != lines[i]
        closes = end == n or lines[end] != lines[i]
        for label in range(n_labels):
            start = chain.first[label] if opens else chain.transitions[OUTSIDE, label]
            best[label] = start + scores[i, label] * chain.scale
        _forward(scores[i:end], chain.scale, step, best, back[i:end])
        final = np.float32(_NEVER)
        chosen = 0
        for label in range(n_labels):
            value = best[label] + (chain.last[label] if closes else chain.transitions[label, OUTSIDE])
            if value > final:
                final = value
                chosen = label
        labels[end - 1] = chosen
        for k in range(end - 1, i, -1):
            chosen = back[k, chosen]
            labels[k - 1] = chosen
        i = end
    return labels


@compiled
def _forward(
    scores: NDArray[np.int16],
    scale: np.float32,
    step: NDArray[np.float32],
    best: NDArray[np.float32],
    back: NDArray[np.uint8],
) -> None:
    """From the best scores at the first token to those at the last; ``back`` says by which previous label."""
    n_labels = len(step)
    top = np.empty(_WIDEST, dtype=np.float32)
    arg = np.empty(_WIDEST, dtype=np.int32)
    for k in range(1, len(scores)):
        for label in range(_WIDEST):
            top[label] = best[0] + step[0, label]
            arg[label] = 0
        for previous in range(1, n_labels):
            value = best[previous]
            row = step[previous]
            for label in range(_WIDEST):
                better = value + row[label] > top[label]
                top[label] = value + row[label] if better else top[label]
                arg[label] = previous if better else arg[label]
        for label in range(n_labels):
            back[k, label] = arg[label]
            best[label] = top[label] + scores[k, label] * scale


@compiled
def spans_of(labels: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]:
    """First token, token after the last, and class of every span in a sequence of labels."""
    n = len(labels)
    first = np.empty(n, dtype=np.int32)
    end = np.empty(n, dtype=np.int32)
    classes = np.empty(n, dtype=np.uint8)
    count = 0
    begun = 0
    for i in range(n):
        if labels[i] == OUTSIDE:
            continue
        place = place_of(labels[i])
        if place in (BEGIN, SINGLE):
            begun = i
        if place >= LAST:
            first[count] = begun
            end[count] = i + 1
            classes[count] = class_of(labels[i])
            count += 1
    return first[:count].copy(), end[:count].copy(), classes[:count].copy()


@compiled
def add_evidence(
    scores: NDArray[np.int16],
    near: NDArray[np.bool_],
    rows: Rows,
    column: int,
    n_labels: int,
    features: NDArray[np.uint64],
) -> NDArray[np.int16]:
    """The scores of one layer, which begin at ``column``, with those of each token's document evidence (0 = none) added."""
    weights, used, ranks, shift = rows.rows, rows.used, rows.ranks, np.uint64(64 - rows.bits)
    result = np.zeros((len(scores), n_labels), dtype=np.int16)
    for i in range(len(features)):
        if not near[i]:
            continue
        score = result[i]
        for label in range(n_labels):
            score[label] = scores[i, column + label]
        for f in range(features.shape[1]):
            row = row_of(used, ranks, features[i, f] >> shift) if features[i, f] != NONE else np.int64(-1)
            if row >= 0:
                _add(weights[row, column : column + n_labels], score)
    return result


@compiled
def evidence_slots(
    bits: int, features: NDArray[np.uint64], slots: NDArray[np.int32], bounds: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The table slots of ``feature_slots`` with those of the document evidence appended, for training."""
    shift = np.uint64(64 - bits)
    n = len(features)
    joined = np.empty(len(slots) + np.count_nonzero(features), dtype=np.int32)
    ends = np.zeros(n + 1, dtype=np.int64)
    count = 0
    for i in range(n):
        for p in range(bounds[i], bounds[i + 1]):
            joined[count] = slots[p]
            count += 1
        for f in range(features.shape[1]):
            if features[i, f] != NONE:
                joined[count] = features[i, f] >> shift
                count += 1
        ends[i + 1] = count
    return joined, ends
