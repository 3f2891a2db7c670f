"""Writes the report's pages beside the build database; they are published together with it."""

import shutil
from collections.abc import Callable, Iterable

import dagster as dg

from assets.report.made_of import STATE, saved_site
from assets.report.site import Batch, MapBatches, Written, write_site
from assets.report.tables import Lists
from pipeline.ledger import code_version, library_versions
from pipeline.resources import Pipeline
from pipeline.specs import OWNERS, WAREHOUSE_POOL
from pipeline.workers import Workers

REPORT_KEY = dg.AssetKey(["report"])
MOST_MEMORY = "700MB"
"""Beyond this DuckDB puts aside on disk what the pages are made of; what it has read already is read again."""
PAGES_WORTH_A_POOL = 4000
"""Workers take seconds to start; fewer pages are written sooner without them."""


def report_asset(deps: list[dg.AssetKey]) -> dg.AssetsDefinition:
    """The report over everything that the run has built."""

    @dg.asset(
        key=REPORT_KEY,
        deps=deps,
        group_name="published",
        kinds={"python", "html"},
        owners=OWNERS,
        pool=WAREHOUSE_POOL,
        description="Static pages over the marts: statements, outlets, speakers, phrases and articles, readable without a server.",
    )
    def report(pipeline: dg.ResourceParam[Pipeline]) -> dg.MaterializeResult[None]:
        settings = pipeline.settings
        folder, state = settings.report_build, settings.report_state_build
        for leftover in (folder, state):
            shutil.rmtree(leftover, ignore_errors=True)
        published = settings.report.resolve()
        with (
            pipeline.reporter.step("report", None, "pages") as step,
            pipeline.warehouse.transaction() as transaction,
        ):
            folder.mkdir()
            transaction.execute(f"SET memory_limit = '{MOST_MEMORY}'")
            last = saved_site(published, published.with_name(STATE))
            made = write_site(transaction, folder, pages_version(), last, in_workers(pipeline.workers))
            made.site.save(state)
            step.advance(made.n_pages)
            step.note(f"pages, {made.n_written:,} of them written")
            shown = preview(Lists(transaction))
        index = pipeline.settings.report / "index.html"
        return dg.MaterializeResult(
            metadata={
                "pages": made.n_pages,
                "pages_written": made.n_written,
                "open": dg.MetadataValue.url(index.as_uri()),
                "preview": dg.MetadataValue.md(shown),
            }
        )

    return report


def pages_version() -> str:
    """Stands for everything that decides how rows become pages: code, templates, lists of words, libraries."""
    return code_version("compare", "report", "statements") + library_versions(
        "jinja2", "markupsafe", "polars", "rapidfuzz"
    )


def in_workers(workers: Workers) -> MapBatches:
    """Batches of pages in worker processes, where there are enough of them."""

    def mapped(function: Callable[[Batch], Written], batches: Iterable[Batch], n_pages: int) -> Iterable[Written]:
        return workers.map_batches(function, batches) if n_pages >= PAGES_WORTH_A_POOL else map(function, batches)

    return mapped


def preview(listed: Lists) -> str:
    """What the UI shows of the report: its counts and the altered quotations, as Markdown."""
    counts = (
        f"**{listed.count('articles'):,}** articles of **{listed.count('outlets'):,}** outlets, "
        f"**{listed.count('quotations'):,}** quotations, **{listed.count('altered'):,}** of them altered"
    )
    rows = listed["outlet_coverage"].sort("n_articles", "outlet_id", descending=[True, False]).head(10)
    lines = [
        f"| {row['outlet'].replace('|', ' ')} | {row['n_articles']} | {row['n_statements_carried']} | {row['n_exclusives']} |"
        for row in rows.iter_rows(named=True)
    ]
    head = ["| Outlet | Articles | Statements carried | Alone with |", "|---|--:|--:|--:|"]
    return "\n".join([counts, "", *head, *lines])
