"""A document as the cleaner takes it: a row of ``raw.documents`` with what other documents say about it."""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from assets.text.dates.timestamp import Order

LISTS = ("authors_hint", "repeated_lines")


class Document(NamedTuple):
    """Columns of ``raw.documents``; ``repeated_lines`` are those of its doubtful lines that are boilerplate, ``date_order``
    says in which order the dates of its file put day and month, ``corrected_outlet`` is what a person says its outlet is."""

    content: str
    content_type: str
    document_id: str = ""
    path: str = ""
    record_no: int = 0
    n_bytes: int = 0
    url: str | None = None
    outlet_hint: str | None = None
    title_hint: str | None = None
    published_hint: str | None = None
    authors_hint: Sequence[str] = ()
    hints_from: str | None = None
    repeated_lines: Sequence[str] = ()
    date_order: Order | None = None
    corrected_outlet: str | None = None


def documents_of(frame: pl.DataFrame) -> list[Document]:
    """The rows of a frame of ``raw.documents``, which may have ``repeated_lines``, ``date_order`` and ``corrected_outlet`` besides."""
    columns = [name for name in Document._fields if name in frame.columns]
    lists = [pl.col(name).fill_null([]) for name in LISTS if name in columns]
    return [Document(**row) for row in frame.select(columns).with_columns(lists).iter_rows(named=True)]
