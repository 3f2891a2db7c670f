"""A batch of the filter: JSONL documents in, one JSONL line out for each, without a warehouse."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import orjson
import polars as pl

from assets.articles.extract import extract_articles
from assets.articles.language import detect_language
from assets.articles.schema import ARTICLES
from assets.documents.schema import DOCUMENTS
from assets.entities.extract import extract_mentions
from assets.quotes.extract import extract_quotes
from assets.sources.schema import ARTICLE_SOURCES
from assets.text.languages.press import supported_languages
from orchestration.cli.given import read_line
from pipeline.settings import HtmlMode

LABELS = {"person": "PER", "organisation": "ORG", "place": "LOC"}
QUOTE_TYPES = {"direct": "direct", "block": "direct", "partial": "mixed", "indirect": "indirect"}
OF_ARTICLE = (
    "article_id", "document_id", "source_id", "agency_id", "title", "authors", "credited", "published_at", "published_precision",
    "published_offset", "language", "body",
)  # fmt: skip
# What a line shows of each quotation and of each name, and the column that has it.
OF_QUOTE = {
    "start": "start", "end": "end", "text": "text", "type": "type", "kind": "kind", "speaker": "speaker_text",
    "speaker_start": "speaker_start", "speaker_end": "speaker_end", "speaker_canonical": "speaker_name", "cue": "cue",
    "confidence": "confidence", "speaker_confidence": "speaker_confidence",
}  # fmt: skip
OF_MENTION = {"start": "start", "end": "end", "text": "text", "label": "label", "name": "name"}
EPOCH = datetime(1970, 1, 1)


def extract_batch(lines: Sequence[tuple[int, bytes]], as_is: bool, html_mode: HtmlMode) -> list[bytes]:
    read = [read_line(number, line) for number, line in lines]
    given = {number: document for (number, _), document in zip(lines, read, strict=True) if "error" not in document}
    frame = documents_frame(given)
    if as_is:
        articles, sources, reasons = articles_as_they_are(frame), ARTICLE_SOURCES.empty(), {}
    else:
        batch = extract_articles(frame, html_mode=html_mode)
        articles, sources = batch.articles, batch.article_sources
        reasons = dict(batch.rejects.select("document_id", "detail").iter_rows())
    mentions = extract_mentions(articles.select("article_id", "title", "body", "language"))
    quotes = extract_quotes(articles.select("article_id", "source_id", "title", "body", "language"), mentions)
    names = {
        (row["document_id"], row["source_id"]): row["name"]
        for row in sources.filter(pl.col("known_by") != "unknown").iter_rows(named=True)
    }
    rows = {row["document_id"]: row for row in articles.select(OF_ARTICLE).iter_rows(named=True)}
    quotes_of = by_article(quotes.with_columns(type=pl.col("kind").replace_strict(QUOTE_TYPES)), OF_QUOTE)
    mentions_of = by_article(mentions.with_columns(label=pl.col("kind").replace_strict(LABELS)), OF_MENTION)

    def answer(number: str, document: dict[str, Any]) -> dict[str, Any]:
        if "error" in document:
            return document
        if number in reasons:
            return {"doc_id": document.get("doc_id"), "error": reasons[number]}
        return line_out(document, rows[number], names, quotes_of, mentions_of)

    return [orjson.dumps(answer(str(number), document)) for (number, _), document in zip(lines, read, strict=True)]


def documents_frame(given: dict[int, dict[str, Any]]) -> pl.DataFrame:
    """The documents as ``raw.documents`` rows, known by their line number."""
    return DOCUMENTS.frame(
        {
            "document_id": str(number),
            "path": "-",
            "record_no": number,
            "format": "jsonl",
            "n_bytes": 0,
            "encoding": "utf-8",
            "url": _text(document, "url"),
            "outlet_hint": _text(document, "source"),
            "title_hint": _text(document, "title"),
            "published_hint": _text(document, "published"),
            "authors_hint": [str(author) for author in document.get("authors") or []],
            "content_type": "html" if document.get("html") else "text",
            "hints_from": "record",
            "content": document.get("html") or document["text"],
            "ingested_at": EPOCH,
        }
        for number, document in given.items()
    )


def articles_as_they_are(documents: pl.DataFrame) -> pl.DataFrame:
    """Documents whose text is taken for the body as it is, so that offsets refer to the text given."""
    rows = []
    for document in documents.iter_rows(named=True):
        language = detect_language(document["content"])
        row = dict.fromkeys(ARTICLES.column_names) | {
            "article_id": document["document_id"],
            "document_id": document["document_id"],
            "source_id": f"unknown-{document['document_id']}",
            "url": document["url"],
            "title": document["title_hint"],
            "authors": document["authors_hint"],
            "credited": [],
            "published_precision": "none",
            "language": language,
            "supported": language in supported_languages(),
            "body": document["content"],
            "line_roles": ["paragraph"] * (document["content"].count("\n") + 1),
            "is_excerpt": False,
            "n_words": 0,
        }
        rows.append(row)
    return ARTICLES.frame(rows)


def by_article(frame: pl.DataFrame, shown: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each article as they are shown: what is called how, and which column it is."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    rows = zip(*(frame[column].to_list() for column in shown.values()), strict=True)
    for article_id, row in zip(frame["article_id"].to_list(), rows, strict=True):
        grouped.setdefault(article_id, []).append(dict(zip(shown, row, strict=True)))
    return grouped


def line_out(
    document: dict[str, Any],
    article: dict[str, Any],
    names: dict[tuple[str, str], str],
    quotes_of: dict[str, list[dict[str, Any]]],
    mentions_of: dict[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    """What is known of one document, with the keys of the evaluation files."""
    agency = article["agency_id"]
    return {
        "doc_id": document.get("doc_id"),
        "text": article["body"],
        "title": article["title"],
        # As the evaluation files count them: everyone the byline names, agencies and desks too.
        "authors": [*article["authors"], *article["credited"]],
        "published": _published(article) or _text(document, "published"),
        "source": names.get((article["document_id"], article["source_id"])),
        "agency": names.get((article["document_id"], agency), agency) if agency else None,
        "language": article["language"],
        "quotes": quotes_of.get(article["article_id"], []),
        "entities": mentions_of.get(article["article_id"], []),
    }


def _published(article: dict[str, Any]) -> str | None:
    """The publication time in the outlet's own zone, where it is known; the day or the month alone where no more is."""
    at: datetime | None = article["published_at"]
    if at is None:
        return None
    offset = timedelta(minutes=article["published_offset"] or 0)
    if article["published_precision"] == "month":
        return at.isoformat()[:7]
    if article["published_precision"] == "day":
        return (at + offset).date().isoformat()
    return (at + offset).replace(tzinfo=timezone(offset)).isoformat()


def _text(document: dict[str, Any], key: str) -> str | None:
    value = document.get(key)
    return str(value) if value not in (None, "") else None
