"""Documents in, articles out: clean each, read its metadata, keep what was removed and name what holds no article."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import polars as pl

from assets.articles.clean import Cleaned, clean_documents
from assets.articles.document import Document, documents_of
from assets.articles.html.clean import HtmlMode
from assets.articles.language import detect_languages
from assets.articles.metadata.agency import AgencyCredit, find_agency
from assets.articles.metadata.dateline import Dateline, find_dateline
from assets.articles.metadata.metadata import Hints, apply_hints
from assets.articles.schema import ARTICLES, DOUBTFUL_LINES, REMOVED_LINES
from assets.sources.choose import chosen, counted
from assets.sources.registry import Registry, Source, default_registry, unknown_source
from assets.sources.schema import ARTICLE_SOURCES
from assets.text.characters import count_words
from assets.text.languages.press import supported_languages
from pipeline.ids import stable_id

WORD = re.compile(r"\w+")
Removed = tuple[int, str, str]
"""Line number, text, reason."""
REJECTED = pl.Schema(
    {
        "document_id": pl.String(),
        "path": pl.String(),
        "record_no": pl.Int32(),
        "reason": pl.String(),
        "detail": pl.String(),
        "n_bytes": pl.Int64(),
    }
)


@dataclass(frozen=True)
class ArticleBatch:
    """Rows for ``core.articles`` and ``core.removed_lines``, what each calls its sources, and what holds no article.

        ``rejects`` has document_id, path, record_no, reason, detail, n_bytes; ``doubtful_lines`` (document_id, line) are kept
    lines, or those in ``repeated_lines``, that are boilerplate if other stories of the outlet carry them too.
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


class Article(NamedTuple):
    """A row of ``core.articles``; its language comes last, found of all the articles of a batch together."""

    article_id: str
    document_id: str
    source_id: str
    agency_id: str | None
    agency_evidence: str | None
    url: str | None
    title: str | None
    authors: list[str]
    credited: list[str]
    published_at: datetime | None
    published_precision: str
    published_from: str | None
    published_offset: int | None
    published_unread: str | None
    modified_at: datetime | None
    dateline: str | None
    language: str | None
    supported: bool
    body: str
    line_roles: list[str]
    is_excerpt: bool
    n_words: int
    corrected: bool


@dataclass(frozen=True)
class Extracted:
    """An article with the lines removed from its page and its sources, of which the outlet comes first."""

    article: Article
    removed: list[Removed]
    sources: list[Source]


def extract_articles(documents: pl.DataFrame, html_mode: HtmlMode = "accurate") -> ArticleBatch:
    """The articles of documents (``raw.documents``); every document ends in ``articles`` or in ``rejects``.

    A column ``repeated_lines``, where there is one, lists those of its doubtful lines that are boilerplate, and a column
    ``date_order`` says in which order the dates of its file put day and month; ``corrected_outlet`` names an outlet.

    Pure and independent of the batch: a document gives the same rows alone and among others.  Articles are sorted by
    id, removed lines by article and line, sources by document and id.
    """
    registry = default_registry()
    found: list[tuple[Document, Cleaned, Extracted]] = []
    rejects: list[tuple[object, ...]] = []
    rows = documents_of(documents)
    for document, cleaned in zip(rows, clean_documents(rows, html_mode, registry), strict=True):
        extracted = extract_article(document, cleaned, registry)
        if extracted:
            found.append((document, cleaned, extracted))
        else:
            reason, detail = why_no_article(cleaned)
            rejects.append((document.document_id, document.path, document.record_no, reason, detail, document.n_bytes))
    removed = [(one.article.article_id, *line) for _, _, one in found for line in one.removed]
    return ArticleBatch(
        ARTICLES.frame(article._asdict() for article in with_languages([one.article for _, _, one in found])).sort(
            "article_id"
        ),
        pl.DataFrame(removed, schema=REMOVED_LINES.polars_schema, orient="row").sort("article_id", "line_no"),
        ARTICLE_SOURCES.frame(
            {"document_id": document.document_id, **vars(source)}
            for document, _, one in found
            for source in {source.source_id: source for source in reversed(one.sources)}.values()
        ).sort(ARTICLE_SOURCES.key),
        pl.DataFrame(rejects, schema=REJECTED, orient="row").sort("document_id"),
        DOUBTFUL_LINES.frame(
            {"document_id": document.document_id, "line": line, "above": above}
            for document, cleaned, _ in found
            for line, above in (*((line, None) for line in cleaned.doubtful), *cleaned.ends)
        ).sort("document_id", "line"),
    )


def with_languages(articles: Sequence[Article]) -> list[Article]:
    """The articles, with the languages of their bodies."""
    languages = detect_languages([article.body for article in articles])
    return [
        article._replace(language=language, supported=language in supported_languages())
        for article, language in zip(articles, languages, strict=True)
    ]


def extract_article(document: Document, cleaned: Cleaned, registry: Registry) -> Extracted | None:
    """The article of one document; ``None`` where no word is left, or where a wall hides the article."""
    if cleaned.wall or not WORD.search(cleaned.body):
        return None
    metadata = apply_hints(cleaned.metadata, _hints(document, cleaned.body), registry)
    label = document.path.rpartition("/")[2]
    outlet = (
        registry.called(document.corrected_outlet)
        if document.corrected_outlet
        else metadata.source or unknown_source(document.url, document.document_id, label, document.record_no)
    )
    dateline = find_dateline(cleaned.body)
    credit = find_agency(cleaned.body, dateline, cleaned.credit_lines, metadata.bylines, registry)
    body, removed, roles = _without_credits(cleaned, dateline, credit)
    agency, evidence = (credit.source, credit.evidence) if credit else (None, None)
    if agency is None and outlet.kind == "agency":
        agency, evidence = outlet, "outlet"
    stamp = metadata.published
    article = Article(
        article_id=stable_id("article", document.document_id),
        document_id=document.document_id,
        source_id=outlet.source_id,
        agency_id=agency.source_id if agency else None,
        agency_evidence=evidence,
        url=document.url,
        title=metadata.title,
        authors=list(metadata.authors),
        credited=list(metadata.credited),
        published_at=stamp.at if stamp else None,
        published_precision=stamp.precision if stamp else "none",
        published_from=metadata.published_from,
        published_offset=stamp.offset if stamp else None,
        published_unread=metadata.unread_date,
        modified_at=metadata.modified.at if metadata.modified else None,
        dateline=(dateline.place or None) if dateline else None,
        language=None,
        supported=False,
        body=body,
        line_roles=roles,
        is_excerpt=cleaned.is_excerpt,
        n_words=count_words(body),
        corrected=document.corrected_outlet is not None,
    )
    return Extracted(article, removed, [outlet, *([agency] if agency else [])])


def _hints(document: Document, body: str) -> Hints:
    return Hints(
        url=document.url,
        outlet=document.outlet_hint,
        title=document.title_hint,
        published=document.published_hint,
        authors=tuple(document.authors_hint),
        origin=document.hints_from,
        firm=document.hints_from == "manifest" or document.content_type != "html",
        body=body,
        date_order=document.date_order,
    )


def _without_credits(
    cleaned: Cleaned, dateline: Dateline | None, credit: AgencyCredit | None
) -> tuple[str, list[Removed], list[str]]:
    """Body, removed lines and roles of the lines, once a credit after the last words and the dateline are cut.

    Nothing is cut of a body that is as the publisher delivers it.
    """
    body, removed, roles = cleaned.body, cleaned.removed, list(cleaned.line_roles)
    if cleaned.as_delivered:
        return body, removed, roles
    if credit and credit.trim_from is not None:
        removed = with_cut(removed, reversed(cleaned.kept), body[credit.trim_from :].strip(), "credit")
        body = body[: credit.trim_from].rstrip()
        del roles[body.count("\n") + 1 :]
    if dateline:
        removed = with_cut(removed, cleaned.kept, body[dateline.start : dateline.end].strip(), "dateline")
        first = body.count("\n", 0, dateline.start)
        del roles[first : first + body.count("\n", dateline.start, dateline.end)]
        body = body[: dateline.start] + body[dateline.end :]
    return body, removed, roles


def with_cut(removed: list[Removed], kept: Iterable[tuple[int, str]], cut: str, reason: str) -> list[Removed]:
    """The removed lines and, at its line, a part that is cut from a kept one."""
    taken = {number for number, _, _ in removed}
    line = next((number for number, text in kept if number not in taken and cut in " ".join(text.split())), None)
    return removed if line is None else [*removed, (line, cut, reason)]


def why_no_article(cleaned: Cleaned) -> tuple[str, str]:
    """Reason and detail of a document that holds no article."""
    if cleaned.wall:
        return "not_news", cleaned.wall.detail
    return "wordless", "Cleaning left no words; check that the document is an article."
