"""Five real pasted pages: outlet, agency, dateline, byline, date, title, first and last words as a careful reader has them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assets.articles.extract import extract_articles
from assets.documents.schema import DOCUMENTS


@pytest.fixture(scope="module")
def read(shared: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """(gold, article) of each document."""
    folder = shared / "corpus" / "kursk"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["documents"]
    rows = [
        {
            "document_id": entry["file"],
            "path": entry["file"],
            "record_no": 0,
            "format": "text",
            "n_bytes": 1,
            "encoding": "utf-8",
            "authors_hint": [],
            "content_type": "text",
            "content": (folder / entry["file"]).read_text(encoding="utf-8"),
            "ingested_at": datetime(2025, 3, 20),
        }
        for entry in gold
    ]
    batch = extract_articles(DOCUMENTS.frame(rows))
    names = dict(batch.sources.select("source_id", "name").iter_rows())
    articles = {row["document_id"]: row for row in batch.articles.to_dicts()}
    for row in articles.values():
        row["outlet"], row["agency"] = names[row["source_id"]], names.get(row["agency_id"])
    return [(entry, articles[entry["file"]]) for entry in gold]


def test_outlet_and_agency(read: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    for gold, article in read:
        assert article["outlet"] == (gold["outlet"] or f"unknown ({gold['file']})")
        assert article["agency"] == gold["agency"]


def test_five_documents_are_of_five_outlets(read: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    assert len({article["source_id"] for _, article in read}) == 5


def test_dateline_byline_and_date(read: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    for gold, article in read:
        assert (article["dateline"] or "").casefold() == (gold["dateline"] or "").casefold()
        assert article["authors"] == gold["byline"]
        assert article["published_at"] == (datetime.fromisoformat(gold["published"]) if gold["published"] else None)


def test_a_date_from_the_storys_own_words_is_marked_as_a_guess(
    read: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    assert [article["published_from"] for _, article in read] == ["guess", None, "guess", "text", "text"]


def test_titles(read: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    for gold, article in read:
        assert article["title"] == gold["title"]


def test_first_and_last_words_and_dropped_lines(read: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    for gold, article in read:
        assert article["body"].startswith(gold["first"])
        assert article["body"].endswith(gold["last"])
        assert not set(gold["drop"]) & set(article["body"].splitlines())
