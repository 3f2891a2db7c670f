"""Which lines of a pasted or saved plain-text page are the story, what every other line is, and why it went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assets.articles.text_model import scores_of
from assets.articles.text_repeats import LineCounts
from assets.articles.text_roles import cut_credit, is_byline, is_date_line, removal_reason
from assets.articles.text_story import decide_story
from assets.articles.text_title import find_title
from assets.articles.text_wrap import join_lines, paragraph_spans

BATCH_PAGES = 256
SUBHEAD_LENGTH = 100


class LineRole(NamedTuple):
    """What one line of the input is.

    ``cut`` is the credit at the end of a kept line that did not go into the body; ``reason`` says why a line, or that
    piece of it, is not in the body, and is None for what is kept and for blank lines.
    """

    line_no: int
    text: str
    keep: bool
    role: str
    reason: str | None
    cut: str = ""


@dataclass(frozen=True)
class CleanedText:
    """A cleaned page: ``body`` has one paragraph a line, ``roles`` one entry per line of the input.

    ``byline_lines``, ``date_lines`` and ``credit_lines`` are lines as printed, for the metadata to be read from.
    """

    body: str
    roles: tuple[LineRole, ...]
    title: str | None
    byline_lines: tuple[str, ...]
    date_lines: tuple[str, ...]
    credit_lines: tuple[str, ...]

    def removed(self) -> Iterator[tuple[int, str, str]]:
        """(line number from 0, text, reason) of everything that is not in the body, blank lines aside."""
        for role in self.roles:
            if role.reason is not None:
                yield role.line_no, role.cut or role.text, role.reason


def clean_text(text: str, siblings: LineCounts | None = None, outlet: str | None = None) -> CleanedText:
    """Clean one page; ``siblings`` and ``outlet`` tell which lines other stories of the outlet carry too."""
    return clean_texts([text], siblings, [outlet])[0]


def clean_texts(
    texts: Sequence[str], siblings: LineCounts | None = None, outlets: Sequence[str | None] | None = None
) -> list[CleanedText]:
    """Clean pages; each result depends on its own text (and ``siblings``) only, never on the rest of the batch.

    ``outlets`` has one entry a text.  ValueError when the two differ in length.
    """
    names = outlets if outlets is not None else [None] * len(texts)
    if len(names) != len(texts):
        raise ValueError(
            f"clean_texts got {len(texts)} texts but {len(names)} outlets; give one outlet (or None) a text"
        )
    cleaned: list[CleanedText] = []
    for start in range(0, len(texts), BATCH_PAGES):
        pages = [_Page(text) for text in texts[start : start + BATCH_PAGES]]
        features, scores = scores_of([page.paragraphs for page in pages])
        all_scores = scores.tolist()
        for number, page in enumerate(pages):
            first, last = int(features.pages[number]), int(features.pages[number + 1])
            cleaned.append(_clean(page, all_scores[first:last], siblings, names[start + number]))
    return cleaned


class _Page:
    """The lines of a text and the paragraphs they make."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.spans = paragraph_spans(self.lines)
        self.paragraphs = [
            self.lines[start].strip() if end - start == 1 else join_lines(self.lines[start:end])
            for start, end in self.spans
        ]


def _clean(page: _Page, scores: list[float], siblings: LineCounts | None, outlet: str | None) -> CleanedText:
    paragraphs = page.paragraphs
    keep, roles = decide_story(paragraphs, scores)
    repeated: set[int] = set()
    if siblings is not None and outlet is not None:
        repeated = {number for number, paragraph in enumerate(paragraphs) if siblings.repeated(outlet, paragraph)}
        for number in repeated:
            keep[number] = False
    title_at = find_title(paragraphs, keep)
    body: list[str] = []
    named: list[tuple[bool, str, str | None, str]] = []
    reasons: dict[str, str] = {}
    for number, paragraph in enumerate(paragraphs):
        if keep[number]:
            kept, cut = cut_credit(paragraph) if roles.get(number) != "embedded_post" else (paragraph, "")
            body.append(kept)
            named.append(
                (True, roles.get(number) or _kept_role(paragraph, number, keep), "credit" if cut else None, cut)
            )
            continue
        if number == title_at:
            reason = "title"
        elif number in repeated:
            reason = "repeated"
        else:
            reason = roles.get(number) or reasons.get(paragraph) or removal_reason(paragraph)
            if number not in roles:
                reasons[paragraph] = reason
        named.append((False, reason, reason, ""))
    blank = (False, "blank", None, "")
    by_line: list[tuple[bool, str, str | None, str]] = [blank] * len(page.lines)
    for (start, end), entry in zip(page.spans, named, strict=True):
        for line_no in range(start, end):
            by_line[line_no] = entry if line_no == end - 1 else (*entry[:2], None if entry[0] else entry[2], "")
    dropped = [(paragraph, entry[2]) for paragraph, entry in zip(paragraphs, named, strict=True) if not entry[0]]
    return CleanedText(
        body="\n".join(body),
        roles=tuple(LineRole(n, line, *entry) for n, (line, entry) in enumerate(zip(page.lines, by_line, strict=True))),
        title=None if title_at is None else paragraphs[title_at],
        byline_lines=tuple(line for line, reason in dropped if reason == "byline" or is_byline(line)),
        date_lines=tuple(line for line, reason in dropped if reason == "date" or is_date_line(line)),
        credit_lines=tuple(
            [line for line, reason in dropped if reason == "credit"] + [entry[3] for entry in named if entry[3]]
        ),
    )


def _kept_role(paragraph: str, number: int, keep: Sequence[bool]) -> str:
    """A short line without a full stop between paragraphs is a subhead."""
    if len(paragraph) <= SUBHEAD_LENGTH and paragraph[-1] not in '.!…。！,;:”"' and number + 1 < len(keep):
        return "subhead"
    return "paragraph"
