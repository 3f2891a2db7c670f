"""Finds the quotations of the new articles, then names their speakers by the entities of the corpus."""

from collections.abc import Iterator
from functools import partial

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.entities.schema import ARTICLE_MENTIONS, ENTITIES, MENTIONS
from assets.quotes.extract import extract_quotes
from assets.quotes.resolution.entities import attach_speakers
from assets.quotes.schema import ARTICLE_QUOTES, QUOTES
from pipeline import ledger
from pipeline.extraction import Batch, Extraction, extract_pending
from pipeline.incremental import derive, drop_of_articles, drop_orphans
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.specs import WAREHOUSE_POOL, markdown_table, materialized, table_spec
from pipeline.warehouse import GIVEN, Transaction

ROOMS = ("entities", "quotes")


@dg.multi_asset(
    name="quotes",
    specs=[table_spec(QUOTES, "quotes", deps=(ARTICLES, MENTIONS, ENTITIES))],
    pool=WAREHOUSE_POOL,
)
def quotes(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Extract from the new articles, then attach speakers to all quotations."""
    counts = extract_pending(
        pipeline,
        Extraction(
            step="quotes",
            version=ledger.code_version(*ROOMS) + pipeline.settings.entity_engine,
            items=f"SELECT article_id AS item_id, hash(title, body, language)::VARCHAR AS input FROM {ARTICLES.path}",
            read=f"SELECT article_id AS item_id, source_id, title, body, language FROM {ARTICLES.path} SEMI JOIN {GIVEN} ON item_id = article_id",
            beside=f'SELECT article_id AS item_id, * FROM {ARTICLE_MENTIONS.path} SEMI JOIN {GIVEN} ON item_id = article_id ORDER BY article_id, start, "end"',
            function=extract,
            rows=lambda quotes: {ARTICLE_QUOTES: quotes},
            drop=partial(drop_of_articles, ARTICLE_QUOTES),
        ),
    )
    with pipeline.warehouse.transaction() as transaction:
        drop_orphans(transaction, ARTICLE_QUOTES, ARTICLES)
    counts |= derive(pipeline, "speakers", ROOMS, reads=(ARTICLE_QUOTES, MENTIONS, ENTITIES), compute=with_speakers)
    with pipeline.warehouse.transaction() as transaction:
        yield materialized(transaction, QUOTES, {**counts, **overview(transaction)})


def extract(batch: Batch) -> pl.DataFrame:
    """The quotations of articles, given beside their mentions."""
    return extract_quotes(batch.items.rename({"item_id": "article_id"}), batch.beside)


def with_speakers(transaction: Transaction) -> dict[Table, pl.DataFrame]:
    found, mentions, named = (transaction.read(table) for table in (ARTICLE_QUOTES, MENTIONS, ENTITIES))
    return {QUOTES: attach_speakers(found, mentions, named)}


def overview(transaction: Transaction) -> dict[str, object]:
    """Counts by kind and rule, and the share with a speaker, for the asset's page."""
    by_kind = transaction.query(
        "SELECT kind, count(*) AS quotes, round(avg((speaker_name IS NOT NULL)::INT), 3) AS with_speaker, "
        f"round(avg((speaker_id IS NOT NULL)::INT), 3) AS resolved FROM {QUOTES.path} GROUP BY kind ORDER BY kind"
    )
    by_rule = transaction.query(
        "SELECT rule, count(*) AS quotes, round(avg(confidence), 3) AS mean_confidence "
        f"FROM {QUOTES.path} GROUP BY rule ORDER BY quotes DESC, rule"
    )
    judged = transaction.query(
        "SELECT text, coalesce(speaker_name, speaker_text) AS speaker, cue, rule, round(confidence, 2) AS confidence "
        f"FROM {QUOTES.path} ORDER BY n_words DESC, quote_id LIMIT 12"
    )
    return {
        "by_kind": dg.MetadataValue.md(markdown_table(by_kind)),
        "by_rule": dg.MetadataValue.md(markdown_table(by_rule)),
        "to_judge": dg.MetadataValue.md(markdown_table(judged)),
    }
