"""Readers' comments end the story above them."""

import pytest

from assets.articles.lines.story.decide import decide_story

STORY = [
    "The harbour council of Velm voted on Tuesday to rebuild the ferry pier before the winter storms arrive this year."
] * 3
WORDS = (
    "I crossed on that ferry every day for thirty years, and nobody ever asked us what we thought of the pier at all."
)


@pytest.mark.parametrize(
    ("heading", "first", "second"),
    [
        (
            "Comments",
            ["Bram Oster says:", "November 19, 2025 at 6:34 am"],
            ["Ada Quill says:", "November 19, 2025 at 7:02 am"],
        ),
        ("34 responses to “Velm to rebuild its pier”", ["seagull12 says:", "Reply"], ["pier_fan says:", "Reply"]),
        ("Top Rated Comments", ["seagull12", "2 days ago", "Reply"], ["pier_fan", "3 days ago", "Reply"]),
        ("3 Kommentare", ["Bram Oster sagt:", "19. November 2025 um 6:34 Uhr"], ["Ada Quill sagt:", "Antworten"]),
        ("Commentaires", ["Bram Oster dit :", "19 novembre 2025"], ["Ada Quill dit :", "Répondre"]),
    ],
)
def test_comments_go_however_long_they_are(heading: str, first: list[str], second: list[str]) -> None:
    lines = [*STORY, heading, *first, WORDS, *second, WORDS]
    scores = [3.0 if line in STORY or line == WORDS else -4.0 for line in lines]
    story = decide_story(lines, scores, None)
    assert story.keep == [True] * 3 + [False] * (len(lines) - 3)
    assert {story.roles[number] for number in range(3, len(lines))} == {"comments"}


@pytest.mark.parametrize(
    "below",
    [
        ["Comments", WORDS, WORDS],
        ["10:42 am", WORDS, "11:05 am", WORDS, "11:40 am", WORDS],
        ["The mayor's comments", WORDS, "He said the pier would stand.", WORDS],
    ],
    ids=["a heading alone", "a live report has times and no heading", "a subhead"],
)
def test_what_is_no_thread_stays(below: list[str]) -> None:
    lines = [*STORY, *below]
    scores = [3.0 if line in STORY or line == WORDS else -4.0 for line in lines]
    kept = decide_story(lines, scores, None).keep
    assert all(keep for line, keep in zip(lines, kept, strict=True) if line in STORY or line == WORDS)


def test_comments_without_a_story_above_are_not_cut() -> None:
    lines = ["Comments", "Bram Oster says:", WORDS, "Ada Quill says:", WORDS, "Lena Marsh says:", WORDS]
    assert sum(decide_story(lines, [3.0 if line == WORDS else -4.0 for line in lines], None).keep) == 3
