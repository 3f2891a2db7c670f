"""Running the product as a user does: the command in a process of its own, the published tables as frames."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.sources.registry import Registry, read_registry
from pipeline.bookkeeping import INTERNAL_SCHEMA
from pipeline.project import ROOT
from pipeline.reference import read_list
from pipeline.settings import load_settings
from pipeline.warehouse import Warehouse, read_only

VERBATIM = Path(sys.executable).with_name("verbatim")
SAMPLE = ROOT / "seeds" / "articles"
SAMPLE_LISTS = ROOT / "seeds" / "sample_reference"


def verbatim(
    *arguments: object, stdin: bytes | None = None, data: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """The command with its output as text; lines are not wrapped."""
    chosen = [] if data is None else ["--data", str(data)]
    if data is not None and arguments[0] == "run" and not data.exists():
        know_sample_outlets(data)
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
    """This many lines of JSON, each an article made by the script beside the evaluation files."""
    command = [sys.executable, str(shared / "perf" / "make_corpus.py"), str(number)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def published(data: Path, query: str) -> pl.DataFrame:
    with read_only(load_settings(data).published) as connection:
        return connection.execute(query).pl()


def all_tables(data: Path) -> dict[str, pl.DataFrame]:
    """Every table and view of the published warehouse, its rows in one fixed order; the pipeline's own are not for readers."""
    with read_only(load_settings(data).published) as connection:
        names = connection.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema <> ? ORDER BY ALL",
            [INTERNAL_SCHEMA],
        ).fetchall()
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").pl() for (name,) in names}


def differing(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> list[str]:
    """Names of the tables in which two warehouses differ."""
    return [
        name
        for name in sorted(one | other)
        if name not in one or name not in other or not one[name].equals(other[name])
    ]


def know_sample_outlets(data: Path) -> None:
    """Let a data folder know the invented outlets of the sample corpus, as ``make run`` does."""
    shutil.copytree(SAMPLE_LISTS, data / "reference", dirs_exist_ok=True)


def sample_registry() -> Registry:
    """The registry of sources that a data folder of the sample corpus has."""
    own = {name: rows_of(SAMPLE_LISTS / f"{name}.csv") for name in ("outlets", "agencies")}
    return read_registry([*read_list("outlets"), *own["outlets"]], [*read_list("agencies"), *own["agencies"]])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assert_a_limit_on_memory_ends_with_its_transaction(warehouse: Warehouse) -> None:
    """What the database may take inside one is not what it may in the next; told by what it does, not by the setting."""
    much = "CREATE OR REPLACE TEMP TABLE much AS SELECT range::VARCHAR || repeat('x', 20) AS text FROM range(3000000)"
    with warehouse.transaction() as transaction:
        transaction.execute("SET temp_directory = ''")
    with warehouse.transaction() as transaction:
        transaction.execute("SET memory_limit = '30MB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            transaction.execute(much)
    with warehouse.transaction() as transaction:
        transaction.execute(much)
