"""Statements and word edits after articles came, changed and went: what a run over all of them finds."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from gold_sets import quote_row

from assets.articles.schema import ARTICLES
from assets.quotes.schema import QUOTES
from assets.statements import asset
from assets.statements.asset import compare, group
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS, WORD_EDITS
from assets.stories.schema import STORIES
from tests.steps import Rows, after, article_row, assert_as_at_once, pipeline_in

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
MADE = [STATEMENTS, STATEMENT_QUOTES, WORD_EDITS]


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


def corpus(articles: dict[str, list[dict[str, object]]], stories: dict[str, str]) -> Rows:
    names = sorted(articles)
    days = {name: NOON + timedelta(days=int(name[1:])) for name in names}
    return {
        ARTICLES: ARTICLES.frame(
            [
                article_row(article_id=name, published_at=days[name], published_precision="second", agency_id=None)
                for name in names
            ]
        ),
        QUOTES: QUOTES.frame([row for name in names for row in articles[name]]),
        STORIES: STORIES.frame([{"article_id": name, "story_id": stories[name]} for name in names]),
    }


@pytest.mark.parametrize("seed", range(3))
def test_articles_come_change_and_go(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    articles: dict[str, list[dict[str, object]]] = {}
    stories: dict[str, str] = {}
    states = []
    for _ in range(6):
        for _ in range(random.randrange(4)):
            name = f"a{random.randrange(9)}"
            articles[name], stories[name] = quotes_of(name, random), random.choice(["ferry", "bridge"])
        for name in sorted(articles):
            if random.random() < 0.1:
                del articles[name]
        states.append(corpus(articles, stories))
    assert_as_at_once(tmp_path / "data", states, [group, compare], MADE)


def test_wordings_are_compared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    judged = asset.judged
    monkeypatch.setattr(asset, "judged", lambda distinct: (compared.append(distinct.height), judged(distinct))[1])
    said = " ".join(SAID)
    printed = {"a1": said, "a2": said.replace("single", ""), "a3": said.replace("extra", ""), "a4": said}
    articles = {
        name: [quote_row(name, name, 0, body, 0, len(body), "direct", "mayor")] for name, body in printed.items()
    }
    pipeline = pipeline_in(tmp_path / "data")
    for names in (["a1", "a2"], ["a1", "a2", "a3"], ["a1", "a2", "a3", "a4"]):
        after(pipeline, corpus({name: articles[name] for name in names}, dict.fromkeys(names, "ferry")), [group], MADE)
    assert compared == [1, 1, 0]
