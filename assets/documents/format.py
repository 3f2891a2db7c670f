"""What a file format is to the registry, and what its reader delivers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.record import Record, Reject
from assets.documents.source import Source

# A container (archive, compressed file) delivers further sources; each must be read before the next is asked for.
Item = Record | Reject | Source


@dataclass(frozen=True)
class Format:
    """A file format: its name in ``raw.documents.format``, how to know it by its first bytes, and its reader."""

    name: str
    matches: Callable[[Head], bool]
    read: Callable[[Source, ReadOptions], Iterator[Item]]
