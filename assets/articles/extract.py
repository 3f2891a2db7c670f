"""Documents in, articles out: clean each, read its metadata, keep what was removed and name what holds no article."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from assets.articles.html.clean import HtmlMode, clean_html, tidy
from assets.articles.html.page import Page, parse_page, scan_page
from assets.articles.html.quotes import with_marks
from assets.articles.html.story import plain_text
from assets.articles.language import detect_language
from assets.articles.lines.clean import CleanedText, clean_texts
from assets.articles.metadata.agency import agency_in, find_agency
from assets.articles.metadata.dateline import find_dateline
from assets.articles.metadata.metadata import (
    Furniture,
    Hints,
    Metadata,
    apply_hints,
    completed,
    read_head,
    read_page,
    read_text,
)
from assets.articles.schema import ARTICLES, DOUBTFUL_LINES, REMOVED_LINES
from assets.articles.walls import Wall, find_wall, is_teaser
from assets.sources.choose import chosen, counted
from assets.sources.registry import Registry, Source, default_registry, unknown_source
from assets.sources.schema import ARTICLE_SOURCES
from pipeline.ids import stable_id

WORD = re.compile(r"\w+")
BLANK_LINES = re.compile(r"\n\s+")
LONGEST_CREDIT = 120
REJECTED = pl.Schema(
    {
        "document_id": pl.String,
        "path": pl.String,
        "record_no": pl.Int32,
        "reason": pl.String,
        "detail": pl.String,
        "n_bytes": pl.Int64,
    }
)


@dataclass(frozen=True)
class ArticleBatch:
    """Rows for ``core.articles`` and ``core.removed_lines``, what each calls its sources, and what holds no article.

    ``rejects`` has document_id, path, record_no, reason, detail, n_bytes; ``doubtful_lines`` (document_id, line) are kept
    lines, or such as are in ``repeated_lines``, that are furniture if other stories of the outlet carry them too.
    """

    articles: pl.DataFrame
    removed_lines: pl.DataFrame
    article_sources: pl.DataFrame
    rejects: pl.DataFrame
    doubtful_lines: pl.DataFrame

    @property
    def sources(self) -> pl.DataFrame:
        """Rows for ``core.sources``, were these all the articles."""
        return chosen(counted(self.article_sources))


@dataclass(frozen=True)
class Cleaned:
    """One cleaned document; ``kept`` holds (line number, text), ``removed`` (line number, text, reason).

    ``as_delivered`` says that the body is the publisher's own, of which nothing is cut.  ``line_roles`` has one entry per
    line of the body; ``wall`` is what stands there instead of an article.
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
    wall: Wall | None = None


def extract_articles(documents: pl.DataFrame, html_mode: HtmlMode = "accurate") -> ArticleBatch:
    """The articles of documents (``raw.documents``); every document ends in ``articles`` or in ``rejects``.

    A column ``repeated_lines``, where there is one, lists those of its doubtful lines that are furniture, and a column
    ``date_order`` says in which order the dates of its file put day and month.

    Pure and independent of the batch: a document gives the same rows alone and among others.  Articles are sorted by
    id, removed lines by article and line, sources by document and id.
    """
    registry = default_registry()
    articles: list[dict[str, object]] = []
    removed: dict[str, list[object]] = {name: [] for name in REMOVED_LINES.column_names}
    rejects: list[dict[str, object]] = []
    doubtful: list[dict[str, object]] = []
    sources: list[dict[str, object]] = []
    rows = list(documents.iter_rows(named=True))
    for document, cleaned in zip(rows, clean_documents(rows, html_mode, registry), strict=True):
        row, lines, used = article_rows(document, cleaned, registry)
        if row is None:
            rejects.append(
                {key: document[key] for key in ("document_id", "path", "record_no", "n_bytes")}
                | why_no_article(cleaned)
            )
            continue
        articles.append(row)
        doubtful += [
            {"document_id": document["document_id"], "line": line, "above": above}
            for line, above in (*((line, None) for line in cleaned.doubtful), *cleaned.ends)
        ]
        removed["article_id"] += [row["article_id"]] * len(lines)
        for column, values in zip(("line_no", "text", "reason"), zip(*lines, strict=True), strict=False):
            removed[column] += values
        by_id = {source.source_id: source for source in reversed(used)}
        sources += [{"document_id": document["document_id"], **vars(source)} for source in by_id.values()]
    return ArticleBatch(
        ARTICLES.frame(articles).sort("article_id"),
        REMOVED_LINES.frame(pl.DataFrame(removed, schema=REMOVED_LINES.polars_schema)).sort("article_id", "line_no"),
        ARTICLE_SOURCES.frame(sources).sort(ARTICLE_SOURCES.key),
        pl.DataFrame(rejects, schema=REJECTED, orient="row").sort("document_id"),
        DOUBTFUL_LINES.frame(doubtful).sort("document_id", "line"),
    )


def article_rows(
    document: dict[str, Any], cleaned: Cleaned, registry: Registry
) -> tuple[dict[str, object] | None, list[tuple[int, str, str]], list[Source]]:
    """The article row, the removed lines (number, text, reason) and the sources of one document.

    ``None`` for a row where no word is left, or where a wall stands instead of an article.
    """
    if cleaned.wall or not WORD.search(cleaned.body):
        return None, [], []
    hints = Hints(
        document["url"], document["outlet_hint"], document["title_hint"], document["published_hint"],
        tuple(document["authors_hint"] or ()), document["hints_from"],
        document["hints_from"] == "manifest" or document["content_type"] != "html",
        cleaned.body, document.get("date_order"),
    )  # fmt: skip
    metadata = apply_hints(cleaned.metadata, hints, registry)
    label = document["path"].rpartition("/")[2]
    outlet = metadata.source or unknown_source(document["url"], document["document_id"], label, document["record_no"])
    body, removed, roles = cleaned.body, cleaned.removed, list(cleaned.line_roles)
    dateline = find_dateline(body)
    agency = find_agency(body, dateline, cleaned.credit_lines, metadata.bylines, registry)
    if not cleaned.as_delivered:
        if agency and agency.trim_from is not None:
            removed = with_cut(removed, reversed(cleaned.kept), body[agency.trim_from :].strip(), "credit")
            body = body[: agency.trim_from].rstrip()
            del roles[body.count("\n") + 1 :]
        if dateline:
            removed = with_cut(removed, cleaned.kept, body[dateline.start : dateline.end].strip(), "dateline")
            first = body.count("\n", 0, dateline.start)
            del roles[first : first + body.count("\n", dateline.start, dateline.end)]
            body = body[: dateline.start] + body[dateline.end :]
    agency_source, evidence = (agency.source, agency.evidence) if agency else (None, None)
    if agency_source is None and outlet.kind == "agency":
        agency_source, evidence = outlet, "outlet"
    article_id = stable_id("article", document["document_id"])
    stamp = metadata.published
    row: dict[str, object] = {
        "article_id": article_id,
        "document_id": document["document_id"],
        "source_id": outlet.source_id,
        "agency_id": agency_source.source_id if agency_source else None,
        "agency_evidence": evidence,
        "url": document["url"],
        "title": metadata.title,
        "authors": list(metadata.authors),
        "credited": list(metadata.credited),
        "published_at": stamp.at if stamp else None,
        "published_precision": stamp.precision if stamp else "none",
        "published_from": metadata.published_from,
        "published_offset": stamp.offset if stamp else None,
        "published_unread": metadata.unread_date,
        "modified_at": metadata.modified.at if metadata.modified else None,
        "dateline": dateline.place if dateline else None,
        "language": detect_language(body),
        "body": body,
        "line_roles": roles,
        "is_excerpt": cleaned.is_excerpt,
        "n_words": len(WORD.findall(body)),
    }
    return row, removed, [outlet, *([agency_source] if agency_source else [])]


def with_cut(
    removed: list[tuple[int, str, str]], kept: Iterable[tuple[int, str]], cut: str, reason: str
) -> list[tuple[int, str, str]]:
    """The removed lines and, at its line, a part that is cut from a kept one."""
    taken = {number for number, _, _ in removed}
    line = next((number for number, text in kept if number not in taken and cut in " ".join(text.split())), None)
    return removed if line is None else [*removed, (line, cut, reason)]


def clean_documents(documents: Sequence[dict[str, Any]], html_mode: HtmlMode, registry: Registry) -> list[Cleaned]:
    """The body of each document by its content type, with what its page says about it."""
    cleaned: dict[int, Cleaned] = {}
    heads: dict[int, tuple[Metadata, frozenset[str]]] = {}
    scanned: dict[int, Page] = {}
    texts: dict[int, str] = {}
    for number, document in enumerate(documents):
        content, kind = document["content"], document["content_type"]
        if kind in ("body", "excerpt"):
            cleaned[number] = as_delivered(content, kind == "excerpt")
        elif kind == "text":
            texts[number] = content
        elif html_mode == "fast":
            scanned[number] = scan_page(content)
            heads[number] = read_head(scanned[number], document["url"], registry)
            texts[number] = BLANK_LINES.sub("\n", plain_text(with_marks(content), main_content=False))
        else:
            cleaned[number] = clean_page(content, document["url"], registry, document.get("repeated_lines") or ())
    titles = [heads[number][0].title if number in heads else None for number in texts]
    repeated = [documents[number].get("repeated_lines") or () for number in texts]
    found = clean_texts(list(texts.values()), titles, repeated)
    for number, text in zip(texts, found, strict=True):
        cleaned[number] = from_text(text, heads.get(number), registry, scanned.get(number))
    return [cleaned[number] for number in range(len(documents))]


def why_no_article(cleaned: Cleaned) -> dict[str, str]:
    """Reason and detail of a document that holds no article."""
    if cleaned.wall:
        return {"reason": "not_news", "detail": cleaned.wall.detail}
    return {
        "reason": "wordless",
        "detail": "No word of a story was left after cleaning; check that the document is an article.",
    }


def as_delivered(content: str, is_excerpt: bool) -> Cleaned:
    """A body that the publisher, or a record, gives as one."""
    body = tidy(content)
    lines = body.split("\n")
    return Cleaned(
        body, [], [], Metadata(), as_delivered=True, line_roles=("paragraph",) * len(lines), is_excerpt=is_excerpt,
        wall=find_wall((), lines, ()),
    )  # fmt: skip


def clean_document(document: dict[str, Any], html_mode: HtmlMode, registry: Registry) -> Cleaned:
    """The body of one document."""
    return clean_documents([document], html_mode, registry)[0]


def clean_page(markup: str, url: str | None, registry: Registry, repeated: Collection[str] = ()) -> Cleaned:
    """The body of a web page, chosen among its blocks."""
    page = parse_page(markup)
    if page is None:
        return Cleaned("", [], [], Metadata())
    metadata = read_page(page, url, registry)
    html = clean_html(page, url, metadata.title, metadata.authors, repeated)
    kept, removed = [text for _, text in html.kept], [text for _, text, _ in html.removed]
    titles = [title for title in (metadata.title, page.heading, page.window_title) if title]
    last = html.kept[-1][0] if html.kept else 0
    below = [text for number, text, _ in html.removed if number > last]
    return Cleaned(
        html.body, html.kept, html.removed, metadata, tuple(credit_lines(html.removed, registry)), ends=html.ends,
        line_roles=html.line_roles, is_excerpt=is_teaser(kept, below, page.is_free), wall=find_wall(titles, kept, removed),
    )  # fmt: skip


def from_text(
    text: CleanedText, head: tuple[Metadata, frozenset[str]] | None, registry: Registry, page: Page | None = None
) -> Cleaned:
    """A body chosen among lines; ``head`` is what ``read_head`` found in ``page``; both are ``None`` without markup."""
    removed = list(text.removed())
    furniture = Furniture(
        text.byline_lines, text.date_lines, [line for _, line, reason in removed if reason != "repeated"]
    )
    if head:
        metadata = completed(*head, text.title, furniture, text.body, registry)
    else:
        metadata = read_text(text.title, furniture, text.body, registry)
    kept = [(role.line_no, role.text) for role in text.roles if role.keep]
    last = kept[-1][0] if kept else 0
    paragraphs = text.body.split("\n") if text.body else []
    titles = [title for title in (metadata.title, page.window_title if page else None) if title]
    below = [line for number, line, _ in removed if number > last]
    return Cleaned(
        text.body, kept, removed, metadata, (*text.credit_lines, *credit_lines(removed, registry)), text.doubtful, text.ends,
        line_roles=text.line_roles,
        is_excerpt=is_teaser(paragraphs, below, page.is_free if page else None),
        wall=find_wall(titles, paragraphs, [line for _, line, _ in removed]),
    )  # fmt: skip


def credit_lines(removed: Iterable[tuple[int, str, str]], registry: Registry) -> Iterator[str]:
    """Removed lines that are an agency's name and little else: a caption that names one is no credit of the story."""
    for _, line, reason in removed:
        if (
            reason in ("credit", "byline")
            and len(line) <= LONGEST_CREDIT
            and agency_in(line.strip(" ()[]-–—"), registry)
        ):
            yield line
