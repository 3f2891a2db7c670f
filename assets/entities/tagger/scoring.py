"""Emission scores and Viterbi decoding of the entity tagger, over whole batches."""

import numpy as np

from assets.entities.tagger.features import N_FAR, N_JOINT, N_NEAR, N_SELF, REACH, joint_features
from assets.entities.tagger.lexicon import ZERO, mix
from assets.entities.tagger.tokens import PUNCTUATION
from assets.entities.tagger.weights import row_of
from assets.text.compiled import compiled, inlined

WIDTH = 2 * REACH + 1
_WIDEST = 24  # labels of one layer at most, a multiple of what a processor compares at once
_NEVER = np.float32(-1e30)
_MOST_FEATURES = WIDTH * N_SELF + N_JOINT  # of one token


@inlined
def _share(offset):  # type: ignore[no-untyped-def]
    """How many of a spelling's features count at this distance."""
    distance = abs(offset)
    return N_SELF if distance == 0 else N_NEAR if distance == 1 else N_FAR


@inlined
def _placed(value, offset):  # type: ignore[no-untyped-def]
    return mix(70 + offset, value) if offset != 0 else value


@compiled
def feature_slots(  # type: ignore[no-untyped-def]
    bits, base, types, lines, kinds, flags, lowered, clusters, run_start, run_end, phrase, sentence_start, line_kind
):
    """Every token's table slots, for training: ``slots[bounds[i]:bounds[i + 1]]``. Same features as ``emissions``."""
    n = len(types)
    shift = np.uint64(64 - bits)
    capacity = n * 64 + 1024
    slots = np.empty(capacity, dtype=np.int32)
    bounds = np.zeros(n + 1, dtype=np.int64)
    out = np.zeros(N_JOINT, dtype=np.uint64)
    count = 0
    for i in range(n):
        if count + _MOST_FEATURES > capacity:
            capacity = capacity * 5 // 4 + 1024
            larger = np.empty(capacity, dtype=np.int32)
            larger[:count] = slots[:count]
            slots = larger
        for offset in range(-REACH, REACH + 1):
            k = i + offset
            if k < 0 or k >= n or lines[k] != lines[i]:
                slots[count] = mix(80 + offset, ZERO) >> shift
                count += 1
                continue
            row = base[types[k]]
            for f in range(_share(offset)):
                if row[f] != ZERO:
                    slots[count] = _placed(row[f], offset) >> shift
                    count += 1
        n_joint = joint_features(
            i,
            n,
            lines,
            types,
            kinds,
            flags,
            lowered,
            clusters,
            run_start,
            run_end,
            phrase,
            sentence_start,
            line_kind,
            out,
        )
        for f in range(n_joint):
            slots[count] = out[f] >> shift
            count += 1
        bounds[i + 1] = count
    return slots[:count].copy(), bounds


@compiled
def near_capitals(types, lines, kinds, run_start):  # type: ignore[no-untyped-def]
    """Which tokens can be part of a name: runs of capitalised words, a word to either side, two where a mark joins (Jae-in)."""
    n = len(types)
    near = np.zeros(n, dtype=np.bool_)
    for i in range(n):
        if run_start[i] >= 0:
            near[i] = True
            for direction in (-1, 1):
                k = i + direction
                if k < 0 or k >= n or lines[k] != lines[i]:
                    continue
                near[k] = True
                beyond = k + direction
                if kinds[types[k]] == PUNCTUATION and beyond >= 0 and beyond < n and lines[beyond] == lines[i]:
                    near[beyond] = True
    return near


@compiled
def emissions(  # type: ignore[no-untyped-def]
    bits,
    used,
    ranks,
    weights,
    near,
    base,
    types,
    lines,
    kinds,
    flags,
    lowered,
    clusters,
    run_start,
    run_end,
    phrase,
    sentence_start,
    line_kind,
):
    """Integer score of every label for every token that is ``near``: the sum of its features' weights.

    Weights are as in ``weights.Rows``, of several layers side by side. Scores of the other tokens stay zero.
    """
    n = len(types)
    n_types = len(base)
    n_labels = weights.shape[1]
    shift = np.uint64(64 - bits)
    wanted = np.zeros((n_types, WIDTH), dtype=np.bool_)
    for i in range(n):
        if near[i]:
            for offset in range(-REACH, REACH + 1):
                k = i + offset
                if k >= 0 and k < n and lines[k] == lines[i]:
                    wanted[types[k], offset + REACH] = True
    placed = np.zeros((n_types, WIDTH, n_labels), dtype=np.int16)
    for t in range(n_types):
        for offset in range(-REACH, REACH + 1):
            if not wanted[t, offset + REACH]:
                continue
            target = placed[t, offset + REACH]
            for f in range(_share(offset)):
                if base[t, f] != ZERO:
                    row = row_of(used, ranks, _placed(base[t, f], offset) >> shift)
                    if row >= 0:
                        source = weights[row]
                        for label in range(n_labels):
                            target[label] += source[label]
    edges = np.zeros((WIDTH, n_labels), dtype=np.int16)
    for offset in range(-REACH, REACH + 1):
        row = row_of(used, ranks, mix(80 + offset, ZERO) >> shift)
        if row >= 0:
            edges[offset + REACH] = weights[row]
    scores = np.zeros((n, n_labels), dtype=np.int16)
    out = np.zeros(N_JOINT, dtype=np.uint64)
    for i in range(n):
        if not near[i]:
            continue
        score = scores[i]
        for offset in range(-REACH, REACH + 1):
            k = i + offset
            if k < 0 or k >= n or lines[k] != lines[i]:
                part = edges[offset + REACH]
            else:
                part = placed[types[k], offset + REACH]
            for label in range(n_labels):
                score[label] += part[label]
        n_joint = joint_features(
            i,
            n,
            lines,
            types,
            kinds,
            flags,
            lowered,
            clusters,
            run_start,
            run_end,
            phrase,
            sentence_start,
            line_kind,
            out,
        )
        for f in range(n_joint):
            row = row_of(used, ranks, out[f] >> shift)
            if row >= 0:
                source = weights[row]
                for label in range(n_labels):
                    score[label] += source[label]
    return scores


@compiled
def viterbi(scores, column, n_labels, near, scale, transitions, first, last, lines):  # type: ignore[no-untyped-def]
    """Best label of every token; a line is one sequence, tokens not ``near`` a capital are outside (label 0).

    The layer's scores are ``scores[:, column:column + n_labels]``, to be multiplied by ``scale``.
    """
    n = len(scores)
    labels = np.zeros(n, dtype=np.uint8)
    back = np.empty((n, n_labels), dtype=np.uint8)
    best = np.full(_WIDEST, _NEVER, dtype=np.float32)
    top = np.empty(_WIDEST, dtype=np.float32)
    arg = np.empty(_WIDEST, dtype=np.int32)
    # One row per previous label, of fixed width, so that all labels of a token are compared at once.
    step = np.full((n_labels, _WIDEST), _NEVER, dtype=np.float32)
    step[:, :n_labels] = transitions
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
            start = first[label] if opens else transitions[0, label]
            best[label] = start + scores[i, column + label] * scale
        for k in range(i + 1, end):
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
                best[label] = top[label] + scores[k, column + label] * scale
        final = np.float32(_NEVER)
        chosen = 0
        for label in range(n_labels):
            value = best[label] + (last[label] if closes else transitions[label, 0])
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
def spans_of(labels):  # type: ignore[no-untyped-def]
    """First token, token after the last, and class of every span in a sequence of labels."""
    n = len(labels)
    first = np.empty(n, dtype=np.int32)
    end = np.empty(n, dtype=np.int32)
    classes = np.empty(n, dtype=np.uint8)
    count = 0
    begun = 0
    for i in range(n):
        if labels[i] == 0:
            continue
        place = (labels[i] - 1) % 4
        if place == 0 or place == 3:
            begun = i
        if place >= 2:
            first[count] = begun
            end[count] = i + 1
            classes[count] = (labels[i] - 1) // 4
            count += 1
    return first[:count].copy(), end[:count].copy(), classes[:count].copy()


@compiled
def add_evidence(scores, near, bits, used, ranks, weights, column, n_labels, features):  # type: ignore[no-untyped-def]
    """One layer's scores with those of each token's document evidence (0 = none) added."""
    shift = np.uint64(64 - bits)
    result = np.zeros((len(scores), n_labels), dtype=np.int16)
    for i in range(len(features)):
        if not near[i]:
            continue
        score = result[i]
        for label in range(n_labels):
            score[label] = scores[i, column + label]
        for f in range(features.shape[1]):
            if features[i, f] != ZERO:
                row = row_of(used, ranks, features[i, f] >> shift)
                if row >= 0:
                    for label in range(n_labels):
                        score[label] += weights[row, column + label]
    return result


@compiled
def evidence_slots(bits, features, slots, bounds):  # type: ignore[no-untyped-def]
    """The table slots of ``feature_slots`` with those of the document evidence appended, for training."""
    shift = np.uint64(64 - bits)
    n = len(features)
    extra = 0
    for i in range(n):
        for f in range(features.shape[1]):
            extra += features[i, f] != ZERO
    joined = np.empty(len(slots) + extra, dtype=np.int32)
    ends = np.zeros(n + 1, dtype=np.int64)
    count = 0
    for i in range(n):
        for p in range(bounds[i], bounds[i + 1]):
            joined[count] = slots[p]
            count += 1
        for f in range(features.shape[1]):
            if features[i, f] != ZERO:
                joined[count] = features[i, f] >> shift
                count += 1
        ends[i + 1] = count
    return joined, ends
