"""Gzip, Zstandard, bzip2 and xz: whatever was compressed, read through as it expands."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

import zstandard

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.containers.expand import expanded
from assets.documents.source import Source

_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, zstandard.ZstdError, ValueError)
# Four bytes of a Zstandard block can stand for 128 KiB, so little is given to the decoder at a time.
_ZSTD_INPUT_BYTES = 1024


class _ZstdReader:
    """Reads frame after frame; a frame that does not end raises, where the library's own reader keeps silent."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._input = b""
        self._output = memoryview(b"")

    def read(self, size: int) -> bytes:
        while not self._output:
            if not self._input:
                self._input = self._stream.read(_ZSTD_INPUT_BYTES)
            if not self._input:
                if self._frame is not None:
                    raise EOFError("the last frame is cut off")
                return b""
            if self._frame is None:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            self._output = memoryview(self._frame.decompress(self._input))
            self._input = b""
            if self._frame.eof:
                self._input = self._frame.unused_data
                self._frame = None
        data, self._output = self._output[:size], self._output[size:]
        return bytes(data)


def _format(name: str, magic: bytes, open_stream: Callable[[BinaryIO], object]) -> Format:
    def matches(head: Head) -> bool:
        return head.data.startswith(magic)

    def read(source: Source, options: ReadOptions) -> Iterator[Item]:
        yield expanded(source, cast(BinaryIO, open_stream(cast(BinaryIO, source.stream))), _DAMAGE, options)

    return Format(name, matches, read)


FORMATS = (
    _format("gzip", b"\x1f\x8b", lambda stream: gzip.GzipFile(fileobj=stream)),
    _format("zstd", b"\x28\xb5\x2f\xfd", _ZstdReader),
    _format("bzip2", b"BZh", bz2.BZ2File),
    _format("xz", b"\xfd7zXZ\x00", lzma.LZMAFile),
)
