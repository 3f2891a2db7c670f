"""The body of each document by its content type, and what its page says about it."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assets.articles.document import Document
from assets.articles.html.clean import CleanedHtml, HtmlMode, clean_html, tidy
from assets.articles.html.page import Page, parse_page, scan_page
from assets.articles.html.quotes import with_marks
from assets.articles.html.story import plain_text
from assets.articles.lines.clean import CleanedText, clean_texts
from assets.articles.metadata.credits import agency_in
from assets.articles.metadata.metadata import Metadata, completed, completed_head, read_head, read_page, read_text
from assets.articles.metadata.outlet import site_names
from assets.articles.metadata.published import Boilerplate
from assets.articles.walls import NOTHING, Shown, Wall, find_walls, is_teaser
from assets.sources.registry import Registry

BLANK_LINES = re.compile(r"\n\s+")
LONGEST_CREDIT = 120
CREDIT_REACH = 3  # lines
IN_BRACKETS = re.compile(r"\s*[(\[/][^()\[\]/\n]+[)\]/]\s*")


@dataclass(frozen=True)
class Cleaned:
    """One cleaned document; ``kept`` holds (line number, text), ``removed`` (line number, text, reason).

    ``as_delivered`` says that the body is the publisher's own, of which nothing is cut.  ``line_roles`` has one entry per
    line of the body; ``wall`` is what the page shows instead of an article, judged by what it has ``shown``.
    """

    body: str
    kept: list[tuple[int, str]]
    removed: list[tuple[int, str, str]]
    metadata: Metadata
    credit_lines: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    ends: tuple[tuple[str, str], ...] = ()
    as_delivered: bool = False
    line_roles: tuple[str, ...] = ()
    is_excerpt: bool = False
    shown: Shown = NOTHING
    wall: Wall | None = None


def clean_documents(documents: Sequence[Document], html_mode: HtmlMode, registry: Registry) -> list[Cleaned]:
    """The body of each document by its content type, with what its page says about it."""
    cleaned: dict[int, Cleaned] = {}
    heads: dict[int, tuple[Metadata, frozenset[str]]] = {}
    scanned: dict[int, Page] = {}
    texts: dict[int, str] = {}
    for number, document in enumerate(documents):
        content, kind = document.content, document.content_type
        if kind in ("body", "excerpt"):
            cleaned[number] = as_delivered(content, kind == "excerpt")
        elif kind == "text":
            texts[number] = content
        elif html_mode == "fast":
            scanned[number] = scan_page(content)
            heads[number] = read_head(scanned[number], document.url, registry)
            texts[number] = BLANK_LINES.sub("\n", plain_text(with_marks(content), main_content=False))
        else:
            cleaned[number] = clean_page(content, document.url, registry, document.repeated_lines)
    titles = [heads[number][0].title if number in heads else None for number in texts]
    repeated = [documents[number].repeated_lines for number in texts]
    found = clean_texts(list(texts.values()), titles, repeated)
    for number, text in zip(texts, found, strict=True):
        cleaned[number] = from_text(text, heads.get(number), registry, scanned.get(number))
    found_walls = find_walls([cleaned[number].shown for number in range(len(documents))])
    return [replace(cleaned[number], wall=wall) if wall else cleaned[number] for number, wall in enumerate(found_walls)]


def as_delivered(content: str, is_excerpt: bool) -> Cleaned:
    """A body that the publisher, or a record, gives as one."""
    body = tidy(content)
    lines = body.split("\n")
    return Cleaned(
        body, [], [], Metadata(), as_delivered=True, line_roles=("paragraph",) * len(lines), is_excerpt=is_excerpt,
        shown=Shown((), lines, ()),
    )  # fmt: skip


def clean_document(document: Document, html_mode: HtmlMode, registry: Registry) -> Cleaned:
    """The body of one document."""
    return clean_documents([document], html_mode, registry)[0]


def clean_page(markup: str, url: str | None, registry: Registry, repeated: Collection[str] = ()) -> Cleaned:
    """The body of a web page, chosen among its blocks."""
    page = parse_page(markup)
    if page is None:
        return Cleaned("", [], [], Metadata())
    metadata = read_page(page, url, registry)
    html = clean_html(page, url, metadata.title, metadata.authors, repeated)
    metadata = completed_by_lines(metadata, site_names(page, metadata.source), html, registry)
    kept, removed = [text for _, text in html.kept], [text for _, text, _ in html.removed]
    titles = [title for title in (metadata.title, page.heading, page.window_title) if title]
    last = html.kept[-1][0] if html.kept else 0
    below = [text for number, text, _ in html.removed if number > last]
    return Cleaned(
        html.body, html.kept, html.removed, metadata, tuple(credit_lines(html.removed, registry, last)), ends=html.ends,
        line_roles=html.line_roles, is_excerpt=is_teaser(kept, below, page.is_free), shown=Shown(titles, kept, removed),
    )  # fmt: skip


def completed_by_lines(metadata: Metadata, names: frozenset[str], html: CleanedHtml, registry: Registry) -> Metadata:
    """The same with what the lines beside the story say of its author and its day, where the markup leaves it open."""

    def lines(of: str) -> tuple[str, ...]:
        return tuple(text for _, text, reason in html.removed if reason == of)

    return completed_head(metadata, names, Boilerplate(lines("byline"), lines("date"), ()), registry)


def from_text(
    text: CleanedText, head: tuple[Metadata, frozenset[str]] | None, registry: Registry, page: Page | None = None
) -> Cleaned:
    """A body chosen among lines; ``head`` is what ``read_head`` found in ``page``; both are ``None`` without markup."""
    removed = list(text.removed())
    boilerplate = Boilerplate(
        text.byline_lines, text.date_lines, [line for _, line, reason in removed if reason != "repeated"]
    )
    if head:
        metadata = completed(*head, text.title, boilerplate, text.body, registry)
    else:
        metadata = read_text(text.title, boilerplate, text.body, registry)
    kept = [(role.line_no, role.text) for role in text.roles if role.keep]
    last = kept[-1][0] if kept else 0
    paragraphs = text.body.split("\n") if text.body else []
    titles = [title for title in (metadata.title, page.window_title if page else None) if title]
    below = [line for number, line, _ in removed if number > last]
    return Cleaned(
        text.body, kept, removed, metadata, (*text.credit_lines, *credit_lines(removed, registry, last)), text.doubtful, text.ends,
        line_roles=text.line_roles,
        is_excerpt=is_teaser(paragraphs, below, page.is_free if page else None),
        shown=Shown(titles, paragraphs, [line for _, line, _ in removed]),
    )  # fmt: skip


def credit_lines(removed: Iterable[tuple[int, str, str]], registry: Registry, last: int) -> Iterator[str]:
    """Removed lines that are an agency's name and little else: a caption that names one doesn't credit the story.

    Below the ``last`` line of the story its name in brackets is enough.
    """
    for number, line, reason in removed:
        if (
            (reason in ("credit", "byline") or (last < number <= last + CREDIT_REACH and IN_BRACKETS.fullmatch(line)))
            and len(line) <= LONGEST_CREDIT
            and agency_in(line.strip(" ()[]-–—"), registry)
        ):
            yield line
