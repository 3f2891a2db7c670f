"""Articles that report the same event are one story."""

from datetime import datetime, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.entities.schema import MENTIONS
from assets.quotes.schema import QUOTES
from assets.stories.pairs import article_pairs
from assets.stories.prints import article_prints
from assets.stories.schema import STORIES
from assets.stories.weekly import group_stories

NOON = datetime(2031, 5, 4, 12)
FERRY = "The ferry Alda ran aground off Sennholm harbour in fog; divers and the coastguard brought passengers ashore."
FERRY_TOO = (
    "Divers freed passengers after the Alda, a ferry, ran aground in fog near Sennholm, the coastguard reported."
)
BUDGET = "Parliament in Torvik rejected the budget; the finance minister offered to resign after the coalition split."


def stories(*articles: tuple[str, str, float | None], order: list[int] | None = None) -> list[set[str]]:
    """The stories of (id, body, hours after noon or null), each as its articles."""
    table = pl.DataFrame(
        [
            (name, None, None if hours is None else NOON + timedelta(hours=hours), body)
            for name, body, hours in articles
        ],
        schema={"article_id": pl.String, "title": pl.String, "published_at": pl.Datetime("us"), "body": pl.String},
        orient="row",
    )
    if order is not None:
        table = table[order]
    found = group_stories(table, article_pairs(table), MENTIONS.empty(), QUOTES.empty())
    assert found.schema == STORIES.polars_schema
    assert sorted(found["article_id"]) == sorted(table["article_id"])
    groups = found.group_by("story_id").agg("article_id")["article_id"].to_list()
    return sorted((set(group) for group in groups), key=min)


def test_reports_of_one_event_are_one_story_and_others_are_not() -> None:
    assert stories(("a", FERRY, 0), ("b", FERRY_TOO, 3), ("c", BUDGET, 1)) == [{"a", "b"}, {"c"}]


def test_a_story_ends_when_nothing_is_added_for_days() -> None:
    assert stories(("a", FERRY, 0), ("b", FERRY_TOO, 30 * 24)) == [{"a"}, {"b"}]


def test_copied_text_settles_it_within_the_window() -> None:
    own = " ".join(f"other{i}" for i in range(120))
    copied = " ".join(f"copied{i}" for i in range(60))
    assert stories(("a", copied, 0), ("b", f"{own} {copied}", 20)) == [{"a", "b"}]


def test_an_article_without_a_date_may_join_any_story() -> None:
    assert stories(("a", FERRY, 0), ("b", FERRY_TOO, None)) == [{"a", "b"}]


def test_a_later_article_does_not_move_the_story_id() -> None:
    def first_id(*bodies: str) -> str:
        table = pl.DataFrame(
            {
                "article_id": [f"a{i}" for i in range(len(bodies))],
                "title": pl.Series([None] * len(bodies), dtype=pl.String),
                "published_at": [NOON + timedelta(hours=i) for i in range(len(bodies))],
                "body": list(bodies),
            }
        )
        return str(group_stories(table, article_pairs(table), MENTIONS.empty(), QUOTES.empty())["story_id"][0])

    assert first_id(FERRY) == first_id(FERRY, FERRY_TOO)


def test_no_articles_have_no_stories() -> None:
    assert stories() == []


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    articles = [
        ("a", FERRY, 0.0),
        ("b", FERRY_TOO, 3.0),
        ("c", BUDGET, 1.0),
        ("d", BUDGET + " Again.", None),
        ("e", "", 2.0),
    ]
    assert stories(*articles, order=order) == stories(*articles)


def test_small_words_of_the_articles_language_tell_no_event() -> None:
    bridge = "Nach dem Brand auf der Brücke von Sennholm hat die Stadt auch die Fähre eingestellt, sagte der Bürgermeister am Dienstag."
    harvest = "Nach dem Frost in den Gärten von Torvik hat die Genossenschaft auch die Ernte abgesagt, sagte der Vorsitzende am Dienstag."
    words = {
        language: article_prints(
            pl.DataFrame(
                {
                    "article_id": ["a", "b"],
                    "title": [None, None],
                    "body": [bridge, harvest],
                    "language": [language] * 2,
                },
                schema_overrides={"title": pl.String},
            )
        )["words"].to_list()
        for language in ("de", "en")
    }
    shared = {language: len(set(one) & set(other)) for language, (one, other) in words.items()}
    assert shared == {"de": 0, "en": 9}
