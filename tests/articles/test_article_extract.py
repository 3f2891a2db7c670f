"""Documents become articles or rejects; a document gives the same rows alone and among others."""

import pickle
from datetime import datetime
from functools import partial
from typing import Any

import polars as pl
import pytest

from assets.articles.extract import extract_articles
from assets.articles.html.clean import HtmlMode
from assets.articles.schema import ARTICLES, LINE_ROLES, REMOVED_LINES
from assets.documents.schema import DOCUMENTS
from assets.sources.schema import SOURCES
from tests.articles.html.test_html_page import PARAGRAPHS, STORY, page

TEXT = "\n\n".join(
    ["Port Averley under water", "Sign up now: get our newsletter", *STORY[:5], STORY[5] + " REUTERS", "See more on"]
)


def document(document_id: str, content: str, content_type: str, **hints: Any) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "path": f"{document_id}.txt",
        "record_no": 0,
        "format": "text",
        "n_bytes": len(content),
        "encoding": "utf-8",
        "url": None,
        "outlet_hint": None,
        "title_hint": None,
        "published_hint": None,
        "authors_hint": [],
        "content_type": content_type,
        "hints_from": None,
        "content": content,
        "ingested_at": datetime(2026, 1, 1),
    } | hints


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return DOCUMENTS.frame(list(rows))


ROWS = (
    document("html", page(PARAGRAPHS), "html", url="https://www.straitstimes.com/world/a"),
    document("text", TEXT, "text"),
    document("body", "KYIV (Reuters) - " + "\n".join(STORY), "body"),
    document("empty", "<html><body><p>—</p></body></html>", "html"),
)


def only(*rows: dict[str, Any]) -> dict[str, Any]:
    (row,) = extract_articles(frame(*rows)).articles.to_dicts()
    return row


def test_frames_have_the_declared_columns() -> None:
    batch = extract_articles(frame(*ROWS))
    assert batch.articles.schema == ARTICLES.polars_schema
    assert batch.removed_lines.schema == REMOVED_LINES.polars_schema
    assert batch.sources.schema == SOURCES.polars_schema


def test_every_document_is_an_article_or_a_reject() -> None:
    batch = extract_articles(frame(*ROWS))
    assert sorted([*batch.articles["document_id"], *batch.rejects["document_id"]]) == ["body", "empty", "html", "text"]
    assert batch.rejects.select("document_id", "reason").rows() == [("empty", "wordless")]


@pytest.mark.parametrize("mode", ["accurate", "fast"])
def test_rows_do_not_depend_on_the_batch_or_its_order(mode: str) -> None:
    extract = partial(extract_articles, html_mode=mode)
    together, backwards = extract(frame(*ROWS)), extract(frame(*reversed(ROWS)))
    alone = [extract(frame(row)) for row in ROWS]
    for name, keys in (("articles", ["article_id"]), ("removed_lines", ["article_id", "line_no"])):
        assert getattr(together, name).equals(getattr(backwards, name))
        assert getattr(together, name).equals(pl.concat([getattr(one, name) for one in alone]).sort(keys))


def test_the_function_can_be_sent_to_another_process() -> None:
    again = pickle.loads(pickle.dumps(partial(extract_articles, html_mode="fast")))
    assert again(frame(ROWS[1])).articles.equals(extract_articles(frame(ROWS[1])).articles)


def test_every_source_that_an_article_names_has_one_row() -> None:
    batch = extract_articles(frame(*ROWS))
    named = {*batch.articles["source_id"], *batch.articles["agency_id"].drop_nulls()}
    assert batch.sources["source_id"].to_list() == sorted(named)


def test_removed_lines_have_one_row_a_line() -> None:
    removed = extract_articles(frame(*ROWS)).removed_lines
    assert removed.select("article_id", "line_no").is_duplicated().sum() == 0


def test_a_credit_after_the_last_words_is_evidence_and_not_part_of_the_body() -> None:
    row = only(ROWS[1])
    assert (row["agency_id"], row["agency_evidence"]) == ("reuters", "credit")
    assert row["body"].endswith("in the afternoon.")


def test_a_delivered_body_is_not_cut_but_its_dateline_is_read() -> None:
    row = only(ROWS[2])
    assert row["body"].startswith("KYIV (Reuters) - The river")
    assert (row["dateline"], row["agency_id"], row["agency_evidence"]) == ("KYIV", "reuters", "dateline")


def test_a_dateline_is_cut_from_a_page_and_kept_as_a_removed_line() -> None:
    batch = extract_articles(
        frame(document("a", page(PARAGRAPHS.replace("<p>The river", "<p>KYIV — The river", 1)), "html"))
    )
    (row,) = batch.articles.to_dicts()
    assert row["dateline"] == "KYIV"
    assert row["body"].startswith("The river Ask")
    assert batch.removed_lines.filter(pl.col("reason") == "dateline")["text"].to_list() == ["KYIV —"]


HINTS = {
    "title_hint": "Flood in Averley",
    "published_hint": "2026-02-03T10:00:00+01:00",
    "authors_hint": ["Ada Brook", "Politics Desk"],
    "outlet_hint": "The Averley Courier",
}


def test_a_manifest_overrules_the_page() -> None:
    row = only(ROWS[0] | HINTS | {"hints_from": "manifest"})
    assert row["title"] == "Flood in Averley"
    assert (row["authors"], row["credited"]) == (["Ada Brook"], ["Politics Desk"])
    assert (row["published_at"], row["published_from"]) == (datetime(2026, 2, 3, 9), "manifest")
    assert (row["published_precision"], row["published_offset"]) == ("second", 60)
    assert row["source_id"] == "the-averley-courier"


def test_a_record_completes_a_page_and_overrules_what_is_read_from_text() -> None:
    row = only(ROWS[0] | HINTS | {"hints_from": "record"})
    assert (row["title"], row["published_from"]) == ("Port Averley under water", "record")
    assert row["source_id"] == "the-straits-times"
    row = only(ROWS[1] | HINTS | {"hints_from": "record"})
    assert (row["title"], row["source_id"]) == ("Flood in Averley", "the-averley-courier")


def outlets(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    """The name of each document's outlet, and what tells it."""
    batch = extract_articles(frame(*rows))
    sources = {row["source_id"]: (row["name"], row["known_by"]) for row in batch.sources.to_dicts()}
    articles = {row["document_id"]: row["source_id"] for row in batch.articles.to_dicts()}
    return [sources[articles[row["document_id"]]] for row in rows]


PLAIN = "\n".join(STORY)


def test_unnamed_outlets_stay_apart() -> None:
    rows = [document(name, f"{PLAIN} {name}", "body", path=f"clips/{name}.txt") for name in ("a", "b")]
    assert outlets(*rows) == [("unknown (a.txt)", "unknown"), ("unknown (b.txt)", "unknown")]
    row = only(rows[0])
    assert (row["source_id"], row["published_precision"], row["published_from"]) == ("unknown-a", "none", None)


def test_records_of_one_file_may_be_of_many_outlets() -> None:
    rows = [
        document(name, f"{PLAIN} {name}", "body", path="x/dump.jsonl", record_no=at) for at, name in enumerate("ab")
    ]
    assert outlets(*rows) == [("unknown (dump.jsonl)", "unknown"), ("unknown (dump.jsonl, record 2)", "unknown")]


def test_pages_of_a_host_without_a_domain_are_of_one_outlet() -> None:
    rows = [document(name, f"{PLAIN} {name}", "body", url=f"http://newsdesk/{name}") for name in ("a", "b")]
    assert outlets(*rows) == [("unknown (newsdesk)", "unknown")] * 2
    assert len({only(row)["source_id"] for row in rows}) == 1


@pytest.mark.parametrize("hint", ["Unknown", "n/a", "—", "@averleywatch", "Medium", "localhost", "", None])
def test_a_placeholder_name_does_not_make_strangers_one_outlet(hint: str | None) -> None:
    rows = [document(name, f"{PLAIN} {name}", "body", outlet_hint=hint, hints_from="record") for name in ("a", "b")]
    assert [name for name, _ in outlets(*rows)] == ["unknown (a.txt)", "unknown (b.txt)"]
    at_home = rows[0] | {"url": "https://averleywatch.example/a"}
    assert outlets(at_home) == [("averleywatch.example", "site")]


def test_a_story_on_the_agencys_own_site_is_the_agencys() -> None:
    row = only(ROWS[0] | {"url": "https://www.reuters.com/world/a"})
    assert (row["source_id"], row["agency_id"], row["agency_evidence"]) == ("reuters", "reuters", "outlet")


@pytest.mark.parametrize("mode", ["accurate", "fast"])
@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (page(PARAGRAPHS), "html"),
        (page(f"<p>KYIV (Reuters) –</p>{PARAGRAPHS}<p>(Reporting by Ada Brook; Editing by Cy Marsh)</p>"), "html"),
        (TEXT, "text"),
        ("\n".join(["KYIV, March 4 (Reuters) -", *STORY, "(AFP)"]), "text"),
        ("KYIV (Reuters) - " + "\n".join(STORY), "body"),
    ],
)
def test_each_line_of_the_body_has_a_role(content: str, content_type: str, mode: HtmlMode) -> None:
    (row,) = extract_articles(frame(document("a", content, content_type)), mode).articles.to_dicts()
    assert len(row["line_roles"]) == len(row["body"].split("\n"))
    assert set(row["line_roles"]) <= set(LINE_ROLES)


def test_a_wall_is_kept_apart_from_the_articles_with_what_to_do() -> None:
    wall = "<html><head><title>Just a moment...</title></head><body><p>Enable JavaScript and cookies to continue</p></body></html>"
    batch = extract_articles(frame(document("a", wall, "html"), *ROWS))
    reasons = dict(batch.rejects.select("document_id", "reason").iter_rows())
    assert reasons == {"a": "not_news", "empty": "wordless"}
    assert "browser" in batch.rejects.filter(pl.col("document_id") == "a")["detail"].item()


@pytest.mark.parametrize(
    ("language", "supported", "text"),
    [
        ("en", True, "The harbour board met on Monday and put off the vote on the new crane until the spring."),
        ("de", True, "Der Hafenrat tagte am Montag und verschob die Abstimmung über den neuen Kran auf das Frühjahr."),
        ("uk", True, "Рада порту зібралася в понеділок і перенесла голосування щодо нового крана на весну."),
        (
            "fi",
            False,
            "Sataman hallitus kokoontui maanantaina ja siirsi uutta nosturia koskevan äänestyksen kevääseen.",
        ),
    ],
)
def test_an_article_says_whether_its_language_is_supported(language: str, supported: bool, text: str) -> None:
    row = only(document("a", text, "body"))
    assert (row["language"], row["supported"]) == (language, supported)
