"""Sums of rows of small integers, eight of them in one machine word: the inner loop of the models of this room.

A row of int8 weights is packed as unsigned bytes, 128 higher than the weight. Its even and its odd bytes are added in lanes
of 16 bits each, so that one addition serves four weights and the sums stay in registers. Exact for up to 257 rows.
"""

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import compiled

BIAS = 128
EVEN = np.uint64(0x00FF00FF00FF00FF)
LANE = np.uint64(0xFFFF)
EIGHT = np.uint64(8)


def pack(rows: NDArray[np.int8]) -> NDArray[np.uint64]:
    """Rows of int8 (…, units) as words (…, units / 8); ``units`` must be a multiple of eight."""
    return np.ascontiguousarray((rows.astype(np.int16) + BIAS).astype(np.uint8)).view("<u8")


@compiled
def sum_of_rows(packed: NDArray[np.uint64], numbers: NDArray[np.int64], n: int, sums: NDArray[np.int32]) -> None:
    """Sum of the rows ``numbers[:n]`` of ``packed`` (rows, units / 8) into ``sums`` int32 (units,)."""
    for column in range(packed.shape[1]):
        even = odd = np.uint64(0)
        for k in range(n):
            word = packed[numbers[k], column]
            even += word & EVEN
            odd += (word >> EIGHT) & EVEN
        for lane in range(4):
            shift = np.uint64(16 * lane)
            sums[8 * column + 2 * lane] = np.int64((even >> shift) & LANE) - BIAS * n
            sums[8 * column + 2 * lane + 1] = np.int64((odd >> shift) & LANE) - BIAS * n
