"""What we override or import of Dagster's private parts: an upgrade fails here first, and sees what to look at."""

import inspect
import tomllib
from collections.abc import Callable
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from dagster import _time as clock
from dagster._core.storage import sqlite, sqlite_storage
from dagster._core.storage.event_log.sqlite import sqlite_event_log
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster_dbt import DbtCliResource
from packaging.version import Version

from orchestration.dbt import DbtCli
from pipeline.event_log import EventLogs, History
from pipeline.project import ROOT

LOOKED_AT = {
    "dagster": (
        "1.13.27",
        "pipeline/event_log.py: does SqliteEventLogStorage still reach its index through _connect(shard), guarded by "
        "_db_lock, and does DagsterSqliteStorage still keep the event logs in _event_log_storage? "
        "orchestration/sensors.py: does dagster._time still give the time that tests can move?",
    ),
    "dagster-dbt": (
        "0.29.27",
        "orchestration/dbt.py: does DbtCliResource.cli still ask _cli_version for dbt's version and "
        "_initialize_dbt_core_adapter for an adapter that nothing but row counts needs?",
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


def test_the_index_of_all_runs_is_opened_once_and_the_log_of_a_run_is_not_kept_open(tmp_path: Path) -> None:
    history = History(str(tmp_path))
    logs = history.event_log_storage
    assert isinstance(logs, EventLogs)
    assert sqlite_event_log.INDEX_SHARD_NAME == "index"
    assert sqlite.SQLITE_BUSY_TIMEOUT_SECONDS > 0
    with logs.index_connection() as one:
        first = one.engine
    with logs.index_connection() as other:
        assert other.engine is first
        assert other.exec_driver_sql("SELECT count(*) FROM event_logs").scalar() == 0
    with logs.run_connection("a-run") as of_run:
        assert of_run.engine is not first
    logs.dispose()
    assert logs._index is None


def test_dbt_is_asked_for_neither_its_version_nor_an_adapter() -> None:
    assert isinstance(inspect.getattr_static(DbtCliResource, "_cli_version"), (property, cached_property))
    dbt = DbtCli.model_construct()
    assert dbt._cli_version == Version(version("dbt-core"))
    assert dbt._initialize_dbt_core_adapter(["build"]) is None
