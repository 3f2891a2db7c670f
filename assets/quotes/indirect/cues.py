"""The first net of the tagger of indirect speech: what stands right and left of a word that may report."""

import numpy as np

from assets.quotes.indirect.annotations import IN_QUOTE, STRENGTH
from assets.quotes.indirect.cue_features import N_HEAD_FEATURES, head_features
from assets.text.compiled import compiled
from assets.text.quantised_sums import sum_of_rows

N_CLASSES = 4  # per side of a head
NOTHING, DIRECT, BELIEF, REPORT = range(N_CLASSES)
HEAD_LINEAR = 8  # units that are not rectified
GATE = 0.06  # heads less likely than this to report speech, direct or not, are not looked at further


@compiled
def find_heads(table, notes, head_rows, head_out):  # type: ignore[no-untyped-def]
    """Sides of heads worth a look: tokens and sides (0 right, 1 left) int64 (n,), chances of the classes float64 (n, 8).

    The chances are of the classes right of the head, then left of it, the same for both sides of a head.
    """
    size = 64
    heads = np.empty(size, dtype=np.int64)
    sides = np.empty(size, dtype=np.int64)
    chances = np.empty((size, 2 * N_CLASSES), dtype=np.float64)
    features = np.empty(N_HEAD_FEATURES, dtype=np.int64)
    hidden = np.empty(head_out.shape[0] - 1, dtype=np.int32)
    both = np.empty(2 * N_CLASSES, dtype=np.float64)
    n = 0
    for h in range(table.shape[0]):
        if notes[h, STRENGTH] == 0 or notes[h, IN_QUOTE] > 0:
            continue
        _head_chances(notes, table, h, head_rows, head_out, features, hidden, both)
        for side in range(2):
            if both[side * N_CLASSES + DIRECT] + both[side * N_CLASSES + REPORT] < GATE:
                continue
            if n == heads.shape[0]:
                heads = np.concatenate((heads, np.empty_like(heads)))
                sides = np.concatenate((sides, np.empty_like(sides)))
                chances = np.concatenate((chances, np.empty_like(chances)))
            heads[n] = h
            sides[n] = side
            chances[n] = both
            n += 1
    return heads[:n], sides[:n], chances[:n]


@compiled
def _head_chances(notes, table, h, head_rows, head_out, features, hidden, chances):  # type: ignore[no-untyped-def]
    """Probabilities of the classes right of head h, then left of it, into chances (2 * N_CLASSES,)."""
    mask = head_rows.shape[0] - 1
    units = hidden.shape[0]
    head_features(notes, table, h, features)
    for f in range(N_HEAD_FEATURES):
        features[f] &= mask
    sum_of_rows(head_rows, features, N_HEAD_FEATURES, hidden)
    for o in range(2 * N_CLASSES):
        chances[o] = head_out[units, o]
    for d in range(units):
        if d < HEAD_LINEAR or hidden[d] > 0:
            for o in range(2 * N_CLASSES):
                chances[o] += hidden[d] * head_out[d, o]
    for side in range(2):
        group = chances[side * N_CLASSES : (side + 1) * N_CLASSES]
        top = group.max()
        total = 0.0
        for o in range(N_CLASSES):
            group[o] = np.exp(group[o] - top)
            total += group[o]
        for o in range(N_CLASSES):
            group[o] /= total
