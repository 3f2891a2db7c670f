"""Which articles share text, and which report the same event."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.entities.schema import MENTIONS
from assets.quotes.schema import QUOTES
from assets.stories.group import group_stories
from assets.stories.pairs import article_pairs
from assets.stories.schema import ARTICLE_PAIRS, STORIES
from assets.text.dates.timestamp import with_known_days
from pipeline.incremental import derive
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import Transaction

ROOMS = ("stories",)


@dg.multi_asset(
    name="stories",
    specs=[
        table_spec(ARTICLE_PAIRS, "stories", deps=(ARTICLES,)),
        table_spec(STORIES, "stories", deps=(ARTICLES, MENTIONS, QUOTES)),
    ],
    pool=WAREHOUSE_POOL,
)
def stories(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Pair the articles that share text, then group them by event."""
    pairs = derive(pipeline, "article pairs", ROOMS, reads=(ARTICLES,), compute=pair)
    grouped = derive(pipeline, "stories", ROOMS, reads=(ARTICLES, ARTICLE_PAIRS, MENTIONS, QUOTES), compute=group)
    with pipeline.warehouse.transaction() as transaction:
        yield materialized(transaction, ARTICLE_PAIRS, pairs)
        yield materialized(transaction, STORIES, grouped)


def pair(transaction: Transaction) -> dict[Table, pl.DataFrame]:
    return {ARTICLE_PAIRS: article_pairs(transaction.read(ARTICLES, ["article_id", "body"]))}


def group(transaction: Transaction) -> dict[Table, pl.DataFrame]:
    articles = with_known_days(
        transaction.read(ARTICLES, ["article_id", "title", "published_at", "published_precision", "body"])
    )
    pairs, mentions, quotes = (transaction.read(table) for table in (ARTICLE_PAIRS, MENTIONS, QUOTES))
    return {STORIES: group_stories(articles, pairs, mentions, quotes)}
