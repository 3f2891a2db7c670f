"""The Dagster instance of a data folder: its runs, its history, its rules for running."""

from pathlib import Path

import dagster as dg

from orchestration.settings import Settings

CONFIGURATION = """\
# Written by Verbatim; changes here are overwritten.
telemetry:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
  pools:
    default_limit: 1
    granularity: op
run_retries:
  enabled: false
"""


def prepare_home(settings: Settings) -> Path:
    """Create the instance's folder and configuration; returns the folder."""
    home = settings.dagster_home
    home.mkdir(parents=True, exist_ok=True)
    file = home / "dagster.yaml"
    if not file.exists() or file.read_text(encoding="utf-8") != CONFIGURATION:
        file.write_text(CONFIGURATION, encoding="utf-8")
    return home


def open_instance(settings: Settings) -> dg.DagsterInstance:
    return dg.DagsterInstance.from_config(str(prepare_home(settings)))
