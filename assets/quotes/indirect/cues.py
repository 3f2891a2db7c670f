"""The first net of the tagger of indirect speech: what stands right and left of a word that may report."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.annotations import IN_QUOTE, STRENGTH, Text
from assets.quotes.indirect.cue_features import N_HEAD_FEATURES, head_features
from assets.quotes.indirect.nets import Net
from assets.text.compiled import compiled, reading
from assets.text.lanes import sum_of_rows

N_CLASSES = 4  # per side of a head
NOTHING, DIRECT, BELIEF, REPORT = range(N_CLASSES)
N_SIDES = 2
RIGHT, LEFT = range(N_SIDES)
HEAD_LINEAR = 8  # units that are not rectified
GATE = 0.06  # heads less likely than this to report speech, direct or not, are not looked at further


class Sides(NamedTuple):
    """Sides of heads worth a look: tokens, sides, chances (n, N_SIDES * N_CLASSES).

    The chances are of the classes right of the head, then left of it, the same for both sides of a head.
    """

    heads: NDArray[np.int64]
    sides: NDArray[np.int64]
    chances: NDArray[np.float64]


@compiled
def find_heads(text: Text, net: Net) -> Sides:
    """The sides of heads where somebody may be reported."""
    notes = text.notes
    may_report = np.flatnonzero((notes[:, STRENGTH] > 0) & (notes[:, IN_QUOTE] <= 0))
    found = Sides(
        np.empty(N_SIDES * len(may_report), dtype=np.int64),
        np.empty(N_SIDES * len(may_report), dtype=np.int64),
        np.empty((N_SIDES * len(may_report), N_SIDES * N_CLASSES), dtype=np.float64),
    )
    features = np.empty(N_HEAD_FEATURES, dtype=np.int64)
    hidden = np.empty(len(net.out) - 1, dtype=np.int16)
    n = 0
    for h in may_report:
        chances = found.chances[n]  # the row is another head's where neither side of this one is worth a look
        head_features(text, int(h), features)
        _head_chances(net, features, hidden, chances)
        right, left = _speech(chances, RIGHT) >= GATE, _speech(chances, LEFT) >= GATE
        if right and left:
            found.chances[n + 1] = chances
        if right:
            found.heads[n], found.sides[n] = h, RIGHT
            n += 1
        if left:
            found.heads[n], found.sides[n] = h, LEFT
            n += 1
    return Sides(found.heads[:n], found.sides[:n], found.chances[:n])


@reading
def _speech(chances: NDArray[np.float64], side: int) -> float:
    """How likely speech, direct or not, stands on a side of a head."""
    likely: float = chances[side * N_CLASSES + DIRECT] + chances[side * N_CLASSES + REPORT]
    return likely


@reading
def _head_chances(
    net: Net, features: NDArray[np.int64], hidden: NDArray[np.int16], chances: NDArray[np.float64]
) -> None:
    """Probabilities of the classes right of a head, then left of it, into chances (N_SIDES * N_CLASSES,)."""
    mask = len(net.rows) - 1
    units = len(hidden)
    for f in range(N_HEAD_FEATURES):
        features[f] &= mask
    sum_of_rows(net.rows, features, N_HEAD_FEATURES, hidden)
    for o in range(N_SIDES * N_CLASSES):
        chances[o] = net.out[units, o]
    for d in range(units):
        if d < HEAD_LINEAR or hidden[d] > 0:
            for o in range(N_SIDES * N_CLASSES):
                chances[o] += np.int32(hidden[d]) * net.out[d, o]
    for side in range(N_SIDES):
        _softmax(chances[side * N_CLASSES : (side + 1) * N_CLASSES])


@reading
def _softmax(scores: NDArray[np.float64]) -> None:
    """Scores of classes as their probabilities, in their place."""
    top = scores[0]
    for o in range(1, len(scores)):
        top = max(top, scores[o])
    total = 0.0
    for o in range(len(scores)):
        scores[o] = np.exp(scores[o] - top)
        total += scores[o]
    for o in range(len(scores)):
        scores[o] /= total
