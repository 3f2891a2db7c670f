"""``verbatim-dbt``: dbt's command line, in the folder of the database that it builds.

The profile names the database by its file name alone, so that to dbt all data folders look the same; another path would
make it parse the whole project again for each. Imports dbt alone, since every run waits for it, and only when called.
"""

import os
import threading
import time

from pipeline.garbage import collect_rarely

DATABASE_FOLDER = "VERBATIM_DATABASE_FOLDER"
"""Environment variable with the folder of ``build.duckdb``; the working directory where it is not set."""


def end_with(parent: int) -> None:
    """End when the run that started this has been killed: the next one needs the database."""
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


def main() -> None:
    collect_rarely()
    threading.Thread(target=end_with, args=[os.getppid()], daemon=True).start()
    from dbt.cli.main import cli

    os.chdir(os.environ.get(DATABASE_FOLDER, "."))
    cli()
