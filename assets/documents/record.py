"""What a reader delivers: a record that is a document, or a record that could not be taken."""

from dataclasses import dataclass


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
