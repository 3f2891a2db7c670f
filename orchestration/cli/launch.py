"""Running the main job in this process: the same job that the UI starts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg

from orchestration.alerts import CHECK
from orchestration.cli.failures import Cause, explain, one_line
from orchestration.definitions import build_defs
from orchestration.jobs import MAIN_JOB, STARTED_TAG, files_config
from orchestration.tables import TABLES
from pipeline.instance import open_instance
from pipeline.progress import Reporter
from pipeline.resources import pipeline_resource
from pipeline.settings import Settings

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class Outcome:
    """How a run ended; ``problems`` says in one line each what failed, ``details`` all that is known of it."""

    run_id: str
    success: bool
    problems: tuple[str, ...]
    details: tuple[str, ...]
    new_alerts: int


def run_main_job(settings: Settings, paths: Sequence[Path], reporter: Reporter) -> Outcome:
    """Run the main job on these paths (the inbox where there are none) and wait for it.

    The caller holds the data folder's lock.
    """
    defs = build_defs(settings, {"pipeline": pipeline_resource(TABLES, settings.data_dir, reporter, locked=True)})
    with open_instance(settings) as instance:
        result = defs.resolve_job_def(MAIN_JOB).execute_in_process(
            run_config={**files_config([str(path) for path in paths]), **QUIET},
            instance=instance,
            tags={STARTED_TAG: "command line"},
            raise_on_error=False,
        )
    errors = list(_errors(result))
    return Outcome(
        result.run_id,
        result.success,
        tuple(_problems(result, errors, settings.data_dir)),
        tuple(error.to_string() for _, error in errors),
        _new_alerts(result),
    )


def _new_alerts(result: dg.ExecuteInProcessResult) -> int:
    """How many matches of the user's alerts the run has brought."""
    found = (check for check in result.get_asset_check_evaluations() if check.check_name == CHECK)
    return sum(int(str(check.metadata["new"].value)) for check in found)


def _errors(result: dg.ExecuteInProcessResult) -> Iterator[tuple[str | None, Any]]:
    """(step, error) of each step that failed; where none did, that of the run itself: it did not get as far as a step."""
    steps = [
        (event.step_key, event.event_specific_data.error)  # type: ignore[union-attr]
        for event in result.all_events
        if event.is_step_failure
    ]
    run = [(None, event.job_failure_data.error) for event in result.all_events if event.is_job_failure]
    yield from ((step, error) for step, error in steps or run if error is not None)


def _problems(result: dg.ExecuteInProcessResult, errors: Sequence[tuple[str | None, Any]], data_dir: Path) -> list[str]:
    problems = [
        f"check {check.check_name} on {check.asset_key.to_user_string()} failed"
        for check in result.get_asset_check_evaluations()
        if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR
    ]
    for step, error in errors:
        # A failed check is reported above; the error that it stops the run with says no more.
        if problems and error.cls_name == "DagsterAssetCheckFailedError":
            continue
        line = explain(list(_chain(error)), data_dir).line
        problems.append(one_line(f"{step}: {line}" if step else line))
    return problems


def _chain(error: Any) -> Iterator[Cause]:
    while error is not None:
        kind = str(error.cls_name or "")
        message = error.message.strip()
        yield Cause(kind, message.removeprefix(f"{kind}: ").split(f".{kind}: ", 1)[-1])
        error = error.cause or error.context
