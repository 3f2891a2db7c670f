"""The inbox sensor: one run for each batch of new or changed files, however many there are."""

import dagster as dg

from assets.documents.find import find_files
from orchestration.jobs import main_job
from pipeline.ids import stable_id
from pipeline.settings import load_settings


@dg.sensor(
    job=main_job,
    name="inbox",
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Starts one run when files in the inbox are new or have changed since the last one, and none changed since the last look.",
)
def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """The cursor holds ``seen/requested``: the state of the inbox at the last look, and the one that was last run."""
    folder = load_settings().inbox
    state = inbox_state([(file.name, file.fingerprint) for file in find_files([folder])] if folder.is_dir() else [])
    seen, _, requested = (context.cursor or "/").partition("/")
    if not state or state == requested:
        return dg.SensorResult(skip_reason=dg.SkipReason("nothing new in the inbox"), cursor=f"{state}/{requested}")
    if state != seen:
        reason = dg.SkipReason("files are still arriving; the run starts when they have settled")
        return dg.SensorResult(skip_reason=reason, cursor=f"{state}/{requested}")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=state)], cursor=f"{state}/{state}")


def inbox_state(files: list[tuple[str, str]]) -> str:
    """A stable name for exactly these files as they are; empty for none."""
    return stable_id(*(part for file in sorted(files) for part in file)) if files else ""
