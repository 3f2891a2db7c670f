"""Pairs and stories after articles came, changed and went: what a run over all of them finds."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest

from assets.articles.schema import ARTICLES
from assets.entities.schema import MENTIONS
from assets.quotes.schema import QUOTES
from assets.stories import asset
from assets.stories.asset import group, pair
from assets.stories.schema import ARTICLE_PAIRS, STORIES
from tests.steps import Rows, after, article_row, assert_as_at_once, pipeline_in

NOON = datetime(2031, 5, 4, 12)
ORIGINAL = [f"copied{number}" for number in range(200)]


def article(name: str, title: str, body: str, hours: int | None) -> dict[str, object]:
    """An article of whose time, where there is none, only the month is known."""
    precision = "month" if hours is None else "second"
    at = NOON + timedelta(hours=hours or 0)
    return article_row(article_id=name, title=title, body=body, published_at=at, published_precision=precision)


def some_article(random: Random, name: str) -> dict[str, object]:
    first, length = random.randrange(120), random.randrange(15, 80)
    own = [f"own{random.randrange(400)}" for _ in range(random.randrange(40))]
    words = own + ORIGINAL[first : first + length] if random.random() < 0.8 else own
    return article(name, random.choice(ORIGINAL), " ".join(words), random.choice([None, *range(0, 200, 20)]))


def mentions_of(name: str, random: Random) -> dict[str, object]:
    entity = f"e{random.randrange(4)}"
    return {"article_id": name, "entity_id": entity, "start": 0, "end": 3, "text": "abc", "kind": "person"}


def states(random: Random, n_states: int, n_names: int) -> list[Rows]:
    """The corpus after each of some days."""
    articles: dict[str, dict[str, object]] = {}
    mentions: dict[str, dict[str, object]] = {}
    found: list[Rows] = []
    for _ in range(n_states):
        for _ in range(random.randrange(5)):
            name = f"a{random.randrange(n_names)}"
            articles[name] = some_article(random, name)
            mentions[name] = mentions_of(name, random)
        for name in sorted(articles):
            if random.random() < 0.1:
                del articles[name]
        found.append(
            {
                ARTICLES: ARTICLES.frame([articles[name] for name in sorted(articles)]),
                MENTIONS: MENTIONS.frame([mentions[name] for name in sorted(articles)]),
                QUOTES: QUOTES.empty(),
            }
        )
    return found


@pytest.mark.parametrize("most", [3, 5, 400])
def test_articles_come_change_and_go(most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pairs", "asset"):
        monkeypatch.setattr(f"assets.stories.{module}.MOST_ARTICLES", most)
    random = Random(most)
    days = states(random, n_states=10, n_names=12)
    assert_as_at_once(tmp_path / "data", days, [pair, group], [ARTICLE_PAIRS, STORIES])


def test_a_sample_that_one_more_article_holds_is_no_evidence_for_those_that_held_it_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("pairs", "asset"):
        monkeypatch.setattr(f"assets.stories.{module}.MOST_ARTICLES", 2)
    pipeline = pipeline_in(tmp_path / "data")
    body = " ".join(ORIGINAL)
    held = [article(name, "", body, 0) for name in "abc"]

    def n_pairs(names: str) -> int:
        rows = [row for row in held if str(row["article_id"]) in names]
        return after(pipeline, {ARTICLES: ARTICLES.frame(rows)}, [pair], [ARTICLE_PAIRS])[ARTICLE_PAIRS.path].height

    assert [n_pairs("ab"), n_pairs("abc"), n_pairs("bc")] == [1, 0, 1]


def test_pairs_of_articles_that_stay_are_not_looked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = pipeline_in(tmp_path / "data")
    rows = [article(name, "", " ".join(ORIGINAL), 0) for name in "abcd"]
    after(pipeline, {ARTICLES: ARTICLES.frame(rows[:3])}, [pair], [ARTICLE_PAIRS])
    looked_at: list[pl.DataFrame] = []
    compared = asset.compared
    monkeypatch.setattr(asset, "compared", lambda pairs, bodies: (looked_at.append(pairs), compared(pairs, bodies))[1])
    found = after(pipeline, {ARTICLES: ARTICLES.frame(rows)}, [pair], [ARTICLE_PAIRS])[ARTICLE_PAIRS.path]
    assert found.height == 6
    assert [sorted(pairs["article_b"]) for pairs in looked_at] == [["d", "d", "d"]]
