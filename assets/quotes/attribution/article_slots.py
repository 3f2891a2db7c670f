"""A table of what an article spells, for compiled code: open addressing over hashes."""

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import compiled


@compiled
def slots_for(n: int) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """An empty table for ``n`` spellings: keys, and which places are taken."""
    size = 16
    while size < 2 * n + 16:
        size *= 2
    return np.zeros(size, np.uint32), np.zeros(size, np.bool_)


@compiled
def slot_of(table: NDArray[np.uint32], taken: NDArray[np.bool_], key: np.uint32, insert: bool) -> int:
    """Place of the key in an open-addressing table, -1 where it is absent and not inserted."""
    mask = len(table) - 1
    slot = int((np.uint64(key) * np.uint64(2654435761)) & np.uint64(mask))
    while taken[slot]:
        if table[slot] == key:
            return slot
        slot = (slot + 1) & mask
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
