"""A stream of bytes to be read once, from a file, from a compressed file or from a member of an archive."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, cast

HEAD_BYTES = 64 * 1024
BUFFER_BYTES = 256 * 1024


class SourceError(ValueError):
    """The source cannot be read (further): ``reason`` is one of ``schema.REASONS``, the message says what to do."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class MachineError(RuntimeError):
    """This machine cannot go on, which says nothing about the file: no reject, the run ends and reads it another time."""


class _Counted(io.RawIOBase):
    """The stream behind a source: its head again, then the rest; counts what was read, names what failed."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self.n_read = 0
        self.failed = False
        self.head, self._failure = self._read_head()
        self._position = 0

    def _read_head(self) -> tuple[bytes, SourceError | None]:
        head = bytearray()
        while len(head) < HEAD_BYTES:
            try:
                chunk = self._read(HEAD_BYTES - len(head))
            except SourceError as failure:
                return bytes(head), failure
            if not chunk:
                break
            head += chunk
        return bytes(head), None

    def _read(self, size: int) -> bytes:
        try:
            chunk = self._inner.read(size) or b""
        except SourceError:
            self.failed = True
            raise
        except OSError as error:
            self.failed = True
            raise SourceError("unreadable", f"reading failed after {self.n_read} bytes: {error}") from error
        self.n_read += len(chunk)
        return chunk

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._position < len(self.head):
            chunk = self.head[self._position : self._position + len(buffer)]
            self._position += len(chunk)
        elif self._failure is not None:
            raise self._failure
        else:
            try:
                chunk = self._read(len(buffer))
            except SourceError as failure:
                self._failure = failure
                raise
        buffer[: len(chunk)] = chunk
        return len(chunk)


class _Stream(io.BufferedReader):
    """A buffered stream that hands out what came before a failure; the next read raises it."""

    def read(self, size: int | None = -1) -> bytes:
        wanted = -1 if size is None else size
        pieces: list[bytes] = []
        while wanted:
            try:
                piece = self.read1(BUFFER_BYTES if wanted < 0 else min(wanted, BUFFER_BYTES))
            except SourceError:
                if not pieces:
                    raise
                break
            if not piece:
                break
            pieces.append(piece)
            wanted = wanted - len(piece) if wanted > 0 else wanted
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class Within(NamedTuple):
    """The source around another, and how many archives, and archives and compressions, surround it."""

    source: "Source"
    depth: int
    layers: int


class Source:
    """What a reader reads: a label for its rows, a name to guess by, the first bytes, and the stream.

    ``path`` is the label in the tables (``inbox/a.zip!b.txt``), ``name`` the file name without compression endings,
    ``n_bytes`` the size where it is known beforehand, ``file`` the place on disk where the stream is a whole file,
    ``within`` what it lies in.
    """

    def __init__(
        self,
        path: str,
        name: str,
        stream: BinaryIO,
        modified_at: datetime,
        n_bytes: int | None = None,
        file: Path | None = None,
        within: Within | None = None,
    ) -> None:
        self.path = path
        self.name = name
        self.modified_at = modified_at
        self.n_bytes = n_bytes
        self.depth = within.depth if within else 0
        self.layers = within.layers if within else 0
        self.file = file
        # How often each member's name has come, by its hash, since an archive may have a million members.
        self.namesakes: dict[int, int] = {}
        self._around = within.source if within else None
        self._counted = _Counted(stream)
        self.stream = _Stream(self._counted, BUFFER_BYTES)

    @property
    def head(self) -> bytes:
        """The first bytes, at most ``HEAD_BYTES``; asking for them does not move the stream."""
        return self._counted.head

    @property
    def n_read(self) -> int:
        """Bytes that have been taken from the stream so far."""
        return self._counted.n_read

    @property
    def size(self) -> int:
        """What is known of the source's size in bytes: as stated, else as read, else that of the source around it."""
        if self.n_bytes is not None:
            return self.n_bytes
        return self.n_read or (self._around.size if self._around is not None else 0)

    @property
    def failed(self) -> bool:
        """Whether the stream has broken off; what was read before it did is good."""
        return self._counted.failed

    def read_document(self, limit: int) -> bytes:
        """All bytes of a source that is one document; a source over the limit is refused before it fills the memory."""
        if self.n_bytes is not None and self.n_bytes > limit:
            raise oversize("this document", self.n_bytes, limit)
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise oversize("this document", None, limit)
        # The end must be the end: a document that broke off is not one.
        self.stream.read(1)
        return data

    @contextmanager
    def random_access(self, limit: int) -> Iterator[BinaryIO]:
        """The whole source as a file one can seek in: the file itself, or a temporary copy of at most ``limit`` bytes."""
        if self.file is not None:
            with self.file.open("rb") as opened:
                yield opened
            return
        with _temporary_file() as copy:
            n_copied = 0
            while data := self.stream.read(BUFFER_BYTES):
                n_copied += len(data)
                if n_copied > limit:
                    raise SourceError(
                        "archive_limit", f"this member expands to more than {limit} bytes; unpack it first"
                    )
                _write(copy, data)
            copy.seek(0)
            yield cast(BinaryIO, copy)


@contextmanager
def _temporary_file() -> Iterator[IO[bytes]]:
    try:
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - only its making is guarded
    except OSError as error:
        raise MachineError(f"cannot create a temporary file: {error}") from error
    with copy:
        yield copy


def _write(copy: IO[bytes], data: bytes) -> None:
    try:
        copy.write(data)
        copy.flush()
    except OSError as error:
        raise MachineError(f"a temporary copy cannot be written to {tempfile.gettempdir()!r}: {error}") from error


def oversize(what: str, n_bytes: int | None, limit: int) -> SourceError:
    """The only wording for documents over the limit."""
    size = f"{n_bytes} bytes" if n_bytes is not None else "larger"
    return SourceError(
        "oversize",
        f"{what} is {size}, the limit for one document is {limit}; split it or raise max_file_mb in verbatim.toml",
    )
