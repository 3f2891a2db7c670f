"""Statements and word edits after articles came, changed and went: what a run over all of them finds."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest
from gold_sets import quote_row

from assets.articles.schema import ARTICLES
from assets.quotes.schema import QUOTES
from assets.statements.asset import group, search
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS, UNCREDITED_WORDS, WORD_EDITS
from assets.statements.within import within
from assets.stories.schema import STORIES
from tests.steps import Rows, article_row, assert_as_at_once

NOON = datetime(2031, 5, 4, 12)
SAID = [
    "we",
    "will",
    "rebuild",
    "the",
    "ferry",
    "terminal",
    "before",
    "winter",
    "and",
    "we",
    "will",
    "not",
    "ask",
    "the",
    "islanders",
    "for",
    "a",
    "single",
    "extra",
    "coin",
]
INSTEAD = ["harbour", "soon", "penny", "mayor"]
MADE = [STATEMENTS, STATEMENT_QUOTES, WORD_EDITS, UNCREDITED_WORDS]


def some_words(random: Random) -> str:
    first = random.randrange(8)
    words = SAID[first : first + random.randrange(3, 20)]
    return " ".join(random.choice(INSTEAD) if random.random() < 0.1 else word for word in words)


def quotes_of(name: str, random: Random) -> list[dict[str, object]]:
    return [
        quote_row(name, f"outlet of {name}", place, body, 0, len(body), random.choice(["direct", "indirect"]), speaker)
        | {"quote_id": f"{name}-{place}"}
        for place in range(random.randrange(3))
        for body, speaker in [(some_words(random), random.choice([None, "mayor", "pilot"]))]
    ]


def corpus(articles: dict[str, list[dict[str, object]]], stories: dict[str, str], bodies: dict[str, str]) -> Rows:
    names = sorted(articles)
    days = {name: NOON + timedelta(days=2 * int(name[1:])) for name in names}
    return {
        ARTICLES: ARTICLES.frame(
            [
                article_row(
                    article_id=name,
                    body=bodies[name],
                    published_at=days[name],
                    published_precision="second",
                    agency_id=None,
                )
                for name in names
            ]
        ),
        QUOTES: QUOTES.frame([row for name in names for row in articles[name]]),
        STORIES: STORIES.frame([{"article_id": name, "story_id": stories[name]} for name in names]),
    }


@pytest.mark.parametrize("most", [1, 2, 300])
@pytest.mark.parametrize("seed", range(3))
def test_articles_come_change_and_go(seed: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.statements.meeting.MOST_ANYWHERE", most)
    monkeypatch.setattr("assets.statements.meeting.MOST_SAME_LETTERS", most)
    random = Random(seed)
    articles: dict[str, list[dict[str, object]]] = {}
    stories: dict[str, str] = {}
    bodies: dict[str, str] = {}
    states = []
    for _ in range(6):
        for _ in range(random.randrange(4)):
            name = f"a{random.randrange(12)}"
            articles[name], stories[name] = quotes_of(name, random), random.choice(["ferry", "bridge"])
            bodies[name] = some_words(random)
        for name in sorted(articles):
            if random.random() < 0.1:
                del articles[name]
        states.append(corpus(articles, stories, bodies))
    assert_as_at_once(tmp_path / "data", states, [group, search], MADE)


def test_a_chapter_comes_to_the_same_alone_and_with_others() -> None:
    """Each prints one long sentence of nobody's and its parts, in words of which other chapters have others."""
    random = Random(1)
    words = [
        first + last
        for first in ("har", "fer", "lan", "mor", "sil")
        for last in ("bour", "ry", "tern", "row", "dane", "ver")
    ]
    rows = []
    for story in ("ferry", "bridge", "tunnel"):
        sentence = random.sample(words, 24)
        for place, said in enumerate([sentence, *(sentence[first : first + 4] for first in range(20))]):
            text, name = " ".join(said), f"{story}-{place:02}"
            in_chapter = {"quote_id": name, "chapter": story, "story_id": story, "published_at": NOON, "state": 0}
            rows.append(quote_row(name, f"outlet of {name}", 0, text, 0, len(text), "direct", None) | in_chapter)
    quotes = pl.DataFrame(rows)
    together, alone = within(quotes), [within(part) for part in quotes.partition_by("chapter")]
    assert together.quotes.equals(pl.concat([told.quotes for told in alone]).sort("quote_id"))
    assert together.printings.equals(pl.concat([told.printings for told in alone]).sort("quote_id"))
