"""The last runs of a data folder, read from Dagster's history without writing a byte or loading Dagster."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipeline.settings import Settings

RUNS = "SELECT run_id, create_timestamp, status FROM runs ORDER BY id DESC LIMIT ?"


@dataclass(frozen=True)
class PastRun:
    """One run as the history has it; ``started`` is UTC, to the second."""

    run_id: str
    started: str
    status: str


def past_runs(settings: Settings, n: int) -> list[PastRun]:
    """The last ``n`` runs, the newest first; none where there is no history."""
    if settings.history is not None:
        from pipeline.databases.history import rows as rows_in_postgres

        return [_run(row) for row in rows_in_postgres(settings.history, RUNS.replace("?", "%s"), [n])]
    file = settings.dagster_home / "history" / "runs.db"
    if not file.is_file():
        return []
    # SQLite makes two files beside the database to read it together with a writer. Without a log there is none; and where
    # they cannot be made, nobody writes either.
    together = file.with_name(f"{file.name}-wal").exists()
    try:
        rows = _read(file, "mode=ro" if together else "immutable=1", n)
    except sqlite3.OperationalError:
        rows = _read(file, "immutable=1", n)
    return [_run(row) for row in rows]


def _run(row: Sequence[object]) -> PastRun:
    run_id, created, status = map(str, row)
    return PastRun(run_id, created[:19], status)


def _read(file: Path, how: str, n: int) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(f"file:{quote(str(file))}?{how}", uri=True)) as connection:
        return connection.execute(RUNS, [n]).fetchall()
