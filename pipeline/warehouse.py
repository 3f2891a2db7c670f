"""Moving frames in and out of the warehouse, in transactions, whichever kind of database holds it.

What belongs here: the layout of schemas and tables, sessions and transactions, the release that readers see. What does not:
knowledge of what any table means, and how a kind of database is opened (``pipeline/databases``).
"""

import fcntl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipeline.bookkeeping import BOOKKEEPING, CORPUS_STEPS, LAYOUT, LEDGER
from pipeline.databases import duckdb_file, lake
from pipeline.databases.database import Database, transaction_on
from pipeline.databases.database import HeldElsewhereError as HeldElsewhereError
from pipeline.databases.database import WarehouseError as WarehouseError
from pipeline.schema import Table, without_checks
from pipeline.settings import Settings

GIVEN = "given_rows"
"""The name under which SQL sees a frame that it is given."""

LOCK_SECONDS = 1
"""Whoever only looks whether a run is alive holds the lock for a moment."""


def database_of(settings: Settings) -> Database:
    """The database that the settings name: the data folder's own file where they name none."""
    if settings.lake is None:
        return duckdb_file.DuckDBFile(settings.build)
    return lake.lake_at(lake.Address(*settings.lake), settings.scratch)


class Warehouse:
    """What runs write. A step opens it, does its transactions and closes it: dbt, in a process of its own, writes it too."""

    def __init__(self, database: Database | Path, tables: Sequence[Table] = ()) -> None:
        self.database = duckdb_file.DuckDBFile(database) if isinstance(database, Path) else database
        self.tables = (*BOOKKEEPING, *tables)

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with self.session() as session, session.transaction() as transaction:
            yield transaction

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """The database, held open for several transactions."""
        with self.database.connect() as connection:
            yield Session(self.database, connection)

    @contextmanager
    def look(self) -> Iterator["Transaction | None"]:
        """What was built so far, to be read and without waiting; ``None`` where no run has prepared it as it is now."""
        with self.database.look() as connection:
            transaction = Transaction(connection) if connection else None
            yield transaction if transaction and transaction.is_prepared(self.tables) else None

    def prepare(self) -> None:
        """Create what is missing, and make anew the derived tables whose declaration has changed."""
        with self.transaction() as transaction:
            for schema in sorted({table.schema for table in self.tables}):
                transaction.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            for table in self.tables:
                transaction.prepare(table)

    def release(self, folder: Path, run_id: str, fill: Callable[["Transaction"], None]) -> Mapping[str, int]:
        """Put into a folder what readers open, once ``fill`` has brought up to date what readers alone need; says what it is like."""
        return self.database.release(folder, run_id, lambda connection: fill(Transaction(connection)))


class Session:
    """The database while a step has it open: transactions one after another, and reading beside them."""

    def __init__(self, database: Database, connection: duckdb.DuckDBPyConnection) -> None:
        self._database, self._connection = database, connection

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with transaction_on(self._connection):
            yield Transaction(self._connection)

    def stream(self, sql: str, given: pl.DataFrame, n_rows: int) -> Iterator[pl.DataFrame]:
        """The answer in frames of about ``n_rows``, as the database is now, whatever is written meanwhile.

        ``sql`` sees the frame as :data:`GIVEN`. Only the frame that is yielded is in memory.
        """
        reader = self._database.beside(self._connection)
        try:
            transaction = Transaction(reader)
            with transaction.visible(given):
                yield from transaction.stream(sql, n_rows)
        finally:
            reader.close()


class Transaction:
    """What a step may do inside one transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        self._connection.execute(sql, parameters)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
        return self._connection.execute(sql, parameters).pl()

    def stream(self, sql: str, n_rows: int) -> Iterator[pl.DataFrame]:
        """The answer in frames of about ``n_rows``, of which one is in memory; nothing else may be asked meanwhile."""
        for batch in self._connection.execute(sql).to_arrow_reader(n_rows):
            yield pl.DataFrame(pl.from_arrow(batch))

    def scalar(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        row = self._connection.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def count(self, table: Table) -> int:
        return int(self.scalar(f"SELECT count(*) FROM {table.path}"))

    def read(self, table: Table, columns: Sequence[str] = ()) -> pl.DataFrame:
        """A table as a frame, in the order of its key."""
        wanted = ", ".join(f'"{name}"' for name in columns or table.column_names)
        order = ", ".join(f'"{name}"' for name in table.key)
        return self.query(f"SELECT {wanted} FROM {table.path} ORDER BY {order}")

    def insert(self, table: Table, rows: pl.DataFrame) -> None:
        """Append rows, sorted by the table's key."""
        self.append(table, rows.sort(table.key))

    def append(self, table: Table, rows: pl.DataFrame) -> None:
        """Append rows in the order that they have."""
        if rows.is_empty():
            return
        with self.visible(table.frame(rows)) as name:
            self.execute(f"INSERT INTO {table.path} BY NAME SELECT * FROM {name}")

    def replace(self, table: Table, rows: pl.DataFrame) -> None:
        """Make the table hold exactly these rows."""
        self.replace_in_order(table, [rows.sort(table.key)])

    def replace_in_order(self, table: Table, parts: Iterable[pl.DataFrame]) -> None:
        """Make the table hold exactly these rows, which come in the order of its key: one part is in memory at a time."""
        self.execute(f"DELETE FROM {table.path}")
        for rows in parts:
            self.append(table, rows)

    def delete(self, table: Table, column: str, values: pl.Series) -> None:
        """Delete the rows whose column holds one of the values."""
        with self.visible(pl.DataFrame({"value": values})) as name:
            self.execute(f'DELETE FROM {table.path} WHERE "{column}" IN (SELECT value FROM {name})')

    @contextmanager
    def visible(self, frame: pl.DataFrame) -> Iterator[str]:
        """A frame as a relation that SQL can name inside the block."""
        self._connection.register(GIVEN, frame.to_arrow())
        try:
            yield GIVEN
        finally:
            self._connection.unregister(GIVEN)

    def prepare(self, table: Table) -> None:
        """Make the table as it is declared; one that was declared otherwise is made anew."""
        made_by = self._made_by(table)
        if made_by == table.ddl:
            return
        if made_by is not None and without_checks(made_by) == table.ddl:
            self._remake_with_its_rows(table)
            return
        if made_by is not None:
            self._drop_to_rebuild(table)
        self.create(table)
        self.execute(f"INSERT INTO {LAYOUT.path} VALUES (?, ?)", [table.path, table.ddl])

    def create(self, table: Table) -> None:
        """Make a table that is not there, with what it and its columns mean."""
        self.execute(table.ddl)
        self.execute(f"COMMENT ON TABLE {table.path} IS {_literal(table.grain)}")
        for column in table.columns:
            self.execute(f'COMMENT ON COLUMN {table.path}."{column.name}" IS {_literal(column.description)}')

    def is_prepared(self, tables: Sequence[Table]) -> bool:
        """Whether every table is there, declared as it is now."""
        return all(self._made_by(table) == table.ddl for table in tables)

    def _made_by(self, table: Table) -> str | None:
        """The statement that made the table; ``None`` where it is not there yet."""
        if not self.scalar(
            "SELECT count(*) FROM duckdb_tables() WHERE schema_name || '.' || table_name = ?", [LAYOUT.path]
        ):
            return None
        ddl: str | None = self.scalar(f"SELECT ddl FROM {LAYOUT.path} WHERE path = ?", [table.path])
        return ddl

    def _remake_with_its_rows(self, table: Table) -> None:
        """Tables once had closed lists of values as constraints, which would refuse a value that was added since."""
        before = f"{table.name}_before"
        self.execute(f"ALTER TABLE {table.path} RENAME TO {before}")
        self.create(table)
        self.execute(f"INSERT INTO {table.path} SELECT * FROM {table.schema}.{before}")
        self.execute(f"DROP TABLE {table.schema}.{before}")
        self.execute(f"UPDATE {LAYOUT.path} SET ddl = ? WHERE path = ?", [table.ddl, table.path])

    def _drop_to_rebuild(self, table: Table) -> None:
        if table.schema == "raw" and self.count(table):
            raise WarehouseError(
                f"{table.path} was made by another version of Verbatim with other columns; "
                "move the data folder's build.duckdb away and run again on the files"
            )
        self.execute(f"DROP TABLE {table.path}")
        self.execute(f"DELETE FROM {LAYOUT.path} WHERE path = ?", [table.path])
        for done in (LEDGER, CORPUS_STEPS):
            self.execute(f"DELETE FROM {done.path}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def in_memory(tables: Iterable[Table]) -> Iterator[Transaction]:
    """Tables that are gone when the block ends: for what a step makes of rows that are in no warehouse."""
    with duckdb_file.in_memory() as connection:
        transaction = Transaction(connection)
        for table in tables:
            transaction.execute(f"CREATE SCHEMA IF NOT EXISTS {table.schema}")
            transaction.execute(table.ddl)
        yield transaction


@contextmanager
def read_only(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to a release: a database file, or the file that says which snapshot of a lake it is."""
    if not path.exists():
        raise WarehouseError(f"no warehouse at {path} yet; run `verbatim run` first")
    with (lake if path.suffix == ".json" else duckdb_file).opened(path) as connection:
        yield connection


@contextmanager
def only_run(settings: Settings) -> Iterator[None]:
    """Hold the data folder and the database for one run."""
    with sole_writer(settings.lock), database_of(settings).sole_writer():
        yield


@contextmanager
def sole_writer(lock: Path) -> Iterator[None]:
    """Hold the data folder for one run; the operating system lets go of it however the run ends."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as handle:
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise WarehouseError(
                        f"another run is writing to {lock.parent}; wait for it to end and run again"
                    ) from error
                time.sleep(0.05)
        yield
