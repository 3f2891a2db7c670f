"""Pairs and stories after articles came, changed and went: what a run over all of them finds."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest

from assets.articles.schema import ARTICLES
from assets.entities.schema import MENTIONS
from assets.quotes.schema import QUOTES
from assets.stories import pair_changes, weekly
from assets.stories.asset import group, pair
from assets.stories.overlap import compared
from assets.stories.pairs import article_pairs
from assets.stories.schema import ARTICLE_PAIRS, ARTICLE_PRINTS, STORIES
from assets.stories.weekly import group_stories
from assets.text.dates.timestamp import with_known_days
from pipeline.warehouse import Transaction
from tests.steps import Rows, after, article_row, assert_as_at_once, pipeline_in

NOON = datetime(2031, 5, 4, 12)
ORIGINAL = [f"copied{number}" for number in range(200)]
A_FEW_DAYS = [None, *range(0, 200, 20)]
A_SEASON = [None, *range(0, 2400, 150), 2401]
"""Hours after noon: of the same week and of weeks that are, and are not, compared with each other."""


def article(name: str, title: str, body: str, hours: int | None) -> dict[str, object]:
    """An article of whose time, where there is none, only the month is known."""
    precision = "month" if hours is None else "second"
    at = NOON + timedelta(hours=hours or 0)
    return article_row(article_id=name, title=title, body=body, published_at=at, published_precision=precision)


def some_article(random: Random, name: str, hours: list[int | None]) -> dict[str, object]:
    first, length = random.randrange(120), random.randrange(15, 80)
    own = [f"own{random.randrange(400)}" for _ in range(random.randrange(40))]
    words = own + ORIGINAL[first : first + length] if random.random() < 0.8 else own
    return article(name, random.choice(ORIGINAL), " ".join(words), random.choice(hours))


def mentions_of(name: str, random: Random) -> dict[str, object]:
    entity = f"e{random.randrange(4)}"
    return {"article_id": name, "entity_id": entity, "start": 0, "end": 3, "text": "abc", "kind": "person"}


def states(random: Random, n_states: int, n_names: int, hours: list[int | None]) -> list[Rows]:
    """The corpus after each of some days."""
    articles: dict[str, dict[str, object]] = {}
    mentions: dict[str, dict[str, object]] = {}
    found: list[Rows] = []
    for _ in range(n_states):
        for _ in range(random.randrange(5)):
            name = f"a{random.randrange(n_names)}"
            articles[name] = some_article(random, name, hours)
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


SPANS = {"days": A_FEW_DAYS, "season": A_SEASON, "no dates": [None], "mostly undated": [None, None, None, 0, 1700]}


def assert_as_over_all(given: Rows, found: Mapping[str, pl.DataFrame]) -> None:
    """The pairs and stories are those that all of the articles have when they are looked at together."""
    articles = with_known_days(given[ARTICLES])
    pairs = article_pairs(articles)
    assert found[ARTICLE_PAIRS.path].equals(pairs)
    assert found[STORIES.path].equals(group_stories(articles, pairs, given[MENTIONS], given[QUOTES]))


@pytest.mark.parametrize("most", [3, 5, 400])
@pytest.mark.parametrize("span", SPANS)
def test_articles_come_change_and_go(span: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pairs", "pair_changes"):
        monkeypatch.setattr(f"assets.stories.{module}.MOST_ARTICLES", most)
    pipeline = pipeline_in(tmp_path / "data")
    for state in states(Random(f"{span} {most}"), n_states=10, n_names=14, hours=SPANS[span]):
        assert_as_over_all(state, after(pipeline, state, [pair, group], [ARTICLE_PAIRS, STORIES]))


@pytest.mark.parametrize("span", SPANS)
def test_weeks_that_are_marked_are_made_again_whatever_became_of_their_rows(span: str, tmp_path: Path) -> None:
    pipeline, random = pipeline_in(tmp_path / "data"), Random(span)
    for state in states(random, n_states=6, n_names=14, hours=SPANS[span]):
        after(pipeline, state, [pair, group], [])
        with pipeline.warehouse.transaction() as transaction:
            weeks = transaction.query(f"SELECT DISTINCT week FROM {ARTICLE_PRINTS.path} ORDER BY week")[
                "week"
            ].to_list()
            marked = [week for week in weeks if random.random() < 0.5]
            of_weeks = f"(SELECT article_id FROM {ARTICLE_PRINTS.path} WHERE list_contains(?, week))"
            transaction.execute(
                f"UPDATE {STORIES.path} SET story_id = 'wrong' WHERE article_id IN {of_weeks}", [marked]
            )
            transaction.execute(f"DELETE FROM {ARTICLE_PAIRS.path} WHERE article_a IN {of_weeks}", [marked])
            weekly.mark_weeks(transaction, marked)
        assert_as_over_all(state, after(pipeline, {}, [pair, group], [ARTICLE_PAIRS, STORIES]))


def test_tables_that_were_changed_are_those_of_a_new_warehouse(tmp_path: Path) -> None:
    days = states(Random(1), n_states=3, n_names=14, hours=A_SEASON)
    assert_as_at_once(tmp_path / "data", days, [pair, group], [ARTICLE_PAIRS, STORIES])


@pytest.mark.parametrize(("most_at_once", "gathered"), [(0, 1), (0, 8), (4096, 1 << 20)])
def test_many_articles_are_paired_week_by_week(
    most_at_once: int, gathered: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_changes, "FEW", most_at_once)
    monkeypatch.setattr(pair_changes, "PAIRS_GATHERED", gathered)
    monkeypatch.setattr("assets.stories.overlap.AT_ONCE", 3)
    random = Random(8)
    rows = [some_article(random, f"a{number:02}", A_SEASON) for number in range(40)]
    corpus = {ARTICLES: ARTICLES.frame(rows), MENTIONS: MENTIONS.empty(), QUOTES: QUOTES.empty()}
    found = after(pipeline_in(tmp_path / "data"), corpus, [pair, group], [ARTICLE_PAIRS, STORIES])
    assert found[ARTICLE_PAIRS.path].height > 20
    assert_as_over_all(corpus, found)


def test_a_sample_that_one_more_article_holds_is_no_evidence_for_those_that_held_it_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("pairs", "pair_changes"):
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

    def looked_at_too(pairs: pl.DataFrame, bodies: Iterable[pl.DataFrame]) -> pl.DataFrame:
        looked_at.append(pairs)
        return compared(pairs, bodies)

    monkeypatch.setattr(pair_changes, "compared", looked_at_too)
    found = after(pipeline, {ARTICLES: ARTICLES.frame(rows)}, [pair], [ARTICLE_PAIRS])[ARTICLE_PAIRS.path]
    assert found.height == 6
    assert [sorted(pairs["article_b"]) for pairs in looked_at] == [["d", "d", "d"]]


def told_weeks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The weeks that are told, noted as they are."""
    told: list[int] = []
    tell_week = weekly._tell_week

    def noted(transaction: Transaction, week: int, begun: pl.DataFrame, looking: pl.Series) -> int:
        told.append(week)
        return tell_week(transaction, week, begun, looking)

    monkeypatch.setattr(weekly, "_tell_week", noted)
    return told


WEEK = 7 * 24
FIRST = 6852  # the week of NOON, from that of 1 January 1900
CASES: list[tuple[str, int | None, list[int]]] = [
    ("the week that is open", 30 * WEEK, [30]),
    ("a late article of an earlier week, whose words are counted for twelve more", 8 * WEEK, [8, 10, 11, 12, 14]),
    ("a week in which there was nothing", 19 * WEEK, [19, 21, 30]),
    ("no day, in the week whose words it holds", None, [12]),
]


@pytest.mark.parametrize(("why", "hours", "touched"), CASES, ids=[why for why, _, _ in CASES])
def test_only_weeks_that_a_change_touches_are_told_again(
    why: str, hours: int | None, touched: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = pipeline_in(tmp_path / "data")
    rows = [
        article(f"a{week}", "", f"event{week} place{week} person{week}", week * WEEK)
        for week in (0, 1, 2, 10, 11, 12, 14, 21, 30)
    ]
    before = after(pipeline, {ARTICLES: ARTICLES.frame(rows)}, [pair, group], [STORIES])[STORIES.path]
    told = told_weeks(monkeypatch)
    more = article("more", "", "event12 place12 person12 and others", hours)
    now = after(pipeline, {ARTICLES: ARTICLES.frame([*rows, more])}, [pair, group], [STORIES])[STORIES.path]
    assert [week - FIRST for week in told] == touched
    assert before.join(now, on=["story_id", "article_id"], how="anti").is_empty()


def test_a_copy_leaves_the_week_of_its_original_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = pipeline_in(tmp_path / "data")
    original = article("a", "", " ".join(ORIGINAL), 0)
    after(pipeline, {ARTICLES: ARTICLES.frame([original])}, [pair, group], [STORIES])
    told = told_weeks(monkeypatch)
    copy = article("b", "", " ".join(ORIGINAL), 2 * WEEK)
    found = after(pipeline, {ARTICLES: ARTICLES.frame([original, copy])}, [pair, group], [ARTICLE_PAIRS])
    assert found[ARTICLE_PAIRS.path].height == 1
    assert [week - FIRST for week in told] == [2]


def test_copies_are_a_matter_of_weeks(tmp_path: Path) -> None:
    pipeline = pipeline_in(tmp_path / "data")
    days = {"a": 0, "b": 35, "c": 36, "d": None}
    rows = [article(name, "", " ".join(ORIGINAL), day if day is None else day * 24) for name, day in days.items()]
    pairs = after(pipeline, {ARTICLES: ARTICLES.frame(rows)}, [pair], [ARTICLE_PAIRS])[ARTICLE_PAIRS.path]
    assert pairs.select("article_a", "article_b").rows() == [
        ("a", "b"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d"),
    ]  # fmt: skip
