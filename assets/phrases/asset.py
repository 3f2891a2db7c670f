"""Finds every closed phrase that articles share, or how they have changed since the last run."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.phrases.changes import changed_phrases
from assets.phrases.closed import closed_phrases_in_parts
from assets.phrases.schema import PHRASE_OCCURRENCES, PHRASES
from pipeline.changes import Changed, derive_from_changes
from pipeline.resources import Pipeline
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import Transaction

ITEMS = f"SELECT article_id AS item_id, hash(source_id, body)::VARCHAR AS input FROM {ARTICLES.path}"
MOST_MEMORY = "256MB"
"""Beyond this DuckDB lets go of what it has read or writes what is new: the arrays of the search need the rest."""
MOST_CHANGED = 0.25
"""Share of the articles from which all phrases are found again: then hardly a row would stay as it is."""


@dg.multi_asset(
    name="phrases",
    specs=[table_spec(table, "phrases", deps=(ARTICLES,)) for table in (PHRASES, PHRASE_OCCURRENCES)],
    pool=WAREHOUSE_POOL,
)
def phrases(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Look for repeated phrases in all bodies."""
    counts = derive_from_changes(pipeline, "phrases", ("phrases",), items=ITEMS, change=change)
    with pipeline.warehouse.transaction() as transaction:
        for table in (PHRASES, PHRASE_OCCURRENCES):
            yield materialized(transaction, table, counts)


def change(transaction: Transaction, changed: Changed) -> None:
    """Find the phrases affected by the articles that came, changed or went, and their places there."""
    if len(changed.touched) > MOST_CHANGED * changed.n_items:
        parts = closed_phrases_in_parts(_articles(transaction))
        transaction.replace_in_order(PHRASES, parts.phrases)
        transaction.replace_in_order(PHRASE_OCCURRENCES, parts.occurrences)
        return
    with transaction.visible(changed.touched.to_frame("article_id")) as given:
        stood = transaction.query(
            f"SELECT phrase_id, text FROM {PHRASES.path} WHERE phrase_id IN "
            f"(SELECT phrase_id FROM {PHRASE_OCCURRENCES.path} SEMI JOIN {given} USING (article_id)) ORDER BY phrase_id"
        )
    known = transaction.query(f"SELECT phrase_id FROM {PHRASES.path}")["phrase_id"]
    changes = changed_phrases(_articles(transaction), changed.come, stood, known)
    transaction.delete(PHRASES, "phrase_id", changes.stale)
    transaction.delete(PHRASE_OCCURRENCES, "phrase_id", changes.vanished)
    transaction.delete(PHRASE_OCCURRENCES, "article_id", changed.touched)
    transaction.insert(PHRASES, changes.changed.phrases)
    transaction.insert(PHRASE_OCCURRENCES, changes.changed.occurrences)


def _articles(transaction: Transaction) -> pl.DataFrame:
    """Every article with its outlet and body, in no promised order: to put bodies in order, the database would copy them all."""
    transaction.execute(f"SET memory_limit = '{MOST_MEMORY}'")
    return transaction.query(f"SELECT article_id, source_id, body FROM {ARTICLES.path}")
