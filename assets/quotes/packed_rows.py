"""Sums of rows of small integers, eight of them in one machine word: the inner loop of the models of this room.

A row of int8 weights is packed as unsigned bytes, 128 higher than the weight. Its even and its odd bytes are added in lanes
of 16 bits each, so that one addition serves four weights and the sums stay in registers. Exact for up to 257 rows.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

BIAS = 128
EVEN = np.uint64(0x00FF00FF00FF00FF)
LANE = np.uint64(0xFFFF)
EIGHT, SIXTEEN = np.uint64(8), np.uint64(16)


def pack(rows: NDArray[np.int8]) -> NDArray[np.uint64]:
    """Rows of int8 (…, units) as words (…, units / 8); ``units`` must be a multiple of eight."""
    return np.ascontiguousarray((rows.astype(np.int16) + BIAS).astype(np.uint8)).view("<u8")


@njit(cache=True, nogil=True, inline="always")
def _spread(even, odd, first, sums, n):  # type: ignore[no-untyped-def]
    for lane in range(4):
        shift = np.uint64(16 * lane)
        sums[first + 2 * lane] = np.int64((even >> shift) & LANE) - BIAS * n
        sums[first + 2 * lane + 1] = np.int64((odd >> shift) & LANE) - BIAS * n


@njit(cache=True, nogil=True)
def sum_of_16(packed, numbers, n, sums):  # type: ignore[no-untyped-def]
    """Sum of the rows ``numbers[:n]`` of ``packed`` (rows, 2) into ``sums`` int32 (16,)."""
    e0 = o0 = e1 = o1 = np.uint64(0)
    for k in range(n):
        row = numbers[k]
        word = packed[row, 0]
        e0 += word & EVEN
        o0 += (word >> EIGHT) & EVEN
        word = packed[row, 1]
        e1 += word & EVEN
        o1 += (word >> EIGHT) & EVEN
    _spread(e0, o0, 0, sums, n)
    _spread(e1, o1, 8, sums, n)


@njit(cache=True, nogil=True)
def sum_of_24(packed, numbers, n, sums):  # type: ignore[no-untyped-def]
    """Sum of the rows ``numbers[:n]`` of ``packed`` (rows, 3) into ``sums`` int32 (24,)."""
    e0 = o0 = e1 = o1 = e2 = o2 = np.uint64(0)
    for k in range(n):
        row = numbers[k]
        word = packed[row, 0]
        e0 += word & EVEN
        o0 += (word >> EIGHT) & EVEN
        word = packed[row, 1]
        e1 += word & EVEN
        o1 += (word >> EIGHT) & EVEN
        word = packed[row, 2]
        e2 += word & EVEN
        o2 += (word >> EIGHT) & EVEN
    _spread(e0, o0, 0, sums, n)
    _spread(e1, o1, 8, sums, n)
    _spread(e2, o2, 16, sums, n)


@njit(cache=True, nogil=True)
def sum_of_32(packed, numbers, n, sums):  # type: ignore[no-untyped-def]
    """Sum of the rows ``numbers[:n]`` of ``packed`` (rows, 4) into ``sums`` int32 (32,)."""
    e0 = o0 = e1 = o1 = e2 = o2 = e3 = o3 = np.uint64(0)
    for k in range(n):
        row = numbers[k]
        word = packed[row, 0]
        e0 += word & EVEN
        o0 += (word >> EIGHT) & EVEN
        word = packed[row, 1]
        e1 += word & EVEN
        o1 += (word >> EIGHT) & EVEN
        word = packed[row, 2]
        e2 += word & EVEN
        o2 += (word >> EIGHT) & EVEN
        word = packed[row, 3]
        e3 += word & EVEN
        o3 += (word >> EIGHT) & EVEN
    _spread(e0, o0, 0, sums, n)
    _spread(e1, o1, 8, sums, n)
    _spread(e2, o2, 16, sums, n)
    _spread(e3, o3, 24, sums, n)
