"""What a reader delivers: a record that is a document, or a record that could not be taken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from assets.documents.options import ReadOptions

if TYPE_CHECKING:
    from assets.documents.detect import Head
    from assets.documents.source import Source


@dataclass(frozen=True, slots=True)
class Record:
    """One document as its reader found it; ``raw`` is what its id and its size are taken from."""

    record_no: int
    raw: bytes
    format: str
    encoding: str
    content: str
    content_type: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """One record that was seen and not taken; ``record_no`` is -1 for a whole file."""

    record_no: int
    reason: str
    detail: str
    n_bytes: int


# A container (archive, compressed file) delivers further sources; each must be read before the next is asked for.
Item = Union[Record, Reject, "Source"]


@dataclass(frozen=True)
class Format:
    """A file format: its name in ``raw.documents.format``, how to know it by its first bytes, and its reader."""

    name: str
    matches: Callable[["Head"], bool]
    read: Callable[["Source", ReadOptions], Iterator[Item]]
