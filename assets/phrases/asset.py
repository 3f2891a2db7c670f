"""Finds every closed phrase that articles share, or how they have changed since the last run."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.phrases.changes import changed_phrases
from assets.phrases.closed import closed_phrases
from assets.phrases.schema import PHRASE_OCCURRENCES, PHRASES
from pipeline.incremental import Changes, derive_changes
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import Transaction

ITEMS = f"SELECT article_id AS item_id, hash(source_id, body)::VARCHAR AS input FROM {ARTICLES.path}"
COLUMNS = ["article_id", "source_id", "body"]


@dg.multi_asset(
    name="phrases",
    specs=[table_spec(table, "phrases", deps=(ARTICLES,)) for table in (PHRASES, PHRASE_OCCURRENCES)],
    pool=WAREHOUSE_POOL,
)
def phrases(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Look for repeated phrases in all bodies."""
    counts = derive_changes(pipeline, "phrases", ("phrases",), items=ITEMS, compute=find, change=find_changed)
    with pipeline.warehouse.transaction() as transaction:
        for table in (PHRASES, PHRASE_OCCURRENCES):
            yield materialized(transaction, table, counts)


def find(transaction: Transaction) -> dict[Table, pl.DataFrame]:
    found = closed_phrases(transaction.read(ARTICLES, COLUMNS))
    return {PHRASES: found.phrases, PHRASE_OCCURRENCES: found.occurrences}


def find_changed(transaction: Transaction, come: pl.Series, gone: pl.Series) -> Changes:
    """The phrases affected by the articles that came, changed or went, and their places there."""
    touched = pl.concat([come, gone])
    with transaction.visible(touched.to_frame("article_id")) as given:
        stood = transaction.query(
            f"SELECT phrase_id, text FROM {PHRASES.path} WHERE phrase_id IN "
            f"(SELECT phrase_id FROM {PHRASE_OCCURRENCES.path} SEMI JOIN {given} USING (article_id)) ORDER BY phrase_id"
        )
    known = transaction.read(PHRASES, ["phrase_id"])["phrase_id"]
    changes = changed_phrases(transaction.read(ARTICLES, COLUMNS), come, stood, known)
    return Changes(
        stale=(
            (PHRASES, "phrase_id", changes.stale),
            (PHRASE_OCCURRENCES, "phrase_id", changes.vanished),
            (PHRASE_OCCURRENCES, "article_id", touched),
        ),
        rows={PHRASES: changes.changed.phrases, PHRASE_OCCURRENCES: changes.changed.occurrences},
    )
