"""Text exports of press archives: one file of many articles, cut at the lines between them, read as a stream."""

from collections.abc import Callable, Iterator

from assets.documents.lines import LongLine, bounded_lines, decode_piece, open_text
from assets.documents.options import ReadOptions
from assets.documents.source import Source, oversize

Piece = tuple[list[str], bytes, str]


def pieces(
    source: Source, options: ReadOptions, begins: Callable[[str], bool], ends: Callable[[str], bool]
) -> Iterator[Piece]:
    """The articles' lines (without their ends), bytes and encoding; ``begins`` and ``ends`` tell the lines between them.

    A line that ends an article belongs to it, one that begins an article to the next.
    """
    text = open_text(source)
    lines: list[str] = []
    raw: list[bytes] = []
    n_bytes = n_pieces = 0
    encoding = text.original
    for line in bounded_lines(text.stream, options.max_file_bytes):
        n_bytes += line.n_bytes if isinstance(line, LongLine) else len(line)
        if isinstance(line, LongLine) or n_bytes > options.max_file_bytes:
            raise oversize(f"article {n_pieces + 1} of this export", n_bytes, options.max_file_bytes)
        decoded, line_encoding = decode_piece(line, text)
        stripped = decoded.rstrip("\r\n").replace("\xa0", " ")
        is_last = ends(stripped)
        if begins(stripped) and any(earlier.strip() for earlier in lines):
            yield lines, b"".join(raw), encoding
            n_pieces += 1
            lines, raw, n_bytes, encoding = [], [], len(line), text.original
        lines.append(stripped)
        raw.append(line)
        encoding = line_encoding if line_encoding != text.original else encoding
        if is_last:
            yield lines, b"".join(raw), encoding
            n_pieces += 1
            lines, raw, n_bytes, encoding = [], [], 0, text.original
    if any(line.strip() for line in lines):
        yield lines, b"".join(raw), encoding
