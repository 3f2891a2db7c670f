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
from assets.stories.weeks import name_of
from pipeline import ledger
from pipeline.changes import derive_from_changes
from pipeline.resources import Pipeline
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec

ROOMS = ("stories",)
WEEKS_SHOWN = dg.TableSchema([dg.TableColumn("week", "string"), dg.TableColumn("articles", "int")])


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
    weeks = [dg.TableRecord({"week": name_of(week), "articles": n}) for week, n in told.items()]
    with pipeline.warehouse.transaction() as transaction:
        yield materialized(transaction, ARTICLE_PAIRS, paired)
        shown = {"rows_written": sum(told.values()), "weeks_told": dg.MetadataValue.table(weeks, schema=WEEKS_SHOWN)}
        yield materialized(transaction, STORIES, shown)


def pair(pipeline: Pipeline) -> dict[str, int]:
    """Read what articles are compared by from those that have come or changed, and pair them with those around them."""
    return derive_from_changes(pipeline, PAIRING, ROOMS, items=ARTICLES_READ, change=change_pairs)


def group(pipeline: Pipeline) -> dict[int, int]:
    """Group the articles of the weeks in which something has changed that their stories hang on; how many of each."""
    with pipeline.reporter.step(STEP, None, "articles") as progress, pipeline.warehouse.transaction() as transaction:
        told = change_stories(transaction, ledger.code_version(*ROOMS))
        if not told:
            progress.note("nothing new")
        progress.advance(sum(told.values()))
        return told
