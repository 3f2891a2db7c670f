"""What the assets get: settings, the warehouse and a reporter, made for each run."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from pipeline.engines.choose import Engine, open_engine
from pipeline.instance import last_was_killed, mark_killed_runs_failed
from pipeline.progress import LogReporter, Reporter
from pipeline.reference import use_lists
from pipeline.schema import Table
from pipeline.settings import Settings, load_settings
from pipeline.warehouse import Warehouse, database_of, only_run
from pipeline.workers import Workers


@dataclass(frozen=True)
class Pipeline:
    """Everything a step needs beside its tables.

    ``workers`` are processes of this machine, for work that writes files here; ``engine`` is who does work that takes rows
    and gives rows: the same processes, or those of a cluster.
    """

    settings: Settings
    warehouse: Warehouse
    reporter: Reporter
    workers: Workers
    engine: Engine
    run_id: str


@contextmanager
def open_pipeline(
    settings: Settings,
    tables: Sequence[Table],
    reporter: Reporter,
    run_id: str,
    instance: dg.DagsterInstance | None,
    locked: bool = False,
) -> Iterator[Pipeline]:
    """Hold the data folder and the database, unless this process does so already, and prepare its tables for one run."""
    use_lists(settings.reference)
    with nullcontext() if locked else only_run(settings):
        is_second_try = False
        if instance is not None:
            mark_killed_runs_failed(instance, except_run=run_id)
            is_second_try = last_was_killed(instance, before=run_id)
        warehouse = Warehouse(database_of(settings), tables)
        # What the last run worked on in its own process may have ended it.
        workers_here = Workers(settings.n_workers, apart_from_here=is_second_try)
        with warehouse.database.kept_open(), workers_here as workers, open_engine(settings.engine, workers) as engine:
            warehouse.prepare()
            yield Pipeline(settings, warehouse, reporter, workers, engine, run_id)


def pipeline_resource(
    tables: Sequence[Table], data: Path | None = None, reporter: Reporter | None = None, *, locked: bool = False
) -> dg.ResourceDefinition:
    """The resource; the environment is read when a run starts, never when this module is imported."""

    @contextmanager
    def start(context: dg.InitResourceContext) -> Iterator[Pipeline]:
        settings, run_id = load_settings(data), context.run_id or ""
        with open_pipeline(settings, tables, reporter or LogReporter(), run_id, context.instance, locked) as pipeline:
            yield pipeline

    return dg.ResourceDefinition(start, description="Settings, the build database and progress of one run.")
