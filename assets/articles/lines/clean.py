"""Which lines of a pasted or saved plain-text page are the story, what every other line is, and why it went."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assets.articles.lines.features import LineFeatures
from assets.articles.lines.model import line_scores, load_model
from assets.articles.lines.paragraphs import LineRole, PageLines
from assets.articles.lines.reasons import REASONS, line_reasons, may_be_byline, may_be_date
from assets.articles.lines.repeats import end_lines, fold_line, is_doubtful
from assets.articles.lines.roles import is_byline, is_date_line
from assets.articles.lines.story.brief import MAX_LINES, brief_story, brief_title
from assets.articles.lines.story.decide import decide_story
from assets.articles.lines.title import find_title, line_that_says
from assets.articles.schema import LINE_ROLES
from assets.articles.walls import is_offer

BATCH_PAGES = 32  # pages measured at once: their feature matrix stays in the processor's cache
SUBHEAD_LENGTH = 100


@dataclass(frozen=True)
class CleanedText:
    """A cleaned page: ``body`` has one paragraph per line, ``roles`` one entry per line of the input.

    ``byline_lines``, ``date_lines`` and ``credit_lines`` are lines as printed, for the metadata to be read from.
    ``doubtful`` are the lines, spaces folded, that are boilerplate if other stories of the outlet carry them too, ``ends``
    those that are if others end with them, each with the lines above the end;
    ``line_roles`` has one entry per line of the body.
    """

    body: str
    roles: tuple[LineRole, ...]
    title: str | None
    byline_lines: tuple[str, ...]
    date_lines: tuple[str, ...]
    credit_lines: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    ends: tuple[tuple[str, str], ...] = ()
    line_roles: tuple[str, ...] = ()

    def removed(self) -> Iterator[tuple[int, str, str]]:
        """(line number from 0, text, reason) of everything that is not in the body, blank lines aside."""
        for role in self.roles:
            if role.reason is not None:
                yield role.line_no, role.cut or role.text, role.reason


def clean_text(text: str, repeated: Collection[str] = ()) -> CleanedText:
    """Clean one page; ``repeated`` has those of its doubtful lines that other stories of its outlet carry too."""
    return clean_texts([text], repeated=[repeated])[0]


def clean_texts(
    texts: Sequence[str],
    titles: Sequence[str | None] | None = None,
    repeated: Sequence[Collection[str]] | None = None,
) -> list[CleanedText]:
    """Clean pages; each result depends on its own entries only, never on the rest of the batch.

    ``titles`` are the headlines that are known already, ``repeated`` the lines that are boilerplate because other stories
    of the outlet carry them; each has one entry per text.  ValueError when they differ in length.
    """
    for name, given in (("titles", titles), ("repeated", repeated)):
        if given is not None and len(given) != len(texts):
            raise ValueError(f"clean_texts got {len(texts)} texts but {len(given)} {name}; give one entry per text")
    cleaned: list[CleanedText] = []
    for start in range(0, len(texts), BATCH_PAGES):
        pages = [PageLines(text) for text in texts[start : start + BATCH_PAGES]]
        features = LineFeatures([page.paragraphs for page in pages])
        scores, title_scores = line_scores(features, load_model())
        local = features.local
        told = (scores, title_scores, line_reasons(local), may_be_date(local), may_be_byline(local))
        columns = [values.tolist() for values in told]
        for number, page in enumerate(pages):
            first, last = int(features.pages[number]), int(features.pages[number + 1])
            lines = _Lines(*(values[first:last] for values in columns))
            known = titles[start + number] if titles is not None else None
            cleaned.append(_clean(page, lines, known, repeated[start + number] if repeated is not None else ()))
    return cleaned


class _Lines(NamedTuple):
    """What the model and the lexicon say of each paragraph of a page."""

    scores: list[float]
    title_scores: list[float]
    reasons: list[int]
    may_be_date: list[bool]
    may_be_byline: list[bool]


class _Story(NamedTuple):
    """Which paragraphs are kept, what is known of some, and which are boilerplate if other stories carry them too."""

    keep: list[bool]
    roles: dict[int, str]
    title_at: int | None
    doubtful: dict[int, str]
    ends: dict[int, str]
    above: str

    def reason(self, number: int, seen: str) -> str:
        """Why a paragraph is not kept that by itself is taken for ``seen``."""
        if number == self.title_at:
            return "title"
        return "repeated" if number in self.doubtful or number in self.ends else seen


def _story(paragraphs: list[str], lines: _Lines, title: str | None, repeated: Collection[str]) -> _Story:
    title_at = line_that_says(title, paragraphs) if title else None
    if title_at is None:
        title_at = find_title(paragraphs, lines.title_scores, lines.scores)
    keep, roles = decide_story(paragraphs, lines.scores, title_at)
    doubtful: dict[int, str] = {}
    _drop_offers(paragraphs, keep, roles)
    if len(paragraphs) <= MAX_LINES:
        names = [_reason(paragraph, lines, number) for number, paragraph in enumerate(paragraphs)]
        brief = brief_story(paragraphs, names)
        title_at = brief_title(paragraphs, names, brief) if brief and title_at is None else title_at
        for number in brief:
            keep[number] = keep[number] or number != title_at
    else:
        for number, paragraph in enumerate(paragraphs):
            if keep[number] and is_doubtful(paragraph, lines.scores[number]):
                doubtful[number] = fold_line(paragraph)
    ends, above = _ends(paragraphs, keep)
    for number, line in (doubtful | ends).items():
        keep[number] = line not in repeated
    return _Story(keep, roles, title_at, doubtful, ends, above)


def _clean(page: PageLines, lines: _Lines, title: str | None, repeated: Collection[str]) -> CleanedText:
    story = _story(page.paragraphs, lines, title, repeated)
    body: list[str] = []
    line_roles: list[str] = []
    bylines: list[str] = []
    dates: list[str] = []
    credits: list[str] = []
    by_line: dict[int, LineRole] = {}
    for number, paragraph in enumerate(page.paragraphs):
        start, end = page.spans[number]
        if story.keep[number]:
            role = story.roles.get(number) or _kept_role(paragraph)
            body.append(paragraph)
            line_roles.append(role if role in LINE_ROLES else "paragraph")
            for line_no in page.filled(start, end):
                by_line[line_no] = LineRole(line_no, page.lines[line_no], True, role, None)
            cut = page.cuts.get(number)
            if cut:
                credits.append(cut)
                by_line[end - 1] = LineRole(end - 1, page.lines[end - 1], True, role, "credit", cut)
            continue
        seen = _reason(paragraph, lines, number, story.roles.get(number))
        if seen == "date" and (lines.may_be_date[number] or lines.may_be_byline[number]):
            dates.append(paragraph)
        reason = story.reason(number, seen)
        if reason == "byline":
            bylines.append(paragraph)
        elif reason == "credit":
            credits.append(paragraph)
        for line_no in page.filled(start, end):
            by_line[line_no] = LineRole(line_no, page.lines[line_no], False, reason, reason)
    by_line |= page.named_roles()
    doubtful = set(story.doubtful.values())
    return CleanedText(
        body="\n".join(body),
        roles=tuple(
            [
                by_line.get(number) or LineRole(number, line, False, "blank", None)
                for number, line in enumerate(page.lines)
            ]
        ),
        title=None if story.title_at is None else " ".join(page.paragraphs[story.title_at].split()),
        byline_lines=(*bylines, *page.named_as("byline")),
        date_lines=tuple(dates),
        credit_lines=(*credits, *page.named_as("credit")),
        doubtful=tuple(sorted(doubtful)),
        ends=tuple((line, story.above) for line in sorted(set(story.ends.values()) - doubtful)),
        line_roles=tuple(line_roles),
    )


def _ends(paragraphs: Sequence[str], keep: Sequence[bool]) -> tuple[dict[int, str], str]:
    """The lines that end the story, folded, by number, and the lines above them."""
    kept = [number for number, flag in enumerate(keep) if flag]
    places, above = end_lines([paragraphs[number] for number in kept])
    return {kept[place]: fold_line(paragraphs[kept[place]]) for place in places}, above


def _drop_offers(paragraphs: Sequence[str], keep: list[bool], roles: dict[int, str]) -> None:
    """Offers below the story are not part of it."""
    kept = [number for number, flag in enumerate(keep) if flag]
    while len(kept) > 1 and is_offer(paragraphs[kept[-1]]):
        number = kept.pop()
        keep[number], roles[number] = False, "newsletter"


def _reason(paragraph: str, lines: _Lines, number: int, role: str | None = None) -> str:
    """What a line is that is not kept."""
    if lines.may_be_date[number] and is_date_line(paragraph):
        return "date"
    if lines.may_be_byline[number] and is_byline(paragraph):
        return "byline"
    return role or REASONS[lines.reasons[number]]


def _kept_role(paragraph: str) -> str:
    """A short line without a full stop is a subhead; one that opens with a mark or a bracket isn't."""
    is_open = len(paragraph) <= SUBHEAD_LENGTH and paragraph[-1] not in '.!…。！,;:”"'
    return "subhead" if is_open and paragraph[0] not in "([“„«「" else "paragraph"
