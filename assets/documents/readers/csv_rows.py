"""CSV and TSV with a header line: one article a row."""

import csv
import io
import re
from collections.abc import Iterator

import orjson

from assets.documents.columns import knows_any, knows_text
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.lines import ByteText, LongLine, bounded_lines, decode_piece, open_text
from assets.documents.manifest import MANIFEST_NAME
from assets.documents.options import ReadOptions
from assets.documents.readers.shared.field_record import field_record
from assets.documents.record import Reject
from assets.documents.source import Source, SourceError, oversize

_DELIMITERS = ",\t;|"
_LONGEST_NAME = 80
_QUOTED_CELLS = re.compile(r'\ufeff?"[^"\n]*"[,;\t|]\s?"')
_NO_HEADER = (
    "the first line holds an article and no names of columns; put a header line above it, such as: title,text,published"
)


def _matches(head: Head) -> bool:
    header = _header(head.text)
    if head.ends_with(".csv", ".tsv", ".tab"):
        return len(header) >= 2 or knows_text(header, {}) or _is_quoted_row(head.text)
    return len(header) >= 3 and knows_text(header, {}) and knows_any(header, {})


def _header(text: str) -> list[str]:
    """The names of the first line; none where it does not look like names (a few may be empty, as of a numbering)."""
    first = text.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    if len(first) > 4000:
        return []
    try:
        names = next(csv.reader(io.StringIO(first), delimiter=_delimiter(first)), [])
    except csv.Error:
        return []
    n_named = sum(bool(name.strip()) for name in names)
    few_empty = 2 * n_named >= len(names)
    return names if few_empty and n_named and all(len(name) <= _LONGEST_NAME for name in names) else []


def _is_quoted_row(text: str) -> bool:
    """Does the text begin with cells in quotation marks, as rows do where the header line was left out?"""
    return _QUOTED_CELLS.match(text) is not None


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


class _Lines:
    """Decoded lines for the CSV parser; remembers what it passed over and how the current record is encoded."""

    def __init__(self, text: ByteText, limit: int) -> None:
        self._text = text
        self._lines = bounded_lines(text.stream, limit)
        self.encoding = text.original
        self.n_bytes = 0
        self.passed_over: list[LongLine] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            if isinstance(line, LongLine):
                self.passed_over.append(line)
                continue
            self.n_bytes += len(line)
            decoded, encoding = decode_piece(line, self._text)
            if encoding != self._text.original:
                self.encoding = encoding
            yield decoded.replace("\x00", "")


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    if source.name == MANIFEST_NAME:
        raise SourceError(
            "unsupported", "a manifest inside an archive is not read; put it beside the archive (path: box.zip!file)"
        )
    text = open_text(source)
    lines = _Lines(text, options.max_file_bytes)
    # The parser's own limit is one for the whole process; it is always set to the same value before use.
    csv.field_size_limit(options.max_file_bytes)
    sample = source.head.decode(text.original, "replace").lstrip("\ufeff").partition("\n")[0]
    rows = csv.reader(iter(lines), delimiter=_delimiter(sample))
    header: list[str] = []
    record_no = -1
    while True:
        lines.encoding = text.original
        lines.n_bytes = 0
        try:
            cells = next(rows, None)
        except csv.Error as error:
            raise SourceError(
                "malformed_record",
                f"row {record_no + 2} cannot be read ({error}), nor what follows it; look for a quotation mark that never closes",
            ) from error
        for passed in lines.passed_over:
            record_no += 1
            problem = oversize(f"line {rows.line_num + 1}", passed.n_bytes, options.max_file_bytes)
            yield Reject(record_no, problem.reason, problem.detail, passed.n_bytes)
        lines.passed_over.clear()
        if cells is None:
            return
        if not header:
            if max(map(len, cells), default=0) > _LONGEST_NAME:
                raise SourceError("malformed_record", _NO_HEADER)
            header = _names(cells)
        elif cells:
            record_no += 1
            yield _row(record_no, header, cells, lines, options)


def _names(cells: list[str]) -> list[str]:
    return [cell.strip() or f"column_{number}" for number, cell in enumerate(cells, start=1)]


def _row(record_no: int, header: list[str], cells: list[str], lines: _Lines, options: ReadOptions) -> Item:
    if len(cells) > len(header):
        problem = f"row {record_no + 1} has {len(cells)} cells for {len(header)} columns; quote a cell that holds the delimiter"
        return Reject(record_no, "malformed_record", problem, lines.n_bytes)
    record: dict[str, object] = dict(zip(header, cells, strict=False))
    return field_record(record_no, orjson.dumps(record), record, "csv", lines.encoding, options.mapping)


FORMAT = Format("csv", _matches, _read)
