"""One hash table for compiled code: open addressing, linear probing (Knuth, The Art of Computer Programming 3, 6.4).

A slot is free where its value is 0, so a value that counts or numbers something begins at 1. A table is at most half full. Its keys are
hashes; where two keys may be one hash (``assets.text.tokens`` compares letters), the caller walks with ``first_slot`` and
``next_slot``.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import compiled, inlined

UInt64s = NDArray[np.uint64]
LEAST_SLOTS = 16


class Table(NamedTuple):
    """``values[slot_of(table, key)]`` is the value of a key, 0 where it has none."""

    keys: UInt64s
    values: NDArray[np.int32]


@compiled
def room_for(n: int) -> int:
    """Slots, a power of two, for ``n`` keys."""
    size = LEAST_SLOTS
    while size < 2 * n:
        size *= 2
    return size


@compiled
def empty_table(n: int) -> Table:
    """Room for ``n`` keys."""
    size = room_for(n)
    return Table(np.zeros(size, np.uint64), np.zeros(size, np.int32))


@inlined
def first_slot(key: Any, n_slots: int) -> np.int64:
    """Where a key's search begins; the high bits have a say, which in FNV-1a are the better ones."""
    key = np.uint64(key)
    return np.int64((key ^ (key >> np.uint64(29))) & np.uint64(n_slots - 1))


@inlined
def next_slot(slot: np.int64, n_slots: int) -> np.int64:
    return (slot + 1) & (n_slots - 1)


@inlined
def slot_in(keys: NDArray[Any], values: NDArray[Any], key: Any) -> np.int64:
    """The slot that holds a key, or the free one where it belongs."""
    slot = first_slot(key, len(keys))
    while values[slot] != 0 and keys[slot] != key:
        slot = next_slot(slot, len(keys))
    return slot


@inlined
def slot_of(table: Table, key: np.uint64) -> np.int64:
    """The slot that holds a key, or the free one where it belongs."""
    return slot_in(table.keys, table.values, key)


@inlined
def value_of(table: Table, key: np.uint64) -> np.int32:
    """The value of a key, 0 where it has none."""
    known: np.int32 = table.values[slot_in(table.keys, table.values, key)]
    return known


@inlined
def put(table: Table, key: np.uint64, value: Any) -> None:
    """Set the value of a key."""
    slot = slot_in(table.keys, table.values, key)
    table.keys[slot] = key
    table.values[slot] = value


@compiled
def numbered(keys: UInt64s, n_slots: int) -> NDArray[np.int32]:
    """The values of a table of ``n_slots`` that leads from each of some keys to its number + 1; equal keys have a slot each."""
    values = np.zeros(n_slots, np.int32)
    for number in range(len(keys)):
        slot = first_slot(keys[number], n_slots)
        while values[slot] != 0:
            slot = next_slot(slot, n_slots)
        values[slot] = number + 1
    return values


def filled(entries: dict[int, int], keys: Any, values: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Keys and values of a table of these entries, none of value 0, as arrays of the given types: for ``slot_in``."""
    size = room_for(len(entries))
    table = np.zeros(size, keys), np.zeros(size, values)
    _fill(np.array(list(entries), keys), np.array(list(entries.values()), values), *table)
    return table


@compiled
def _fill(some: NDArray[Any], of_each: NDArray[Any], keys: NDArray[Any], values: NDArray[Any]) -> None:
    for n in range(len(some)):
        slot = slot_in(keys, values, some[n])
        keys[slot] = some[n]
        values[slot] = of_each[n]
