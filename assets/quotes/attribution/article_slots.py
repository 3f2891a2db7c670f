"""A table of what an article spells, for compiled code."""

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import compiled
from assets.text.tables import room_for, slot_in


@compiled
def slots_for(n: int) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """An empty table for ``n`` spellings: keys, and which places are taken."""
    size = room_for(n)
    return np.zeros(size, np.uint32), np.zeros(size, np.bool_)


@compiled
def slot_of(table: NDArray[np.uint32], taken: NDArray[np.bool_], key: np.uint32, insert: bool) -> int:
    """Place of the key in the table, -1 where it is absent and not inserted."""
    slot = int(slot_in(table, taken, key))
    if not taken[slot]:
        if not insert:
            return -1
        table[slot] = key
        taken[slot] = True
    return slot


@compiled
def count_keys(keys: NDArray[np.uint32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """How often the article names each key, and which of these each candidate is."""
    counts = np.zeros(len(keys), np.int32)
    order = np.zeros(len(keys), np.int32)
    table, taken = slots_for(len(keys))
    seen = np.zeros(len(table), np.int32)
    for c in range(len(keys)):
        slot = slot_of(table, taken, keys[c], True)
        order[c] = seen[slot]
        seen[slot] += 1
    for c in range(len(keys)):
        counts[c] = seen[slot_of(table, taken, keys[c], False)]
    return counts, order
