"""When a page or a record was published: what counts first, what tells day and month apart, what is kept unread."""

from typing import Any

import polars as pl
import pytest

from assets.articles.extract import extract_articles
from assets.articles.metadata.dates import country_of, url_stamp
from assets.documents.schema import DOCUMENTS
from tests.articles.html.test_html_page import PARAGRAPHS, STORY
from tests.articles.test_article_extract import TEXT, document, only

BODY = "\n".join(STORY)


def web_page(head: str = "", printed: str = "", language: str = "en") -> str:
    return (
        f'<html lang="{language}"><head><title>Port Averley under water</title>{head}</head><body><article>'
        f"<h1>Port Averley under water</h1>{printed}{PARAGRAPHS}</article></body></html>"
    )


def dated(row: dict[str, Any]) -> tuple[str | None, str, str | None, str | None]:
    at, precision = row["published_at"], row["published_precision"]
    known = at.isoformat()[: {"second": 19, "day": 10, "month": 7}[precision]] if at else None
    return known, precision, row["published_from"], row["published_unread"]


SLASHES = '<p class="date">Posted 03/04/2026</p>'
HALF_DAY = '<p class="date">Posted 03/04/2026 7:12 AM EST</p>'


@pytest.mark.parametrize(
    ("head", "printed", "language", "url", "expected"),
    [
        ("", HALF_DAY, "en-US", None, ("2026-03-04T12:12:00", "second", "text", None)),
        ("", HALF_DAY, "en", None, ("2026-03-04T12:12:00", "second", "text", None)),
        ("", SLASHES, "en-US", None, ("2026-03-04", "day", "text", None)),
        ("", SLASHES, "en-GB", None, ("2026-04-03", "day", "text", None)),
        ("", SLASHES, "it", None, ("2026-04-03", "day", "text", None)),
        ('<meta property="og:locale" content="en_US">', SLASHES, "en", None, ("2026-03-04", "day", "text", None)),
        ("", SLASHES, "en", "https://averley.co.uk/flood", ("2026-04-03", "day", "text", None)),
        # Many a site keeps the en-US that its software came with; its place says more.
        ("", SLASHES, "en-US", "https://averley.co.uk/flood", ("2026-04-03", "day", "text", None)),
        ("", SLASHES, "en", None, (None, "none", None, "Posted 03/04/2026")),
        ("", SLASHES, "en", "https://averley.example/2026/03/04/flood", ("2026-03-04", "day", "guess", "Posted 03/04/2026")),
        ("", "<p>Posted 03/04/2026</p>", "en", None, (None, "none", None, "Posted 03/04/2026")),
        ("", "<p>Posted 03/04/2026</p>", "en-US", None, ("2026-03-04", "day", "guess", None)),
        ("", '<p class="date">Onsdag den 4. marts 2026</p>', "da", None, ("2026-03-04", "day", "text", None)),
        ("", '<span class="published">٤ مارس ٢٠٢٦</span>', "ar", None, ("2026-03-04", "day", "text", None)),
        # An address names a month, and what the page says of the day goes before it.
        ("", "", "en", "https://averley.example/journal/2026/03/92713", ("2026-03", "month", "guess", None)),
        ("", "", "en", "https://averley.example/2026/03/04/flood", ("2026-03-04", "day", "guess", None)),
        ('<meta name="date" content="2026-03">', "", "en", None, ("2026-03", "month", "meta", None)),
        ('<meta name="date" content="2026-03">', '<p class="date">4 March 2026</p>', "en", None, ("2026-03-04", "day", "text", None)),
        # What is stated and not understood is kept, unless the date is known from elsewhere on the page.
        ('<meta name="date" content="spring 2026">', "", "en", None, (None, "none", None, "spring 2026")),
        ('<meta name="date" content="spring 2026">', '<p class="date">4 March 2026</p>', "en", None, ("2026-03-04", "day", "text", None)),
    ],
)  # fmt: skip
def test_a_page_is_dated_by_evidence(
    head: str, printed: str, language: str, url: str | None, expected: tuple[str | None, str, str | None, str | None]
) -> None:
    assert dated(only(document("a", web_page(head, printed, language), "html", url=url))) == expected


@pytest.mark.parametrize(
    ("stated", "order", "hints", "expected"),
    [
        ("4 de marzo de 2026", None, {}, ("2026-03-04", "day", "record", None)),
        ("March 2026", None, {}, ("2026-03", "month", "record", None)),
        ("03/04/2026", "mdy", {}, ("2026-03-04", "day", "record", None)),
        ("03/04/2026", "dmy", {}, ("2026-04-03", "day", "record", None)),
        ("03/04/2026", None, {"url": "https://averley.co.uk/flood"}, ("2026-04-03", "day", "record", None)),
        ("03/04/2026", None, {}, (None, "none", None, "03/04/2026")),
        ("Spring 2026", None, {}, (None, "none", None, "Spring 2026")),
        (
            "03/04/2026",
            None,
            {"url": "https://averley.example/2026/03/04/a"},
            ("2026-03-04", "day", "guess", "03/04/2026"),
        ),
        ("March 2026", None, {"url": "https://averley.example/2026/03/04/a"}, ("2026-03-04", "day", "guess", None)),
        ("March 2026", None, {"url": "https://averley.example/2025/07/04/a"}, ("2026-03", "month", "record", None)),
        (None, None, {"url": "https://averley.example/2026/03/04/a"}, ("2026-03-04", "day", "guess", None)),
        (None, None, {}, (None, "none", None, None)),
    ],
)
def test_a_record_is_dated_by_what_it_states(
    stated: str | None,
    order: str | None,
    hints: dict[str, str],
    expected: tuple[str | None, str, str | None, str | None],
) -> None:
    row = document("a", BODY, "body", published_hint=stated, hints_from="record", **hints)
    frame = DOCUMENTS.frame([row]).with_columns(date_order=pl.lit(order, pl.String))
    (article,) = extract_articles(frame).articles.to_dicts()
    assert dated(article) == expected


def test_a_manifest_that_cannot_be_read_does_not_hide_the_pages_own_date() -> None:
    page = web_page('<meta name="date" content="2026-03-04">')
    row = only(document("a", page, "html", published_hint="early spring", hints_from="manifest"))
    assert dated(row) == ("2026-03-04", "day", "meta", "early spring")


def test_a_pasted_text_is_dated_by_its_lines() -> None:
    for line, expected in (
        ("4 березня 2026", ("2026-03-04", "day", "text", None)),
        ("20 Nisan 2026 • Güncelleme: 21 Nisan 2026", ("2026-04-20", "day", "text", None)),
        ("Published 23/02/2026", ("2026-02-23", "day", "text", None)),
        ("Published 03/04/2026", (None, "none", None, "Published 03/04/2026")),
    ):
        title, rest = TEXT.split("\n\n", 1)
        assert dated(only(document("a", f"{title}\n\n{line}\n\n{rest}", "text"))) == expected


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://a.example/2026/03/04/flood", "2026-03-04 day"),
        ("https://a.example/news/2026-03-04-flood.html", "2026-03-04 day"),
        ("https://a.example/flood-20260304.html", "2026-03-04 day"),
        ("https://a.example/journal/2026/03/92713", "2026-03-01 month"),
        ("https://a.example/202603/flood", None),
        ("https://a.example/news/20260304123456", None),
        ("https://a.example/2026/13/45/flood", None),
        ("https://a.example/flood", None),
        ("not an address", None),
        (None, None),
    ],
)
def test_an_address_names_a_day_or_a_month(url: str | None, known: str | None) -> None:
    stamp = url_stamp(url)
    assert (stamp and f"{stamp.at:%Y-%m-%d} {stamp.precision}") == known


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://a.co.uk/x", "GB"), ("https://a.in/x", "IN"), ("https://a.de", "DE"), ("https://a.com/x", None), ("https://a.io/x", None),
        (None, None),
    ],
)  # fmt: skip
def test_the_ending_of_a_host_is_its_country(url: str | None, country: str | None) -> None:
    assert country_of(url) == country
