"""Writes the report's pages beside the build database; they are published together with it."""

import shutil

import dagster as dg

from assets.report.site import write_site
from assets.report.tables import QUERIES, ReportTables
from pipeline.resources import Pipeline
from pipeline.specs import OWNERS, WAREHOUSE_POOL

REPORT_KEY = dg.AssetKey(["report"])
ARTICLES_WORTH_A_POOL = 2000
"""Workers take seconds to start; the pages of fewer articles are written sooner without them."""


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
        folder = pipeline.settings.report_build
        with pipeline.reporter.step("report", None, "pages") as step:
            with pipeline.warehouse.transaction() as transaction:
                tables = ReportTables(**{name: transaction.query(query) for name, query in QUERIES.items()})
            shutil.rmtree(folder, ignore_errors=True)
            worth_a_pool = tables.articles.height >= ARTICLES_WORTH_A_POOL
            n_pages = write_site(tables, folder, pipeline.workers.map_batches if worth_a_pool else map)
            step.advance(n_pages)
        index = pipeline.settings.report / "index.html"
        return dg.MaterializeResult(
            metadata={
                "pages": n_pages,
                "open": dg.MetadataValue.url(index.as_uri()),
                "preview": dg.MetadataValue.md(preview(tables)),
            }
        )

    return report


def preview(tables: ReportTables) -> str:
    """What the UI shows of the report: its counts and the altered quotations, as Markdown."""
    counts = (
        f"**{tables.articles.height:,}** articles of **{tables.outlet_coverage.height:,}** outlets, "
        f"**{tables.quotes.height:,}** quotations, **{tables.altered_quotes.height:,}** of them altered"
    )
    rows = tables.outlet_coverage.sort("n_articles", "outlet_id", descending=[True, False]).head(10)
    lines = [
        f"| {row['outlet'].replace('|', ' ')} | {row['n_articles']} | {row['n_statements_carried']} | {row['n_exclusives']} |"
        for row in rows.iter_rows(named=True)
    ]
    head = ["| Outlet | Articles | Statements carried | Alone with |", "|---|--:|--:|--:|"]
    return "\n".join([counts, "", *head, *lines])
