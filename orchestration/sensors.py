"""The inbox sensor: one run for the files that have settled, while others may still be arriving."""

import dagster as dg
from dagster._time import get_current_timestamp

from assets.documents import places
from assets.documents.find import FoundFile, find_files
from assets.documents.intake import unread
from orchestration.inbox import ATTEMPTS, InboxState, Outcome, file_key
from orchestration.jobs import MAIN_JOB, STARTED_TAG, main_job, only_config
from orchestration.tables import TABLES
from pipeline.ids import stable_id
from pipeline.instance import fail_runs_without_lock, going_on
from pipeline.reference import use_lists
from pipeline.settings import Settings, load_settings
from pipeline.warehouse import HeldElsewhereError, Warehouse, database_of

BATCH_TAG, ATTEMPT_TAG, FILES_TAG = "verbatim/batch", "verbatim/attempt", "verbatim/files"


@dg.sensor(
    job=main_job,
    name="inbox",
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description=(
        "Starts one run for the files of the inbox that are new or have changed and are unchanged for two looks; "
        f"asks again when that run fails, up to {ATTEMPTS} times for a file."
    ),
)
def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    settings, instance, now = load_settings(), context.instance, get_current_timestamp()
    use_lists(settings.reference)
    state = InboxState.from_cursor(context.cursor)
    fail_runs_without_lock(instance, settings.lock, now)
    if run := going_on(instance):
        return _skip(f"run {run.run_id[:8]} is in progress; the inbox is checked when it has ended", state)
    try:
        pending = {file_key(file): file.name for file in _pending(settings)}
    except HeldElsewhereError as held:
        return _skip(str(held), state)
    state = _after_runs(state, instance, pending, now)
    settled = sorted(key for key in pending if key in state.seen)
    state = state.looked(pending)
    due = state.due(settled, now)
    if not (due or state.finishes_now(now)):
        return _skip(state.why_nothing(len(pending), len(settled), now), state)
    batch = stable_id(*due)
    earlier = len(instance.get_run_records(dg.RunsFilter(tags={BATCH_TAG: batch})))
    request = dg.RunRequest(
        # Dagster starts no second run under a key that it knows, so each attempt has one of its own.
        run_key=f"{batch}/{earlier + 1}",
        run_config=only_config(sorted(pending[key] for key in due)),
        tags={STARTED_TAG: "inbox", BATCH_TAG: batch, ATTEMPT_TAG: str(state.attempt(due)), FILES_TAG: str(len(due))},
    )
    return dg.SensorResult(run_requests=[request], cursor=state.ask(batch, due).cursor())


def _skip(reason: str, state: InboxState) -> dg.SensorResult:
    return dg.SensorResult(skip_reason=dg.SkipReason(reason), cursor=state.cursor())


def _pending(settings: Settings) -> list[FoundFile]:
    """The files of the inbox that no run has read as they are now."""
    if not settings.inbox.is_dir():
        return []
    with Warehouse(database_of(settings), TABLES).look() as transaction:
        if transaction is None:
            return find_files([settings.inbox])
        found = places.look(transaction, [settings.inbox], settings.data_dir)
        return [file for file, _ in unread(transaction, found, settings)]


def _after_runs(state: InboxState, instance: dg.DagsterInstance, pending: dict[str, str], now: float) -> InboxState:
    """The outcome of the run that was asked for, and of those that others have started since."""
    if state.asked is not None:
        runs = instance.get_runs(dg.RunsFilter(tags={BATCH_TAG: state.asked.batch}), limit=1)
        status = runs[0].status if runs else None
        ended = {dg.DagsterRunStatus.SUCCESS: Outcome.DONE, dg.DagsterRunStatus.CANCELED: Outcome.CANCELED}
        # A run that was deleted, or never got as far as the queue, has read nothing.
        outcome = ended.get(status, Outcome.FAILED) if status else Outcome.FAILED
        state = state.after_run(outcome, runs[0].run_id if runs else "unknown", pending, now)
    newest = instance.get_runs(dg.RunsFilter(job_name=MAIN_JOB), limit=1)
    if newest and newest[0].status is dg.DagsterRunStatus.SUCCESS and BATCH_TAG not in newest[0].tags:
        return state.forgiven()
    return state
