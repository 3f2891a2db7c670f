"""Which terms stand in which documents, and how often: counted text by text, then put in the order of the terms."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.search.schema import SEARCH_POSTINGS
from assets.text.compiled import compiled

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]

POSTINGS_AT_ONCE = 1 << 22  # rows of SEARCH_POSTINGS made at a time


class Counted(NamedTuple):
    """A row per document and term that stands in it, in the order of the documents."""

    term: Int32s
    document: Int32s
    n: Int32s


@compiled
def counted(terms: Int32s, text_offsets: Int64s, first: int, n_terms: int) -> Counted:
    """The terms of some texts, the first of which is the document ``first``; ``terms`` has one for each of their tokens."""
    term, document, n = (np.empty(len(terms), np.int32), np.empty(len(terms), np.int32), np.empty(len(terms), np.int32))
    row_of_term = np.full(n_terms, -1, np.int64)
    rows = 0
    for text in range(len(text_offsets) - 1):
        first_row = rows
        for token in range(text_offsets[text], text_offsets[text + 1]):
            row = row_of_term[terms[token]]
            if row < first_row:
                row = rows
                rows += 1
                row_of_term[terms[token]] = row
                term[row], document[row], n[row] = terms[token], first + text, 0
            n[row] += 1
    return Counted(term[:rows].copy(), document[:rows].copy(), n[:rows].copy())


def by_term(batches: list[Counted], n_terms: int) -> Iterator[pl.DataFrame]:
    """The rows of ``SEARCH_POSTINGS`` in the order of their key, some at a time; the batches are taken from the list."""
    sizes = np.zeros(n_terms, np.int64)
    for batch in batches:
        sizes += np.bincount(batch.term, minlength=n_terms)
    ends: Int64s = np.cumsum(sizes)
    document, n = np.empty(int(sizes.sum()), np.int32), np.empty(int(sizes.sum()), np.int32)
    free = ends - sizes
    batches.reverse()
    while batches:
        _put(batches.pop(), free, document, n)
    first = 0
    while first < n_terms:
        before = int(ends[first - 1]) if first else 0
        after = max(int(np.searchsorted(ends, before + POSTINGS_AT_ONCE, side="right")), first + 1)
        rows = slice(before, int(ends[after - 1]))
        terms = np.repeat(np.arange(first, after, dtype=np.int32), sizes[first:after])
        yield SEARCH_POSTINGS.frame(pl.DataFrame({"term": terms, "document": document[rows], "n": n[rows]}))
        first = after


@compiled
def _put(batch: Counted, free: Int64s, document: Int32s, n: Int32s) -> None:
    for row in range(len(batch.term)):
        at = free[batch.term[row]]
        document[at], n[at] = batch.document[row], batch.n[row]
        free[batch.term[row]] = at + 1
