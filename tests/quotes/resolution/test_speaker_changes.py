"""Speakers after articles came, changed and went: what a run over all of them finds."""

from pathlib import Path
from random import Random

import polars as pl
import pytest

from assets.corrections.schema import QUOTE_CORRECTIONS
from assets.entities.schema import ENTITIES, MENTIONS
from assets.quotes.asset import credit
from assets.quotes.schema import ARTICLE_QUOTES, QUOTES
from pipeline.schema import Table
from tests.steps import Rows, assert_as_at_once

NAMES = ["Ida Roe", "Roe", "Olin Marsh", "Marsh", "Port Averley"]
MENTION_LENGTH = 10


def mention(article: str, place: int, entity: str) -> dict[str, object]:
    start = place * MENTION_LENGTH
    return {"article_id": article, "entity_id": entity, "start": start, "end": start + 5, "text": "x", "kind": "person"}


def quotation(article: str, place: int, speaker: str | None, text: str) -> dict[str, object]:
    start = place * MENTION_LENGTH
    return {
        "quote_id": f"{article}-{place}",
        "article_id": article,
        "source_id": "outlet",
        "ordinal": place,
        "start": start,
        "end": start + 5,
        "text": text,
        "kind": "direct",
        "speaker_text": speaker,
        "speaker_start": start,
        "speaker_end": start + 5,
        "speaker_kind": "none" if speaker is None else "name",
        "speaker_name": speaker,
        "speaker_id": None,
        "cue": None,
        "cue_start": None,
        "cue_end": None,
        "rule": "after",
        "confidence": 0.9,
        "corrected": False,
        "speaker_confidence": None if speaker is None else 0.9,
        "paragraph": 0,
        "n_words": 1,
        "pre": "",
        "post": "",
    }


def some_article(random: Random, name: str) -> dict[Table, list[dict[str, object]]]:
    places = range(random.randrange(4))
    return {
        MENTIONS: [mention(name, place, f"e{random.randrange(3)}") for place in places],
        ARTICLE_QUOTES: [
            quotation(name, place, random.choice([None, *NAMES]), random.choice("ab")) for place in places
        ],
    }


def entities(random: Random) -> pl.DataFrame:
    return ENTITIES.frame(
        [
            {
                "entity_id": f"e{number}",
                "name": random.choice(NAMES),
                "kind": "person",
                "aliases": sorted(random.sample(NAMES, random.randrange(3))),
                "wikidata_id": None,
                "corrected": False,
            }
            for number in range(3)
        ]
    )


def corrections(random: Random) -> pl.DataFrame:
    return QUOTE_CORRECTIONS.frame(
        [
            {
                "number": number,
                "action": random.choice(["speaker", "not-a-quote"]),
                "quote_id": f"a{random.randrange(4)}-{random.randrange(4)}",
                "article_id": f"a{random.randrange(4)}",
                "words": random.choice("ab"),
                "speaker": random.choice([None, *NAMES]),
                "kind": None,
            }
            for number in range(random.randrange(3))
        ]
    )


@pytest.mark.parametrize("seed", range(4))
def test_articles_come_change_and_go_and_entities_are_renamed(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    articles: dict[str, dict[Table, list[dict[str, object]]]] = {}
    named = entities(random)
    states: list[Rows] = []
    for _ in range(6):
        for _ in range(random.randrange(3)):
            name = f"a{random.randrange(8)}"
            articles[name] = some_article(random, name)
        if articles and random.random() < 0.3:
            del articles[random.choice(sorted(articles))]
        if random.random() < 0.4:
            named = entities(random)
        rows = {
            table: table.frame([row for article in articles.values() for row in article[table]])
            for table in (MENTIONS, ARTICLE_QUOTES)
        }
        states.append({**rows, ENTITIES: named, QUOTE_CORRECTIONS: corrections(random)})
    assert_as_at_once(tmp_path / "data", states, [credit], [QUOTES])
