"""Writes the report's pages beside the build database; they are published together with it."""

import shutil

import dagster as dg

from assets.report.site import write_site
from assets.report.tables import QUERIES, ReportTables
from orchestration.resources import Pipeline
from orchestration.specs import OWNERS, WAREHOUSE_POOL

REPORT_KEY = dg.AssetKey(["report"])


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
    def report(pipeline: dg.ResourceParam[Pipeline]) -> dg.MaterializeResult:
        folder = pipeline.settings.report_build
        with pipeline.reporter.step("report", None, "pages") as step:
            with pipeline.warehouse.transaction() as transaction:
                tables = ReportTables(**{name: transaction.query(query) for name, query in QUERIES.items()})
            shutil.rmtree(folder, ignore_errors=True)
            n_pages = write_site(tables, folder)
            step.advance(n_pages)
        index = pipeline.settings.report / "index.html"
        return dg.MaterializeResult(
            metadata={
                "pages": n_pages,
                "open": dg.MetadataValue.url(index.as_uri()),
                "size_bytes": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
            }
        )

    return report
