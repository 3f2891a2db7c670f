"""The build database: tables as they are declared, rows in transactions, pending work by the ledger."""

from pathlib import Path

import polars as pl
import pytest

from assets.documents.schema import DUPLICATES
from assets.sources.schema import SOURCES
from orchestration.tables import TABLES
from pipeline import ledger
from pipeline.changes import content
from pipeline.warehouse import Warehouse, WarehouseError

ROWS = pl.DataFrame(
    [
        {
            "source_id": "north",
            "name": "The North",
            "kind": "outlet",
            "domain": None,
            "country": None,
            "known_by": "name",
        },
        {
            "source_id": "east",
            "name": "The East",
            "kind": "outlet",
            "domain": "east.example",
            "country": "XX",
            "known_by": "list",
        },
    ],
    schema=SOURCES.polars_schema,
)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path / "build.duckdb", TABLES)
    warehouse.prepare()
    return warehouse


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.path)
def test_the_database_has_the_declared_columns_in_the_declared_order(warehouse: Warehouse, table) -> None:
    with warehouse.transaction() as transaction:
        found = transaction.query(
            "SELECT column_name, data_type, is_nullable = 'YES' AS nullable FROM information_schema.columns "
            "WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position",
            [table.schema, table.name],
        )
    assert found.rows() == [(column.name, column.duckdb_type, column.nullable) for column in table.columns]


def test_tables_and_columns_carry_their_meaning_as_comments(warehouse: Warehouse) -> None:
    with warehouse.transaction() as transaction:
        comment = transaction.scalar("SELECT comment FROM duckdb_tables() WHERE table_name = 'sources'")
        missing = transaction.query(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'core' AND comment IS NULL"
        )
    assert comment == SOURCES.grain
    assert missing.is_empty()


def test_rows_come_back_as_they_went_in_sorted_by_key(warehouse: Warehouse) -> None:
    with warehouse.transaction() as transaction:
        transaction.insert(SOURCES, ROWS)
        assert transaction.read(SOURCES).equals(ROWS.sort("source_id"))


def test_a_transaction_that_raises_leaves_nothing(warehouse: Warehouse) -> None:
    def interrupted() -> None:
        with warehouse.transaction() as transaction:
            transaction.insert(SOURCES, ROWS)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        interrupted()
    with warehouse.transaction() as transaction:
        assert transaction.count(SOURCES) == 0


@pytest.mark.parametrize(
    "declared", ["kind VARCHAR", "kind VARCHAR CHECK (kind = 'outlet')"], ids=["columns", "values"]
)
def test_a_derived_table_declared_otherwise_is_rebuilt_and_its_work_is_pending(
    warehouse: Warehouse, declared: str
) -> None:
    with warehouse.transaction() as transaction:
        transaction.execute(f"DROP TABLE {SOURCES.path}")
        transaction.execute(f"CREATE TABLE {SOURCES.path} ({declared})")
        transaction.execute("UPDATE work.layout SET ddl = 'older' WHERE path = ?", [SOURCES.path])
        ledger.record(transaction, "articles", pl.DataFrame({"item_id": ["d1"], "version": ["v1:x"]}))
    warehouse.prepare()
    with warehouse.transaction() as transaction:
        assert transaction.read(SOURCES).columns == SOURCES.column_names
        todo, _, _ = ledger.differing(transaction, "articles", "v1", "SELECT 'd1' AS item_id, 'x' AS input")
        assert todo.height == 1


def test_preparing_again_changes_nothing(warehouse: Warehouse) -> None:
    with warehouse.transaction() as transaction:
        transaction.insert(SOURCES, ROWS)
    warehouse.prepare()
    with warehouse.transaction() as transaction:
        assert transaction.count(SOURCES) == 2


def test_a_raw_table_with_rows_is_never_dropped(warehouse: Warehouse) -> None:
    with warehouse.transaction() as transaction:
        transaction.execute("INSERT INTO raw.duplicates VALUES ('d1', 'a.txt', 0, 1)")
        transaction.execute("UPDATE work.layout SET ddl = 'older' WHERE path = 'raw.duplicates'")
    with pytest.raises(WarehouseError, match=r"raw\.duplicates"):
        warehouse.prepare()


def test_rows_stay_where_closed_lists_were_once_constraints(warehouse: Warehouse) -> None:
    """Data folders of versions that wrote the lists into the tables: a value that was added since must be let in."""
    older = DUPLICATES.ddl.replace(
        '"path" VARCHAR NOT NULL', "\"path\" VARCHAR NOT NULL CHECK (\"path\" IN ('a.txt', 'b.txt'))"
    )
    assert older != DUPLICATES.ddl
    with warehouse.transaction() as transaction:
        transaction.execute(f"DROP TABLE {DUPLICATES.path}")
        transaction.execute(older)
        transaction.execute("INSERT INTO raw.duplicates VALUES ('d1', 'a.txt', 0, 1)")
        transaction.execute("UPDATE work.layout SET ddl = ? WHERE path = ?", [older, DUPLICATES.path])
    for _ in range(2):
        warehouse.prepare()
        with warehouse.transaction() as transaction:
            assert transaction.read(DUPLICATES).rows() == [("d1", "a.txt", 0, 1)]
    with warehouse.transaction() as transaction:
        transaction.execute("INSERT INTO raw.duplicates VALUES ('d1', 'c.txt', 0, 1)")


ITEMS = "SELECT * FROM (VALUES ('a', '1'), ('b', '1')) AS items(item_id, input)"


@pytest.mark.parametrize(
    ("done", "pending", "gone", "n_items"),
    [
        ([], ["a", "b"], [], 2),
        ([("a", "v1:1")], ["b"], [], 2),
        ([("a", "v1:1"), ("b", "v1:1")], [], [], 0),
        ([("a", "v1:0"), ("b", "v1:1")], ["a"], [], 2),
        ([("a", "v1:0"), ("b", "v1:1"), ("c", "v1:1")], ["a"], ["c"], 2),
        ([("a", "v0:1"), ("b", "v0:1")], ["a", "b"], [], 2),
    ],
    ids=["nothing done", "one done", "all done", "input changed", "one changed and one gone", "older code"],
)
def test_what_differs_is_what_this_version_has_not_done_and_what_is_gone(
    warehouse: Warehouse, done, pending, gone, n_items
) -> None:
    with warehouse.transaction() as transaction:
        rows = pl.DataFrame(done, schema={"item_id": pl.String, "version": pl.String}, orient="row")
        ledger.record(transaction, "quotes", rows)
        todo, lost, n = ledger.differing(transaction, "quotes", "v1", ITEMS)
        assert (todo["item_id"].to_list(), lost.to_list(), n) == (pending, gone, n_items)


SOURCE_ROWS = (f"FROM {SOURCES.path}",)


def test_a_signature_changes_with_code_and_content_only(warehouse: Warehouse) -> None:
    with warehouse.transaction() as transaction:
        empty = content(transaction, "v1", SOURCE_ROWS)
        transaction.insert(SOURCES, ROWS)
        full = content(transaction, "v1", SOURCE_ROWS)
        transaction.replace(SOURCES, ROWS.reverse())
        assert content(transaction, "v1", SOURCE_ROWS) == full
        assert len({empty, full, content(transaction, "v2", SOURCE_ROWS)}) == 3
