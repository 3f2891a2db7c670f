"""The main job: everything, from the files given to the published warehouse. And the one that makes weeks of it again."""

from collections.abc import Sequence

import dagster as dg

from assets.documents.asset import documents
from assets.stories.asset import weeks

MAIN_JOB = "main"
RETELL_JOB = "retell_weeks"
FILES_OP = "documents"

main_job = dg.define_asset_job(
    MAIN_JOB,
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(weeks),
    description="Reads new files, extracts what is pending, builds the marts and the report, and publishes them.",
    executor_def=dg.in_process_executor,
)

retell_weeks = dg.define_asset_job(
    RETELL_JOB,
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(documents),
    description=(
        "Tells the stories of the weeks chosen again, with all that hangs on them, builds the marts and the report, and publishes them. "
        "It reads no files; what they held and is still pending is extracted first."
    ),
    executor_def=dg.in_process_executor,
)

STARTED_TAG = "verbatim/started_by"
"""Who started a run: the command line, the schedule or the inbox; a run from the UI has none."""


def files_config(paths: Sequence[str]) -> dict[str, object]:
    """Run configuration that reads these files and folders instead of the inbox."""
    return {"ops": {FILES_OP: {"config": {"paths": list(paths)}}}} if paths else {}


def only_config(labels: Sequence[str]) -> dict[str, object]:
    """Run configuration that reads these files of the inbox, by their labels, and leaves the others for later."""
    return {"ops": {FILES_OP: {"config": {"only": list(labels)}}}}
