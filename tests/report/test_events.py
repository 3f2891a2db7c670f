"""Stories and time lines: whose words came first, what moved, what is linked; times are no more exact than they are known."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from lxml import html

from assets.report.events import printings
from assets.report.events.lanes import LABELS, WIDTH, lanes
from assets.report.events.printings import first_and_then
from assets.report.events.timelines import MOST_WORDINGS, moved
from tests.report.newsroom import made, newsroom

NOON = datetime(2031, 5, 4, 12)
DAY = datetime(2031, 5, 4)
LATER = datetime(2031, 5, 6, 9)
Given = tuple[str, datetime | None, str]


def page(report: Path, name: str) -> html.HtmlElement:
    return html.parse(str(report / name)).getroot()


def printing(outlet: str, at: datetime | None, precision: str, first: datetime, **more: object) -> dict[str, object]:
    hours = (at - first).total_seconds() / 3600 if at and precision == "second" else None
    return {
        "outlet": outlet, "outlet_id": outlet, "published_at": at, "published_precision": precision, "first_at": first,
        "first_precision": "second" if first.hour else "day", "hours_after_first": hours, "relation": "same", "link": outlet, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "firsts", "then"),
    [
        ([("A", NOON, "second"), ("B", LATER, "second")], ["A"], ["B +45.0 h"]),
        ([("A", NOON, "second"), ("B", DAY, "day")], ["B", "A"], []),
        ([("A", NOON, "second"), ("B", DAY, "day"), ("C", NOON.replace(hour=9), "second")], ["B", "C"], ["A same day"]),
        ([("A", DAY + timedelta(days=1), "second"), ("B", DAY, "day")], ["B"], ["A +1 day"]),
        ([("A", DAY, "day"), ("B", LATER, "second"), ("C", None, "none")], ["A"], ["B +2 days", "C –"]),
        ([("A", NOON, "second"), ("B", DAY, "month")], ["A"], ["B –"]),
    ],
)
def test_the_first_is_one_only_where_times_say_so(given: list[Given], firsts: list[str], then: list[str]) -> None:
    first = min(at for _, at, precision in given if at and precision != "month")
    found = first_and_then([printing(*row, first) for row in given])
    assert [row["outlet"] for row in found[0]] == firsts
    assert [f"{row['outlet']} {row['delay']}" for row in found[1]] == then


def test_a_wording_is_shown_once_with_all_who_print_it() -> None:
    said = {"text": "We open the gate before noon"}
    rows = [
        printing("A", NOON, "second", NOON, wording="We open the gate before noon"),
        printing("B", LATER, "second", NOON, wording="before noon,", relation="fragment"),
        printing("C", LATER, "second", NOON, wording="before noon", relation="fragment"),
        printing("D", LATER, "second", NOON, wording="We open the Gate before noon", relation="spelling"),
    ]
    found = moved(said, rows)
    assert [wording["printings"] for wording in found["wordings"]] == ["B +45.0 h, C +45.0 h"]
    assert found["n_same"] == 2


def test_a_time_line_shows_the_first_wordings_and_counts_the_others() -> None:
    rows = [
        printing("A", NOON + timedelta(hours=at), "second", NOON, wording=f"gate {at}", relation="reworded")
        for at in range(MOST_WORDINGS + 3)
    ]
    found = moved({"text": "We open the gate before noon"}, rows)
    assert len(found["wordings"]) == MOST_WORDINGS
    assert found["n_more"] == 3


def article(name: str, at: datetime | None, precision: str, origin: str | None = None) -> dict[str, object]:
    return {
        "article_id": name, "source_id": name, "outlet": name, "title": "Gate", "published_at": at,
        "published_precision": precision, "origin_article_id": origin,
    }  # fmt: skip


def test_a_day_is_as_long_as_a_day_and_a_copy_is_joined_to_what_it_copies() -> None:
    shown = lanes([article("a", DAY, "day"), article("b", NOON, "second", "a"), article("c", DAY, "month")])
    assert shown
    day, copy = shown.marks
    assert (day.is_copy, copy.is_copy, copy.width) == (False, True, 0)
    assert day.x + day.width / 2 == pytest.approx(copy.x, abs=0.2)
    assert shown.copied == ((day.x, day.y, copy.x, copy.y),)
    assert shown.left_out == 1


@pytest.mark.parametrize(
    "times",
    [
        [datetime.min, datetime.max],
        [datetime.max, datetime.max],
        [NOON, NOON],
        [datetime(1850, 1, 1), NOON],
    ],
)
def test_any_times_fit_the_picture(times: list[datetime]) -> None:
    shown = lanes([article(str(n), at, "day") for n, at in enumerate(times)])
    assert shown
    assert all(LABELS <= mark.x <= mark.x + mark.width <= WIDTH for mark in shown.marks)
    assert all(LABELS <= x <= WIDTH for x, _ in shown.ticks)


def test_one_article_has_no_time_line() -> None:
    assert lanes([article("a", NOON, "second"), article("b", None, "none")]) is None


def test_a_story_is_reached_from_its_articles_statements_and_the_list(report: Path) -> None:
    for name in ("articles/a-north.html", "statements/s-rebuild.html", "stories.html"):
        assert any(link.endswith("stories/story.html") for link in page(report, name).xpath("//a/@href")), name
    alone = page(report, "articles/a-none.html").xpath("//main//a/@href")
    assert not any("stories/" in link for link in alone), "one outlet's story has no page"


def test_a_story_says_who_carried_what_and_whose_text_spread(report: Path) -> None:
    story = page(report, "stories/story.html")
    (row,) = [
        row for row in story.xpath("//table[@data-name='carried']/tbody/tr") if "rebuild" in row[0].text_content()
    ]
    assert [cell.text_content() for cell in row[3:]] == [
        "The North Mail 7 Sep 2026, 08:00",
        "South Courier +2.5 h, spelled differently<b>West</b> & Sons +23.2 h, alteredEast Ferry Post +2 days, a part of it",
    ]
    (copy,) = story.xpath("//table[@data-name='spread']/tbody/tr")
    assert copy.xpath(".//a/@href")[-1] == "../comparisons/a-south.html"
    assert "+2.5 h" in copy.text_content()


def test_a_story_names_some_printings_of_each_statement_and_leads_to_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printings, "MOST_PRINTINGS", 1)
    story = page(made(newsroom(), tmp_path).folder, "stories/story.html")
    cells = story.xpath("//table[@data-name='carried']//td[@data-label='then'][.//a[text()='and 2 more']]")
    assert [cell.xpath(".//a/@href")[-1] for cell in cells] == ["../statements/s-rebuild.html"]


def test_a_time_line_is_reached_from_the_speaker_and_shows_the_wordings(report: Path) -> None:
    assert "../timelines/p-brook.html" in page(report, "speakers/p-brook.html").xpath("//a/@href")
    line = page(report, "timelines/p-brook.html")
    assert [h.text_content() for h in line.xpath("//section/h2")] == ["7 Sep 2026", "8 Sep 2026"]
    assert len(line.xpath("//ol[@class='moved'][1]/li")) == 2, "a part and other words; a spelling is the same words"
    assert line.xpath("//ol[@class='moved']//del")
    assert not (report / "timelines" / "p-marsh.html").exists(), "one statement is no line"
