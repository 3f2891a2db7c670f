"""Puts the quotations that print the same words together."""

from collections.abc import Iterator
from functools import partial

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.quotes.schema import QUOTES
from assets.statements.encoder import load_encoder
from assets.statements.group import GroupedStatements, group_statements
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS, WORD_EDITS
from assets.statements.wording import word_edits
from assets.stories.schema import STORIES
from assets.text.dates.timestamp import with_known_days
from pipeline.incremental import derive
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import Transaction

TABLES = (STATEMENTS, STATEMENT_QUOTES, WORD_EDITS)


@dg.multi_asset(
    name="statements",
    specs=[table_spec(table, "statements", deps=(ARTICLES, QUOTES, STORIES)) for table in TABLES],
    pool=WAREHOUSE_POOL,
)
def statements(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Group all quotations into statements."""
    engine = pipeline.settings.statement_engine
    compute = partial(group, engine=engine)
    reads = (ARTICLES, QUOTES, STORIES)
    counts = derive(pipeline, "statements", ("statements",), reads=reads, compute=compute, options=f" {engine}")
    with pipeline.warehouse.transaction() as transaction:
        for table in TABLES:
            yield materialized(transaction, table, counts)


def group(transaction: Transaction, engine: str) -> dict[Table, pl.DataFrame]:
    encoder = load_encoder(engine)
    articles = with_known_days(
        transaction.read(ARTICLES, ["article_id", "source_id", "published_at", "published_precision", "agency_id"])
    )
    quotes = transaction.read(QUOTES)
    grouped = group_statements(quotes, articles, transaction.read(STORIES), encoder)
    return {
        STATEMENTS: grouped.statements,
        STATEMENT_QUOTES: grouped.statement_quotes,
        WORD_EDITS: word_edits(differing_printings(grouped, quotes)),
    }


def differing_printings(grouped: GroupedStatements, quotes: pl.DataFrame) -> pl.DataFrame:
    """(quote_id, reference, wording) of every printing that is not the longest one word for word."""
    return (
        grouped.statement_quotes.filter(pl.col("relation") != "same")
        .join(grouped.statements.select("statement_id", reference="text"), on="statement_id")
        .join(quotes.select("quote_id", wording="text"), on="quote_id")
        .select("quote_id", "reference", "wording")
    )
