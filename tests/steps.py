"""Steps over the corpus on tables made for a test: what they come to in portions, and at once."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

from assets.articles.schema import ARTICLES
from orchestration.tables import TABLES
from pipeline.progress import LogReporter
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.settings import load_settings
from pipeline.warehouse import Warehouse
from pipeline.workers import Workers

Rows = Mapping[Table, pl.DataFrame]
Step = Callable[[Pipeline], object]


def pipeline_in(folder: Path) -> Pipeline:
    """A pipeline with all its tables, empty unless the folder has been used before."""
    folder.mkdir(exist_ok=True)
    warehouse, here = Warehouse(folder / "build.duckdb", TABLES), Workers(1)
    pipeline = Pipeline(load_settings(folder), warehouse, LogReporter(), here, here, "test")
    pipeline.warehouse.prepare()
    return pipeline


def after(pipeline: Pipeline, given: Rows, steps: Sequence[Step], made: Sequence[Table]) -> dict[str, pl.DataFrame]:
    """The tables that the steps have made when exactly these rows are there, in the order of their keys."""
    with pipeline.warehouse.transaction() as transaction:
        for table, rows in given.items():
            transaction.replace(table, rows)
    for step in steps:
        step(pipeline)
    with pipeline.warehouse.transaction() as transaction:
        return {table.path: transaction.read(table) for table in made}


def assert_as_at_once(folder: Path, states: Sequence[Rows], steps: Sequence[Step], made: Sequence[Table]) -> None:
    """From one state to the next, the steps lead to the tables that they make of the state alone."""
    folder.mkdir(exist_ok=True)
    pipeline = pipeline_in(folder / "in-portions")
    for number, state in enumerate(states):
        step_by_step = after(pipeline, state, steps, made)
        at_once = after(pipeline_in(folder / f"at-once-{number}"), state, steps, made)
        for path, rows in at_once.items():
            assert step_by_step[path].equals(rows), f"{path} after state {number}"


def article_row(**given: object) -> dict[str, object]:
    """A row of ``ARTICLES`` with something in every column that must not be null."""
    some = {"text": "", "integer": 0, "bigint": 0, "double": 0.0, "boolean": False, "text[]": []}
    return {
        column.name: given[column.name]
        if column.name in given
        else None
        if column.nullable
        else (column.values or (some.get(column.type),))[0]
        for column in ARTICLES.columns
    }
