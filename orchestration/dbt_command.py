"""``verbatim-dbt``: dbt's command line, in the folder of the database that it builds.

The profile names the database by its file name alone, so that to dbt all data folders look the same; another path would
make it parse the whole project again for each. Imports dbt alone, since every run waits for it, and only when called.
"""

import os

DATABASE_FOLDER = "VERBATIM_DATABASE_FOLDER"
"""Environment variable with the folder of ``build.duckdb``; the working directory where it is not set."""


def main() -> None:
    from dbt.cli.main import cli

    os.chdir(os.environ.get(DATABASE_FOLDER, "."))
    cli()
