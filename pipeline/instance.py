"""The Dagster instance of a data folder: its runs, its history, its rules for running."""

import json
import os
from contextlib import suppress
from datetime import UTC
from pathlib import Path

import dagster as dg

from pipeline.settings import Settings
from pipeline.warehouse import WarehouseError, sole_writer

UNFINISHED = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
STARTING_SECONDS = 300
KILLED_TAG = "verbatim/killed"

EVENTS_AT_ONCE = "DAGSTER_EVENT_BATCH_SIZE"

CONFIGURATION = """\
# Written by Verbatim; changes here are overwritten.
telemetry:
  enabled: false
storage:
{storage}concurrency:
  runs:
    max_concurrent_runs: 1
  pools:
    default_limit: 1
    granularity: op
nux:
  enabled: false
run_retries:
  enabled: false
"""

IN_THE_DATA_FOLDER = """\
  custom:
    module: pipeline.event_log
    class: History
    config:
      base_dir: {home}
"""
IN_POSTGRES = """\
  postgres:
    postgres_url: {address}
"""

WORKSPACE = """\
load_from:
  - python_module:
      module_name: {module}
      location_name: verbatim
"""


def prepare_home(settings: Settings) -> Path:
    """Create the instance's folder and configuration; returns the folder."""
    home = settings.dagster_home
    home.mkdir(parents=True, exist_ok=True)
    file = home / "dagster.yaml"
    configuration = CONFIGURATION.format(storage=_storage(settings))
    if not file.exists() or file.read_text(encoding="utf-8") != configuration:
        file.write_text(configuration, encoding="utf-8")
    return home


def _storage(settings: Settings) -> str:
    if settings.history is None:
        return IN_THE_DATA_FOLDER.format(home=json.dumps(str(settings.dagster_home)))
    from pipeline.databases.history import address_of

    return IN_POSTGRES.format(address=json.dumps(address_of(settings.history)))


def prepare_workspace(settings: Settings, module: str) -> Path:
    """Write the file that tells Dagster which module to serve; returns it. It serves an installed package and a checkout."""
    file = prepare_home(settings) / "workspace.yaml"
    file.write_text(WORKSPACE.format(module=module), encoding="utf-8")
    return file


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """The instance; the events by which a run announces its assets and checks are written at once (pipeline/event_log.py)."""
    os.environ.setdefault(EVENTS_AT_ONCE, "1000")
    if settings.history is not None:
        from pipeline.databases.history import connected

        with connected(settings.history):  # Dagster would try for long before it says anything.
            pass
    return dg.DagsterInstance.from_config(str(prepare_home(settings)))


def mark_killed_runs_failed(instance: dg.DagsterInstance, except_run: str | None = None) -> None:
    """Mark killed runs as failed and free what they held; only for the holder of the data folder's lock.

    Dagster doesn't learn that a process was killed: its run would count as running forever, and keep every later one
    from starting.
    """
    for run in instance.get_runs(dg.RunsFilter(statuses=UNFINISHED)):
        if run.run_id != except_run:
            _fail(instance, run)


def last_was_killed(instance: dg.DagsterInstance, before: str) -> bool:
    """Whether the run before this one was killed."""
    other = next((run for run in instance.get_runs(limit=2) if run.run_id != before), None)
    return other is not None and KILLED_TAG in other.tags


def fail_runs_without_lock(instance: dg.DagsterInstance, lock: Path, now: float) -> None:
    """Mark runs as failed that count as running while nobody holds the data folder: their processes were killed.

    A run that has just been started takes the lock a little later, so only those of some age are looked at.
    """
    filters = dg.RunsFilter(statuses=UNFINISHED)
    old = [record for record in instance.get_run_records(filters) if _age(record, now) > STARTING_SECONDS]
    if old:
        with suppress(WarehouseError), sole_writer(lock):
            for record in old:
                _fail(instance, record.dagster_run)


def going_on(instance: dg.DagsterInstance) -> dg.DagsterRun | None:
    """A run in progress or waiting for its turn."""
    runs = instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.QUEUED, *UNFINISHED]), limit=1)
    return runs[0] if runs else None


def _fail(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    instance.report_run_failed(run, "The process of this run was killed; the next run continued where it stopped.")
    instance.add_run_tags(run.run_id, {KILLED_TAG: "true"})
    instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def _age(record: dg.RunRecord, now: float) -> float:
    """Seconds since the run was last heard of, either way: the clock may have been set back."""
    return abs(now - record.update_timestamp.replace(tzinfo=record.update_timestamp.tzinfo or UTC).timestamp())
