"""A line that the classifier is not sure of is boilerplate where other stories of the outlet carry it too."""

import duckdb
import pytest

from assets.articles.asset import REPEATS
from assets.articles.lines.clean import clean_text
from assets.articles.lines.repeats import MIN_STORIES, end_lines, fold_line, is_doubtful
from assets.articles.schema import ARTICLES, DOUBTFUL_LINES, REMOVED_LINES

SLOGAN = "More than news: the river in numbers"
STORY = [
    "The river Ask rose above the wall of Port Averley on Monday night, and water stood in forty streets by morning.",
    "“We heard it before we saw it,” said Ada Brook, who keeps a bakery near the harbour. “Then the door gave way.”",
    "The council had put off repairs twice, according to minutes of its meetings in January and in May of last year.",
    "“Nobody here is surprised, and nobody here was asked,” the harbour master, Cy Marsh, told a meeting at the school.",
    "Engineers expect the water to fall on Wednesday, when the wind turns, and the bridge to open again a day later.",
    "The mayor, who had promised a new wall before the vote, said that she would visit the quarter in the afternoon.",
    "Shops in the lower town opened late, and the ferry to Lenster did not leave before noon on Tuesday.",
    "The water board said that it would publish the readings of all its gauges along the Ask by the weekend.",
]
MENU, AFTER = (
    ["Home", "Town", "River", "Sport"],
    ["Ferry stops for the winter", "Ten bakeries that you should not miss", "© 2026 Marlow Tribune"],
)
PAGE = "\n".join([*MENU, "River over the wall", "By Dora Finch", *STORY[:4], SLOGAN, *STORY[4:], *AFTER])


@pytest.mark.parametrize(
    ("line", "score", "doubtful"),
    [
        (SLOGAN, 0.3, True),
        (SLOGAN, 2.0, False),
        ("“More than news”", 0.3, False),
        (SLOGAN * 20, 0.3, False),
    ],
)
def test_only_a_short_line_without_a_quotation_that_is_not_sure_is_doubtful(
    line: str, score: float, doubtful: bool
) -> None:
    assert is_doubtful(line, score) == doubtful


def test_a_doubtful_line_stays_where_no_other_story_carries_it() -> None:
    cleaned = clean_text(PAGE)
    assert cleaned.doubtful == (SLOGAN,)
    assert cleaned.body.split("\n") == [*STORY[:4], SLOGAN, *STORY[4:]]


def test_a_repeated_line_leaves_the_body_with_its_reason_and_is_reported_again() -> None:
    cleaned = clean_text(PAGE, repeated=[SLOGAN])
    assert cleaned.body.split("\n") == STORY
    assert [removed for removed in cleaned.removed() if removed[2] == "repeated"] == [(10, SLOGAN, "repeated")]
    assert cleaned.doubtful == (SLOGAN,)


def test_a_sure_line_within_the_story_stays_however_often_it_stands() -> None:
    assert clean_text(PAGE, repeated=STORY[:5]).body.split("\n") == [*STORY[:4], SLOGAN, *STORY[4:]]


DISCLAIMER = (
    "The Marlow Tribune is owned by its readers. " + "It takes no money from the council or from the water board. " * 6
)


@pytest.mark.parametrize(
    ("last", "is_cut"), [(DISCLAIMER.strip(), True), (f"“{DISCLAIMER.strip()}”", False), (STORY[-1], True)]
)
def test_a_line_at_the_end_goes_however_long_and_sure_unless_it_quotes(last: str, is_cut: bool) -> None:
    page = "\n".join([*MENU, "River over the wall", "By Dora Finch", *STORY[:-1], last, *AFTER])
    assert (last in clean_text(page).body, last in clean_text(page, repeated=[last]).body) == (True, not is_cut)
    assert (last in [line for line, _ in clean_text(page).ends]) == is_cut


@pytest.mark.parametrize(
    ("story", "numbers", "above"),
    [
        (["a", "b", "c", "d", "e", "f", "g", "h", "i"], [8, 7, 6], "f"),
        (["a", "b", "c"], [2], "a"),
        (["a", "b"], [], "a"),
        (["a", "b", "c", "d", "e", "“f”", "g"], [6], "d"),
        ([], [], ""),
    ],
)
def test_the_end_of_a_story_is_its_last_lines_up_to_a_quotation(
    story: list[str], numbers: list[int], above: str
) -> None:
    assert end_lines(story) == (numbers, above)


STORIES = [("River", "The bridge opens."), ("Ferry", "The fog lifts."), ("Shops", "The market stays.")]


@pytest.mark.parametrize(
    ("stories", "repeated"),
    [
        (STORIES, ["a", "b", "c"]),
        (STORIES[:2], []),
        ([(title, "The bridge opens.") for title, _ in STORIES], []),  # three versions of one story
        ([("River", above) for _, above in STORIES], []),
    ],
)
def test_three_stories_with_other_lines_above_end_alike(stories: list[tuple[str, str]], repeated: list[str]) -> None:
    with duckdb.connect() as connection:
        for schema in ("core", "work"):
            connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(
            f"CREATE TABLE {ARTICLES.path} (article_id TEXT, document_id TEXT, source_id TEXT, title TEXT)"
        )
        connection.execute(REMOVED_LINES.ddl)
        connection.execute(DOUBTFUL_LINES.ddl)
        for name, (title, above) in zip("abc", stories, strict=False):
            connection.execute(f"INSERT INTO {ARTICLES.path} VALUES (?, ?, 'tribune', ?)", [name, name, title])
            connection.execute(f"INSERT INTO {DOUBTFUL_LINES.path} VALUES (?, ?, ?)", [name, DISCLAIMER, above])
        found = connection.execute(REPEATS, [MIN_STORIES]).fetchall()
    assert [document for document, _ in found] == repeated


def test_spaces_do_not_matter() -> None:
    assert fold_line("  More\u00a0 than \t news ") == "More than news"
