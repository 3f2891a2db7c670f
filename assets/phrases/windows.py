"""Windows of five tokens: every phrase begins with one, so positions with equal windows are all that must be compared.

Positions are sorted into buckets by a hash of their window, one range of buckets (a partition) at a time: a partition
holds every place at which its phrases are, so partitions are independent and bound the memory.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from assets.text.compiled import compiled
from assets.text.hashing import GOLDEN, chained
from assets.text.tables import empty_table, put, value_of

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
UInt64s = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

ALL: Bools = np.empty(0, np.bool_)
"""In the place of chosen positions: all of them."""
WINDOW = 5  # tokens of the shortest phrase
BUCKET_WINDOWS = 4096  # windows a bucket holds on average: what a core's cache takes
MOST_BUCKET_BITS = 20
PARTITION_WINDOWS = 1 << 23  # windows held at a time, at 8 bytes each, unless one bucket has more

LOW_HALF = np.uint64(0xFFFFFFFF)


def bucket_bits(n_tokens: int) -> int:
    """How many leading bits of a hash name the bucket."""
    return min(max(n_tokens // BUCKET_WINDOWS, 1).bit_length(), MOST_BUCKET_BITS)


def partitions(bucket_sizes: Int64s) -> list[tuple[int, int]]:
    """Ranges of buckets (first, one after the last) of at most ``PARTITION_WINDOWS`` windows, or of one bucket."""
    ranges: list[tuple[int, int]] = []
    first, held = 0, 0
    for bucket, size in enumerate(bucket_sizes.tolist()):
        if held + size > PARTITION_WINDOWS and bucket > first:
            ranges.append((first, bucket))
            first, held = bucket, 0
        held += size
    if held:
        ranges.append((first, len(bucket_sizes)))
    return ranges


@compiled
def marked_token(code: Any) -> Any:
    """A token's code without its mark; the first token of a line is stored as its complement."""
    return code ^ (code >> 31)


@compiled
def _window_hash(codes: Int32s, first: int) -> np.uint64:
    """64 well-mixed bits of the window at ``first``, which must not cross the end of a line."""
    h = chained(GOLDEN, np.uint64(marked_token(codes[first])))
    for token in range(first + 1, first + WINDOW):
        h = chained(h, np.uint64(codes[token]))
    return h


@compiled
def window_hashes(codes: Int32s, firsts: Int64s) -> UInt64s:
    """The hashes of the windows that begin at ``firsts``."""
    hashes = np.empty(len(firsts), np.uint64)
    for i in range(len(firsts)):
        hashes[i] = _window_hash(codes, firsts[i])
    return hashes


@compiled
def hashes_of_texts(codes: Int32s, text_offsets: Int64s, texts: Any) -> UInt64s:
    """The hashes of all windows of some texts."""
    n = 0
    for text in texts:
        n += text_offsets[text + 1] - text_offsets[text]
    hashes = np.empty(n, np.uint64)
    n = 0
    for text in texts:
        run = 0
        for last in range(text_offsets[text], text_offsets[text + 1]):
            run = 1 if codes[last] < 0 else run + 1
            if run >= WINDOW:
                hashes[n] = _window_hash(codes, last - WINDOW + 1)
                n += 1
    return hashes[:n].copy()


@compiled
def windows_among(codes: Int32s, hashes: UInt64s) -> Bools:
    """For every position, whether a window with one of these hashes begins there."""
    table = empty_table(len(hashes))
    for h in hashes:
        put(table, h, 1)
    chosen = np.zeros(len(codes), np.bool_)
    run = 0
    for last in range(len(codes)):
        run = 1 if codes[last] < 0 else run + 1
        if run >= WINDOW:
            chosen[last - WINDOW + 1] = value_of(table, _window_hash(codes, last - WINDOW + 1)) > 0
    return chosen


@compiled
def bucket_sizes(codes: Int32s, bits: int, chosen: Bools) -> Int64s:
    """How many windows fall into each of the ``2 ** bits`` buckets; all of them, or those at ``chosen`` positions."""
    sizes = np.zeros(1 << bits, np.int64)
    shift = np.uint64(64 - bits)
    run = 0
    for last in range(len(codes)):
        run = 1 if codes[last] < 0 else run + 1
        if run >= WINDOW and (len(chosen) == 0 or chosen[last - WINDOW + 1]):
            sizes[_window_hash(codes, last - WINDOW + 1) >> shift] += 1
    return sizes


@compiled
def bucketed(codes: Int32s, bits: int, first: int, after: int, sizes: Int64s, chosen: Bools) -> tuple[UInt64s, Int64s]:
    """The windows of buckets ``first`` to ``after - 1``, bucket by bucket in order of place, and where each bucket begins;
    all windows, or those at ``chosen`` positions.

    An entry holds the low half of the window's hash in its high half, and the token's position in its low half.
    """
    offsets = np.zeros(after - first + 1, np.int64)
    for bucket in range(first, after):
        offsets[bucket - first + 1] = offsets[bucket - first] + sizes[bucket]
    entries = np.empty(offsets[-1], np.uint64)
    free = offsets[:-1].copy()
    shift = np.uint64(64 - bits)
    run = 0
    for last in range(len(codes)):
        run = 1 if codes[last] < 0 else run + 1
        if run >= WINDOW and (len(chosen) == 0 or chosen[last - WINDOW + 1]):
            h = _window_hash(codes, last - WINDOW + 1)
            own = np.int64(h >> shift) - first
            if 0 <= own < len(free):
                entries[free[own]] = (h << np.uint64(32)) | np.uint64(last - WINDOW + 1)
                free[own] += 1
    return entries, offsets
