"""Lines that a page's width broke, joined to paragraphs again."""

import re
from collections.abc import Callable, Sequence

_HYPHENATED = re.compile(r"[^\W\d_]-$")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


def width_of(lines: Sequence[str]) -> int:
    """The width of a page, taken from its longest lines."""
    widths = sorted(len(line.strip()) for line in lines if line.strip())
    return widths[int(0.9 * (len(widths) - 1))] if widths else 0


def join_wrapped(
    lines: Sequence[str], width: int | None = None, opens: Callable[[str], bool] = lambda _: False
) -> list[str]:
    """Paragraphs of a page: a line goes on in the next unless it is short or the next starts a new one.

    A blank line always ends a paragraph, and so does the next line that ``opens`` one. The page's ``width`` is that of its
    lines unless given.
    """
    width = width_of(lines) if width is None else width
    paragraphs: list[str] = []
    is_open = False
    for line in (line.strip() for line in lines):
        if not line:
            is_open = False
            continue
        is_open = is_open and not opens(line)
        if is_open and _HYPHENATED.search(paragraphs[-1]) and line[:1].islower():
            paragraphs[-1] = paragraphs[-1][:-1] + line
        elif is_open:
            paragraphs[-1] += " " + line
        else:
            paragraphs.append(line)
        is_full = len(line) >= 0.75 * width
        is_open = is_full if _SENTENCE_END.search(line) is None else len(line) >= 0.92 * width
    return paragraphs


def join_blocks(lines: list[str]) -> list[str]:
    """Paragraphs that blank lines part; within one, lines broken at a fixed width are joined, others kept."""
    paragraphs: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line.strip())
            continue
        if block:
            is_wrapped = max(map(len, block)) <= 110 and all(len(line) >= 40 for line in block[:-1])
            paragraphs += [" ".join(block)] if is_wrapped else block
        block = []
    return paragraphs
