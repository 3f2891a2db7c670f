"""Cleans the documents that are new: ``core.articles``, what was cut from them, and the sources they name."""

from collections.abc import Iterator
from functools import partial

import dagster as dg
import polars as pl

from assets.articles.extract import ArticleBatch, extract_articles
from assets.articles.schema import ARTICLES, NON_ARTICLES, REMOVED_LINES
from assets.documents.schema import DOCUMENTS
from assets.sources.schema import SOURCES
from orchestration.incremental import extract_pending
from orchestration.resources import Pipeline
from orchestration.specs import WAREHOUSE_POOL, materialized, table_spec
from orchestration.warehouse import Transaction

TABLES = (ARTICLES, REMOVED_LINES, NON_ARTICLES, SOURCES)


@dg.multi_asset(
    name="articles",
    specs=[table_spec(table, "articles", deps=(DOCUMENTS,)) for table in TABLES],
    pool=WAREHOUSE_POOL,
)
def articles(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult]:
    """Find the story, its metadata and its source in each new document."""
    warehouse, html_mode = pipeline.warehouse, pipeline.settings.html_mode
    with warehouse.transaction() as transaction:
        forget_gone(transaction)
    counts = extract_pending(
        pipeline,
        "articles",
        ("sources", "articles"),
        items=f"SELECT document_id AS item_id, content_type AS input FROM {DOCUMENTS.path}",
        fetch=lambda transaction, given: transaction.query(
            f"SELECT * FROM {DOCUMENTS.path} SEMI JOIN {given} ON item_id = document_id ORDER BY document_id"
        ),
        function=partial(extract_articles, html_mode=html_mode),
        write=write,
        options=html_mode,
    )
    with warehouse.transaction() as transaction:
        transaction.execute(
            f"DELETE FROM {SOURCES.path} WHERE source_id NOT IN (SELECT source_id FROM {ARTICLES.path} "
            f"UNION SELECT agency_id FROM {ARTICLES.path} WHERE agency_id IS NOT NULL)"
        )
        for table in TABLES:
            yield materialized(transaction, table, counts)


def forget_gone(transaction: Transaction) -> None:
    """Drop what was made of documents that are no longer there."""
    gone = f"(SELECT document_id FROM {DOCUMENTS.path})"
    for table in (ARTICLES, NON_ARTICLES):
        transaction.execute(f"DELETE FROM {table.path} WHERE document_id NOT IN {gone}")
    transaction.execute(
        f"DELETE FROM {REMOVED_LINES.path} WHERE article_id NOT IN (SELECT article_id FROM {ARTICLES.path})"
    )


def write(transaction: Transaction, documents: pl.Series, batch: ArticleBatch) -> None:
    with transaction.visible(pl.DataFrame({"document_id": documents})) as given:
        transaction.execute(
            f"DELETE FROM {REMOVED_LINES.path} WHERE article_id IN "
            f"(SELECT article_id FROM {ARTICLES.path} SEMI JOIN {given} USING (document_id))"
        )
    for table, rows in ((ARTICLES, batch.articles), (NON_ARTICLES, batch.rejects)):
        transaction.delete(table, "document_id", documents)
        transaction.insert(table, rows)
    transaction.insert(REMOVED_LINES, batch.removed_lines)
    transaction.delete(SOURCES, "source_id", batch.sources["source_id"])
    transaction.insert(SOURCES, batch.sources)
