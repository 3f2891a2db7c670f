"""The one thing that is asked of PostgreSQL directly: that one run at a time writes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from pipeline.databases.database import Connection, WarehouseError
from pipeline.databases.object_storage import literal
from pipeline.settings import POSTGRES

LOCK = 7_238_194_502
"""The number of the advisory lock, in the catalog's database."""
WAIT_SECONDS = 2
"""The server learns a moment late that a program which held the lock was killed."""

TAKE = f"SELECT pg_try_advisory_lock({LOCK}) AS taken"
HOLDER = (
    "SELECT coalesce(host(client_addr), ''this machine'') || '', since '' || to_char(backend_start, ''YYYY-MM-DD HH24:MI'') AS told "
    f"FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = ''advisory'' AND classid = {LOCK >> 32} AND objid = {LOCK & 0xFFFFFFFF}"
)


@contextmanager
def advisory_lock(connection: Connection, catalog: str) -> Iterator[None]:
    """Hold the lock inside the block, in a transaction that stays open: elsewhere the pool of connections would let it go."""
    try:
        connection.execute(
            f"ATTACH {literal(catalog.removeprefix(POSTGRES))} AS writer_lock (TYPE postgres, READ_ONLY)"
        )
        connection.begin()
        deadline = time.monotonic() + WAIT_SECONDS
        while not _ask(connection, TAKE):
            if time.monotonic() > deadline:
                raise WarehouseError(
                    f"another run is writing to the lake {catalog} ({_ask(connection, HOLDER)}); wait for it to end and run again"
                )
            time.sleep(0.2)
        yield
        is_held(connection, catalog)
    finally:
        # Without this, closing a connection whose server is gone ends the whole process.
        with suppress(duckdb.Error):
            connection.rollback()
        connection.close()


def is_held(connection: Connection, catalog: str) -> None:
    """Raise where the server has ended the connection that holds the lock."""
    try:
        _ask(connection, "SELECT 1")
    except duckdb.Error as error:
        raise WarehouseError(f"the connection to {catalog} that kept other runs out was lost; run again") from error


def _ask(connection: Connection, sql: str) -> object:
    row = connection.execute(f"SELECT * FROM postgres_query('writer_lock', '{sql}')").fetchone()
    return row[0] if row else None
