"""Linked names after articles came, changed and went: what a run over all of them finds."""

from pathlib import Path
from random import Random

import pytest

from assets.entities.asset import link
from assets.entities.schema import ARTICLE_MENTIONS, ENTITIES, ENTITY_MERGES, MENTIONS
from pipeline.reference import use_lists
from tests.steps import Rows, after, assert_as_at_once, pipeline_in

NAMES = [
    ("person", "Ida Quarzhin"),
    ("person", "Ida B. Quarzhin"),
    ("person", "Olin Quarzhin"),
    ("person", "I. Quarzhin"),
    ("person", "Quarzhin"),
    ("person", "Ida Holm"),
    ("person", "Per Holm"),
    ("person", "Holm"),
    ("person", "Ellery"),
    ("place", "Ellery"),
    ("organisation", "Ellery"),
    ("place", "Norway"),
    ("place", "Iceland"),
    ("organisation", "Supreme Court"),
    ("organisation", "Averley Harbour Trust"),
    ("organisation", "AHT"),
    ("organisation", "AVERLEY HARBOUR TRUST"),
]
MADE = [ENTITIES, MENTIONS, ENTITY_MERGES]


def mentions_of(article: str, named: list[tuple[str, str]]) -> list[dict[str, object]]:
    return [
        {
            "article_id": article,
            "start": 40 * place,
            "end": 40 * place + len(name),
            "text": name,
            "kind": kind,
            "name": name,
            "cluster": place,
        }
        for place, (kind, name) in enumerate(named)
    ]


def corpus(articles: dict[str, list[tuple[str, str]]]) -> Rows:
    rows = [row for article in sorted(articles) for row in mentions_of(article, articles[article])]
    return {ARTICLE_MENTIONS: ARTICLE_MENTIONS.frame(rows)}


@pytest.mark.parametrize("seed", range(4))
def test_articles_come_change_and_go(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    articles: dict[str, list[tuple[str, str]]] = {}
    states = []
    for _ in range(7):
        for _ in range(random.randrange(4)):
            articles[f"a{random.randrange(12)}"] = random.sample(NAMES, random.randrange(7))
        for name in sorted(articles):
            if random.random() < 0.1:
                del articles[name]
        states.append(corpus(articles))
    assert_as_at_once(tmp_path / "data", states, [link], MADE)


def test_a_namesake_that_comes_parts_the_surname_from_the_first(tmp_path: Path) -> None:
    pipeline = pipeline_in(tmp_path / "data")
    first = {"a": [("person", "Ida Quarzhin")], "b": [("person", "Quarzhin")]}

    def n_entities(articles: dict[str, list[tuple[str, str]]]) -> int:
        return after(pipeline, corpus(articles), [link], MADE)[MENTIONS.path]["entity_id"].n_unique()

    assert n_entities(first) == 1
    assert n_entities({**first, "c": [("person", "Olin Quarzhin")]}) == 3
    assert n_entities(first) == 1


def test_a_correction_that_the_user_adds_holds_for_all_articles(own_lists: Path, tmp_path: Path) -> None:
    articles = {"a": [("place", "Torvik"), ("place", "Ellery")], "b": [("place", "Torvik")]}
    pipeline = pipeline_in(tmp_path / "data")
    assert after(pipeline, corpus(articles), [link], MADE)[MENTIONS.path].height == 3
    columns = "action,kind,name,other_name,article_id,wikidata_id,note"
    (own_lists / "entity_overrides.csv").write_text(f"{columns}\nignore,place,Torvik,,,,\n", encoding="utf-8")
    use_lists(own_lists)
    corrected = after(pipeline, corpus(articles), [link], MADE)
    assert corrected[MENTIONS.path]["text"].to_list() == ["Ellery"]
    assert corrected[ENTITIES.path]["name"].to_list() == ["Ellery"]
    more = {**articles, "c": [("place", "Torvik"), ("place", "Averley")]}
    assert_as_at_once(tmp_path / "more", [corpus(articles), corpus(more)], [link], MADE)
