"""The weights of hashed features, those without any left out.

A feature's hash names a slot of a large table of which few slots are used. A bit for each slot says whether it is; how many
used slots come before it is the number of its row. Most features that join several words are unknown to the model, and for
them the bit is all that is read.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from assets.text.compiled import inlined

WORD_BITS, WITHIN_WORD = np.uint64(6), np.uint64(63)  # a slot's word of 64 bits, and its bit there
_MULTIPLE = 16  # rows are padded to this many labels, which a processor adds at once


class Rows(NamedTuple):
    """``rows[row_of(used, ranks, slot)]`` are the weights of all labels of all layers, side by side."""

    bits: int
    used: NDArray[np.uint64]
    ranks: NDArray[np.int32]
    rows: NDArray[np.int8]


def side_by_side(tables: Sequence[NDArray[np.int8]]) -> Rows:
    """The weights of several layers, each given as an array of (slots, labels) with a power of two of slots."""
    size = len(tables[0])
    filled = np.zeros(size, dtype=bool)
    for table in tables:
        filled |= table.any(axis=1)
    slots = np.flatnonzero(filled)
    width = sum(table.shape[1] for table in tables)
    rows = np.zeros((len(slots), -(-width // _MULTIPLE) * _MULTIPLE), dtype=np.int8)
    rows[:, :width] = np.concatenate([table[slots] for table in tables], axis=1)
    used = np.packbits(filled, bitorder="little").view(np.uint64)
    counts = filled.reshape(-1, 64).sum(axis=1, dtype=np.int32)
    return Rows(size.bit_length() - 1, used, np.cumsum(counts, dtype=np.int32) - counts, rows)


@intrinsic
def _ones(context: Any, word: Any) -> Any:
    """How many bits of a word are set."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


@inlined
def row_of(used: NDArray[np.uint64], ranks: NDArray[np.int32], slot: np.uint64) -> np.int64:
    """Row of a slot, or -1 where it has no weights. Takes arrays, not ``Rows``: taking one apart for every feature costs time."""
    word = used[slot >> WORD_BITS]
    bit = np.uint64(1) << (slot & WITHIN_WORD)
    if word & bit == np.uint64(0):
        return np.int64(-1)
    return np.int64(ranks[slot >> WORD_BITS]) + np.int64(_ones(word & (bit - np.uint64(1))))  # type: ignore[call-arg]
