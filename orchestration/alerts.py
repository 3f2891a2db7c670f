"""Which matches of the user's alerts are new: those that the release before did not have."""

from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.specs import markdown_table
from pipeline.warehouse import Transaction, read_only

CHECK = "new_alerts"
SHOWN = ("rule", "watch", "outlet", "speaker", "text", "published_at")
MOST_SHOWN = 20
HAS_ALERTS = "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'marts' AND table_name = 'alerts'"


def new_matches(transaction: Transaction, published: Path) -> pl.DataFrame:
    """The rows of ``marts.alerts`` that the published warehouse does not have, in their order."""
    built = transaction.query("FROM marts.alerts ORDER BY published_at DESC NULLS LAST, alert_id")
    if built.is_empty():
        return built
    return built.join(known(published), on="alert_id", how="anti", maintain_order="left")


def known(published: Path) -> pl.DataFrame:
    """The matches of the published warehouse, by alert_id; none where there is none yet, or none with alerts."""
    none = pl.DataFrame(schema={"alert_id": pl.String})
    if not published.exists():
        return none
    with read_only(published) as connection:
        (n,) = connection.execute(HAS_ALERTS).fetchone() or (0,)
        return connection.execute("SELECT alert_id FROM marts.alerts").pl() if n else none


def check_spec(asset: dg.AssetKey) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        CHECK,
        asset=asset,
        description="Warns where a run has found something that an alert of DATA/alerts.toml watches for.",
    )


def check_result(asset: dg.AssetKey, found: pl.DataFrame) -> dg.AssetCheckResult:
    """A warning, not an error, where there are new matches."""
    by_rule = found.group_by("rule").len("new").sort("rule")
    return dg.AssetCheckResult(
        passed=found.is_empty(),
        asset_key=asset,
        check_name=CHECK,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "new": found.height,
            "by_rule": dg.MetadataValue.md(markdown_table(by_rule)),
            "matches": dg.MetadataValue.md(markdown_table(found.select(SHOWN).head(MOST_SHOWN))),
        },
    )
