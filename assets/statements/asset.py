"""Puts the quotations that print the same words together."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.quotes.schema import QUOTES
from assets.statements.encoder import load_encoder
from assets.statements.increments import ARTICLES_READ, CHAPTERS, change_statements
from assets.statements.schema import ARTICLE_CHAPTERS, STATEMENT_QUOTES, STATEMENTS, UNCREDITED_WORDS, WORD_EDITS
from assets.statements.uncredited import uncredited_words
from assets.statements.within import chapters
from assets.stories.schema import STORIES
from assets.text.dates.timestamp import with_known_days
from pipeline.changes import derive_each, derive_from_changes
from pipeline.resources import Pipeline
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import Transaction

ROOMS = ("statements",)
TABLES = (STATEMENTS, STATEMENT_QUOTES, WORD_EDITS, UNCREDITED_WORDS)

STORIES_TOLD = f"""
SELECT story_id AS item_id, concat(of_articles, ':', of_statements, ':', of_printings) AS input
FROM (
    SELECT story_id, sum(hash(article_id, body)) AS of_articles
    FROM {STORIES.path} JOIN {ARTICLES.path} USING (article_id) GROUP BY story_id
) JOIN (
    SELECT story_id, sum(hash(statement_id, text)) AS of_statements FROM {STATEMENTS.path} GROUP BY story_id
) USING (story_id) JOIN (
    SELECT story_id, sum(hash(statement_id, article_id)) AS of_printings
    FROM {STATEMENTS.path} JOIN {STATEMENT_QUOTES.path} USING (statement_id) JOIN {QUOTES.path} USING (quote_id)
    GROUP BY story_id
) USING (story_id)
"""
"""Stories in which something was said, and a hash of all that their uncredited words hang on."""
SEARCHED_AT_ONCE = 1 << 23
"""Characters of articles; a longer article is searched alone."""


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
        articles = with_known_days(transaction.query(f"{ARTICLES_READ} ORDER BY article_id"))
        transaction.replace(ARTICLE_CHAPTERS, chapters(articles, transaction.read(STORIES)))
    return derive_from_changes(
        pipeline,
        "statements",
        ROOMS,
        items=CHAPTERS,
        change=lambda transaction, changed: change_statements(transaction, changed, load_encoder(engine)),
        options=f" {engine}",
    )


def search(pipeline: Pipeline) -> dict[str, int]:
    """Look for the words of statements in the articles that are not known to print them, story by story where one has changed."""
    return derive_each(
        pipeline,
        "uncredited words",
        ROOMS,
        items=STORIES_TOLD,
        tables={UNCREDITED_WORDS: "story_id"},
        write=write_uncredited,
    )


def write_uncredited(transaction: Transaction, stories: pl.Series) -> None:
    """The uncredited words of these stories, some articles at a time."""
    with transaction.visible(stories.to_frame("story_id")) as given:
        articles = transaction.query(
            f"SELECT story_id, article_id, length(body) AS n FROM {STORIES.path} JOIN {ARTICLES.path} USING (article_id) "
            f"SEMI JOIN {given} USING (story_id) ORDER BY story_id, article_id"
        )
    for portion in _portions(articles):
        with transaction.visible(portion.select("story_id", "article_id")) as given:
            bodies = transaction.query(
                f"SELECT story_id, article_id, body FROM {ARTICLES.path} JOIN {given} USING (article_id) "
                "ORDER BY story_id, article_id"
            )
        with transaction.visible(portion.select("story_id").unique()) as given:
            said = transaction.query(
                f"SELECT statement_id, story_id, text FROM {STATEMENTS.path} SEMI JOIN {given} USING (story_id) "
                "ORDER BY statement_id"
            )
            printed = transaction.query(
                f"SELECT DISTINCT statement_id, article_id FROM {STATEMENT_QUOTES.path} JOIN {QUOTES.path} USING (quote_id) "
                f"JOIN {STATEMENTS.path} USING (statement_id) SEMI JOIN {given} USING (story_id)"
            )
        transaction.insert(UNCREDITED_WORDS, uncredited_words(said, bodies, printed))


def _portions(articles: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Runs of articles that are searched at once, by their length ``n``."""
    numbered = articles.with_columns(portion=pl.col("n").cum_sum() // SEARCHED_AT_ONCE)
    yield from numbered.partition_by("portion", maintain_order=True)
