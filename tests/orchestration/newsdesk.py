"""A day at a newsroom's inbox: Dagster's own sensor daemon with a clock of ours, and a reader in place of whole runs."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.remote_origin import InProcessCodeLocationOrigin
from dagster._core.test_utils import create_test_daemon_workspace_context, freeze_time
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from dagster._core.workspace.load_target import InProcessWorkspaceLoadTarget
from dagster._daemon.sensor import execute_sensor_iteration

from assets.documents.find import find_files
from assets.documents.intake import ingest, read_options, unread
from orchestration.jobs import MAIN_JOB
from orchestration.tables import TABLES
from pipeline.instance import open_instance
from pipeline.project import ROOT
from pipeline.settings import Settings, load_settings
from pipeline.warehouse import Warehouse

MIDNIGHT = datetime(2026, 3, 4, tzinfo=UTC)
QUIET = logging.getLogger("quiet daemon")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False


@dataclass
class Desk:
    """The data folder, its Dagster instance and the daemon that looks at its inbox."""

    settings: Settings
    instance: dg.DagsterInstance
    workspace: Any
    sensor: Any
    fails: Callable[[list[str]], bool] = lambda labels: False
    """Whether a run on these labels fails; it has read its files by then."""
    fails_before_reading: bool = False
    now: datetime = MIDNIGHT
    asked: list[tuple[datetime, list[str], str]] = field(default_factory=list)
    """Each run: when, on which labels, and how it ended."""
    before_run: Callable[[], None] = lambda: None

    @property
    def inbox(self) -> Path:
        return self.settings.inbox

    def write(self, name: str, text: str) -> None:
        (self.inbox / name).write_text(text, encoding="utf-8")

    def look(self, minutes: float = 5) -> None:
        """The daemon looks once, then the run that it has put into the queue is done."""
        with freeze_time(self.now):
            list(execute_sensor_iteration(self.workspace, QUIET, None, None))
            for run in self.instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.QUEUED])):
                self.before_run()
                self._do(run)
        self.now += timedelta(minutes=minutes)

    def said(self) -> str:
        """What the UI shows beside the last look."""
        tick = self.instance.get_ticks(self.sensor.get_remote_origin().get_id(), self.sensor.selector_id, limit=1)[0]
        assert tick.error is None, tick.error
        return tick.skip_reason or ""

    def read(self) -> set[str]:
        """Labels of all files that have been read as they are."""
        with Warehouse(self.settings.build, TABLES).transaction() as transaction:
            todo = {file.name for file, _ in unread(transaction, find_files([self.inbox]), self.settings)}
        return {file.name for file in find_files([self.inbox])} - todo

    def started_by_hand(self) -> dg.DagsterRun:
        """A run of the main job that the sensor knows nothing of."""
        run = self.instance.create_run_for_job(dg.GraphDefinition(name=MAIN_JOB).to_job())
        with freeze_time(self.now):
            self.tell(run, dg.DagsterEventType.PIPELINE_START)
        return run

    def _do(self, run: dg.DagsterRun) -> None:
        config: Any = run.run_config
        labels: list[str] = config["ops"]["documents"]["config"]["only"]
        self.tell(run, dg.DagsterEventType.PIPELINE_STARTING)
        self.tell(run, dg.DagsterEventType.PIPELINE_START)
        warehouse = Warehouse(self.settings.build, TABLES)
        warehouse.prepare()
        failed = self.fails(labels)
        if not (failed and self.fails_before_reading):
            with warehouse.transaction() as transaction:
                files = [file for file in find_files([self.inbox]) if file.name in labels]
                todo = unread(transaction, files, self.settings)
            list(ingest(warehouse, todo, read_options(self.settings)))
        self.tell(run, dg.DagsterEventType.PIPELINE_FAILURE if failed else dg.DagsterEventType.PIPELINE_SUCCESS)
        self.asked.append((self.now, labels, "failed" if failed else "done"))

    def tell(self, run: dg.DagsterRun, kind: dg.DagsterEventType) -> None:
        event = dg.DagsterEvent(event_type_value=kind.value, job_name=run.job_name)
        self.instance.report_dagster_event(event, run.run_id)


@contextmanager
def served(settings: Settings) -> Iterator[tuple[dg.DagsterInstance, Any, Any]]:
    """What Dagster's daemons see of a data folder: the instance, the workspace and the repository in it."""
    target = InProcessWorkspaceLoadTarget(
        InProcessCodeLocationOrigin(
            LoadableTargetOrigin(
                executable_path=sys.executable,
                module_name="orchestration.code_location",
                working_directory=str(ROOT),
            ),
            location_name="verbatim",
        )
    )
    with open_instance(settings) as instance, create_test_daemon_workspace_context(target, instance) as workspace:
        entries = workspace.create_request_context().get_code_location_entries()
        location = entries["verbatim"].code_location
        assert location is not None, entries["verbatim"].load_error
        yield instance, workspace, next(iter(location.get_repositories().values()))


@contextmanager
def newsdesk() -> Iterator[Desk]:
    """The desk over the data folder that the environment names, with the sensor switched on."""
    settings = load_settings()
    settings.inbox.mkdir(parents=True)
    with served(settings) as (instance, workspace, repository):
        sensor = repository.get_sensor("inbox")
        with freeze_time(MIDNIGHT - timedelta(hours=1)):
            instance.start_sensor(sensor)
        yield Desk(settings, instance, workspace, sensor)
