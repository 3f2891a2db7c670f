"""Five reports of one event: every alias of a speaker is one entity, and no two speakers are the same."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

from assets.entities.extract import extract_mentions
from assets.entities.linking.link import LinkedEntities, link_entities
from assets.entities.linking.overrides import read_overrides

ALIASES = ("Vladimir Putin", "Donald Trump", "Volodymyr Zelensky", "General Staff of Ukraine")


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, object]:
    return json.loads((shared / "corpus/kursk/gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def bodies(shared: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((shared / "corpus/kursk").glob("*.txt"))}


@pytest.fixture(scope="module")
def linked(bodies: dict[str, str]) -> LinkedEntities:
    articles = pl.DataFrame(
        {"article_id": list(bodies), "title": "", "body": list(bodies.values()), "language": "en"},
        schema={"article_id": pl.String, "title": pl.String, "body": pl.String, "language": pl.String},
    )
    return link_entities(extract_mentions(articles), read_overrides())


def entities_of(alias: str, bodies: dict[str, str], linked: LinkedEntities, kind: str) -> set[str]:
    """Entities of that kind that the alias names, wherever it ends a mention."""
    found = set()
    rows = linked.mentions.filter(pl.col("kind") == kind)
    for article_id, body in bodies.items():
        spans = rows.filter(pl.col("article_id") == article_id).select("start", "end", "entity_id").rows()
        for place in re.finditer(re.escape(alias), body, re.IGNORECASE):
            found.update(entity for start, stop, entity in spans if stop == place.end() and start < stop)
    return found


@pytest.mark.shared
@pytest.mark.parametrize("speaker", ALIASES)
def test_all_aliases_of_a_speaker_are_one_entity(
    speaker: str, gold: dict[str, dict[str, list[str]]], bodies: dict[str, str], linked: LinkedEntities
) -> None:
    kind = "organisation" if "Staff" in speaker else "person"
    resolved = {alias: entities_of(alias, bodies, linked, kind) for alias in gold["aliases"][speaker]}
    assert all(len(entities) == 1 for entities in resolved.values()), resolved
    assert len(set.union(*resolved.values())) == 1, resolved


@pytest.mark.shared
def test_no_two_speakers_are_one_entity(
    gold: dict[str, dict[str, list[str]]], bodies: dict[str, str], linked: LinkedEntities
) -> None:
    speakers = {
        quote["speaker"] for document in gold["documents"] for quote in document["quotes"] if quote.get("speaker")
    }
    found = {}
    for speaker in sorted(speakers):
        for kind in ("person", "organisation"):
            for entity in entities_of(speaker, bodies, linked, kind):
                assert found.setdefault(entity, speaker) == speaker
    assert len(set(found.values())) >= 4
