"""Which articles share text, and which report the same event."""

from collections.abc import Iterator

import dagster as dg

from assets.articles.schema import ARTICLES
from assets.entities.schema import MENTIONS
from assets.quotes.schema import QUOTES
from assets.stories.pair_changes import ARTICLES_READ, change_pairs
from assets.stories.reads import PAIRING
from assets.stories.schema import ARTICLE_PAIRS, STORIES
from assets.stories.weekly import STEP, change_stories
from pipeline import ledger
from pipeline.changes import derive_from_changes
from pipeline.resources import Pipeline
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec

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
    paired, told = pair(pipeline), group(pipeline)
    with pipeline.warehouse.transaction() as transaction:
        yield materialized(transaction, ARTICLE_PAIRS, paired)
        yield materialized(transaction, STORIES, told)


def pair(pipeline: Pipeline) -> dict[str, int]:
    """Read what articles are compared by from those that have come or changed, and pair them with those around them."""
    return derive_from_changes(pipeline, PAIRING, ROOMS, items=ARTICLES_READ, change=change_pairs)


def group(pipeline: Pipeline) -> dict[str, int]:
    """Group the articles of the weeks in which something has changed that their stories hang on."""
    with pipeline.reporter.step(STEP, None, "articles") as progress, pipeline.warehouse.transaction() as transaction:
        n_told = change_stories(transaction, ledger.code_version(*ROOMS))
        if not n_told:
            progress.note("nothing new")
        progress.advance(n_told)
        return {"rows_written": n_told}
