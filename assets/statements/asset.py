"""Puts the quotations that print the same words together."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.quotes.schema import QUOTES
from assets.statements.changes.elsewhere import STORIES_TOLD, change_uncredited
from assets.statements.encoder import load_encoder
from assets.statements.increments import ARTICLES_READ, CHAPTERS, change_statements
from assets.statements.schema import ARTICLE_CHAPTERS, STATEMENT_QUOTES, STATEMENTS, UNCREDITED_WORDS, WORD_EDITS
from assets.statements.within import chapters
from assets.stories.schema import STORIES
from assets.text.dates.timestamp import with_known_days
from pipeline.changes import derive_from_changes
from pipeline.resources import Pipeline
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import Transaction

ROOMS = ("statements",)
TABLES = (STATEMENTS, STATEMENT_QUOTES, WORD_EDITS, UNCREDITED_WORDS)


@dg.multi_asset(
    name="statements",
    specs=[table_spec(table, "statements", deps=(ARTICLES, QUOTES, STORIES)) for table in TABLES],
    pool=WAREHOUSE_POOL,
)
def statements(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Group all quotations into statements."""
    grouped, searched = group(pipeline), search(pipeline)
    counts = {UNCREDITED_WORDS: searched}
    with pipeline.warehouse.transaction() as transaction:
        for table in TABLES:
            yield materialized(transaction, table, counts.get(table, grouped))


def group(pipeline: Pipeline) -> dict[str, int]:
    """Put the quotations of chapters that have come or changed together, and with those of others that print the same words."""
    engine = pipeline.settings.statement_engine
    with pipeline.warehouse.transaction() as transaction:
        place_in_chapters(transaction)
    return derive_from_changes(
        pipeline,
        "statements",
        ROOMS,
        items=CHAPTERS,
        change=lambda transaction, changed: change_statements(transaction, changed, load_encoder(engine)),
        options=f" {engine}",
    )


def place_in_chapters(transaction: Transaction) -> None:
    """Make ``work.article_chapters`` hold the chapter of every article; only the rows that differ are written."""
    articles = with_known_days(transaction.query(f"{ARTICLES_READ} ORDER BY article_id"))
    before = transaction.read(ARTICLE_CHAPTERS)
    now = ARTICLE_CHAPTERS.frame(chapters(articles, transaction.read(STORIES)))
    differing = pl.concat([before, now]).unique(keep="none")
    transaction.delete(ARTICLE_CHAPTERS, "article_id", differing["article_id"])
    transaction.insert(ARTICLE_CHAPTERS, now.join(differing, on=now.columns, how="semi"))


def search(pipeline: Pipeline) -> dict[str, int]:
    """Look for the words of statements in the articles of their story that are not known to print them."""
    return derive_from_changes(pipeline, "uncredited words", ROOMS, items=STORIES_TOLD, change=change_uncredited)
