"""The warehouse as a lake: tables as Parquet files in a folder or on S3, and a catalog that says which rows they hold.

The only file that knows DuckLake. Every commit is a snapshot of the whole; a release is a snapshot with a name.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipeline.databases import object_storage, postgres
from pipeline.databases.database import (
    Connection,
    DbtTarget,
    HeldElsewhereError,
    WarehouseError,
    dbt_memory,
    memory_as_before,
    transaction_on,
)
from pipeline.databases.duckdb_file import LET_GO_SECONDS, copy, most_memory
from pipeline.databases.extensions import load
from pipeline.databases.object_storage import literal
from pipeline.databases.obstacles import explained, first_line
from pipeline.settings import POSTGRES, S3

RELEASED = "warehouse.json"
RELEASED_CATALOG = "catalog.ducklake"
ALIAS = "lake"
ADDRESS_VARIABLE = "VERBATIM_LAKE"
"""Environment variable from which dbt, a process of its own, learns where the lake is."""

AUTHOR, PUBLISHED = "verbatim", "published"
"""Who makes the commit that is a release, and its message."""

MARKER = "lake.json"
"""A file beside the tables that is written before a run and read before an answer, so that it is known at once whether that may be done."""

SMALL_FILE_BYTES = 32 << 20
"""Files below this are merged with others after a run."""

COMMIT_TRIES = 100
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Address(NamedTuple):
    """Where a lake is: its catalog (``postgres:…`` or a file) and its tables (``s3://…`` or a folder)."""

    catalog: str
    data: str
    s3_endpoint: str | None = None

    @property
    def in_postgres(self) -> bool:
        return self.catalog.startswith(POSTGRES)

    @property
    def on_s3(self) -> bool:
        return self.data.startswith(S3)

    @property
    def marker(self) -> str:
        return f"{self.data.rstrip('/')}/{MARKER}"


def attach(connection: Connection, address: Address, options: str = "") -> None:
    """Make the lake the database of the connection, with what it needs to get there."""
    load(connection, "ducklake")
    if address.in_postgres:
        load(connection, "postgres_scanner")
    if address.on_s3:
        load(connection, "httpfs")
        object_storage.let_in(connection, address.data, address.s3_endpoint)
    connection.execute(f"SET ducklake_max_retry_count = {COMMIT_TRIES}")
    # Rows in files only: a few rows kept in the catalog would leave a table there for each of ours.
    given = f"DATA_PATH {literal(address.data)}, DATA_INLINING_ROW_LIMIT 0{options}"
    with explained(address.catalog, address.data):
        connection.execute(f"ATTACH IF NOT EXISTS {literal(f'ducklake:{address.catalog}')} AS {ALIAS} ({given})")
    use(connection)


def use(connection: Connection) -> None:
    """Let names without a database mean the lake; a new cursor has to be told again."""
    connection.execute(f"USE {ALIAS}")


class Lake:
    """The lake that runs write. One DuckDB in memory does all the work; the lake is attached to it while a step needs it."""

    def __init__(self, address: Address, scratch: Path) -> None:
        self.address = address
        self._scratch = scratch
        self._engine: Connection | None = None
        self._n_open = 0
        self._writer_lock: Connection | None = None

    @property
    def dbt(self) -> DbtTarget:
        return DbtTarget(
            "lake", {ADDRESS_VARIABLE: json.dumps(self.address), **dbt_memory(self._size(), most_memory())}
        )

    def _size(self) -> int:
        with self.look() as connection:
            if connection is None:
                return 0
            sizes = connection.execute(f"SELECT sum(file_size_bytes) FROM ducklake_table_info('{ALIAS}')")
            return int((sizes.fetchone() or (None,))[0] or 0)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        self._make_folders()
        if self._engine is None:
            self._engine = duckdb.connect(config={**OFFLINE, "temp_directory": str(self._scratch)})
        with closing(self._engine.cursor()) as connection:
            self._attach_when_free(connection)
            self._n_open += 1
            try:
                with explained(self.address.catalog, self.address.data), memory_as_before(connection):
                    yield connection
            finally:
                self._n_open -= 1
                connection.execute("USE memory")
                if not self._n_open:
                    # A catalog in a file is one program's at a time, and dbt is another.
                    connection.execute(f"DETACH {ALIAS}")

    def kept_open(self) -> AbstractContextManager[None]:
        """The engine stays; the lake is attached while somebody needs it."""
        return nullcontext()

    def let_go(self) -> None:
        """Nothing is attached between steps."""

    def _attach_when_free(self, connection: Connection) -> None:
        """A run that was killed can leave dbt alive for a moment with a catalog in a file open."""
        deadline = time.monotonic() + LET_GO_SECONDS
        while True:
            try:
                return attach(connection, self.address)
            except HeldElsewhereError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def _make_folders(self) -> None:
        if not self.address.in_postgres:
            Path(self.address.catalog).parent.mkdir(parents=True, exist_ok=True)
        if not self.address.on_s3:
            Path(self.address.data).mkdir(parents=True, exist_ok=True)

    @contextmanager
    def look(self) -> Iterator[Connection | None]:
        if not self.address.in_postgres and not Path(self.address.catalog).exists():
            yield None
            return
        with duckdb.connect(config=OFFLINE) as connection:
            try:
                attach(connection, self.address, ", READ_ONLY")
            except duckdb.InvalidInputException as error:
                if "does not exist" not in str(error):
                    raise
                yield None
                return
            with explained(self.address.catalog, self.address.data):
                yield connection

    def beside(self, connection: Connection) -> Connection:
        other = connection.cursor()
        use(other)
        return other

    @contextmanager
    def sole_writer(self) -> Iterator[None]:
        self._make_folders()
        with ExitStack() as held:
            if self.address.in_postgres:
                self._writer_lock = held.enter_context(duckdb.connect(config=OFFLINE))
                load(self._writer_lock, "postgres_scanner")
                with explained(self.address.catalog, self.address.data):
                    held.enter_context(postgres.advisory_lock(self._writer_lock, self.address.catalog))
            else:
                held.enter_context(_file_lock(Path(f"{self.address.catalog}.lock"), self.address.catalog))
            self._try_to_write()
            yield

    def _try_to_write(self) -> None:
        with self.connect() as connection:
            told = f"SELECT {literal(AUTHOR)} AS made_by, {literal(self.address.catalog)} AS catalog"
            connection.execute(f"COPY ({told}) TO {literal(self.address.marker)} (FORMAT json)")

    def release(self, folder: Path, run_id: str, fill: Callable[[Connection], None]) -> Mapping[str, int]:
        """Small files are merged, what is added is committed under the run's name, and that snapshot is the release."""
        with self.connect() as connection:
            connection.execute(f"CALL ducklake_merge_adjacent_files('{ALIAS}', max_file_size => {SMALL_FILE_BYTES})")
            with transaction_on(connection):
                fill(connection)
                connection.execute(
                    f"CALL {ALIAS}.set_commit_message('{AUTHOR}', '{PUBLISHED}', extra_info => {literal(json.dumps({'run': run_id}))})"
                )
                self._must_be_sole_writer()
            ((snapshot,),) = connection.execute(f"FROM ducklake_current_snapshot('{ALIAS}')").fetchall()
        catalog = self.address.catalog
        if not self.address.in_postgres:
            # A file that runs write is closed to readers: they get the catalog as it is now, and the tables' files stay where they are.
            with duckdb.connect(catalog) as file:
                file.execute("CHECKPOINT")
            copy(Path(catalog), folder / RELEASED_CATALOG)
            catalog = RELEASED_CATALOG
        told = {
            "attach": f"ducklake:{catalog}",
            "snapshot": snapshot,
            "data": self.address.data,
            "s3_endpoint": self.address.s3_endpoint,
            "run": run_id,
        }
        with (folder / RELEASED).open("w", encoding="utf-8") as written:
            json.dump(told, written, indent=1)
            written.flush()
            os.fsync(written.fileno())
        return {"snapshot": int(snapshot)}

    def _must_be_sole_writer(self) -> None:
        if self._writer_lock is not None:
            postgres.is_held(self._writer_lock, self.address.catalog)

    def keep_only(self, releases: Collection[Path], n_newest: int) -> None:
        """Expire the snapshots between releases, and remove files that no release has had since before the oldest one.

        A file goes when it was given up before the oldest release was made: then no reader of a release can want it.
        """
        with self.connect() as connection:
            made = connection.execute(
                "SELECT snapshot_id, snapshot_time, author = ? AND commit_message = ? FROM ducklake_snapshots(?) ORDER BY ALL",
                [AUTHOR, PUBLISHED, ALIAS],
            ).fetchall()
            named = [number for number, _, is_release in made if is_release]
            kept = {
                *named[-n_newest:],
                made[-1][0],
                *(_told(told)["snapshot"] for folder in releases if (told := folder / RELEASED).is_file()),
            }
            if unnamed := [number for number, *_ in made if number not in kept]:
                connection.execute(f"CALL ducklake_expire_snapshots('{ALIAS}', versions => {unnamed})")
            oldest = min((at for number, at, _ in made if number in kept), default=None)
            connection.execute(f"CALL ducklake_cleanup_old_files('{ALIAS}', older_than => TIMESTAMPTZ '{oldest}')")


@cache
def lake_at(address: Address, scratch: Path) -> Lake:
    """The lake at an address: one for the whole process, so that it knows whether it holds the lock.

    What does not fit into memory is put aside in the folder ``scratch``.
    """
    return Lake(address, scratch)


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """A release, read-only, from the file that says which snapshot of which lake it is."""
    path = path.resolve()
    told = _told(path)
    catalog = told["attach"].removeprefix("ducklake:")
    if not catalog.startswith(POSTGRES):
        catalog = str(path.parent / catalog)
    address = Address(catalog, told["data"], told["s3_endpoint"])
    with duckdb.connect(config=OFFLINE) as connection:
        try:
            attach(connection, address, f", READ_ONLY, SNAPSHOT_VERSION {told['snapshot']}")
        except duckdb.Error as error:
            raise WarehouseError(f"{path}: the lake cannot be read: {first_line(error)}") from error
        with explained(address.catalog, address.data):
            connection.execute("SELECT count(*) FROM read_text(?)", [address.marker]).fetchone()
            yield connection


def _told(released: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(released.read_text(encoding="utf-8"))
    return told


@contextmanager
def _file_lock(lock: Path, catalog: str) -> Iterator[None]:
    with lock.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WarehouseError(
                f"another run is writing to the lake {catalog}; wait for it to end and run again"
            ) from error
        yield
