"""The daily run; off until it is switched on in the UI."""

import dagster as dg

from orchestration.jobs import main_job

daily = dg.ScheduleDefinition(
    name="daily",
    job=main_job,
    cron_schedule="15 5 * * *",
    description="Reads the inbox every morning at 05:15 UTC.",
    default_status=dg.DefaultScheduleStatus.STOPPED,
)
