"""The headline among the lines above the story: the line that shares most words with it."""

import re
from collections.abc import Sequence

from assets.articles.text_roles import is_byline, is_date_line

REACH = 40
OPENING_CHARACTERS = 3000
WORD = re.compile(r"\w{3,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")


def find_title(paragraphs: Sequence[str], keep: Sequence[bool]) -> int | None:
    """Number of the headline's paragraph; None when no line above the story looks like one."""
    first = next((number for number, kept in enumerate(keep) if kept), len(paragraphs))
    story = set(
        WORD.findall(" ".join(p for p, kept in zip(paragraphs, keep, strict=True) if kept)[:OPENING_CHARACTERS].lower())
    )
    best, found = 0.0, None
    for number in range(max(0, first - REACH), first):
        line = paragraphs[number]
        if not 12 <= len(line) <= 220:
            continue
        words = set(WORD.findall(line.lower()))
        if len(words) < 2 or is_date_line(line) or is_byline(line):
            continue
        score = (
            len(words & story) / len(words) * min(len(words), 8) - 0.05 * (first - number) - (line[-1] in ".。" and 1.0)
        )
        if score > best:
            best, found = score, number
    return found
