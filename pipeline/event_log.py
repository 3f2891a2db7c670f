"""Dagster's history in SQLite, with the index of all runs and the log of one opened once rather than for every event."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import Any

import sqlalchemy
from dagster import EventLogEntry
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage, _event_logs_directory
from sqlalchemy.pool import StaticPool


class EventLogs(SqliteEventLogStorage):
    """The event logs of Dagster, file by file the same; the connections to the index and to the last run stay open.

    Dagster opens and closes both several times for each event of an asset or a check, and each time SQLite writes its log
    back into the file and waits for the disk. That took longer than all extraction of a small run.
    """

    def __init__(self, base_dir: str) -> None:
        self._open: dict[str, sqlalchemy.Engine] = {}
        self._in_batch: dict[str, sqlalchemy.Connection] = {}
        super().__init__(base_dir)
        self._db_lock = threading.RLock()  # type: ignore[assignment]  # a batch holds it, and the events in it ask for it

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        with self._db_lock:
            if shard in self._in_batch:
                yield self._in_batch[shard]
                return
            if shard not in self._open:
                for other in self._open.keys() - {INDEX_SHARD_NAME, shard} - self._in_batch.keys():
                    self._open.pop(other).dispose()
                self._open[shard] = _kept_open(self.conn_string_for_shard(shard))
                self._initdb(self._open[shard])
            with self._open[shard].begin() as connection:
                yield connection

    def store_event(self, event: EventLogEntry) -> None:
        super().store_event(event)
        # The pages of a run in the UI follow the changes of this file; what is written stands in SQLite's log beside it.
        os.utime(self.path_for_shard(event.run_id))

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Each file in one transaction: a run begins with an event for each of its assets and checks."""
        with self._db_lock, ExitStack() as transactions:
            runs = sorted({event.run_id for event in events})
            for shard in (INDEX_SHARD_NAME, *runs):
                self._in_batch[shard] = transactions.enter_context(self._connect(shard))
            try:
                for event in events:
                    super().store_event(event)
            finally:
                self._in_batch.clear()
        for run in runs:
            os.utime(self.path_for_shard(run))

    @cached_property
    def _has_table_of_checks(self) -> bool:
        return bool(super().supports_asset_checks)

    @property
    def supports_asset_checks(self) -> bool:
        """Asked for each event of a check."""
        return self._has_table_of_checks

    def dispose(self) -> None:
        while self._open:
            self._open.popitem()[1].dispose()
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
