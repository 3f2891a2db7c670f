"""A table of what each article of a batch spells, for compiled code: open addressing over (hash, article)."""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def slots_for(n):  # type: ignore[no-untyped-def]
    """An empty table for ``n`` spellings: keys, articles (-1 where free)."""
    size = 16
    while size < 2 * n + 16:
        size *= 2
    return np.zeros(size, np.uint32), np.full(size, -1, np.int32)


@njit(cache=True, nogil=True)
def slot_of(table, tags, key, article, insert):  # type: ignore[no-untyped-def]
    """Place of (key, article) in an open-addressing table, -1 where it is absent and not inserted."""
    mask = len(table) - 1
    slot = np.int64((np.uint64(key) * np.uint64(2654435761) + np.uint64(article) * np.uint64(40503)) & np.uint64(mask))
    while tags[slot] >= 0:
        if table[slot] == key and tags[slot] == article:
            return slot
        slot = (slot + 1) & mask
    if not insert:
        return -1
    table[slot] = key
    tags[slot] = article
    return slot


@njit(cache=True, nogil=True)
def count_keys(keys, article, n):  # type: ignore[no-untyped-def]
    """How often its article names each key, and which of these each candidate is."""
    counts = np.zeros(len(keys), np.int32)
    order = np.zeros(len(keys), np.int32)
    table, tags = slots_for(n)
    seen = np.zeros(len(table), np.int32)
    for c in range(len(keys)):
        slot = slot_of(table, tags, keys[c], article[c], True)
        order[c] = seen[slot]
        seen[slot] += 1
    for c in range(len(keys)):
        counts[c] = seen[slot_of(table, tags, keys[c], article[c], False)]
    return counts, order
