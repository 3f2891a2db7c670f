"""What we override or import of Dagster's private parts: an upgrade fails here first, and sees what to look at."""

import inspect
import os
import tomllib
from collections.abc import Callable
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster import EventLogEntry
from dagster import _time as clock
from dagster._core.instance.methods.event_methods import EventMethods
from dagster._core.storage import sqlite, sqlite_storage
from dagster._core.storage.event_log.sql_event_log import SqlEventLogStorage
from dagster._core.storage.event_log.sqlite import sqlite_event_log
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster_dbt import DbtCliResource
from packaging.version import Version

from orchestration.dbt import DbtCli
from pipeline.event_log import EventLogs, History
from pipeline.instance import EVENTS_AT_ONCE, open_instance
from pipeline.project import ROOT
from pipeline.settings import load_settings

LOOKED_AT = {
    "dagster": (
        "1.13.27",
        "pipeline/event_log.py: does SqliteEventLogStorage still reach its index through _connect(shard), guarded by "
        "_db_lock, does store_event_batch still store what it is given one by one, and does DagsterSqliteStorage still keep the event logs in _event_log_storage? "
        "orchestration/sensors.py: does dagster._time still give the time that tests can move?",
    ),
    "dagster-dbt": (
        "0.29.27",
        "orchestration/dbt.py: does DbtCliResource.cli still ask _cli_version for dbt's version and "
        "_initialize_dbt_core_adapter for an adapter that nothing but row counts needs? "
        "orchestration/dagster_dbt_alone.py: does dagster_dbt.compat still find out by dbt.version whether dbt is there?",
    ),
}
"""Per package the version whose source was read, and what to read again before the new one is written here."""


@pytest.mark.parametrize("package", LOOKED_AT)
def test_the_version_is_the_one_whose_private_parts_were_looked_at(package: str) -> None:
    known, check = LOOKED_AT[package]
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert f"{package}=={known}" in pinned, f"pin {package} exactly and look at what we override. {check}"
    assert version(package) == known, f"{package} {version(package)} is installed. {check}"


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (SqliteEventLogStorage.__init__, ["self", "base_dir", "inst_data"]),
        (SqliteEventLogStorage._connect, ["self", "shard"]),
        (SqliteEventLogStorage._initdb, ["self", "engine", "for_index_shard"]),
        (SqliteEventLogStorage.conn_string_for_shard, ["self", "shard_name"]),
        (SqliteEventLogStorage.dispose, ["self"]),
        (SqliteEventLogStorage.store_event, ["self", "event"]),
        (SqliteEventLogStorage.path_for_shard, ["self", "run_id"]),
        (DagsterSqliteStorage.__init__, ["self", "base_dir", "inst_data"]),
        (DagsterSqliteStorage.from_local, ["base_dir", "inst_data"]),
        (DagsterSqliteStorage.from_config_value, ["inst_data", "config_value"]),
        (sqlite_storage._event_logs_directory, ["base"]),
        (DbtCliResource._initialize_dbt_core_adapter, ["self", "args"]),
        (clock.get_current_timestamp, []),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_what_is_overridden_or_called_takes_what_it_took(function: Callable[..., Any], parameters: list[str]) -> None:
    assert list(inspect.signature(function).parameters) == parameters, LOOKED_AT[package_of(function)][1]


@pytest.mark.parametrize(
    ("user", "hooks"),
    [
        (SqliteEventLogStorage.index_connection, ["self._connect(INDEX_SHARD_NAME)"]),
        (SqliteEventLogStorage.__init__, ["self._db_lock = "]),
        (SqlEventLogStorage.store_asset_check_event, ["self.supports_asset_checks"]),
        (EventMethods._get_event_batch_size, [EVENTS_AT_ONCE]),
        (EventMethods.handle_new_event, [".store_event_batch(events)"]),
        (DagsterSqliteStorage.__init__, ["self._event_log_storage = "]),
        (DbtCliResource.cli, ["self._cli_version", "self._initialize_dbt_core_adapter(args)"]),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_the_hooks_are_still_reached(user: Callable[..., Any], hooks: list[str]) -> None:
    source = inspect.getsource(user)
    assert [hook for hook in hooks if hook not in source] == [], LOOKED_AT[package_of(user)][1]


def package_of(function: Callable[..., Any]) -> str:
    return "dagster-dbt" if function.__module__.startswith("dagster_dbt") else "dagster"


def test_the_index_and_the_log_of_the_last_run_are_opened_once(tmp_path: Path) -> None:
    history = History(str(tmp_path))
    logs = history.event_log_storage
    assert isinstance(logs, EventLogs)
    assert sqlite_event_log.INDEX_SHARD_NAME == "index"
    assert sqlite.SQLITE_BUSY_TIMEOUT_SECONDS > 0
    engines = []
    for _ in range(2):
        for connect in (logs.index_connection, lambda: logs.run_connection("a-run")):
            with connect() as connection:
                assert connection.exec_driver_sql("SELECT count(*) FROM event_logs").scalar() == 0
                engines.append(connection.engine)
    assert engines[:2] == engines[2:]
    with logs.run_connection("another-run"):
        assert logs._open.keys() == {"index", "another-run"}
    logs.dispose()
    assert not logs._open


def test_whoever_watches_the_log_of_a_run_is_told_of_each_event(tmp_path: Path) -> None:
    """Dagster's pages of a run look again when the file changes."""
    logs = History(str(tmp_path)).event_log_storage
    event = EventLogEntry(None, 10, "something happened", "a-run", 0.0)
    logs.store_event(event)
    file = Path(logs.path_for_shard("a-run"))
    os.utime(file, (0, 0))
    logs.store_event(event)
    assert file.stat().st_mtime > 0
    assert [entry.user_message for entry in logs.get_logs_for_run("a-run")] == ["something happened"] * 2
    logs.dispose()


def test_dbt_is_asked_for_neither_its_version_nor_an_adapter() -> None:
    assert isinstance(inspect.getattr_static(DbtCliResource, "_cli_version"), (property, cached_property))
    dbt = DbtCli.model_construct()
    assert dbt._cli_version == Version(version("dbt-core"))
    assert dbt._initialize_dbt_core_adapter(["build"]) is None


@dg.asset
def paper() -> int:
    return 1


@dg.asset_check(asset=paper)
def is_printed() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


def events_of_a_run(folder: Path) -> list[tuple[object, object]]:
    with open_instance(load_settings(folder)) as instance:
        run = dg.materialize([paper, is_printed], instance=instance).run_id
        assert instance.get_latest_materialization_event(paper.key) is not None
        kept = instance.event_log_storage.get_latest_asset_check_execution_by_key([is_printed.check_key])
        assert [str(record.status) for record in kept.values()] == ["AssetCheckExecutionRecordStatus.SUCCEEDED"]
        return [(entry.dagster_event_type, entry.step_key) for entry in instance.all_logs(run)]


def test_events_written_at_once_are_those_written_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(EVENTS_AT_ONCE, "0")
    one_by_one = events_of_a_run(tmp_path / "one by one")
    monkeypatch.setenv(EVENTS_AT_ONCE, "1000")
    assert events_of_a_run(tmp_path / "at once") == one_by_one
    assert "Exception while storing event batch" not in capsys.readouterr().err, "Dagster has written them one by one"
