"""A test of the marts that failed says in Dagster which promises are broken."""

from pathlib import Path

import dagster as dg

from orchestration.dbt import in_full
from pipeline.warehouse import Warehouse

NAME = "rows_of_alerts_hold"
BROKEN = (
    "SELECT * FROM (VALUES ('outlet_id: of no row in stg_sources', 'north'), ('outlet_id: of no row in stg_sources', 'south'), "
    "('alert_id: there twice', 'a1')) AS rows(broken, example)"
)


def test_a_test_that_failed_lists_what_is_broken(tmp_path: Path) -> None:
    compiled = tmp_path / "compiled" / "verbatim" / "models" / "alerts.yml"
    compiled.mkdir(parents=True)
    (compiled / f"{NAME}.sql").write_text(BROKEN, encoding="utf-8")
    failed = dg.AssetCheckResult(passed=False, asset_key=dg.AssetKey(["marts", "alerts"]), check_name=NAME)
    with Warehouse(tmp_path / "build.duckdb").transaction() as transaction:
        told = in_full(transaction, failed, {}, tmp_path)
        assert in_full(transaction, failed._replace(passed=True), {}, tmp_path).metadata == {}
    assert not told.passed
    assert told.metadata["broken"].value.splitlines()[2:] == [
        "| alert_id: there twice | 1 | a1 |",
        "| outlet_id: of no row in stg_sources | 2 | north |",
    ]
