"""The daily run; off until it is switched on in the UI."""

import dagster as dg

from orchestration.jobs import STARTED_TAG, main_job

daily = dg.ScheduleDefinition(
    name="daily",
    job=main_job,
    cron_schedule="15 5 * * *",
    description="Reads the inbox every morning at 05:15 UTC.",
    tags={STARTED_TAG: "schedule"},
    default_status=dg.DefaultScheduleStatus.STOPPED,
)
