"""A block of words, and what its line begins with."""

from typing import NamedTuple

MARKS = frozenset('“”"„«»')


class Block(NamedTuple):
    """``body[start:end]`` are somebody's words, ``body[speaker_start:speaker_end]`` names them.

    The answers of an interview may name nobody: -1, -1. ``name`` is the full name where the block itself tells it.
    """

    start: int
    end: int
    speaker_start: int
    speaker_end: int
    rule: str  # post or transcript
    name: str | None = None


def is_marked(body: str, start: int) -> bool:
    """Whether the line begins with a quotation mark: then the marks, not the block, say whose words they are."""
    return body[start] in MARKS
