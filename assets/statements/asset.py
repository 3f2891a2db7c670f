"""Puts the quotations that print the same words together."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.quotes.schema import QUOTES
from assets.statements.encoder import load_encoder
from assets.statements.group import group_statements
from assets.statements.relations import judged
from assets.statements.schema import JUDGED_WORDS, STATEMENT_QUOTES, STATEMENTS, UNCREDITED_WORDS, WORD_EDITS
from assets.statements.uncredited import uncredited_words
from assets.statements.wording import word_edits
from assets.stories.schema import STORIES
from assets.text.dates.timestamp import with_known_days
from pipeline import ledger
from pipeline.changes import derive_each, derive_from
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import Transaction

ROOMS = ("statements",)
TABLES = (STATEMENTS, STATEMENT_QUOTES, WORD_EDITS, UNCREDITED_WORDS)

ARTICLES_READ = f"SELECT article_id, source_id, published_at, published_precision, agency_id FROM {ARTICLES.path}"
QUOTES_READ = (
    'SELECT quote_id, article_id, source_id, start, "end", paragraph, text, kind, pre, post, '
    "coalesce(speaker_confidence, confidence) AS confidence, speaker_id, "
    f"speaker_name, speaker_text FROM {QUOTES.path}"
)
DIFFERING = f"""
SELECT quote_id AS item_id, hash(statements.text, quotes.text)::VARCHAR AS input,
    quote_id, statements.text AS reference, quotes.text AS wording
FROM {STATEMENT_QUOTES.path} JOIN {STATEMENTS.path} AS statements USING (statement_id)
JOIN {QUOTES.path} AS quotes USING (quote_id) WHERE relation != 'same'
"""
"""The printings that are not their statement's longest one word for word."""

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
    grouped, compared, searched = group(pipeline), compare(pipeline), search(pipeline)
    counts = {WORD_EDITS: compared, UNCREDITED_WORDS: searched}
    with pipeline.warehouse.transaction() as transaction:
        for table in TABLES:
            yield materialized(transaction, table, counts.get(table, grouped))


def group(pipeline: Pipeline) -> dict[str, int]:
    """Group all quotations anew, unless nothing that their statements hang on has changed."""
    engine = pipeline.settings.statement_engine
    version = ledger.code_version(*ROOMS)
    return derive_from(
        pipeline,
        "statements",
        ROOMS,
        reads=(ARTICLES_READ, QUOTES_READ, f"SELECT article_id, story_id FROM {STORIES.path}"),
        compute=lambda transaction: group_all(transaction, engine, version),
        options=f" {engine}",
    )


def group_all(transaction: Transaction, engine: str, version: str) -> dict[Table, pl.DataFrame]:
    grouped = group_statements(
        transaction.query(f"{QUOTES_READ} ORDER BY quote_id"),
        with_known_days(transaction.query(f"{ARTICLES_READ} ORDER BY article_id")),
        transaction.read(STORIES),
        load_encoder(engine),
        judge=lambda distinct: remembered(transaction, version, distinct),
    )
    return {STATEMENTS: grouped.statements, STATEMENT_QUOTES: grouped.statement_quotes}


def remembered(transaction: Transaction, version: str, distinct: pl.DataFrame) -> pl.DataFrame:
    """What ``judged`` says of wordings (reference, spoken), as it was found before where it was; the rest is forgotten."""
    with transaction.visible(distinct) as given:
        known = transaction.query(
            "SELECT * FROM (SELECT reference, spoken, (hash(?, reference, spoken) >> 1)::BIGINT AS wordings "
            f"FROM {given}) LEFT JOIN {JUDGED_WORDS.path} USING (wordings) ORDER BY reference, spoken",
            [version],
        )
    is_new = pl.col("relation").is_null()
    new = judged(known.filter(is_new).select("reference", "spoken", "wordings"))
    with transaction.visible(known.select("wordings")) as given:
        transaction.execute(f"DELETE FROM {JUDGED_WORDS.path} WHERE wordings NOT IN (SELECT wordings FROM {given})")
    transaction.insert(JUDGED_WORDS, new)
    return pl.concat([known.filter(~is_new), new.select(known.columns)]).drop("wordings")


def compare(pipeline: Pipeline) -> dict[str, int]:
    """List the word edits of the printings that differ from what they were, or whose longest printing does."""
    return derive_each(
        pipeline, "word edits", ROOMS, items=DIFFERING, tables={WORD_EDITS: "quote_id"}, write=write_word_edits
    )


def write_word_edits(transaction: Transaction, quotes: pl.Series) -> None:
    with transaction.visible(quotes.to_frame("item_id")) as given:
        transaction.insert(
            WORD_EDITS, word_edits(transaction.query(f"FROM ({DIFFERING}) SEMI JOIN {given} USING (item_id)"))
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
