"""Running the main job in this process: what the command line does, and the same job that the UI starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from orchestration.definitions import build_defs
from orchestration.jobs import MAIN_JOB, files_config
from orchestration.tables import TABLES
from pipeline.instance import open_instance
from pipeline.progress import Reporter
from pipeline.resources import pipeline_resource
from pipeline.settings import Settings

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class Outcome:
    """How a run ended; ``problems`` names what failed, in the order in which it did."""

    run_id: str
    success: bool
    problems: tuple[str, ...]


def run_main_job(settings: Settings, paths: Sequence[Path], reporter: Reporter) -> Outcome:
    """Run the main job on these paths (the inbox where there are none) and wait for it."""
    defs = build_defs(settings, {"pipeline": pipeline_resource(TABLES, settings.data_dir, reporter)})
    with open_instance(settings) as instance:
        result = defs.resolve_job_def(MAIN_JOB).execute_in_process(
            run_config={**files_config([str(path) for path in paths]), **QUIET},
            instance=instance,
            raise_on_error=False,
        )
    return Outcome(result.run_id, result.success, tuple(_problems(result)))


def _problems(result: dg.ExecuteInProcessResult) -> list[str]:
    problems = [
        f"check {check.check_name} on {check.asset_key.to_user_string()} failed"
        for check in result.get_asset_check_evaluations()
        if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR
    ]
    for event in result.all_events:
        error = event.event_specific_data.error if event.is_step_failure else None  # type: ignore[union-attr]
        if error is not None:
            cause = error
            while cause.cause is not None:
                cause = cause.cause
            problems.append(f"{event.step_key}: {cause.message.strip()}")
    return problems
