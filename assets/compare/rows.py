"""A comparison as rows of two cells, paragraph beside paragraph, with what differs marked in each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from assets.compare.align import Kind, Passage
from assets.compare.articles import Comparison

INLINE = 8
"""Tokens up to which words of one side alone stand in the paragraph that they were taken from or put into."""


@dataclass(frozen=True)
class Piece:
    """Words of one side: what they are, and the text."""

    kind: Kind
    text: str


@dataclass
class Row:
    """What stands side by side; a side may be empty."""

    a: list[Piece] = field(default_factory=list)
    b: list[Piece] = field(default_factory=list)

    def add(self, pieces: tuple[list[Piece], list[Piece]]) -> None:
        self.a += [piece for piece in pieces[0] if piece.text]
        self.b += [piece for piece in pieces[1] if piece.text]

    @property
    def is_shared(self) -> bool:
        """Whether both sides say the same."""
        return all(piece.kind == "shared" for piece in (*self.a, *self.b))


def rows(comparison: Comparison) -> list[Row]:
    """All passages, in order; a new row begins with a paragraph of both, and around what only one side has."""
    cut: list[Row] = [Row()]
    alone = False
    for passage in comparison.passages:
        for part in _paragraphs(comparison, passage):
            stands_alone = _stands_alone(comparison, part)
            if stands_alone != alone or (not stands_alone and _opens_both(comparison, part)):
                cut.append(Row())
            cut[-1].add(pieces(comparison, part))
            alone = stands_alone
    return [row for row in cut if row.a or row.b]


def _stands_alone(comparison: Comparison, passage: Passage) -> bool:
    if passage.n_a and passage.n_b:
        return False
    opens = comparison.a.opens[passage.a_start] if passage.n_a else comparison.b.opens[passage.b_start]
    return opens or passage.n_a + passage.n_b > INLINE


def _opens_both(comparison: Comparison, passage: Passage) -> bool:
    return bool(
        passage.n_a and passage.n_b and comparison.a.opens[passage.a_start] and comparison.b.opens[passage.b_start]
    )


def _paragraphs(comparison: Comparison, passage: Passage) -> Iterator[Passage]:
    """A shared passage cut where both sides begin a paragraph; any other whole."""
    starts = [0]
    if passage.kind == "shared":
        starts += [
            at
            for at in range(1, passage.n_a)
            if comparison.a.opens[passage.a_start + at] and comparison.b.opens[passage.b_start + at]
        ]
    for first, last in zip(starts, [*starts[1:], None], strict=True):
        yield Passage(
            passage.kind,
            passage.a_start + first,
            passage.a_end if last is None else passage.a_start + last,
            passage.b_start + first,
            passage.b_end if last is None else passage.b_start + last,
        )


def pieces(comparison: Comparison, passage: Passage) -> tuple[list[Piece], list[Piece]]:
    """The words of both sides; of a changed passage, those that both have are shared pieces."""
    if passage.kind != "changed":
        text_a, text_b = comparison.texts(passage)
        return [Piece(passage.kind, text_a)], [Piece(passage.kind, text_b)]
    in_a: list[Piece] = []
    in_b: list[Piece] = []
    codes_a = comparison.a.codes[passage.a_start : passage.a_end]
    codes_b = comparison.b.codes[passage.b_start : passage.b_end]
    for run in LCSseq.opcodes(codes_a, codes_b):
        kind: Kind = "shared" if run.tag == "equal" else "changed"
        in_a.append(Piece(kind, comparison.a.words(passage.a_start + run.src_start, passage.a_start + run.src_end)))
        in_b.append(Piece(kind, comparison.b.words(passage.b_start + run.dest_start, passage.b_start + run.dest_end)))
    return in_a, in_b
