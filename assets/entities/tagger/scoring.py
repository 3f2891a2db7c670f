"""Emission scores and Viterbi decoding of the entity tagger, over whole batches."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.features import N_FAR, N_NEAR, N_SELF, NONE, REACH, View
from assets.entities.tagger.labels import BEGIN, LAST, OUTSIDE, SINGLE, class_of, place_of
from assets.entities.tagger.neighbours import N_JOINT, joint_features
from assets.entities.tagger.tokens import LOWERCASE, PUNCTUATION
from assets.entities.tagger.weights import Rows, row_of
from assets.text.compiled import compiled, inlined, reading
from assets.text.hashing import templated
from assets.text.lanes import WIDEST, add_rows, best_of_rows

WIDTH = 2 * REACH + 1
# Numbers of the templates, as the model was trained with them, plus the distance: a spelling's feature there, the line's end there.
PLACED, BEYOND = 70, 80
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


class Parts(NamedTuple):
    """Sums of weights of spellings: ``sums[of_places[spelling, distance]]``; the first ones are those of a line's ends."""

    of_places: NDArray[np.int32]
    sums: NDArray[np.int16]


@compiled
def emissions(rows: Rows, near: NDArray[np.bool_], view: View) -> NDArray[np.int16]:
    """Integer score of every label for every token that is ``near``: the sum of its features' weights.

    Weights may be those of several layers side by side. Scores of the other tokens stay zero.
    """
    n_labels = rows.rows.shape[1]
    of_places = np.zeros((len(view.base), WIDTH), dtype=np.int32)
    n_places = WIDTH + _number_places(near, view, of_places)
    sums = np.zeros((n_places, n_labels), dtype=np.int16)
    scores = np.zeros((len(view.types), n_labels), dtype=np.int16)
    found = np.empty(max(N_SELF, N_JOINT, WIDTH), dtype=np.int64)
    features = np.zeros(N_JOINT, dtype=np.uint64)
    _add_ends(rows, found, sums)
    _add_spellings(rows, view, of_places, found, sums)
    _add_tokens(rows, near, view, Parts(of_places, sums), features, found, scores)
    return scores


@reading
def _number_places(near: NDArray[np.bool_], view: View, of_places: NDArray[np.int32]) -> int:
    """Number, from ``WIDTH`` on, each spelling at each distance at which a token asks for it; returns how many there are.

    Those that are asked for one after another have numbers that follow each other, so that their sums lie together.
    """
    types, lines = view.types, view.lines
    n = 0
    for i in range(len(types)):
        if near[i]:
            for offset in range(-REACH, REACH + 1):
                if _on_line(lines, i, i + offset) and of_places[types[i + offset], offset + REACH] == 0:
                    of_places[types[i + offset], offset + REACH] = WIDTH + n
                    n += 1
    return n


@reading
def _add_spellings(
    rows: Rows, view: View, of_places: NDArray[np.int32], found: NDArray[np.int64], sums: NDArray[np.int16]
) -> None:
    weights, used, ranks, shift = rows.rows, rows.used, rows.ranks, np.uint64(64 - rows.bits)
    base = view.base
    for t in range(len(base)):
        for offset in range(-REACH, REACH + 1):
            place = of_places[t, offset + REACH]
            if place == 0:
                continue
            n = 0
            for f in range(_share(offset)):
                if base[t, f] != NONE:
                    found[n] = row_of(used, ranks, _placed(base[t, f], offset) >> shift)
                    n += found[n] >= 0
            add_rows(sums, place * weights.shape[1], weights, found, n)


@reading
def _add_ends(rows: Rows, found: NDArray[np.int64], sums: NDArray[np.int16]) -> None:
    shift = np.uint64(64 - rows.bits)
    for offset in range(-REACH, REACH + 1):
        found[0] = row_of(rows.used, rows.ranks, templated(BEYOND + offset, NONE) >> shift)
        add_rows(sums, (offset + REACH) * rows.rows.shape[1], rows.rows, found, 1 if found[0] >= 0 else 0)


@reading
def _add_tokens(
    rows: Rows,
    near: NDArray[np.bool_],
    view: View,
    parts: Parts,
    features: NDArray[np.uint64],
    found: NDArray[np.int64],
    scores: NDArray[np.int16],
) -> None:
    weights, used, ranks, shift = rows.rows, rows.used, rows.ranks, np.uint64(64 - rows.bits)
    types, lines, of_places = view.types, view.lines, parts.of_places
    n_labels = weights.shape[1]
    for i in range(len(types)):
        if not near[i]:
            continue
        for offset in range(-REACH, REACH + 1):
            on_line = _on_line(lines, i, i + offset)
            found[offset + REACH] = of_places[types[i + offset], offset + REACH] if on_line else offset + REACH
        add_rows(scores, i * n_labels, parts.sums, found, WIDTH)
        n = 0
        for f in range(joint_features(i, view, features)):
            found[n] = row_of(used, ranks, features[f] >> shift)
            n += found[n] >= 0
        add_rows(scores, i * n_labels, weights, found, n)


class _Room(NamedTuple):
    """What decoding keeps: steps from each label to each, the best scores at a token, those at the next and by which label
    before, and the same of all tokens."""

    step: NDArray[np.float32]
    best: NDArray[np.float32]
    top: NDArray[np.float32]
    arg: NDArray[np.int32]
    back: NDArray[np.uint8]


@compiled
def viterbi(
    scores: NDArray[np.int16], column: int, near: NDArray[np.bool_], lines: NDArray[np.int32], chain: Chain
) -> NDArray[np.uint8]:
    """Best label of every token; a line is one sequence, tokens not ``near`` a capital are outside.

    The layer's scores are the columns of ``scores`` from ``column`` on.
    """
    n_labels = len(chain.first)
    labels = np.zeros(len(scores), dtype=np.uint8)
    back = np.empty((len(scores), n_labels), dtype=np.uint8)
    # One row per previous label, of fixed width, so that all labels of a token are compared at once.
    step = np.full((n_labels, WIDEST), _NEVER, dtype=np.float32)
    step[:, :n_labels] = chain.transitions
    room = _Room(
        step,
        np.full(WIDEST, _NEVER, dtype=np.float32),
        np.empty(WIDEST, dtype=np.float32),
        np.empty(WIDEST, dtype=np.int32),
        back,
    )
    _decode(scores, column, near, lines, chain, room, labels)
    return labels


@reading
def _decode(
    scores: NDArray[np.int16],
    column: int,
    near: NDArray[np.bool_],
    lines: NDArray[np.int32],
    chain: Chain,
    room: _Room,
    labels: NDArray[np.uint8],
) -> None:
    step, best, top, arg, back = room
    n = len(scores)
    n_labels = len(chain.first)
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
            best[label] = start + scores[i, column + label] * chain.scale
        for k in range(i + 1, end):
            best_of_rows(step, best, top, arg)
            for label in range(n_labels):
                back[k, label] = arg[label]
                best[label] = top[label] + scores[k, column + label] * chain.scale
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
    scores: NDArray[np.int16], near: NDArray[np.bool_], rows: Rows, features: NDArray[np.uint64]
) -> NDArray[np.int16]:
    """The scores with those of each token's document evidence (0 = none) added; those of tokens not ``near`` are not looked at."""
    result = np.empty_like(scores)
    _add_evidence(scores, near, rows, features, np.empty(features.shape[1], np.int64), result)
    return result


@reading
def _add_evidence(
    scores: NDArray[np.int16],
    near: NDArray[np.bool_],
    rows: Rows,
    features: NDArray[np.uint64],
    found: NDArray[np.int64],
    result: NDArray[np.int16],
) -> None:
    weights, used, ranks, shift = rows.rows, rows.used, rows.ranks, np.uint64(64 - rows.bits)
    for i in range(len(features)):
        if not near[i]:
            continue
        for label in range(scores.shape[1]):
            result[i, label] = scores[i, label]
        n = 0
        for f in range(features.shape[1]):
            if features[i, f] != NONE:
                found[n] = row_of(used, ranks, features[i, f] >> shift)
                n += found[n] >= 0
        add_rows(result, i * weights.shape[1], weights, found, n)


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
