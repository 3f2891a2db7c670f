"""Finds every closed phrase that articles share."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.phrases.closed import closed_phrases
from assets.phrases.schema import PHRASE_OCCURRENCES, PHRASES
from assets.schema import Table
from orchestration.incremental import derive
from orchestration.resources import Pipeline
from orchestration.specs import WAREHOUSE_POOL, materialized, table_spec
from orchestration.warehouse import Transaction


@dg.multi_asset(
    name="phrases",
    specs=[table_spec(table, "phrases", deps=(ARTICLES,)) for table in (PHRASES, PHRASE_OCCURRENCES)],
    pool=WAREHOUSE_POOL,
)
def phrases(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult]:
    """Look for repeated phrases in all bodies."""
    counts = derive(pipeline, "phrases", ("phrases",), reads=(ARTICLES,), compute=find)
    with pipeline.warehouse.transaction() as transaction:
        for table in (PHRASES, PHRASE_OCCURRENCES):
            yield materialized(transaction, table, counts)


def find(transaction: Transaction) -> dict[Table, pl.DataFrame]:
    found = closed_phrases(transaction.read(ARTICLES, ["article_id", "source_id", "body"]))
    return {PHRASES: found.phrases, PHRASE_OCCURRENCES: found.occurrences}
