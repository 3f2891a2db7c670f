"""Rejoin hard-wrapped text: lines that a mail program or editor broke at some 60 to 100 columns.

A paragraph of a wrapped text ends where a line is blank, where the next line is indented, or where a line is so short
that the first word of the next one would still have fitted.
"""

import itertools
from collections.abc import Sequence

MIN_WIDTH, MAX_WIDTH = 55, 100
WIDEST_MARGIN = 20  # blanks at the end of a line
MIN_WRAPPED_LINES = 6
MIN_WRAPPED_SHARE = 0.6


def paragraph_spans(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Half-open ranges of line numbers, one a paragraph; blank lines belong to none.

    Text that is not hard-wrapped gives one range per line that is not blank.
    """
    width = _wrap_width(lines)
    if not width:
        return [(number, number + 1) for number, line in enumerate(lines) if line and not line.isspace()]
    spans: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if spans and spans[-1][1] == number and _runs_on(lines[number - 1], line, width):
            spans[-1] = (spans[-1][0], number + 1)
        else:
            spans.append((number, number + 1))
    return spans


def join_lines(lines: Sequence[str]) -> str:
    """The paragraph that was broken into ``lines``; a hyphen at the end of a line stays, without a space after it."""
    text = ""
    for line in lines:
        part = line.strip()
        text += part if not text or (text[-1] == "-" and text[-2:-1].isalpha()) else " " + part
    return text


def _runs_on(line: str, following: str, width: int) -> bool:
    """Was the break after ``line`` put there by the wrapping?"""
    if following[:1].isspace() and not line[:1].isspace():
        return False
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) > width


def _wrap_width(lines: Sequence[str]) -> int:
    """The column that text is wrapped at, 0 if it is not: no line of words is longer, and most runs of lines reach it."""
    width = max(map(len, lines), default=0)
    if width > MAX_WIDTH + WIDEST_MARGIN:
        return 0
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return 0
    breaks = [
        (line, following)
        for line, following in itertools.pairwise(lines)
        if line.strip() and following.strip() and " " in line.strip()
    ]
    full = [pair for pair in breaks if _runs_on(*pair, width)]
    if len(full) < MIN_WRAPPED_LINES or len(full) < MIN_WRAPPED_SHARE * len(breaks):
        return 0
    return width
