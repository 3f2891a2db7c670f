"""The warehouse in one DuckDB file: the default, and all that a reader of it needs."""

import errno
import os
import re
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path

import duckdb

from pipeline.bookkeeping import INTERNAL_SCHEMA
from pipeline.databases.database import (
    Connection,
    DbtTarget,
    HeldElsewhereError,
    WarehouseError,
    dbt_memory,
    memory_as_before,
    transaction_on,
)
from pipeline.memory import give_back

RELEASED = "warehouse.duckdb"
DBT_TARGET = "build"
LET_GO_SECONDS = 10
"""A run that was killed can leave dbt alive for a moment with the database open; it is worth waiting for."""

CHECKPOINT_BYTES = "256MB"
"""How much of the write-ahead log is folded into the file at a time: at the usual 16 MB a quarter of the work of writing is
that, and the file becomes half as large again."""

SMALL_BYTES = 64 << 20
"""A file of this size stays open: to open and to close it costs as much as what a small step does, forty times a run. Of a larger one
DuckDB would hold in memory what the steps need."""

STEP_MEMORY, OF_A_THREAD, OF_THE_FILE = 700 << 20, 200 << 20, 8
"""What DuckDB holds for a step before it puts aside on disk: so much, and more with more threads or (one part in so many) a larger
file, since lists that it gathers have to stay in memory. Left to itself it would take four fifths of the machine's."""

RELEASE_MEMORY = "400MB"
"""What DuckDB holds while a release is filled: what is added is written as it comes, and what is read is read once."""

CANNOT_SHARE = {errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM, errno.EBADF}
"""Errors by which a file system says that it does not copy between these two files by itself."""

_HOLDER = re.compile(r"held in (?P<program>\S+)(?: \(deleted\))? \(PID (?P<process>\d+)\)")


def in_memory() -> Connection:
    """A database that is in no file."""
    return duckdb.connect()


def most_memory() -> int:
    """What DuckDB would take of this machine, in bytes."""
    with in_memory() as connection:
        return _limit_of(connection)


def _limit_of(connection: Connection) -> int:
    ((limit,),) = connection.execute("SELECT parse_formatted_bytes(current_setting('memory_limit'))").fetchall()
    return int(limit)


class DuckDBFile:
    """The file that runs write. A step opens it, does its transactions and closes it; a small one stays open until dbt opens it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stays_open = False
        self._kept: Connection | None = None

    @property
    def dbt(self) -> DbtTarget:
        return DbtTarget(DBT_TARGET, dbt_memory(self._size(), most_memory()))

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        opened = self._kept or self._connect()
        try:
            # What it makes for itself goes with it, whether or not the file stays open.
            with closing(opened.cursor()) as connection, memory_as_before(connection):
                yield connection
        finally:
            if opened is self._kept:
                if not self._is_small():
                    self.let_go()
            elif self._stays_open and self._kept is None and self._is_small():
                self._kept = opened
            else:
                opened.close()
                give_back()

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        self._stays_open = True
        try:
            yield
        finally:
            self._stays_open = False
            self.let_go()

    def let_go(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _is_small(self) -> bool:
        return self._size() <= SMALL_BYTES

    def _size(self) -> int:
        log = self.path.with_name(f"{self.path.name}.wal")
        return sum(file.stat().st_size for file in (self.path, log) if file.exists())

    def _step_memory(self, opened: Connection) -> int:
        """What a step may take, and no more than the machine has for it."""
        ((n_threads,),) = opened.execute("SELECT current_setting('threads')").fetchall()
        return min(_limit_of(opened), max(STEP_MEMORY, int(n_threads) * OF_A_THREAD, self._size() // OF_THE_FILE))

    def _connect(self) -> Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + LET_GO_SECONDS
        while True:
            try:
                opened = duckdb.connect(str(self.path))
                opened.execute(f"SET checkpoint_threshold = '{CHECKPOINT_BYTES}'")
                opened.execute(f"SET memory_limit = '{self._step_memory(opened) >> 20}MiB'")
                return opened
            except duckdb.IOException as error:
                if not is_held_elsewhere(error):
                    raise
                if time.monotonic() > deadline:
                    raise HeldElsewhereError(
                        f"{self.path} is open in another program{_holder(error)}; close it there and run again "
                        f"({RELEASED} beside it may stay open: runs leave it alone)"
                    ) from error
                time.sleep(0.2)

    @contextmanager
    def look(self) -> Iterator[Connection | None]:
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
            yield connection
        finally:
            connection.close()

    def beside(self, connection: Connection) -> Connection:
        return connection.cursor()

    def sole_writer(self) -> AbstractContextManager[None]:
        """The file is in the data folder, whose lock is enough."""
        return nullcontext()

    def release(self, folder: Path, run_id: str, fill: Callable[[Connection], None]) -> Mapping[str, int]:
        """A copy without the pipeline's own bookkeeping, one whole file in the end."""
        with self.connect() as built:
            built.execute(f"SET memory_limit = '{RELEASE_MEMORY}'")
            with transaction_on(built):
                fill(built)
            # The write-ahead log is folded into the file, so that the file alone is the whole database.
            built.execute("CHECKPOINT")
        self.let_go()
        copy(self.path, folder / RELEASED)
        with DuckDBFile(folder / RELEASED).connect() as released:
            released.execute(f"DROP SCHEMA IF EXISTS {INTERNAL_SCHEMA} CASCADE")
            released.execute("CHECKPOINT")
        with (folder / RELEASED).open("rb") as written:
            os.fsync(written.fileno())
        return {"size_bytes": (folder / RELEASED).stat().st_size}

    def keep_only(self, releases: Collection[Path], n_newest: int) -> None:
        """A release is a file of its own, which is gone with its folder."""


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """A release, read-only.

    The link is resolved first: DuckDB shares one open database per path within a process, and a reader that asks
    again after a new version was published must get the new one.
    """
    try:
        connection = duckdb.connect(str(path.resolve()), read_only=True)
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be read: {error}") from error
    try:
        yield connection
    finally:
        connection.close()


def is_held_elsewhere(error: duckdb.Error) -> bool:
    """Whether the database could not be opened because another process has it open."""
    return "Conflicting lock" in str(error)


def _holder(error: duckdb.Error) -> str:
    found = _HOLDER.search(str(error))
    return f" ({Path(found['program']).name}, process {found['process']})" if found else ""


def copy(source: Path, target: Path) -> None:
    """Copy a file; where the file system can (Btrfs, XFS), the copy shares what it holds.

    The kernel clones the blocks if it is able to and copies them if not; nothing passes through this process.
    """
    if not hasattr(os, "copy_file_range"):
        shutil.copyfile(source, target)
        return
    with source.open("rb") as reader, target.open("wb") as writer:
        left = os.fstat(reader.fileno()).st_size
        while left:
            try:
                copied = os.copy_file_range(reader.fileno(), writer.fileno(), left)
            except OSError as error:
                if error.errno not in CANNOT_SHARE:
                    raise
                shutil.copyfile(source, target)
                return
            if not copied:
                raise OSError(f"{source} became shorter while it was copied")
            left -= copied
