"""The matches of alerts as a page and as a feed that feed readers take."""

from pathlib import Path

import feedparser
from lxml import html

from tests.report.newsroom import CHANGED, TRAP, made, newsroom


def test_the_overview_leads_to_the_page_and_the_page_to_the_words(report: Path) -> None:
    overview = html.parse(str(report / "index.html")).getroot()
    assert [row.text_content() for row in overview.xpath("//table[@data-name='alerts-set']/tbody/tr/th")] == [
        "altered <words>", "silence",
    ]  # fmt: skip
    page = html.parse(str(report / "alerts.html")).getroot()
    altered, silence = page.xpath("//table[@data-name='alerts']/tbody/tr")
    assert altered.xpath("./td[3]//a/@href") == ["articles/a-west.html#q-q4"]
    assert silence.xpath("./td[3]//a/@href") == ["statements/s-trap.html"]


def test_the_feed_is_read_by_a_feed_reader(report: Path) -> None:
    feed = feedparser.parse((report / "alerts.atom").read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.updated == "2026-09-08T07:15:00Z", (
        "of its newest match, so that the same matches give the same bytes"
    )
    altered, silence = feed.entries
    assert (altered.id, altered.link) == ("urn:verbatim:alert:m1", "articles/a-west.html#q-q4")
    assert altered.title == f"altered <words>: <b>West</b> & Sons altered “{CHANGED}”"
    assert TRAP in silence.content[0].value
    assert "Silent Herald left it out; 1 others carried it." in silence.content[0].value


def test_without_an_alert_there_is_neither_page_nor_feed(tmp_path: Path) -> None:
    tables = newsroom()
    none = {path: tables[path].clear() for path in ("core.alert_rules", "marts.alerts")}
    site = made({**tables, **none}, tmp_path).folder
    assert not (site / "alerts.html").exists()
    assert not (site / "alerts.atom").exists()
    assert "Your alerts" not in (site / "index.html").read_text(encoding="utf-8")
