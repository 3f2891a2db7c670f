"""Words of a statement in the text of an article that has no quotation of them."""

import polars as pl
import pytest

from assets.statements.uncredited import uncredited_words

LONG = "We will rebuild the old bridge before the winter comes"


def found(statement: str, body: str, printed: bool = False, story: str = "y1") -> list[str]:
    pairs = [("s1", "a1")] if printed else []
    rows = uncredited_words(
        pl.DataFrame([("s1", "y1", statement)], schema=["statement_id", "story_id", "text"], orient="row"),
        pl.DataFrame([("a1", story, body)], schema=["article_id", "story_id", "body"], orient="row"),
        pl.DataFrame(pairs, schema={"statement_id": pl.String, "article_id": pl.String}, orient="row"),
    )
    return [body[row["start"] : row["end"]] for row in rows.rows(named=True)]


@pytest.mark.parametrize(
    ("why", "statement", "body", "words"),
    [
        ("six in a row", LONG, "The plan is to rebuild the old bridge before the winter is here.", ["rebuild the old bridge before the winter"]),
        ("five in a row", LONG, "The plan is to rebuild the old bridge before summer.", []),
        ("capitals, marks and spelling apart", "We honour the old bridge and its keepers", "So “we honor THE old bridge, and its keepers”.", ["we honor THE old bridge, and its keepers"]),
        ("all of a shorter one", "a costly mistake", "It was, all agreed, a costly mistake.", ["a costly mistake"]),
        ("a part of a shorter one", "a costly mistake", "It was costly.", []),
        ("small words alone", "it is", "So it is.", []),
        ("the first of two places", "a costly mistake", "A costly mistake! Truly a costly mistake.", ["A costly mistake"]),
        ("an empty body", LONG, "", []),
    ],
)  # fmt: skip
def test_the_words_are_found(why: str, statement: str, body: str, words: list[str]) -> None:
    assert found(statement, body) == words, why


def test_what_the_article_prints_as_a_quotation_is_credited() -> None:
    assert found(LONG, LONG, printed=True) == []


def test_another_story_is_not_searched() -> None:
    assert found(LONG, LONG, story="y2") == []
