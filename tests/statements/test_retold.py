"""Sayings that other stories tell again, and whose words they are where credits contradict each other."""

from datetime import datetime, timedelta

import pytest
from gold_sets import articles_frame, quote_row

from assets.quotes.schema import QUOTES
from assets.statements.group import group_statements
from assets.stories.schema import STORIES

NOON = datetime(2031, 5, 4, 12)
DREDGER, FERRY = "The mayor said that the dredger contract was ", "Islanders heard that the ferry timetable was "
HARBOUR = "The harbour mayor said that the dredger contract was "
LONG = "We will rebuild the ferry terminal before winter, and we will not ask the islanders for a coin"

# A quotation: speaker, how sure, words, the sentence before them, story, days after the first.
Row = tuple[str | None, float, str, str, str, int]


def n_statements(*rows: Row) -> int:
    quotes, articles, stories = [], [], []
    for place, (speaker, confidence, text, before, story, days) in enumerate(rows):
        article, start = f"article {place}", 1000 * place
        body = "x" * start + text
        row = quote_row(article, f"outlet {place}", place, body, start, len(body), "partial", speaker)
        quotes.append(row | {"pre": before, "post": "", "confidence": confidence})
        articles.append((article, f"outlet {place}", NOON + timedelta(days=days), None))
        stories.append({"story_id": story, "article_id": article})
    return group_statements(QUOTES.frame(quotes), articles_frame(articles), STORIES.frame(stories)).statements.height


RETOLD = [
    # (why, how many statements, the printings)
    (
        "weeks later, in a sentence about the same thing",
        1,
        [("roe", 1.0, "quiet folly", DREDGER, "bid", 0), ("roe", 1.0, "quiet folly", DREDGER, "audit", 40)],
    ),
    (
        "in a sentence about something else",
        2,
        [("roe", 1.0, "quiet folly", DREDGER, "bid", 0), ("roe", 1.0, "quiet folly", FERRY, "ferry", 40)],
    ),
    (
        "months later",
        2,
        [("roe", 1.0, "quiet folly", DREDGER, "bid", 0), ("roe", 1.0, "quiet folly", DREDGER, "audit", 90)],
    ),
    (
        "a phrase that as many articles credit to others",
        4,
        [
            ("roe", 1.0, "quiet folly", DREDGER, "bid", 0),
            ("roe", 1.0, "quiet folly", DREDGER, "audit", 40),
            ("quill", 1.0, "quiet folly", DREDGER, "bid", 0),
            ("holm", 1.0, "quiet folly", DREDGER, "bid", 0),
        ],
    ),
    (
        "by somebody unnamed, in a sentence that shares four words",
        1,
        [
            ("roe", 1.0, "quiet folly", HARBOUR, "bid", 0),
            ("roe", 1.0, "quiet folly", HARBOUR, "bid", 1),
            (None, 1.0, "quiet folly", HARBOUR, "audit", 9),
        ],
    ),
    (
        "doubtfully credited to another",
        1,
        [
            ("roe", 1.0, "quiet folly", HARBOUR, "bid", 0),
            ("roe", 1.0, "quiet folly", HARBOUR, "bid", 1),
            ("quill", 0.9, "quiet folly", HARBOUR, "audit", 9),
        ],
    ),
    (
        "certainly credited to another",
        2,
        [
            ("roe", 1.0, "quiet folly", HARBOUR, "bid", 0),
            ("roe", 1.0, "quiet folly", HARBOUR, "bid", 1),
            ("quill", 1.0, "quiet folly", HARBOUR, "audit", 9),
        ],
    ),
    (
        "long words of two stories, one credit in doubt",
        1,
        [("roe", 1.0, LONG, DREDGER, "bid", 0), ("quill", 0.9, LONG, FERRY, "ferry", 9)],
    ),
    (
        "long words of two stories, both credits as good as certain",
        2,
        [("roe", 0.97, LONG, DREDGER, "bid", 0), ("quill", 0.98, LONG, FERRY, "ferry", 9)],
    ),
    (
        "a short sentence of one story, one credit in doubt",
        1,
        [
            ("roe", 1.0, "You think the tide waits?", DREDGER, "bid", 0),
            ("quill", 0.9, "You think the tide waits?", FERRY, "bid", 0),
        ],
    ),
    (
        "three words of content by one speaker within a fortnight",
        1,
        [("roe", 1.0, "paperwork run wild", DREDGER, "bid", 0), ("roe", 1.0, "paperwork run wild", FERRY, "ferry", 10)],
    ),
]


@pytest.mark.parametrize(("why", "n", "rows"), RETOLD)
def test_a_saying_that_other_stories_tell_again(why: str, n: int, rows: list[Row]) -> None:
    assert n_statements(*rows) == n, why
