"""Running the product as a user does: the command in a process of its own, the published tables as frames."""

import os
import subprocess
import sys
from pathlib import Path

import polars as pl

from pipeline.project import ROOT
from pipeline.warehouse import read_only

VERBATIM = Path(sys.executable).with_name("verbatim")
SAMPLE = ROOT / "seeds" / "articles"


def verbatim(
    *arguments: object, stdin: bytes | None = None, data: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """The command with its output as text; lines are not wrapped."""
    chosen = [] if data is None else ["--data", str(data)]
    done = subprocess.run(
        [str(VERBATIM), *map(str, arguments), *chosen],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A piece of Python in a process of its own, with the project importable."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=ROOT
    )


def made_articles(shared: Path, number: int) -> list[str]:
    """So many lines of JSON, each an article made by the script beside the evaluation files."""
    command = [sys.executable, str(shared / "perf" / "make_corpus.py"), str(number)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def published(data: Path, query: str) -> pl.DataFrame:
    with read_only(data / "warehouse.duckdb") as connection:
        return connection.execute(query).pl()


def all_tables(data: Path) -> dict[str, pl.DataFrame]:
    """Every table and view of the published warehouse, its rows in one fixed order."""
    with read_only(data / "warehouse.duckdb") as connection:
        names = connection.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables ORDER BY ALL"
        ).fetchall()
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").pl() for (name,) in names}


def differing(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> list[str]:
    """Names of the tables in which two warehouses differ."""
    return [
        name
        for name in sorted(one | other)
        if name not in one or name not in other or not one[name].equals(other[name])
    ]
