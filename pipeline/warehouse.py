"""The only file that opens DuckDB: the build database that runs write, and read-only access to what is published.

What belongs here: connections, the layout of schemas and tables, moving frames in and out. What does not: knowledge
of what any table means.
"""

import fcntl
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipeline.bookkeeping import BOOKKEEPING, CORPUS_STEPS, INTERNAL_SCHEMA, LAYOUT, LEDGER
from pipeline.schema import Table

LET_GO_SECONDS = 10
"""A run that was killed can leave dbt alive for a moment with the database open; it is worth waiting for."""

GIVEN = "given_rows"
"""The name under which SQL sees a frame that it is given."""

CHECKPOINT_BYTES = "256MB"
"""How much of the write-ahead log is folded into the file at a time: at the usual 16 MB a quarter of the work of writing is
that, and the file becomes half as large again."""

LOCK_SECONDS = 1
"""Whoever only looks whether a run is alive holds the lock for a moment."""

_HOLDER = re.compile(r"held in (?P<program>\S+)(?: \(deleted\))? \(PID (?P<process>\d+)\)")


class WarehouseError(RuntimeError):
    """The warehouse cannot be used as asked; the message says what to do."""


class HeldElsewhereError(WarehouseError):
    """Another process has the build database open."""


class Warehouse:
    """The build database. A step opens it, does its transactions and closes it, so that dbt can open it between steps."""

    def __init__(self, path: Path, tables: Sequence[Table] = ()) -> None:
        self.path = path
        self.tables = (*BOOKKEEPING, *tables)

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with self.session() as session, session.transaction() as transaction:
            yield transaction

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """The database, held open for several transactions."""
        connection = self._connect()
        try:
            yield Session(connection)
        finally:
            connection.close()

    @contextmanager
    def look(self) -> Iterator["Transaction | None"]:
        """What was built so far, to be read and without waiting; ``None`` where no run has prepared it as it is now."""
        if not self.path.exists():
            yield None
            return
        try:
            connection = duckdb.connect(str(self.path), read_only=True)
        except duckdb.IOException as error:
            if not is_held_elsewhere(error):
                raise
            raise HeldElsewhereError(f"{self.path} is open in another program{_holder(error)}") from error
        try:
            transaction = Transaction(connection)
            yield transaction if transaction.is_prepared(self.tables) else None
        finally:
            connection.close()

    def prepare(self) -> None:
        """Create what is missing, and make anew the derived tables whose declaration has changed."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.transaction() as transaction:
            for schema in sorted({table.schema for table in self.tables}):
                transaction.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            for table in self.tables:
                transaction.prepare(table)

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file, so that the file alone is the whole database."""
        connection = self._connect()
        try:
            connection.execute("CHECKPOINT")
        finally:
            connection.close()

    def _connect(self) -> duckdb.DuckDBPyConnection:
        deadline = time.monotonic() + LET_GO_SECONDS
        while True:
            try:
                connection = duckdb.connect(str(self.path))
                connection.execute(f"SET checkpoint_threshold = '{CHECKPOINT_BYTES}'")
                return connection
            except duckdb.IOException as error:
                if not is_held_elsewhere(error):
                    raise
                if time.monotonic() > deadline:
                    raise HeldElsewhereError(
                        f"{self.path} is open in another program{_holder(error)}; close it there and run again "
                        "(warehouse.duckdb beside it may stay open: runs leave it alone)"
                    ) from error
                time.sleep(0.2)


def is_held_elsewhere(error: duckdb.Error) -> bool:
    """Whether the database could not be opened because another process has it open."""
    return "Conflicting lock" in str(error)


def _holder(error: duckdb.Error) -> str:
    found = _HOLDER.search(str(error))
    return f" ({Path(found['program']).name}, process {found['process']})" if found else ""


class Session:
    """The database while a step has it open: transactions one after another, and reading beside them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        self._connection.begin()
        try:
            yield Transaction(self._connection)
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.commit()

    def stream(self, sql: str, given: pl.DataFrame, n_rows: int) -> Iterator[pl.DataFrame]:
        """The answer in frames of about ``n_rows``, as the database is now, whatever is written meanwhile.

        ``sql`` sees the frame as :data:`GIVEN`. Only the frame that is yielded is in memory.
        """
        reader = self._connection.cursor()
        try:
            with Transaction(reader).visible(given):
                for batch in reader.execute(sql).to_arrow_reader(n_rows):
                    yield pl.DataFrame(pl.from_arrow(batch))
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
        if rows.is_empty():
            return
        with self.visible(table.frame(rows).sort(table.key)) as name:
            self.execute(f"INSERT INTO {table.path} BY NAME SELECT * FROM {name}")

    def replace(self, table: Table, rows: pl.DataFrame) -> None:
        """Make the table hold exactly these rows."""
        self.execute(f"DELETE FROM {table.path}")
        self.insert(table, rows)

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
def read_only(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the published database.

    The link is resolved first: DuckDB shares one open database per path within a process, and a reader that asks
    again after a new version was published must get the new one.
    """
    if not path.exists():
        raise WarehouseError(f"no warehouse at {path} yet; run `verbatim run` first")
    try:
        connection = duckdb.connect(str(path.resolve()), read_only=True)
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be read: {error}") from error
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def release_copy(path: Path) -> Iterator[Transaction]:
    """A copy that is to be published, to be changed: without the pipeline's own bookkeeping, one whole file in the end."""
    connection = duckdb.connect(str(path))
    try:
        connection.execute(f"DROP SCHEMA IF EXISTS {INTERNAL_SCHEMA} CASCADE")
        yield Transaction(connection)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


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
