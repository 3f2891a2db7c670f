"""``verbatim ui``: Dagster's pages, served from the data folder."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.caches import keep_compiled_code
from orchestration.cli.command import Data, tell
from pipeline.settings import DATA_VARIABLE, load_settings
from pipeline.warehouse import WarehouseError, sole_writer


def ui(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 3000,
    data: Data = None,
) -> None:
    """Serve Dagster's UI on 127.0.0.1.

    The daily schedule and the inbox sensor can be switched on there.
    """
    keep_compiled_code(tell)
    from pipeline.instance import mark_killed_runs_failed, open_instance, prepare_home, prepare_workspace

    settings = load_settings(data)
    settings.inbox.mkdir(parents=True, exist_ok=True)
    # A held lock means a live run; then no run was killed.
    with suppress(WarehouseError), sole_writer(settings.lock), open_instance(settings) as instance:
        mark_killed_runs_failed(instance)
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(prepare_home(settings)),
        DATA_VARIABLE: str(settings.data_dir),
        "PYTHONUNBUFFERED": "1",
    }
    dagster = Path(sys.executable).with_name("dagster")
    workspace = prepare_workspace(settings, "orchestration.code_location")
    serve = [str(dagster), "dev", "-w", str(workspace), "--host", "127.0.0.1", "--port", str(port)]
    raise typer.Exit(subprocess.call(serve, env=environment))
