"""Which entries stand in which documents, and how often: counted text by text, then put in the order of the entries."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.search.schema import SEARCH_POSTINGS
from assets.text.compiled import compiled

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]

POSTINGS_AT_ONCE = 1 << 21  # rows of SEARCH_POSTINGS made at a time


class Counted(NamedTuple):
    """A row per document and entry that stands in it, in the order of the documents; both by their number as they came."""

    entry: Int32s
    document: Int32s
    n: Int32s


@compiled
def counted(entries: Int32s, text_offsets: Int64s, first: int, n_entries: int) -> Counted:
    """The entries of some texts, the first of which is the document ``first``; ``entries`` has one for each of their tokens."""
    entry = np.empty(len(entries), np.int32)
    document, n = np.empty(len(entries), np.int32), np.empty(len(entries), np.int32)
    row_of_entry = np.full(n_entries, -1, np.int64)
    rows = 0
    for text in range(len(text_offsets) - 1):
        first_row = rows
        for token in range(text_offsets[text], text_offsets[text + 1]):
            row = row_of_entry[entries[token]]
            if row < first_row:
                row = rows
                rows += 1
                row_of_entry[entries[token]] = row
                entry[row], document[row], n[row] = entries[token], first + text, 0
            n[row] += 1
    return Counted(entry[:rows].copy(), document[:rows].copy(), n[:rows].copy())


def by_entry(batches: list[Counted], entries: Int64s, documents: Int64s) -> Iterator[pl.DataFrame]:
    """The rows of ``SEARCH_POSTINGS`` in the order of their entries, some at a time; the batches are taken from the list.

    ``entries`` and ``documents`` have what each number stands for in the index.
    """
    in_order = np.argsort(entries)
    rank = np.empty(len(entries), np.int32)
    rank[in_order] = np.arange(len(entries), dtype=np.int32)
    sizes = np.zeros(len(entries), np.int64)
    for batch in batches:
        sizes += np.bincount(rank[batch.entry], minlength=len(entries))
    ends: Int64s = np.cumsum(sizes)
    document, n = np.empty(int(sizes.sum()), np.int32), np.empty(int(sizes.sum()), np.int32)
    free = ends - sizes
    batches.reverse()
    while batches:
        _put(batches.pop(), rank, free, document, n)
    first = 0
    while first < len(entries):
        before = int(ends[first - 1]) if first else 0
        after = max(int(np.searchsorted(ends, before + POSTINGS_AT_ONCE, side="right")), first + 1)
        rows = slice(before, int(ends[after - 1]))
        named = np.repeat(entries[in_order[first:after]], sizes[first:after])
        yield SEARCH_POSTINGS.frame(pl.DataFrame({"entry": named, "document": documents[document[rows]], "n": n[rows]}))
        first = after


@compiled
def _put(batch: Counted, rank: Int32s, free: Int64s, document: Int32s, n: Int32s) -> None:
    for row in range(len(batch.entry)):
        at = free[rank[batch.entry[row]]]
        document[at], n[at] = batch.document[row], batch.n[row]
        free[rank[batch.entry[row]]] = at + 1
