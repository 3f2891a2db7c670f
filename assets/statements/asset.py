"""Puts the quotations that print the same words together."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.quotes.schema import QUOTES
from assets.schema import Table
from assets.statements.group import group_statements
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS
from assets.stories.schema import STORIES
from orchestration.incremental import derive
from orchestration.resources import Pipeline
from orchestration.specs import WAREHOUSE_POOL, materialized, table_spec
from orchestration.warehouse import Transaction


@dg.multi_asset(
    name="statements",
    specs=[
        table_spec(table, "statements", deps=(ARTICLES, QUOTES, STORIES)) for table in (STATEMENTS, STATEMENT_QUOTES)
    ],
    pool=WAREHOUSE_POOL,
)
def statements(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult]:
    """Group all quotations into statements."""
    counts = derive(pipeline, "statements", ("statements",), reads=(ARTICLES, QUOTES, STORIES), compute=group)
    with pipeline.warehouse.transaction() as transaction:
        for table in (STATEMENTS, STATEMENT_QUOTES):
            yield materialized(transaction, table, counts)


def group(transaction: Transaction) -> dict[Table, pl.DataFrame]:
    articles = transaction.read(ARTICLES, ["article_id", "source_id", "published_at", "agency_id"])
    grouped = group_statements(transaction.read(QUOTES), articles, transaction.read(STORIES))
    return {STATEMENTS: grouped.statements, STATEMENT_QUOTES: grouped.statement_quotes}
