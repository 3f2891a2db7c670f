"""Spreadsheets (.xlsx, .xls, .xlsb, .ods): one article per row, of every sheet that has a line with the names of its columns.

Press databases put a title, what was searched for, or empty rows above that line.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice

import fastexcel
import orjson

from assets.documents.columns import knows_any, knows_text
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import MIB, ReadOptions
from assets.documents.readers.shared.field_record import field_record
from assets.documents.record import Reject
from assets.documents.source import Source, SourceError, oversize

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_WORKBOOK = "Workbook".encode("utf-16-le")
_MIDNIGHT = re.compile(r"\d{4}-\d\d-\d\d 00:00:00")
_LONGEST_NAME = 80
# How far down the line with the names may be.
_HEADER_ROWS = 40
# A sheet is read whole, so what it unpacks to is bounded.
_MOST_EXPANDED = 8


def _matches(head: Head) -> bool:
    if head.data.startswith(b"PK\x03\x04"):
        return (
            b"xl/workbook" in head.data
            or b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in head.data[:256]
            or head.ends_with(".xlsx", ".xlsm", ".xlsb", ".ods")
        )
    return head.data.startswith(_OLD_OFFICE) and (head.ends_with(".xls") or _WORKBOOK in head.data)


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    raw = source.read_document(options.max_file_bytes)
    _check_size(source, raw, options)
    try:
        with _panics_as_errors():
            book = fastexcel.read_excel(raw)
            names = book.sheet_names
    except fastexcel.FastExcelError as error:
        raise SourceError("damaged", f"the spreadsheet cannot be opened ({_line(error)}); save it again") from error
    record_no = -1
    for name in names:
        for item in _sheet(book, name, record_no + 1, options):
            record_no += 1
            yield item


@contextmanager
def _panics_as_errors() -> Iterator[None]:
    """The library's parser may panic on damaged files, which is not an ``Exception`` and has no class that can be imported."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise fastexcel.FastExcelError(str(error)) from error


def _check_size(source: Source, raw: bytes, options: ReadOptions) -> None:
    if not raw.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            n_expanded = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError("damaged", f"the spreadsheet cannot be opened ({error}); save it again") from error
    if n_expanded > 32 * MIB and n_expanded > options.max_expansion_ratio * len(raw):
        raise SourceError(
            "archive_limit",
            f"it expands more than {options.max_expansion_ratio} times, as a zip bomb does; save it as CSV",
        )
    if n_expanded > _MOST_EXPANDED * options.max_file_bytes:
        raise oversize("the unpacked spreadsheet", n_expanded, _MOST_EXPANDED * options.max_file_bytes)


def _sheet(book: fastexcel.ExcelReader, name: str, first_no: int, options: ReadOptions) -> Iterator[Item]:
    try:
        # As text, a date is written by the calendar, whatever the sheet shows it as.
        with _panics_as_errors():
            table = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        detail = f"the sheet {name!r} cannot be read ({_line(error)}); save it as CSV"
        yield Reject(first_no, "damaged", detail, 0)
        return
    lines = ([_plain(cell) for cell in row] for row in table.iter_rows())
    top = list(islice(lines, _HEADER_ROWS))
    if not any(map(any, top)):
        return
    header = _header(top, options)
    if header is None:
        yield Reject(first_no, "malformed_record", _no_header(name, top), 0)
        return
    row, names = header
    record_no = first_no
    for cells in chain(top[row + 1 :], lines):
        record: dict[str, object] = {column: cell for column, cell in zip(names, cells, strict=True) if cell}
        if not record:
            continue
        raw = orjson.dumps(record)
        if len(raw) > options.max_file_bytes:
            problem = oversize(f"row {record_no + 1}", len(raw), options.max_file_bytes)
            yield Reject(record_no, problem.reason, problem.detail, len(raw))
        else:
            yield field_record(record_no, raw, record, "spreadsheet", "utf-8", options.mapping)
        record_no += 1


def _header(top: list[list[str]], options: ReadOptions) -> tuple[int, list[str]] | None:
    """The first line whose cells are names of columns, one of them of the text; else the first that names two roles."""
    for knows in (knows_text, knows_any):
        for number, line in enumerate(top):
            if sum(map(bool, line)) < 2 or max(map(len, line)) > _LONGEST_NAME:
                continue
            names = [cell or f"column_{position}" for position, cell in enumerate(line, start=1)]
            if knows(names, options.mapping) and knows_any(names, options.mapping):
                return number, names
    return None


def _no_header(name: str, top: list[list[str]]) -> str:
    shown = ", ".join(cell for line in top for cell in line if cell)[:120]
    return (
        f"the sheet {name!r} has no line with known column names (it begins: {shown}); put one above the articles, such as "
        "title, text, published, or name the columns in the settings' mapping"
    )


def _plain(cell: str | None) -> str:
    """A cell's text; a day that the sheet stores as its midnight is a day."""
    text = (cell or "").strip()
    return text.removesuffix(" 00:00:00") if _MIDNIGHT.fullmatch(text) else text


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


FORMAT = Format("spreadsheet", _matches, _read)
