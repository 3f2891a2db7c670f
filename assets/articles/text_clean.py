"""Which lines of a pasted or saved plain-text page are the story, what every other line is, and why it went."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assets.articles.text_repeats import LineCounts
from assets.articles.text_roles import is_byline, is_date_line, removal_reason
from assets.articles.text_rules import story_lines
from assets.articles.text_wrap import join_lines, paragraph_spans

TITLE_REACH = 40
WORD = re.compile(r"\w{3,}")


class LineRole(NamedTuple):
    """What one line of the input is; ``cut`` is a credit at its end that is not in the body, though the line is."""

    line_no: int
    text: str
    keep: bool
    role: str
    reason: str | None
    cut: str = ""


@dataclass(frozen=True)
class CleanedText:
    """A cleaned page: ``body`` has one paragraph a line, ``roles`` one entry per line of the input."""

    body: str
    roles: tuple[LineRole, ...]
    title: str | None
    byline_lines: tuple[str, ...]
    date_lines: tuple[str, ...]
    credit_lines: tuple[str, ...]

    def removed(self) -> Iterator[tuple[int, str, str]]:
        """(line number, text, reason) of everything that is not in the body, blank lines aside."""
        for role in self.roles:
            if role.reason is not None:
                yield role.line_no, role.cut or role.text, role.reason


def clean_text(text: str, siblings: LineCounts | None = None, outlet: str | None = None) -> CleanedText:
    """Clean one page; ``siblings`` and ``outlet`` tell which lines other stories of the outlet carry too."""
    return clean_texts([text], siblings, [outlet])[0]


def clean_texts(
    texts: Sequence[str], siblings: LineCounts | None = None, outlets: Sequence[str | None] | None = None
) -> list[CleanedText]:
    """Clean pages; each result depends on its own text (and ``siblings``) only, never on the batch."""
    names = outlets if outlets is not None else [None] * len(texts)
    return [_clean(text, siblings, outlet) for text, outlet in zip(texts, names, strict=True)]


def _clean(text: str, siblings: LineCounts | None, outlet: str | None) -> CleanedText:
    lines = text.splitlines()
    spans = paragraph_spans(lines)
    paragraphs = [join_lines(lines[start:end]) for start, end in spans]
    keep = story_lines(paragraphs)
    repeated = [siblings is not None and siblings.repeated(outlet, paragraph) for paragraph in paragraphs]
    keep = [kept and not again for kept, again in zip(keep, repeated, strict=True)]
    title_at = _title(paragraphs, keep)
    named: dict[int, tuple[bool, str, str | None]] = {}
    for number, (paragraph, (start, end)) in enumerate(zip(paragraphs, spans, strict=True)):
        if keep[number]:
            role, reason = "paragraph", None
        elif number == title_at:
            role, reason = "title", "title"
        else:
            reason = "repeated" if repeated[number] else removal_reason(paragraph)
            role = reason
        for line_no in range(start, end):
            named[line_no] = (keep[number], role, reason)
    blank = (False, "blank", None)
    roles = tuple(LineRole(number, line, *named.get(number, blank)) for number, line in enumerate(lines))
    return CleanedText(
        body="\n".join(paragraph for paragraph, kept in zip(paragraphs, keep, strict=True) if kept),
        roles=roles,
        title=None if title_at is None else paragraphs[title_at],
        byline_lines=tuple(p for p, kept in zip(paragraphs, keep, strict=True) if not kept and is_byline(p)),
        date_lines=tuple(p for p, kept in zip(paragraphs, keep, strict=True) if not kept and is_date_line(p)),
        credit_lines=tuple(role.text for role in roles if role.reason == "credit"),
    )


def _title(paragraphs: Sequence[str], keep: Sequence[bool]) -> int | None:
    """The line before the story that shares most words with it; None when no line before it looks like a headline."""
    first = next((number for number, kept in enumerate(keep) if kept), len(paragraphs))
    story = set(WORD.findall(" ".join(p for p, kept in zip(paragraphs, keep, strict=True) if kept)[:3000].lower()))
    best, found = 0.0, None
    for number in range(max(0, first - TITLE_REACH), first):
        line = paragraphs[number]
        words = set(WORD.findall(line.lower()))
        if not 12 <= len(line) <= 220 or len(words) < 2 or is_date_line(line) or is_byline(line):
            continue
        score = (
            len(words & story) / len(words) * min(len(words), 8) - 0.05 * (first - number) - (line[-1] in ".。" and 1.0)
        )
        if score > best:
            best, found = score, number
    return found
