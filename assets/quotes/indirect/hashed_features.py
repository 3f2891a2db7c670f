"""How the features of indirect speech read annotations and hash what they see.

Features have no names but their numbers, which the model knows them by: ``put`` writes the next one and says which comes after.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import inlined
from assets.text.hashing import paired_31

Value = int | np.integer[Any]  # what features are made of
BEFORE, AFTER = 1, 2  # what stands beyond the ends of a sentence; an annotation that is there is so much higher
BEYOND = 3
# Distances in tokens, which are told apart one by one up to 5 and then in these steps.
DISTANCE_STEPS = (6, 8, 11, 15, 20, 30, 50)


class Sentence(NamedTuple):
    """The first and the last token of a sentence."""

    first: int
    last: int


@inlined
def bucket(n: int) -> int:
    """0 to 5 as they are, more in ever wider steps."""
    if n < DISTANCE_STEPS[0]:
        return n
    if n < DISTANCE_STEPS[1]:
        return 6
    if n < DISTANCE_STEPS[2]:
        return 7
    if n < DISTANCE_STEPS[3]:
        return 8
    if n < DISTANCE_STEPS[4]:
        return 9
    if n < DISTANCE_STEPS[5]:
        return 10
    return 11 if n < DISTANCE_STEPS[6] else 12


@inlined
def at(notes: NDArray[np.int32], sentence: Sentence, i: int, column: int) -> int:
    """An annotation of token ``i``, if that is in the sentence."""
    if i < sentence.first:
        return BEFORE
    return AFTER if i > sentence.last else notes[i, column] + BEYOND


@inlined
def put3(out: NDArray[np.int64], k: int, a: Value, b: Value, c: Value) -> int:
    """Write feature ``k`` of three values; those of fewer are hashed less, which is most of the cost."""
    out[k] = paired_31(paired_31(paired_31(k, a), b), c)
    return k + 1


@inlined
def put2(out: NDArray[np.int64], k: int, a: Value, b: Value) -> int:
    out[k] = paired_31(paired_31(k, a), b)
    return k + 1


@inlined
def put1(out: NDArray[np.int64], k: int, a: Value) -> int:
    out[k] = paired_31(k, a)
    return k + 1
