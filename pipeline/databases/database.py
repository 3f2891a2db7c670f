"""What a kind of database must be able to do to hold the warehouse."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

import duckdb

Connection: TypeAlias = duckdb.DuckDBPyConnection


@contextmanager
def transaction_on(connection: Connection) -> Iterator[None]:
    """One transaction: committed when the block ends, rolled back when it raises."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextmanager
def memory_as_before(connection: Connection) -> Iterator[None]:
    """What a block lets the database take of memory holds until its end: the next one may take what it could."""
    before = _memory_limit(connection)
    try:
        yield
    finally:
        if _memory_limit(connection) != before:
            # RESET changes what the setting says, but not what DuckDB holds itself to.
            connection.execute(f"SET memory_limit = '{before}'")


def _memory_limit(connection: Connection) -> str:
    ((limit,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    return str(limit)


class WarehouseError(RuntimeError):
    """The warehouse cannot be used as asked; the message says what to do."""


class HeldElsewhereError(WarehouseError):
    """Another process has the build database open."""


class DbtTarget(NamedTuple):
    """The output of ``dbt_project/profiles.yml`` that builds in this database, and what it reads from the environment."""

    name: str
    environment: Mapping[str, str]


DBT_MEMORY, DBT_LEAST_MB, DBT_SHARE = "VERBATIM_DBT_MEMORY_BY_SIZE", 900, 4
"""dbt joins whole tables: what DuckDB holds for it grows with the database, one part in so many, by doublings, so that on most days
dbt finds its profile as it was and need not read its project anew."""


def dbt_memory(n_bytes: int, most: int) -> Mapping[str, str]:
    """What dbt's environment says that it may hold of a database of so many bytes, on a machine that has ``most`` for it."""
    megabytes = DBT_LEAST_MB
    while megabytes * 1_000_000 < n_bytes // DBT_SHARE:
        megabytes *= 2
    return {DBT_MEMORY: f"{min(megabytes, most // 1_000_000)}MB"}


class Database(Protocol):
    """The database that runs write, and how what they wrote becomes a release."""

    @property
    def dbt(self) -> DbtTarget: ...

    def connect(self) -> AbstractContextManager[Connection]:
        """The database, open for writing inside the block; made where it is not there yet."""
        ...

    def kept_open(self) -> AbstractContextManager[None]:
        """A database that takes little memory stays open inside the block, from one who connects to the next."""
        ...

    def let_go(self) -> None:
        """Close what stays open: another program is to open it. Whoever connects opens it again."""
        ...

    def look(self) -> AbstractContextManager[Connection | None]:
        """The database, open for reading and without waiting; ``None`` where there is none yet."""
        ...

    def beside(self, connection: Connection) -> Connection:
        """Another connection to the same open database, to be closed before the block of the first one ends."""
        ...

    def sole_writer(self) -> AbstractContextManager[None]:
        """Keep runs of other data folders from writing to the same database inside the block."""
        ...

    def release(self, folder: Path, run_id: str, fill: Callable[[Connection], None]) -> Mapping[str, int]:
        """Put into a folder what readers open to see the database as it is once ``fill`` has brought it up to date; says what it is like."""
        ...

    def keep_only(self, releases: Collection[Path], n_newest: int) -> None:
        """Give up what no release needs: neither one of these folders nor one of the last so many."""
        ...
