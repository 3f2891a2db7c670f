"""Which articles share text, and which report the same event."""

import warnings
from collections.abc import Iterator
from itertools import takewhile

import dagster as dg

from assets.articles.schema import ARTICLES
from assets.entities.schema import MENTIONS
from assets.quotes.schema import QUOTES
from assets.stories.pair_changes import ARTICLES_READ, change_pairs
from assets.stories.reads import PAIRING, WEEKS_READ
from assets.stories.schema import ARTICLE_PAIRS, STORIES
from assets.stories.weekly import STEP, change_stories, mark_weeks
from assets.stories.weeks import name_of, week_named
from pipeline import ledger
from pipeline.changes import derive_from_changes
from pipeline.resources import Pipeline
from pipeline.specs import OWNERS, WAREHOUSE_POOL, asset_key, materialized, table_spec

ROOMS = ("stories",)
WEEKS_KEY = dg.AssetKey(["weeks"])
WEEKS_NAME = "weeks"
WEEKS = dg.DynamicPartitionsDefinition(name=WEEKS_NAME)
"""The weeks that articles were published in, by their Mondays, in the order of time."""

# Dagster may still change how backfills are set, which is no news for whoever starts a run.
warnings.filterwarnings("ignore", "Parameter `backfill_policy`", dg.BetaWarning)


@dg.asset(
    key=WEEKS_KEY,
    deps=[asset_key(table) for table in (ARTICLES, MENTIONS, QUOTES)],
    partitions_def=WEEKS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    group_name="stories",
    kinds={"python", "duckdb"},
    owners=OWNERS,
    pool=WAREHOUSE_POOL,
    description="""The weeks of publication, by the Mondays that they begin on (UTC), and `undated` for articles of which no day is known.

Each run notes here which weeks it has told the stories of, with their articles and stories; a week without articles is none.

To make weeks again, start the job **retell_weeks** on them: one run tells them anew, and all that hangs on them, and publishes.
This asset by itself only marks weeks, for the next run of whichever job to tell.""",
)
def weeks(context: dg.AssetExecutionContext, pipeline: dg.ResourceParam[Pipeline]) -> dg.MaterializeResult[None]:
    """Mark the weeks that a run is about, so that the steps that follow make them again."""
    if not context.has_partition_key and not context.has_partition_key_range:
        raise ValueError(
            "Choose weeks: this run was given none. In the UI they are partitions of the job; elsewhere the tag dagster/partition names one."
        )
    with pipeline.warehouse.transaction() as transaction:
        mark_weeks(transaction, [week_named(name) for name in context.partition_keys])
    return dg.MaterializeResult(metadata={"state": "marked, to be told again by the step stories"})


# Stories come after the weeks that a run marks, and hang on nothing that stands in them: a week told since makes no story stale.
AFTER_WEEKS = dg.AssetDep(WEEKS_KEY, partition_mapping=dg.SpecificPartitionsPartitionMapping([]))


@dg.multi_asset(
    name="stories",
    specs=[
        table_spec(ARTICLE_PAIRS, "stories", deps=(ARTICLES,)),
        table_spec(STORIES, "stories", deps=(ARTICLES, MENTIONS, QUOTES)).merge_attributes(deps=[AFTER_WEEKS]),
    ],
    pool=WAREHOUSE_POOL,
)
def stories(
    context: dg.AssetExecutionContext, pipeline: dg.ResourceParam[Pipeline]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetMaterialization]:
    """Pair the articles that share text, then group them by event."""
    paired, told = pair(pipeline), group(pipeline)
    with pipeline.warehouse.transaction() as transaction:
        held = {week: counts for week, *counts in transaction.query(WEEKS_READ).iter_rows()}
        name_weeks(context.instance, [name_of(week) for week in held])
        for week in (week for week in held if week in told):
            n_articles, n_stories = held[week]
            shown = {"state": "told", "articles": n_articles, "stories": n_stories}
            yield dg.AssetMaterialization(WEEKS_KEY, partition=name_of(week), metadata=shown)
        yield materialized(transaction, ARTICLE_PAIRS, paired)
        yield materialized(transaction, STORIES, {"rows_written": sum(told.values()), "weeks_told": len(told)})


def name_weeks(instance: dg.DagsterInstance, names: list[str]) -> None:
    """Make these the weeks that Dagster knows, in their order: it shows partitions in the order in which they came."""
    known = instance.get_dynamic_partitions(WEEKS_NAME)
    n_kept = len(list(takewhile(lambda both: both[0] == both[1], zip(known, names, strict=False))))
    for name in known[n_kept:]:
        instance.delete_dynamic_partition(WEEKS_NAME, name)
    instance.add_dynamic_partitions(WEEKS_NAME, names[n_kept:])


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
