"""Resolution across the corpus: which clusters of different articles are one entity.

An entity's id comes from its canonical key, never from the corpus, so it stays when articles are added. Names with one key
are one entity; further merges (a surname alone, an abbreviation, a name without its middle name) are made only where the
corpus leaves one candidate and, for common names, where the co-mentions agree; each is recorded. Candidates are found
by joins on shared keys, so the work grows with the number of names; names are read once each.
"""

from dataclasses import dataclass

import polars as pl

from assets.entities.linking.candidates import of_organisations, of_people
from assets.entities.linking.co_mentions import CoMentions
from assets.entities.linking.corrections import Corrections
from assets.entities.linking.kinds import usual_kinds
from assets.entities.linking.name_parts import entity_key, organisations, people, places
from assets.entities.linking.other_spellings import RULES
from assets.entities.names.names import parse_name
from assets.entities.schema import ENTITIES, ENTITY_MERGES, MENTIONS
from pipeline.ids import stable_ids

SHORTEST_SHOUT = 6
"""Letters from which a name in capitals is taken for a headline's, and not for an abbreviation."""


OWN = ["article_id", "cluster", "tagged", "name", "forms", "n"]
"""What is known of the entities of an article from itself."""


@dataclass(frozen=True)
class LinkedEntities:
    """Rows of ``core.entities`` and ``core.mentions``, and of ``core.entity_merges``: merges made beyond equal keys."""

    entities: pl.DataFrame
    mentions: pl.DataFrame
    merges: pl.DataFrame


def link_entities(mentions: pl.DataFrame, overrides: pl.DataFrame) -> LinkedEntities:
    """One entity id for each mention of ``extract_mentions``, corpus-wide, and the entities themselves.

    ``overrides`` is a frame of ``read_overrides``. Neither the order of the rows nor that of the articles matters.
    """
    corrections = Corrections(overrides, entity_key)
    clusters = linked(article_clusters(mentions), corrections)
    return LinkedEntities(
        described(clusters, corrections), mentions_linked(mentions, clusters).sort(MENTIONS.key), merges(clusters)
    )


def article_clusters(mentions: pl.DataFrame) -> pl.DataFrame:
    """One row per name of an entity in an article: what it is tagged as, the forms it goes by, how often (``OWN``)."""
    return (
        mentions.group_by("article_id", "cluster", "name", tagged="kind")
        .agg(forms=pl.col("text").unique().sort(), n=pl.len().cast(pl.Int32))
        .select(OWN)
    )


def linked(clusters: pl.DataFrame, corrections: Corrections) -> pl.DataFrame:
    """All ``article_clusters`` of the corpus with their kind, key and ``entity_id``, the key of their own name (``own``), and the
    ``rule`` where that is another's; without those whose entity the user ignores.
    """
    clusters = clusters.sort("article_id", "cluster", "tagged", "name").with_row_index("at")
    usual = usual_kinds(clusters.select("article_id", "name", kind="tagged"))
    clusters = (
        clusters.join(usual, on="name", how="left").with_columns(kind=pl.coalesce("usual", "tagged")).drop("usual")
    )
    return _with_ids(corrections.apply(_resolve(clusters)), "key", "entity_id")


def mentions_linked(mentions: pl.DataFrame, clusters: pl.DataFrame) -> pl.DataFrame:
    """Mentions as ``MENTIONS``, given the linked clusters of their articles."""
    found = clusters.select("article_id", "cluster", "entity_id", "kind")
    return MENTIONS.frame(mentions.drop("kind").join(found, on=["article_id", "cluster"]))


def _resolve(clusters: pl.DataFrame) -> pl.DataFrame:
    """The clusters with the key of their own name (``own``), their ``key``, and the ``rule`` where that is another's."""
    names = {kind: _names(clusters, kind) for kind in ("person", "organisation", "place")}
    persons, bodies, towns = people(names["person"]), organisations(names["organisation"]), places(names["place"])
    own = [
        table.select("name", "own", kind=pl.lit(kind))
        for kind, table in (("person", persons), ("organisation", bodies), ("place", towns))
    ]
    clusters = clusters.join(pl.concat(own), on=["kind", "name"])
    co_mentions = CoMentions(clusters)
    decided = [
        of_people(clusters.filter(kind="person"), persons, co_mentions),
        of_organisations(clusters.filter(kind="organisation"), bodies, _only_country(clusters, towns), co_mentions),
    ]
    other_kind = pl.when(pl.col("kind") != pl.col("tagged")).then(pl.lit("kind of other articles"))
    return clusters.join(pl.concat(decided), on="at", how="left").with_columns(
        key=pl.coalesce("key", "own"), rule=pl.coalesce(other_kind, "rule")
    )


def _names(clusters: pl.DataFrame, kind: str) -> list[str]:
    return clusters.filter(kind=kind)["name"].unique().to_list()


def _only_country(clusters: pl.DataFrame, towns: pl.DataFrame) -> pl.DataFrame:
    """Articles that name one country only: article_id, ``country``."""
    return (
        clusters.filter(kind="place")
        .join(towns.filter("is_country").select("name"), on="name")
        .group_by("article_id")
        .agg(country=pl.col("own").first(), n=pl.col("own").n_unique())
        .filter(n=1)
        .drop("n")
    )


def _with_ids(clusters: pl.DataFrame, key: str, id_: str) -> pl.DataFrame:
    keys = clusters.select("kind", key).unique()
    ids = pl.Series(stable_ids(keys.iter_rows()), dtype=pl.String)
    return clusters.join(keys.with_columns(ids.alias(id_)), on=["kind", key])


def described(clusters: pl.DataFrame, corrections: Corrections) -> pl.DataFrame:
    """``ENTITIES``, each from all linked clusters that are its."""
    of_entity = clusters.group_by("entity_id").agg(
        pl.col("kind").first(), pl.col("key").first(), aliases=pl.col("forms").explode().unique().sort()
    )
    named = of_entity.join(_usual_names(clusters), on="entity_id").join(
        corrections.names, on=["kind", "key"], how="left"
    )
    known = named.join(corrections.wikidata, on=["kind", "key"], how="left").join(
        corrections.corrected, on=["kind", "key"], how="left"
    )
    rows = known.with_columns(name=pl.coalesce("given", "name"), corrected=pl.col("corrected").fill_null(False)).select(
        ENTITIES.column_names
    )
    return ENTITIES.frame(rows).sort("entity_id")


def _usual_names(clusters: pl.DataFrame) -> pl.DataFrame:
    """The most used of the full names, those in a case or a spelling of their own last; of organisations and places the most used, in capitals only where always so."""
    names = clusters.select("kind", "name").unique()
    looks = pl.DataFrame(
        [(kind, name, _is_full(kind, name), name.isupper(), name.casefold()) for kind, name in names.iter_rows()],
        schema={
            "kind": pl.String,
            "name": pl.String,
            "is_full": pl.Boolean,
            "is_upper": pl.Boolean,
            "folded": pl.String,
        },
        orient="row",
    )
    is_other = pl.col("rule").is_in(RULES).fill_null(False).any()
    used = (
        clusters.group_by("entity_id", "kind", "name")
        .agg(pl.col("n").sum(), is_other=is_other)
        .join(looks, on=["kind", "name"])
    )
    mixed = used.filter(~pl.col("is_upper")).select("entity_id", "folded", is_mixed=pl.lit(True)).unique()
    shouted = pl.col("is_upper") & pl.col("is_mixed").fill_null(False)
    return (
        used.join(mixed, on=["entity_id", "folded"], how="left")
        .with_columns(best=pl.col("is_full") & ~shouted & ~pl.col("is_other"), length=pl.col("name").str.len_chars())
        .sort("best", "n", "length", "name", descending=True)
        .unique("entity_id", keep="first", maintain_order=True)
        .select("entity_id", "name")
    )


def _is_full(kind: str, name: str) -> bool:
    return parse_name(name).is_full if kind == "person" else not name.isupper() or len(name) < SHORTEST_SHOUT


def merges(clusters: pl.DataFrame) -> pl.DataFrame:
    """``ENTITY_MERGES`` of all linked clusters."""
    merged = _with_ids(clusters.drop_nulls("rule"), "own", "merged_id")
    counted = merged.group_by("entity_id", "merged_id", "name", "rule").agg(n_articles=pl.len().cast(pl.Int32))
    return ENTITY_MERGES.frame(counted).sort(ENTITY_MERGES.key)
