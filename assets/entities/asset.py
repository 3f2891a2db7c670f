"""Finds who and what the new articles name, then puts every name of one entity together across the corpus."""

from collections.abc import Iterator
from functools import partial

import dagster as dg
import polars as pl

from assets.articles.removal import end_where_left_out, leave_out
from assets.articles.schema import ARTICLES
from assets.corrections.schema import CORRECTIONS
from assets.entities.extract import mentions_by
from assets.entities.linking.corrections import Corrections
from assets.entities.linking.link import OWN, article_clusters, described, linked, mentions_linked, merges
from assets.entities.linking.name_parts import entity_key
from assets.entities.linking.overrides import read_overrides
from assets.entities.schema import ARTICLE_ENTITIES, ARTICLE_MENTIONS, ENTITIES, ENTITY_MERGES, MENTIONS
from pipeline import ledger
from pipeline.changes import (
    Changed,
    derive_from_changes,
    drop_of_articles,
    drop_orphans,
    replace_of_articles,
)
from pipeline.extraction import Extraction, extract_pending
from pipeline.ids import stable_id
from pipeline.resources import Pipeline
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import GIVEN, Transaction

ROOMS = ("entities",)
TABLES = (ENTITIES, MENTIONS, ENTITY_MERGES)
ARTICLES_AT_ONCE = 16_384
NAMED = f"""
SELECT article_id AS item_id, sum(hash({", ".join(f'"{name}"' for name in ARTICLE_MENTIONS.column_names)}))::VARCHAR AS input
FROM {ARTICLE_MENTIONS.path} GROUP BY article_id
"""
"""Articles that name anything, and a hash of all that they name."""


@dg.multi_asset(
    name="entities",
    specs=[table_spec(table, "entities", deps=(ARTICLES, CORRECTIONS)) for table in TABLES],
    pool=WAREHOUSE_POOL,
)
def entities(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Tag the new articles, then link all mentions."""
    engine = pipeline.settings.entity_engine
    counts = extract_pending(
        pipeline,
        Extraction(
            step="entities",
            version=ledger.code_version(*ROOMS) + engine,
            items=f"SELECT article_id AS item_id, hash(title, body, language)::VARCHAR AS input FROM {ARTICLES.path}",
            read=f"SELECT article_id AS item_id, title, body, language FROM {ARTICLES.path} SEMI JOIN {GIVEN} ON item_id = article_id",
            function=partial(mentions_by, engine=engine),
            rows=lambda mentions: {ARTICLE_MENTIONS: mentions},
            drop=partial(drop_of_articles, ARTICLE_MENTIONS),
            key="article_id",
            leave_out=leave_out(pipeline.settings, "names"),
        ),
    )
    with pipeline.warehouse.transaction() as transaction:
        end_where_left_out(transaction)
        drop_orphans(transaction, ARTICLE_MENTIONS, ARTICLES)
    counts |= link(pipeline)
    with pipeline.warehouse.transaction() as transaction:
        for table in TABLES:
            yield materialized(transaction, table, counts)


def link(pipeline: Pipeline) -> dict[str, int]:
    """Link the names of all articles, and write what came out otherwise than before."""
    overrides = stable_id(*(value for row in read_overrides().iter_rows() for value in row))
    return derive_from_changes(
        pipeline, "entity links", ROOMS, items=NAMED, change=change_links, options=f" {overrides}"
    )


def change_links(transaction: Transaction, changed: Changed) -> None:
    kept, named_before = remembered(transaction, changed)
    with transaction.visible(changed.come.to_frame("article_id")) as given:
        mentions = transaction.query(
            f"SELECT article_id, cluster, kind, name, text FROM {ARTICLE_MENTIONS.path} SEMI JOIN {given} USING (article_id)"
        )
    named = pl.concat([kept.select(OWN), article_clusters(mentions)])
    corrections = Corrections(read_overrides(), entity_key)
    clusters = linked(named, corrections)
    moved = pl.concat([differing(clusters, kept), differing(kept, clusters)])
    articles = pl.concat([changed.touched, moved["article_id"]]).unique().sort()
    concerned = pl.concat([named_before, moved["entity_id"]]).drop_nulls().unique().sort()
    changed.clear(transaction, {MENTIONS: "article_id", ARTICLE_ENTITIES: "article_id"})
    write_links(transaction, articles, clusters, named)
    transaction.delete(ENTITIES, "entity_id", concerned)
    of_concern = clusters.filter(pl.col("entity_id").is_in(concerned.implode()))
    transaction.insert(ENTITIES, described(of_concern, corrections))
    transaction.replace(ENTITY_MERGES, merges(clusters))


def remembered(transaction: Transaction, changed: Changed) -> tuple[pl.DataFrame, pl.Series]:
    """The entities of the articles that stay as they were, and the ids of those that the others named."""
    if changed.is_all:
        return ARTICLE_ENTITIES.empty(), transaction.read(ENTITIES, ["entity_id"])["entity_id"]
    with transaction.visible(changed.touched.to_frame("article_id")) as given:
        kept = transaction.query(f"FROM {ARTICLE_ENTITIES.path} ANTI JOIN {given} USING (article_id)")
        before = transaction.query(
            f"SELECT DISTINCT entity_id FROM {ARTICLE_ENTITIES.path} SEMI JOIN {given} USING (article_id)"
        )
    return kept, before["entity_id"]


def differing(clusters: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Those of some linked clusters that are not linked so among the others: article_id, entity_id."""
    link = ["article_id", "cluster", "tagged", "name", "kind", "entity_id"]
    return clusters.join(others.select(link), on=link, how="anti", nulls_equal=True).select("article_id", "entity_id")


def write_links(transaction: Transaction, articles: pl.Series, clusters: pl.DataFrame, named: pl.DataFrame) -> None:
    """Make the tables hold what the entities of these articles were linked to."""
    for first in range(0, len(articles), ARTICLES_AT_ONCE):
        portion = articles.slice(first, ARTICLES_AT_ONCE)
        is_theirs = pl.col("article_id").is_in(portion.implode())
        theirs = clusters.filter(is_theirs)
        with transaction.visible(portion.to_frame("article_id")) as given:
            mentions = transaction.query(f"FROM {ARTICLE_MENTIONS.path} SEMI JOIN {given} USING (article_id)")
        replace_of_articles(transaction, MENTIONS, portion, mentions_linked(mentions, theirs))
        links = named.filter(is_theirs).join(theirs.select(*OWN[:4], "kind", "entity_id"), on=OWN[:4], how="left")
        replace_of_articles(transaction, ARTICLE_ENTITIES, portion, links)
