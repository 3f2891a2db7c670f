"""Files in, batches of document rows and rejects out: the only entrance to this room."""

import errno
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from assets.documents.detect import detect
from assets.documents.find import FoundFile
from assets.documents.manifest import Override
from assets.documents.options import ReadOptions
from assets.documents.readers.html import shows_words
from assets.documents.record import Record, Reject
from assets.documents.registry import FORMATS
from assets.documents.schema import DOCUMENTS, REJECTS
from assets.documents.source import Source, SourceError, oversize
from pipeline.ids import stable_id

OF_THE_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
"""Errors that say nothing about the file: it may be read another time, so they end the run and are not rejects."""

PORTION_FILES = 256
PORTION_BYTES = 4 << 20
"""What a worker reads at a time: files of so many bytes together, or one that is larger."""
MOST_BYTES = 32 << 20
"""What a worker gives back of a portion; an archive or a file of many records may hold any number of documents."""

CRASHED = (
    "reading it ended each process that tried, also with nothing beside it; memory may have run out: divide the file, or save it "
    "in another format"
)

_LETTER = re.compile(r"[^\W\d_]")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class DocumentBatch:
    """Some of what was read: rows of ``DOCUMENTS`` and of ``REJECTS``; ``n_seen`` counts both."""

    documents: pl.DataFrame
    rejects: pl.DataFrame
    n_seen: int


def read_documents(files: Sequence[FoundFile], options: ReadOptions) -> Iterator[DocumentBatch]:
    """Read every file into batches of at most ``batch_rows`` rows or about ``batch_bytes`` bytes, in the order given.

    Whatever is wrong with a file becomes a reject; nothing a file holds raises. Documents of equal bytes get equal ids
    and are all delivered.
    """
    rows = _Rows()
    for file in files:
        for path, item in _read_file(file, options):
            if isinstance(item, Reject):
                rows.add_reject(path, file.modified_at, item)
            else:
                rows.add(path, file.modified_at, item, _override(file, path), options)
            if rows.full(options):
                yield rows.batch()
                rows = _Rows()
    if rows.n_seen:
        yield rows.batch()


def portions(files: Sequence[FoundFile]) -> Iterator[Sequence[FoundFile]]:
    """The files in their order, as many at a time as are worth a message to a worker; an archive is one file."""
    begin, held = 0, 0
    for number, file in enumerate(files):
        if number > begin and (number - begin == PORTION_FILES or held + file.n_bytes > PORTION_BYTES):
            yield files[begin:number]
            begin, held = number, 0
        held += file.n_bytes
    if files:
        yield files[begin:]


def read_portion(files: Sequence[FoundFile], options: ReadOptions) -> list[list[DocumentBatch] | None]:
    """What :func:`read_documents` gives of each file, in a worker on this machine or another.

    ``None`` stands for a file that is to be read where it was found: it holds more than a message may, or this machine
    does not see it as it was found.
    """
    n_left: float = MOST_BYTES
    read: list[list[DocumentBatch] | None] = []
    for file in files:
        batches: list[DocumentBatch] | None = None
        if file.n_bytes <= n_left and _is_as_found(file):
            batches = []
            for batch in read_documents([file], options):
                batches.append(batch)
                n_left -= int(batch.documents.estimated_size())
                if n_left < 0:
                    batches = None
                    break
        read.append(batches)
    return read


def read_in_vain(files: Sequence[FoundFile], options: ReadOptions) -> list[list[DocumentBatch] | None]:
    """``None`` of each file that can be read: it is to be read where it was found, and does not end whoever does so."""
    for _ in read_documents(files, options):
        pass
    return [None for _ in files]


def crashed(files: Sequence[FoundFile]) -> list[list[DocumentBatch] | None]:
    """In place of what :func:`read_portion` gives of a file that ends every process that reads it."""
    (file,) = files
    rows = _Rows()
    rows.add_reject(file.name, file.modified_at, Reject(-1, "crashed", CRASHED, file.n_bytes))
    return [[rows.batch()]]


def _is_as_found(file: FoundFile) -> bool:
    try:
        there = file.path.stat()
    except OSError:
        return False
    return (there.st_size, there.st_mtime_ns, os.access(file.path, os.R_OK)) == (
        file.n_bytes,
        file.changed_ns,
        file.readable,
    )


def _override(file: FoundFile, path: str) -> Override | None:
    """The manifest row for this label: the member's own, or that of a folder above it, or the file's."""
    rows = dict(file.members)
    member = path[len(file.name) + 1 :]
    while member and rows:
        if member in rows:
            return rows[member]
        member = member[: max(member.rfind("/"), member.rfind("!"), 0)]
    return file.override


def _read_file(file: FoundFile, options: ReadOptions) -> Iterator[tuple[str, Record | Reject]]:
    if file.is_manifest:
        yield from ((file.name, problem) for problem in file.problems)
        return
    try:
        with file.path.open("rb") as opened:
            source = Source(file.name, file.path.name, opened, file.modified_at, n_bytes=file.n_bytes, file=file.path)
            yield from _read_source(source, options)
    except OSError as error:
        if error.errno in OF_THE_MACHINE:
            raise
        detail = f"the file cannot be opened: {error.strerror}; check that it exists and that you may read it"
        yield file.name, Reject(-1, "unreadable", detail, file.n_bytes)


def _read_source(source: Source, options: ReadOptions) -> Iterator[tuple[str, Record | Reject]]:
    """All records of a source and of the sources within it; damage ends the source with one reject."""
    n_items = 0
    within = False
    try:
        for item in detect(source, FORMATS).read(source, options):
            if isinstance(item, Source):
                within = True
                yield from _read_source(item, options)
            else:
                n_items += 1
                yield source.path, item
    except SourceError as error:
        # The place where a stream of records breaks; -1 for a whole file, and for an archive, whose members have places.
        record_no = n_items if n_items and not within else -1
        yield source.path, Reject(record_no, error.reason, error.detail, source.size)
        return
    if not n_items and not within:
        yield source.path, Reject(-1, "empty", "it has no records; remove the file or fetch it again", source.size)


@dataclass
class _Rows:
    """The rows of one batch as columns."""

    documents: dict[str, list[object]] = field(default_factory=lambda: {name: [] for name in DOCUMENTS.column_names})
    rejects: dict[str, list[object]] = field(default_factory=lambda: {name: [] for name in REJECTS.column_names})
    n_seen: int = 0
    n_characters: int = 0

    def full(self, options: ReadOptions) -> bool:
        return self.n_seen >= options.batch_rows or self.n_characters >= options.batch_bytes

    def batch(self) -> DocumentBatch:
        documents = pl.DataFrame(self.documents, schema=DOCUMENTS.polars_schema)
        return DocumentBatch(documents, pl.DataFrame(self.rejects, schema=REJECTS.polars_schema), self.n_seen)

    def add_reject(self, path: str, modified_at: datetime, reject: Reject) -> None:
        self.n_seen += 1
        values = (path, reject.record_no, reject.reason, _fit(reject.detail), reject.n_bytes, modified_at)
        for column, value in zip(self.rejects.values(), values, strict=True):
            column.append(value)

    def add(
        self, path: str, modified_at: datetime, record: Record, override: Override | None, options: ReadOptions
    ) -> None:
        problem = _problem(record, options)
        if problem is not None:
            self.add_reject(
                path, modified_at, Reject(record.record_no, problem.reason, problem.detail, len(record.raw))
            )
            return
        from_record = any((record.url, record.outlet, record.title, record.published, record.authors))
        hints_from = "record" if from_record else None
        id_parts: tuple[str, ...] = ()
        if override is not None:
            record, hints_from, id_parts = override.apply(record), "manifest", override.id_parts
        self.n_seen += 1
        self.n_characters += len(record.content)
        values = (
            stable_id(record.raw, *id_parts), path, record.record_no, record.format, len(record.raw), record.encoding,
            _hint(record.url), _hint(record.outlet), _hint(record.title), _hint(record.published),
            [_fit(author) for author in record.authors], record.content_type, hints_from,
            _fit(_line_feeds(record.content)), modified_at,
        )  # fmt: skip
        for column, value in zip(self.documents.values(), values, strict=True):
            column.append(value)


def _problem(record: Record, options: ReadOptions) -> SourceError | None:
    """Why this record cannot be a document, if it cannot."""
    if len(record.raw) > options.max_file_bytes:
        return oversize("this record", len(record.raw), options.max_file_bytes)
    if not record.content or record.content.isspace():
        return SourceError("empty", "it has no text; remove it or fetch it again")
    if record.content_type == "html" and not shows_words(record.content):
        return SourceError(
            "wordless", "the page has no words; if a script adds them, save it from a browser once it has loaded"
        )
    if record.content_type != "html" and not _LETTER.search(record.content):
        return SourceError("wordless", "it has no words, only numbers and marks; remove it or fetch it again")
    return None


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _fit(text: str) -> str:
    """Text that every table can hold: no NUL, no half of a surrogate pair."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _HALF_PAIR.sub("\ufffd", text)
    return text


def _hint(text: str | None) -> str | None:
    return (_fit(text).strip() or None) if text else None
