"""CSV and TSV with a header line: one article per row."""

import csv
import io
import re
from collections import deque
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
_NO_HEADER = "the first line is an article, not column names; put a header line above it, such as: title,text,published"


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
    """Decoded lines for the CSV parser; remembers those of the current row, and what it passed over."""

    def __init__(self, text: ByteText, limit: int) -> None:
        self._text = text
        self._lines = bounded_lines(text.stream, limit)
        self._again: deque[tuple[str, str, int]] = deque()
        self._row: list[tuple[str, str, int]] = []
        self.passed_over: list[LongLine] = []

    def __iter__(self) -> Iterator[str]:
        while (line := self._again.popleft() if self._again else self._next()) is not None:
            self._row.append(line)
            yield line[0]

    def _next(self) -> tuple[str, str, int] | None:
        for line in self._lines:
            if isinstance(line, LongLine):
                self.passed_over.append(line)
                continue
            decoded, encoding = decode_piece(line, self._text)
            return decoded.replace("\x00", ""), encoding, len(line)
        return None

    def begin_row(self) -> None:
        """What was read so far belongs to earlier rows."""
        self._row.clear()

    def keep_first(self) -> None:
        """The row is only its first line: the others are handed out again."""
        self._again.extendleft(reversed(self._row[1:]))
        del self._row[1:]

    @property
    def n_bytes(self) -> int:
        return sum(n_bytes for _, _, n_bytes in self._row)

    @property
    def encoding(self) -> str:
        """How the row is encoded: as the file, unless a line of it is not."""
        own = self._text.original
        return next((encoding for _, encoding, _ in self._row if encoding != own), own)

    def has_open_quotation(self, delimiter: str) -> bool:
        """Whether a quotation mark of the row never closes, so that it has taken in the rows below."""
        if len(self._row) < 2:
            return False
        try:
            next(csv.reader((line for line, _, _ in self._row), delimiter=delimiter, strict=True), None)
        except csv.Error:
            return True
        return False


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
    delimiter = _delimiter(sample)
    rows = csv.reader(iter(lines), delimiter=delimiter)
    header: list[str] = []
    record_no = -1
    while True:
        lines.begin_row()
        broken = None
        cells: list[str] | None = None
        try:
            cells = next(rows, None)
        except csv.Error as error:
            broken = str(error)
        for passed in lines.passed_over:
            record_no += 1
            problem = oversize(f"line {rows.line_num + 1}", passed.n_bytes, options.max_file_bytes)
            yield Reject(record_no, problem.reason, problem.detail, passed.n_bytes)
        lines.passed_over.clear()
        if broken is not None or lines.has_open_quotation(delimiter):
            # The row ends with its first line, and the parser starts again after it.
            lines.keep_first()
            rows = csv.reader(iter(lines), delimiter=delimiter)
            record_no += 1
            yield Reject(record_no, "malformed_record", _broken_row(record_no, broken), lines.n_bytes)
        elif cells is None:
            return
        elif not header:
            if max(map(len, cells), default=0) > _LONGEST_NAME:
                raise SourceError("malformed_record", _NO_HEADER)
            header = _names(cells)
        elif cells:
            record_no += 1
            yield _row(record_no, header, cells, lines, options)


def _broken_row(record_no: int, error: str | None) -> str:
    what = error or "a cell never ends"
    return f"row {record_no + 1} cannot be read ({what}); look for a quotation mark that never closes"


def _names(cells: list[str]) -> list[str]:
    return [cell.strip() or f"column_{number}" for number, cell in enumerate(cells, start=1)]


def _row(record_no: int, header: list[str], cells: list[str], lines: _Lines, options: ReadOptions) -> Item:
    if len(cells) > len(header):
        problem = f"row {record_no + 1} has {len(cells)} cells for {len(header)} columns; quote a cell that holds the delimiter"
        return Reject(record_no, "malformed_record", problem, lines.n_bytes)
    record: dict[str, object] = dict(zip(header, cells, strict=False))
    return field_record(record_no, orjson.dumps(record), record, "csv", lines.encoding, options.mapping)


FORMAT = Format("csv", _matches, _read)
