"""A small database stays open from step to step; whoever has to open it elsewhere finds it closed."""

import multiprocessing
from pathlib import Path

import duckdb
import pytest

from pipeline.databases import duckdb_file
from pipeline.databases.database import DBT_MEMORY, dbt_memory
from pipeline.databases.duckdb_file import DuckDBFile
from pipeline.warehouse import Warehouse
from tests.running import assert_a_limit_on_memory_ends_with_its_transaction


def is_free(path: Path) -> bool:
    """Whether another process can open the file."""
    with multiprocessing.get_context("spawn").Pool(1) as elsewhere:
        return elsewhere.apply(opens, (str(path),))


def opens(path: str) -> bool:
    try:
        duckdb.connect(path).close()
    except duckdb.IOException:
        return False
    return True


@pytest.fixture
def database(tmp_path: Path) -> DuckDBFile:
    file = DuckDBFile(tmp_path / "build.duckdb")
    with Warehouse(file).transaction() as transaction:
        transaction.execute("CREATE TABLE said AS SELECT 1 AS n")
    return file


def test_it_is_closed_after_each_step_unless_it_is_kept(database: DuckDBFile) -> None:
    assert is_free(database.path)


def test_it_stays_open_until_it_is_let_go(database: DuckDBFile, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    connect = duckdb.connect

    def counted(path: str) -> duckdb.DuckDBPyConnection:
        opened.append(path)
        return connect(path)

    monkeypatch.setattr(duckdb, "connect", counted)
    warehouse = Warehouse(database)
    with database.kept_open():
        for n in (2, 3):
            with warehouse.transaction() as transaction:
                transaction.execute("INSERT INTO said VALUES (?)", [n])
                transaction.execute("CREATE TEMP TABLE found AS SELECT 1")  # of this step alone
        assert len(opened) == 1
        assert not is_free(database.path)
        database.let_go()
        assert is_free(database.path)
        with warehouse.transaction() as transaction:
            assert transaction.scalar("SELECT sum(n) FROM said") == 6
        assert len(opened) == 2
    assert is_free(database.path)


def test_a_limit_on_memory_ends_with_the_step_that_set_it(database: DuckDBFile) -> None:
    with database.kept_open():
        assert_a_limit_on_memory_ends_with_its_transaction(Warehouse(database))


def test_a_large_one_is_closed_after_each_step(database: DuckDBFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb_file, "SMALL_BYTES", 0)
    with database.kept_open(), Warehouse(database).transaction() as transaction:
        assert transaction.scalar("SELECT n FROM said") == 1
    with database.kept_open():
        with Warehouse(database).transaction() as transaction:
            transaction.execute("INSERT INTO said VALUES (2)")
        assert is_free(database.path)


def test_steps_within_each_other_leave_nothing_open(database: DuckDBFile) -> None:
    warehouse = Warehouse(database)
    with database.kept_open():
        with warehouse.transaction() as outer, warehouse.transaction() as inner:
            assert inner.scalar("SELECT n FROM said") == outer.scalar("SELECT n FROM said") == 1
        database.let_go()
        assert is_free(database.path)


def test_it_is_let_go_where_a_step_fails(database: DuckDBFile) -> None:
    def fail() -> None:
        with database.kept_open(), Warehouse(database).transaction() as transaction:
            transaction.execute("INSERT INTO said VALUES (2)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert is_free(database.path)
    with Warehouse(database).transaction() as transaction:
        assert transaction.scalar("SELECT sum(n) FROM said") == 1


@pytest.mark.parametrize(
    ("least", "of_a_thread", "of_the_file", "allowed"),
    [
        (64 << 20, 0, 1 << 40, 64 << 20),
        (64 << 20, 96 << 20, 1 << 40, 96 << 20),
        (0, 0, 1, 1 << 20),
    ],
    ids=["at-least", "for-its-thread", "as-much-as-the-file"],
)
def test_a_step_may_take_a_share_of_the_memory(
    least: int, of_a_thread: int, of_the_file: int, allowed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_thread = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda path: one_thread(path, config={"threads": 1}))
    for name, value in (("STEP_MEMORY", least), ("OF_A_THREAD", of_a_thread), ("OF_THE_FILE", of_the_file)):
        monkeypatch.setattr(duckdb_file, name, value)
    file = DuckDBFile(tmp_path / "build.duckdb")
    with duckdb.connect(str(file.path)) as made:
        made.execute("CREATE TABLE said AS SELECT hash(range) AS n FROM range(200000)")
    most = 2 * file.path.stat().st_size if not least else allowed
    with Warehouse(file).transaction() as transaction:
        assert allowed <= transaction.scalar("SELECT parse_formatted_bytes(current_setting('memory_limit'))") <= most


def test_no_step_may_take_more_than_the_machine_has(database: DuckDBFile, monkeypatch: pytest.MonkeyPatch) -> None:
    with duckdb.connect() as left_to_itself:
        ((most,),) = left_to_itself.execute("SELECT parse_formatted_bytes(current_setting('memory_limit'))").fetchall()
    monkeypatch.setattr(duckdb_file, "STEP_MEMORY", 1 << 50)
    with Warehouse(database).transaction() as transaction:
        assert transaction.scalar("SELECT parse_formatted_bytes(current_setting('memory_limit'))") <= most


@pytest.mark.parametrize(
    ("gigabytes", "megabytes"), [(0, 900), (3.5, 900), (3.7, 1800), (7.1, 1800), (7.3, 3600), (1000, 16_000)]
)
def test_dbt_may_hold_more_of_a_larger_database_by_doublings(gigabytes: float, megabytes: int) -> None:
    assert dbt_memory(int(gigabytes * 1e9), most=16_000_000_000) == {DBT_MEMORY: f"{megabytes}MB"}
