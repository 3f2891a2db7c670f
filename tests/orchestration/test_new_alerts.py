"""Which matches of alerts are new: those that the release before did not have; they are a warning and stop nothing."""

from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.alerts import check_result, new_matches
from orchestration.publish import PUBLISHED_KEY
from pipeline.warehouse import Transaction

COLUMNS = "alert_id VARCHAR, rule VARCHAR, watch VARCHAR, outlet VARCHAR, speaker VARCHAR, text VARCHAR, published_at TIMESTAMP"


def warehouse(path: Path | str, *ids: str, with_alerts: bool = True) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path))
    if with_alerts:
        connection.execute(f"CREATE SCHEMA marts; CREATE TABLE marts.alerts ({COLUMNS})")
        for name in ids:
            connection.execute(
                "INSERT INTO marts.alerts VALUES (?, 'gates', 'said', 'The Lantern', NULL, 'open it', NULL)", [name]
            )
    return connection


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [
        (None, ["a", "b"], ["a", "b"]),
        ([], ["a"], ["a"]),
        (["a", "gone"], ["a", "b"], ["b"]),
        (["a"], ["a"], []),
        (["a"], [], []),
    ],
)
def test_what_the_release_before_did_not_have_is_new(
    tmp_path: Path, before: list[str] | None, now: list[str], new: list[str]
) -> None:
    published = tmp_path / "warehouse.duckdb"
    if before is not None:
        warehouse(published, *before).close()
    found = new_matches(Transaction(warehouse(":memory:", *now)), published)
    assert found["alert_id"].to_list() == new
    result = check_result(PUBLISHED_KEY, found)
    assert (result.passed, result.severity) == (not new, dg.AssetCheckSeverity.WARN)
    assert result.metadata["new"].value == len(new)


def test_a_release_from_before_there_were_alerts_has_none(tmp_path: Path) -> None:
    published = tmp_path / "warehouse.duckdb"
    warehouse(published, with_alerts=False).close()
    assert new_matches(Transaction(warehouse(":memory:", "a")), published).height == 1
