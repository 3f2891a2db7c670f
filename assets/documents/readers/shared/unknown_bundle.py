"""Files that hold several articles one below the other, in a shape that no reader knows: reported, and never cleaned as one page.

Only what repeats in a regular way counts: numbered documents (``Document 2 of 9``), the same labelled block above each story,
or the same rule between stories that each open with a headline and a date. A live blog, a transcript, a newsletter, a list of
links or a long read with sections has none of these.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from assets.documents.field_words import AUTHOR, DATE, LENGTH, OUTLET, SECTION, TEXT, TITLE
from assets.documents.readers.exports.article_ends import ends_article
from assets.documents.readers.shared.markup import markup_to_text
from assets.documents.source import SourceError
from assets.text.dates.reading import date_in
from assets.text.languages.language import words

_PIECE = "document|article|artikel|dokument|documento|articolo|artículo|artigo|treffer"
_NUMBERED = re.compile(
    rf"^\W*(?:{_PIECE}|story|item|record|result|clip(?:ping)?)"
    r"\s*(?:no\.?|nr\.?|#)?\s*(\d{1,5})\s*(?:of|von|de|sur|di|van|/)\s*(\d{1,5})\W*$",
    re.I,
)
_RULE = re.compile(r"^\s*(?:([-=_*#~+•·—–])(?:\s?\1){4,}|\* \* \*|#{3,}|\f)\s*$")
_LABEL = re.compile(r"^\W{0,3}([^\W\d_][\w /'’-]{1,28}?)\*{0,2} ?: ?\*{0,2}(.*)$")
_LABELS = {
    label: role
    for role, labels in {
        "title": (*TITLE, "title", "headline", "hd"),
        "source": (*OUTLET, *words("source publication newspaper outlet sn publication_title publication_name")),
        "date": (*DATE, *words("date published publication_date data pubblicato pd")),
        "author": (*AUTHOR, "author", "byline", "by", "autora"),
        "section": (*SECTION, *words("section page seite pagina página")),
        "length": (*LENGTH, *words("length words word_count wörter mots palabras parole woorden wc")),
        "url": ("url", "link"),
        "text": (*TEXT, *words("text body full_text content inhalt")),
    }.items()
    for label in labels
}  # fmt: skip
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_SHORT = 150
_OPENING_LINES = 6
# What a story has below its headline, in characters.
_STORY, _STORY_WITHOUT_RULE = 250, 400
_MOST_JUDGED = 400_000
_PUBLISHED = re.compile(
    r"property\s*=\s*[\"']?og:|application/ld\+json|<link[^>]{0,200}rel\s*=\s*[\"']?canonical", re.I
)
_LINE = re.compile(r"<hr\b[^>]*>", re.I)
_IN_MARKUP = re.compile(
    rf">\s*(?:{_PIECE})\s*\d{{1,5}}\s*(?:of|von|de|sur|di|van|/)\s*\d{{1,5}}\s*<"
    r"|<h1[\s>]"
    r"|>\s*(?:headline|title|titel|überschrift|titre|título|titolo)\s*(?:</\w+>\s*)?:",
    re.I,
)


def refuse_bundle(text: str) -> None:
    """Raise ``SourceError`` where a text is several articles in one."""
    lines = text[:_MOST_JUDGED].replace("\xa0", " ").split("\n")
    found = _numbered(lines) or _labelled(lines) or _ruled(lines) or _stacked(lines)
    if found is not None:
        n_articles, sign = found
        raise SourceError(
            "unknown_bundle",
            f"the file holds several articles ({n_articles} or more: {sign}) in an unknown format; export it in a known one (see "
            "docs/formats.md), such as CSV with one row per article, or save each article as a separate file",
        )


def refuse_bundle_page(markup: str) -> None:
    """Raise ``SourceError`` where a page is several articles in one; a page that was published says what it is one of."""
    if _PUBLISHED.search(markup):
        return
    if _LINE.search(markup) or len(list(islice(_IN_MARKUP.finditer(markup), 2))) == 2:
        refuse_bundle(markup_to_text(_LINE.sub(r"<p>----------</p>", markup)))


def _numbered(lines: list[str]) -> tuple[int, str] | None:
    numbers: dict[str, set[int]] = {}
    for line in lines:
        if len(line) < 60 and (match := _NUMBERED.match(line)):
            numbers.setdefault(match.group(2), set()).add(int(match.group(1)))
    for total, found in numbers.items():
        if len(found) >= 2 and any(number + 1 in found for number in found) and max(found) <= int(total):
            return len(found), f"lines that count them to {total}"
    n_ends = sum(bool(len(line) < 60 and ends_article(line)) for line in lines)
    return (n_ends, "lines that end a document") if n_ends >= 2 else None


def _labelled(lines: list[str]) -> tuple[int, str] | None:
    """The same labels above story after story."""
    n_blocks = 0
    for roles, n_characters in _labelled_blocks(lines):
        if len(roles) >= 3 and roles & {"date", "source"} and "title" in roles and n_characters >= _STORY:
            n_blocks += 1
    return (n_blocks, "labels such as headline, source and date above each") if n_blocks >= 2 else None


def _labelled_blocks(lines: list[str]) -> Iterator[tuple[set[str], int]]:
    """Blocks that each begin where a label comes again: their labels, and how much is written in them."""
    roles: set[str] = set()
    n_characters = 0
    for line in lines:
        match = _LABEL.match(line) if len(line) < 400 or ":" in line[:32] else None
        role = _LABELS.get(match.group(1).strip().lower().replace(" ", "_")) if match else None
        if role in roles and n_characters >= _STORY:
            yield roles, n_characters
            roles, n_characters = set(), 0
        if match and role:
            roles.add(role)
            n_characters += len(match.group(2)) if role == "text" else 0
        else:
            n_characters += len(line.strip())
    yield roles, n_characters


def _ruled(lines: list[str]) -> tuple[int, str] | None:
    """Stories between equal rules, each with a headline and a date at its top."""
    rules = Counter(line.strip() for line in lines if _RULE.match(line))
    for rule, _ in rules.most_common(3):
        parts: list[list[str]] = [[]]
        for line in lines:
            if line.strip() == rule:
                parts.append([])
            else:
                parts[-1].append(line)
        long = [part for part in parts if sum(map(len, part)) >= _STORY]
        dated = [opening for part in long if (opening := _opening(part, _STORY)) is not None]
        if len(dated) >= 2 and 3 * len(dated) >= 2 * len(long) and not _is_one_day_by_the_clock(dated):
            return len(dated), f"a headline and a date below each line {rule[:12]!r}"
    return None


def _opening(part: list[str], n_story: int) -> str | None:
    """The line with the date at the top of a story, below or above a headline; ``None`` where this is not a story."""
    top = [line.strip() for line in part if line.strip()]
    dated = next((n for n, line in enumerate(top[:_OPENING_LINES]) if _is_short(line) and date_in(line)), None)
    if dated is None:
        return None
    has_headline = any(_is_short(line) and not date_in(line) for line in top[: dated + 2])
    return top[dated] if has_headline and sum(map(len, top[dated + 1 :])) >= n_story else None


def _is_short(line: str) -> bool:
    return len(line) <= _SHORT and not _SENTENCE_END.search(line) and not line.endswith((":", ",", ";"))


def _is_one_day_by_the_clock(dated: list[str]) -> bool:
    """Whether the dates are the hours of one day, as in a live blog."""
    return all(_CLOCK.search(line) for line in dated) and len({date_in(line) for line in dated}) == 1


def _stacked(lines: list[str]) -> tuple[int, str] | None:
    """Stories without a rule between them: the same few short lines, one of them a date, above each, the first at the top.

    A page that was pasted has its menus at the top, and a long read whose sections are days has a title there.
    """
    openings: list[list[str]] = []
    n_story = 0
    for is_first, run in _short_runs(lines):
        is_opening = not isinstance(run, int) and 2 <= len(run) <= _OPENING_LINES and _n_dated(run) == 1
        if is_first and not is_opening:
            return None
        if isinstance(run, int):
            n_story += run
        elif is_opening:
            if openings and n_story < _STORY_WITHOUT_RULE:
                # A list of headlines: there is no story between them.
                openings.pop()
            openings.append(run)
            n_story = 0
    if openings and n_story < _STORY_WITHOUT_RULE:
        openings.pop()
    first_words = {run[0].split()[0].lower() for run in openings}
    is_regular = (
        bool(openings) and all(abs(len(run) - len(openings[0])) <= 1 for run in openings) and len(first_words) > 1
    )
    dated = [next(line for line in run if date_in(line)) for run in openings]
    if len(openings) >= 2 and is_regular and not _is_one_day_by_the_clock(dated):
        return len(openings), "a headline and a date above each"
    return None


def _n_dated(run: list[str]) -> int:
    return sum(bool(date_in(line)) for line in run)


def _short_runs(lines: list[str]) -> Iterator[tuple[bool, list[str] | int]]:
    """Runs of lines as short as headlines are, and between them how much is written in long ones; whether it is the first."""
    run: list[str] = []
    is_first = True
    for line in (line.strip() for line in lines if line.strip()):
        if _is_short(line):
            run.append(line)
            continue
        if run:
            yield is_first, run
            is_first, run = False, []
        yield is_first, len(line)
        is_first = False
    if run:
        yield is_first, run
