"""A line that the classifier is not sure of is furniture where other stories of the outlet carry it too."""

import pytest

from assets.articles.lines.clean import clean_text
from assets.articles.lines.repeats import fold_line, is_doubtful

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


def test_a_repeated_line_leaves_the_body_with_its_reason_and_is_told_again() -> None:
    cleaned = clean_text(PAGE, repeated=[SLOGAN])
    assert cleaned.body.split("\n") == STORY
    assert [removed for removed in cleaned.removed() if removed[2] == "repeated"] == [(10, SLOGAN, "repeated")]
    assert cleaned.doubtful == (SLOGAN,)


def test_a_sure_line_stays_however_often_it_stands() -> None:
    assert clean_text(PAGE, repeated=STORY).body.split("\n") == [*STORY[:4], SLOGAN, *STORY[4:]]


def test_spaces_do_not_matter() -> None:
    assert fold_line("  More\u00a0 than \t news ") == "More than news"
