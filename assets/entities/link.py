"""Resolution across the corpus: which clusters of different articles are one entity."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import polars as pl

from assets.entities.forms import organisation_key, place_key
from assets.entities.names import given_name_key, parse_name, spelling_key
from assets.entities.schema import ENTITIES, MENTIONS
from assets.ids import stable_id


@dataclass(frozen=True)
class LinkedEntities:
    """Rows of ``core.entities`` and ``core.mentions``."""

    entities: pl.DataFrame
    mentions: pl.DataFrame


def entity_key(kind: str, name: str) -> str:
    """Canonical key of a name: what the entity's id is made of."""
    if kind == "person":
        parsed = parse_name(name)
        given = given_name_key(parsed.given[0]) if parsed.given else ""
        return " ".join(filter(None, (given, spelling_key(parsed.surname), parsed.generation)))
    return organisation_key(name) if kind == "organisation" else place_key(name)


def link_entities(mentions: pl.DataFrame, overrides: pl.DataFrame) -> LinkedEntities:
    """One entity id for each mention of ``extract_mentions``, corpus-wide, and the entities themselves."""
    forms = mentions.group_by("kind", "name", "text").agg(pl.len().alias("n")).sort("kind", "name", "text")
    keys = {(kind, name): entity_key(kind, name) for kind, name in forms.select("kind", "name").unique().iter_rows()}
    surnames: dict[str, set[str]] = defaultdict(set)
    for (kind, name), key in sorted(keys.items()):
        parsed = parse_name(name) if kind == "person" else None
        if parsed is not None and parsed.is_full:
            surnames[spelling_key(parsed.surname)].add(key)
    ids: dict[tuple[str, str], str] = {}
    for (kind, name), key in keys.items():
        if kind == "person" and not parse_name(name).given and len(surnames.get(key, ())) == 1:
            (key,) = surnames[key]
        ids[kind, name] = stable_id(kind, key)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    aliases: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, str] = {}
    for kind, name, text, n in forms.iter_rows():
        entity = ids[kind, name]
        kinds[entity] = kind
        names[entity][name] += n
        aliases[entity].add(text)
    entities = [
        {
            "entity_id": entity,
            "name": max(names[entity], key=lambda name: (len(name.split()) > 1, names[entity][name], name)),
            "kind": kinds[entity],
            "aliases": sorted(aliases[entity]),
        }
        for entity in sorted(kinds)
    ]
    table = pl.DataFrame(
        [(kind, name, entity) for (kind, name), entity in sorted(ids.items())],
        schema={"kind": pl.String, "name": pl.String, "entity_id": pl.String},
        orient="row",
    )
    linked = mentions.join(table, on=["kind", "name"], how="left").sort("article_id", "start", "end")
    return LinkedEntities(ENTITIES.frame(entities), MENTIONS.frame(linked))
