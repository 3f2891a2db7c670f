"""Gzip: whatever was compressed, read through."""

import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from assets.documents.detect import Head
from assets.documents.expand import expanded
from assets.documents.options import ReadOptions
from assets.documents.record import Format, Item
from assets.documents.source import Source


def _matches(head: Head) -> bool:
    return head.data.startswith(b"\x1f\x8b")


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    stream = cast(BinaryIO, gzip.GzipFile(fileobj=source.stream))
    yield expanded(source, stream, (EOFError, zlib.error, gzip.BadGzipFile), options)


FORMAT = Format("gzip", _matches, _read)
