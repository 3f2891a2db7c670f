"""Text exports of press archives: one file of many articles, cut at the lines between them, read as a stream."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assets.documents.lines import LongLine, bounded_lines, decode_piece, open_text
from assets.documents.options import ReadOptions
from assets.documents.record import Reject
from assets.documents.source import Source, oversize


@dataclass
class Piece:
    """The lines of one article (without their ends), its bytes, and its encoding; over the limit only its size is kept."""

    encoding: str
    lines: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    n_bytes: int = 0
    is_oversize: bool = False

    @property
    def data(self) -> bytes:
        """The article's bytes as they are in the export."""
        return b"".join(self.raw)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        return not self.is_oversize and not any(line.strip() for line in self.lines)

    def rejected(self, record_no: int, limit: int) -> Reject:
        """The reject for an article over the limit."""
        problem = oversize(f"article {record_no + 1} of this export", self.n_bytes, limit)
        return Reject(record_no, problem.reason, problem.detail, self.n_bytes)


def pieces(
    source: Source, options: ReadOptions, begins: Callable[[str], bool], ends: Callable[[str], bool]
) -> Iterator[Piece]:
    """The articles one at a time; ``begins`` and ``ends`` tell the lines between them.

    A line that ends an article belongs to it, one that begins an article to the next.
    """
    text = open_text(source)
    piece = Piece(text.original)
    for line in bounded_lines(text.stream, options.max_file_bytes):
        if isinstance(line, LongLine):
            piece.n_bytes += line.n_bytes
            _drop(piece)
            continue
        decoded, encoding = decode_piece(line, text)
        stripped = decoded.rstrip("\r\n").replace("\xa0", " ")
        if begins(stripped) and not piece.is_blank:
            yield piece
            piece = Piece(text.original)
        piece.n_bytes += len(line)
        if piece.n_bytes > options.max_file_bytes:
            _drop(piece)
        if not piece.is_oversize:
            piece.lines.append(stripped)
            piece.raw.append(line)
            piece.encoding = encoding if encoding != text.original else piece.encoding
        if ends(stripped):
            yield piece
            piece = Piece(text.original)
    if not piece.is_blank:
        yield piece


def _drop(piece: Piece) -> None:
    piece.is_oversize = True
    piece.lines.clear()
    piece.raw.clear()


def blocks(lines: list[str]) -> list[list[str]]:
    """Lines in the groups that blank lines part, stripped."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [block for block in found if block]
