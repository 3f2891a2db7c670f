"""Finds who and what the new articles name, then puts every name of one entity together across the corpus."""

from collections.abc import Iterator
from functools import partial

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.entities.extract import extract_mentions
from assets.entities.linking.link import link_entities
from assets.entities.linking.overrides import read_overrides
from assets.entities.schema import ARTICLE_MENTIONS, ENTITIES, ENTITY_MERGES, MENTIONS
from assets.entities.tagger.engines import load_engine
from pipeline import ledger
from pipeline.extraction import Batch, Extraction, extract_pending
from pipeline.incremental import derive, drop_of_articles, drop_orphans
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import GIVEN, Transaction

ROOMS = ("entities",)
TABLES = (ENTITIES, MENTIONS, ENTITY_MERGES)


@dg.multi_asset(
    name="entities",
    specs=[table_spec(table, "entities", deps=(ARTICLES,)) for table in TABLES],
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
            function=partial(extract, engine=engine),
            rows=lambda mentions: {ARTICLE_MENTIONS: mentions},
            drop=partial(drop_of_articles, ARTICLE_MENTIONS),
        ),
    )
    with pipeline.warehouse.transaction() as transaction:
        drop_orphans(transaction, ARTICLE_MENTIONS, ARTICLES)
    counts |= derive(pipeline, "entity links", ROOMS, reads=(ARTICLE_MENTIONS,), compute=link)
    with pipeline.warehouse.transaction() as transaction:
        for table in TABLES:
            yield materialized(transaction, table, counts)


def extract(batch: Batch, engine: str) -> pl.DataFrame:
    """Mentions by the engine of this name, which each worker loads once."""
    return extract_mentions(batch.items.rename({"item_id": "article_id"}), load_engine(engine))


def link(transaction: Transaction) -> dict[Table, pl.DataFrame]:
    linked = link_entities(transaction.read(ARTICLE_MENTIONS), read_overrides())
    return {ENTITIES: linked.entities, MENTIONS: linked.mentions, ENTITY_MERGES: linked.merges}
