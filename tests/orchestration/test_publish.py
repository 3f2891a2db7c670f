"""Readers see whole versions only: one rename moves the warehouse and the report together."""

import errno
import os
from pathlib import Path

import duckdb
import pytest

from orchestration.publish import publish
from orchestration.tables import TABLES
from pipeline.databases.duckdb_file import copy
from pipeline.settings import Settings
from pipeline.warehouse import Warehouse, WarehouseError, read_only, sole_writer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, keep_releases=3)


@pytest.fixture
def warehouse(settings: Settings) -> Warehouse:
    warehouse = Warehouse(settings.build, TABLES)
    warehouse.prepare()
    return warehouse


def write_version(settings: Settings, warehouse: Warehouse, version: int) -> None:
    with warehouse.transaction() as transaction:
        transaction.execute("CREATE OR REPLACE TABLE core.version AS SELECT ? AS version", [version])
    settings.report_build.mkdir(exist_ok=True)
    (settings.report_build / "index.html").write_text(f"version {version}")


def seen(settings: Settings) -> int:
    with read_only(settings.published) as connection:
        return connection.execute("SELECT version FROM core.version").fetchone()[0]


def test_the_next_connection_sees_the_new_version_and_an_open_one_keeps_the_old(settings, warehouse) -> None:
    write_version(settings, warehouse, 1)
    publish(settings, warehouse, "run-1")
    with read_only(settings.published) as still_open:
        write_version(settings, warehouse, 2)
        publish(settings, warehouse, "run-2")
        assert seen(settings) == 2
        assert still_open.execute("SELECT version FROM core.version").fetchone() == (1,)
    assert (settings.report / "index.html").read_text() == "version 2"


def test_what_a_run_builds_is_not_seen_before_it_is_published(settings, warehouse) -> None:
    write_version(settings, warehouse, 1)
    publish(settings, warehouse, "run-1")
    write_version(settings, warehouse, 2)
    assert seen(settings) == 1


def test_the_last_three_releases_are_kept(settings, warehouse) -> None:
    for number in range(1, 6):
        write_version(settings, warehouse, number)
        publish(settings, warehouse, f"run-{number}")
    assert {path.name for path in (settings.data_dir / "releases").iterdir()} == {"run-3", "run-4", "run-5"}
    assert seen(settings) == 5


def test_what_a_killed_publication_left_behind_is_cleared(settings, warehouse) -> None:
    leftover = settings.data_dir / "releases" / "run-0.part"
    leftover.mkdir(parents=True)
    (leftover / "warehouse.duckdb").write_bytes(b"half a copy")
    write_version(settings, warehouse, 1)
    publish(settings, warehouse, "run-1")
    assert not leftover.exists()
    assert seen(settings) == 1


@pytest.mark.parametrize("refusal", [None, errno.EXDEV, errno.EOPNOTSUPP])
def test_a_release_is_the_whole_file_whether_or_not_the_file_system_copies_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int | None
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(refusal, "not here")

    if refusal:
        monkeypatch.setattr(os, "copy_file_range", refuse, raising=False)
    source = tmp_path / "source"
    source.write_bytes(os.urandom(3_000_000))
    copy(source, tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == source.read_bytes()


def test_a_full_disk_is_not_taken_for_a_file_system_that_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "copy_file_range", full, raising=False)
    (tmp_path / "source").write_bytes(b"something")
    with pytest.raises(OSError, match="no space left"):
        copy(tmp_path / "source", tmp_path / "target")


def test_the_pipelines_own_bookkeeping_is_not_published(settings, warehouse) -> None:
    write_version(settings, warehouse, 1)
    publish(settings, warehouse, "run-1")
    with read_only(settings.published) as connection:
        schemas = {row[0] for row in connection.execute("SELECT schema_name FROM duckdb_schemas()").fetchall()}
    assert "work" not in schemas
    assert {"raw", "core"} <= schemas


def test_readers_cannot_write(settings, warehouse) -> None:
    write_version(settings, warehouse, 1)
    publish(settings, warehouse, "run-1")
    with read_only(settings.published) as connection, pytest.raises(duckdb.InvalidInputException):
        connection.execute("DELETE FROM core.version")


def test_a_missing_warehouse_says_what_to_do(settings) -> None:
    with pytest.raises(WarehouseError, match="verbatim run"), read_only(settings.published):
        pass


def test_only_one_run_holds_a_data_folder(settings) -> None:
    with sole_writer(settings.lock), pytest.raises(WarehouseError, match="another run"), sole_writer(settings.lock):
        pass
    with sole_writer(settings.lock):
        pass
