"""Lines of a stream, however long the stream and however long a line."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from assets.documents.decode import BYTE_ORDER_MARKS, as_mixed, mended, sniff_encoding
from assets.documents.source import BUFFER_BYTES, Source

# What a stream may turn out to be where its head has few letters that are not ASCII; in others, UTF-8 appears by chance.
_ONE_BYTE = frozenset(["utf-8", "cp1252", "cp1250", "iso8859-2", "cp1257"])
_SKIP_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line over the limit: passed over, its size kept."""

    n_bytes: int


class _AsUtf8(io.RawIOBase):
    """A stream in a wide encoding, or in UTF-8 with wrong bytes in it, read as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogateescape" if encoding == "utf-8" else "replace")
        self._rest = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest and not self._ended:
            data = self._stream.read(BUFFER_BYTES)
            self._ended = not data
            self._rest = mended(self._decoder.decode(data, not data)).encode("utf-8", "replace")
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
    """The source's stream after its byte order mark; UTF-16 and UTF-32 are read as UTF-8."""
    encoding = sniff_encoding(source.head)
    mark = next((mark for mark, name in BYTE_ORDER_MARKS if name == encoding and source.head.startswith(mark)), b"")
    source.stream.read(len(mark))
    if encoding.startswith(("utf-16", "utf-32")):
        return ByteText(io.BufferedReader(_AsUtf8(source.stream, encoding), BUFFER_BYTES), "utf-8", encoding)
    return ByteText(source.stream, encoding, encoding)


def mended_stream(text: ByteText) -> BinaryIO:
    """A stream of UTF-8 in which a wrong byte is read as Windows-1252, for parsers that stop at one."""
    if text.encoding != "utf-8":
        return text.stream
    return io.BufferedReader(_AsUtf8(text.stream, "utf-8"), BUFFER_BYTES)


def decode_piece(piece: bytes, text: ByteText) -> tuple[str, str]:
    """One record decoded, and the encoding it was in: UTF-8, UTF-8 with single wrong bytes, that of the stream's head."""
    try:
        return piece.decode("utf-8"), text.original if text.encoding == "utf-8" else "utf-8"
    except UnicodeDecodeError:
        pass
    mixed = as_mixed(piece) if text.encoding in _ONE_BYTE else None
    if mixed is not None:
        return mixed.text, mixed.encoding
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
