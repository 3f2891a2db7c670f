"""Lines of a stream, however long the stream and however long a line."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from assets.documents.decode import BYTE_ORDER_MARKS, sniff_encoding
from assets.documents.source import BUFFER_BYTES, Source

_SKIP_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line over the limit: passed over, its size kept."""

    n_bytes: int


class _AsUtf8(io.RawIOBase):
    """A stream in a wide encoding, read as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._rest = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest and not self._ended:
            data = self._stream.read(BUFFER_BYTES)
            self._ended = not data
            self._rest = self._decoder.decode(data, not data).encode("utf-8", "replace")
        chunk = self._rest[: len(buffer)]
        self._rest = self._rest[len(chunk) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


@dataclass(frozen=True)
class ByteText:
    """A stream of text as bytes that keep ASCII as it is, the encoding to decode pieces in, and the one to report."""

    stream: BinaryIO
    encoding: str
    original: str


def open_text(source: Source) -> ByteText:
    """The source's stream behind its byte order mark; UTF-16 and UTF-32 are read as UTF-8."""
    encoding = sniff_encoding(source.head)
    mark = next((mark for mark, name in BYTE_ORDER_MARKS if name == encoding and source.head.startswith(mark)), b"")
    source.stream.read(len(mark))
    if encoding.startswith(("utf-16", "utf-32")):
        return ByteText(io.BufferedReader(_AsUtf8(source.stream, encoding), BUFFER_BYTES), "utf-8", encoding)
    return ByteText(source.stream, encoding, encoding)


def decode_piece(piece: bytes, text: ByteText) -> tuple[str, str]:
    """One record decoded, and the encoding it was in; UTF-8 before the encoding of the stream's head."""
    try:
        return piece.decode("utf-8"), text.original if text.encoding == "utf-8" else "utf-8"
    except UnicodeDecodeError:
        pass
    fallback = "cp1252" if text.encoding == "utf-8" else text.encoding
    return piece.decode(fallback, "replace"), fallback


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[bytes | LongLine]:
    """Lines with their ends; one of more than ``limit`` bytes is passed over without being held."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        n_bytes = len(line)
        while not line.endswith(b"\n"):
            line = stream.readline(_SKIP_BYTES)
            if not line:
                break
            n_bytes += len(line)
        yield LongLine(n_bytes)
