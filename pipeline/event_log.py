"""Dagster's history in SQLite, with the index of all runs opened once rather than for every event."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage, _event_logs_directory
from sqlalchemy.pool import StaticPool


class EventLogs(SqliteEventLogStorage):
    """The event logs of Dagster, file by file the same; the connection to the index stays open.

    Dagster opens and closes the index several times for each event of an asset or a check, and each time SQLite writes
    its log back into the file and waits for the disk. That took longer than all extraction of a small run. The log of the
    single run keeps Dagster's way: its pages in the UI follow the file's changes.
    """

    def __init__(self, base_dir: str) -> None:
        self._index: sqlalchemy.Engine | None = None
        super().__init__(base_dir)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        if shard != INDEX_SHARD_NAME:
            with super()._connect(shard) as connection:
                yield connection
            return
        with self._db_lock:
            if self._index is None:
                self._index = _kept_open(self.conn_string_for_shard(shard))
                self._initdb(self._index)
            with self._index.begin() as connection:
                yield connection

    def dispose(self) -> None:
        if self._index is not None:
            self._index.dispose()
            self._index = None
        super().dispose()


class History(DagsterSqliteStorage):
    """Runs, schedules and event logs in the usual folders below ``base_dir``."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage = EventLogs(_event_logs_directory(base_dir))

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "History":
        return cls.from_local(inst_data=inst_data, **config_value)


def _kept_open(address: str) -> sqlalchemy.Engine:
    """An engine with one connection, which the caller's lock hands from thread to thread."""
    engine = sqlalchemy.create_engine(
        address,
        poolclass=StaticPool,
        connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
    )

    @sqlalchemy.event.listens_for(engine, "connect")
    def do_not_wait_for_the_disk(connection: Any, _: Any) -> None:
        # With a write-ahead log this loses at most the last events in a power cut, and never the file.
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine
