"""The names that datasets give their fields, and which of them are never what they seem."""

import json
from collections.abc import Callable

import document_samples as samples
import pytest
from document_reading import Outcome
from document_samples import PAGE, STORY

from assets.documents.columns import ROLES, read_fields
from assets.documents.options import ReadOptions

Read = Callable[..., Outcome]
URL = "https://herald.example/bridge"

NEWS_PLEASE = {
    "authors": ["Jo Halloran"], "date_download": "2025-03-20 08:00:00", "date_modify": "2025-03-16 08:00:00",
    "date_publish": "2025-03-14 10:15:00", "description": "The bridge opens.", "filename": "x.json", "image_url": None,
    "language": "en", "localpath": None, "maintext": STORY, "source_domain": "herald.example", "title": "Bridge to open",
    "title_page": None, "title_rss": None, "url": URL,
}  # fmt: skip
WEBZ = {
    "thread": {"uuid": "1", "url": URL, "site_full": "www.herald.example", "site": "herald.example", "published": "2025-03-14T10:15:00.000+00:00",
               "title": "Bridge to open"},
    "uuid": "1", "url": URL, "author": "Jo Halloran", "published": "2025-03-14T10:15:00.000+00:00", "title": "Bridge to open",
    "text": STORY, "highlightText": "", "language": "english", "crawled": "2025-03-20T08:00:00.000+00:00",
}  # fmt: skip
NEWS_API = {
    "source": {"id": None, "name": "Northgate Herald"}, "author": "Jo Halloran", "title": "Bridge to open", "url": URL,
    "description": "The bridge opens.", "urlToImage": None, "publishedAt": "2025-03-14T10:15:00Z", "content": STORY + "… [+1234 chars]",
}  # fmt: skip
MEDIA_CLOUD = {
    "id": "9", "media_name": "Northgate Herald", "media_url": "herald.example", "title": "Bridge to open", "publish_date": "2025-03-14",
    "url": URL, "indexed_date": "2025-03-20", "language": "en", "story_text": STORY,
}  # fmt: skip
JSON_LD = {
    "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bridge to open", "articleBody": STORY, "url": URL,
    "datePublished": "2025-03-14T10:15:00Z", "dateModified": "2025-03-16", "author": [{"@type": "Person", "name": "Jo Halloran"}],
    "publisher": {"@type": "Organization", "name": "Northgate Herald"},
}  # fmt: skip
GUARDIAN = {
    "id": "news/2025/bridge", "webTitle": "Bridge to open", "webUrl": URL, "webPublicationDate": "2025-03-14T10:15:00Z",
    "fields": {"bodyText": STORY, "byline": "Jo Halloran", "publication": "Northgate Herald"},
}  # fmt: skip
CC_NEWS = {
    "title": "Bridge to open",
    "text": STORY,
    "domain": "herald.example",
    "date": "2025-03-14 10:15:00",
    "description": "x",
    "url": URL,
    "image_url": "",
}


@pytest.mark.parametrize(
    ("record", "outlet", "published", "authors"),
    [
        (NEWS_PLEASE, "herald.example", "2025-03-14 10:15:00", ("Jo Halloran",)),
        (WEBZ, "www.herald.example", "2025-03-14T10:15:00.000+00:00", ("Jo Halloran",)),
        (NEWS_API, "Northgate Herald", "2025-03-14T10:15:00Z", ("Jo Halloran",)),
        (MEDIA_CLOUD, "Northgate Herald", "2025-03-14", ()),
        (JSON_LD, "Northgate Herald", "2025-03-14T10:15:00Z", ("Jo Halloran",)),
        (GUARDIAN, "Northgate Herald", "2025-03-14T10:15:00Z", ("Jo Halloran",)),
        (CC_NEWS, "herald.example", "2025-03-14 10:15:00", ()),
    ],
    ids=["news-please", "webz", "newsapi", "mediacloud", "json-ld", "guardian", "cc_news"],
)  # fmt: skip
def test_the_fields_of_known_datasets(
    record: dict[str, object], outlet: str, published: str, authors: tuple[str, ...]
) -> None:
    fields = read_fields(record, {})
    assert (fields.text, fields.url, fields.title) == (STORY, URL, "Bridge to open")
    assert (fields.outlet, fields.published, fields.authors) == (outlet, published, authors)


@pytest.mark.parametrize(
    "name",
    ["date_download", "date_modify", "crawled", "crawl_date", "seendate", "indexed_date", "collect_date", "scraped_at", "fetched_at",
     "retrieved", "downloaded", "timestamp", "created_at", "updated", "modified", "dateModified", "last_modified", "ingested_at"],
)  # fmt: skip
def test_no_other_date_is_taken_for_the_date_of_publication(name: str) -> None:
    assert read_fields({"text": STORY, name: "2025-03-20"}, {}).published is None


@pytest.mark.parametrize(
    ("wrapper", "n"),
    [
        (lambda rows: {"status": "ok", "totalResults": 2, "articles": rows}, 2),
        (lambda rows: {"posts": rows, "totalResults": 2, "next": "/x"}, 2),
        (lambda rows: {"response": {"status": "ok", "results": rows}}, 2),
        (lambda rows: {"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": rows}, 2),
        (lambda rows: rows, 2),
        (lambda rows: rows[0], 1),
    ],
    ids=["newsapi", "webz", "guardian", "json feed", "array", "one"],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_answers_of_interfaces_are_unwrapped(
    read: Read, wrapper: Callable[[list[object]], object], n: int, indent: int | None
) -> None:
    outcome = read("answer.json", json.dumps(wrapper([WEBZ, NEWS_API]), indent=indent))
    assert (len(outcome.documents), outcome.rejects) == (n, [])


def test_a_gdelt_list_of_links_is_reported_as_without_text(read: Read) -> None:
    row = {
        "url": URL,
        "url_mobile": "",
        "title": "Bridge",
        "seendate": "20250320T080000Z",
        "domain": "herald.example",
        "language": "English",
    }
    reject = read("gdelt.json", json.dumps({"articles": [row]})).reject
    assert reject["reason"] == "missing_text"
    assert "list of links" in str(reject["detail"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", samples.jsonl([{"Artikel": STORY, "kop": "Brug", "text": "not this"}])),
        ("a.csv", f'kop,Artikel,text\nBrug,"{STORY}",not this\n'),
        ("a.parquet", samples.parquet([{"Artikel": STORY, "kop": "Brug", "text": "not this"}])),
    ],
)
def test_the_users_own_names_go_first(read: Read, name: str, content: bytes | str) -> None:
    document = read(name, content, ReadOptions(mapping={"text": "Artikel", "title": "kop"})).document
    assert (document["content"], document["title_hint"]) == (STORY, "Brug")


@pytest.mark.parametrize(
    "content",
    [
        f',title,text\n0,Bridge,"{STORY}"\n',
        f'text\n"{STORY}"\n',
        f'title;text\nBridge;"{STORY}"\n',
        f'title|text\r\nBridge|"{STORY}"\r\n',
        f'Title,Article Text,Publication Date\nBridge,"{STORY}",2025-03-14\n',
    ],
    ids=["unnamed index", "one column", "semicolons", "bars", "spaces in names"],
)
def test_tables_as_programs_write_them(read: Read, content: str) -> None:
    document = read("a.csv", content).document
    assert (document["format"], document["content"]) == ("csv", STORY)


def test_a_mapping_to_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="can name only text"):
        ReadOptions(mapping={"headline": "kop"})


@pytest.mark.parametrize(
    ("record", "content_type", "content"),
    [
        ({"text": STORY}, "body", STORY),
        ({"text": STORY.split("\n")}, "body", STORY),
        ({"html": PAGE}, "html", PAGE),
        ({"content": PAGE}, "html", PAGE),
        (
            {"content_html": f"<p>{STORY}</p><script>x()</script><p>A &amp; B</p>"},
            "body",
            STORY.replace("\n", " ") + "\nA & B",
        ),
        ({"text": "5 < 6 and 7 > 3, the board said"}, "body", "5 < 6 and 7 > 3, the board said"),
        ({"html": PAGE, "text": STORY}, "body", STORY),
        ({"text": " ", "html": PAGE}, "html", PAGE),
    ],
)
def test_pages_pieces_of_markup_and_bodies_are_told_apart(
    read: Read, record: dict[str, object], content_type: str, content: str
) -> None:
    document = read("a.jsonl", json.dumps(record) + "\n").document
    assert (document["content_type"], document["content"]) == (content_type, content)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Jo Halloran", ("Jo Halloran",)),
        (["Jo Halloran", "Mo Quill"], ("Jo Halloran", "Mo Quill")),
        ([{"name": "Jo Halloran"}], ("Jo Halloran",)),
        ({"name": "Jo Halloran"}, ("Jo Halloran",)),
        ("['Jo Halloran', 'Mo Quill']", ("Jo Halloran", "Mo Quill")),
        ("Jo Halloran; Mo Quill", ("Jo Halloran", "Mo Quill")),
        ("", ()), (None, ()), ([], ()), ([None, ""], ()),
    ],
)  # fmt: skip
def test_authors_in_any_shape(value: object, names: tuple[str, ...]) -> None:
    assert read_fields({"text": STORY, "authors": value}, {}).authors == names


def test_every_role_can_be_mapped() -> None:
    assert set(ROLES) == {"text", "html", "url", "outlet", "title", "published", "authors"}


@pytest.mark.parametrize(
    ("record", "content_type"),
    [
        ({"text": "The bridge is open."}, "body"),
        ({"title": "Bridge", "description": "The bridge is open."}, "excerpt"),
        ({"text": None, "summary": "<p>The bridge is open.</p>"}, "excerpt"),
        ({"content": "The bridge is open. The mayor… [+1204 chars]"}, "excerpt"),
        ({"text": "The bridge is open.", "description": "Open."}, "body"),
    ],
)
def test_an_excerpt_is_told_from_a_body(read: Read, record: dict[str, object], content_type: str) -> None:
    assert read("a.json", json.dumps(record)).document["content_type"] == content_type
