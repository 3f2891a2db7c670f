"""A hook of mkdocs: dbt's own documentation of the models, as one page of the site. It is made without the network."""

import os
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from orchestration.dbt_command import DATABASE_FOLDER
from orchestration.dbt_manifest import DBT
from pipeline.project import DBT_PROJECT

ADDRESS = "dbt/index.html"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the page among the files of the site, so that a link to it is checked as any other is."""
    files.append(File.generated(config, ADDRESS, content=models_page()))
    return files


def models_page() -> bytes:
    """The project as dbt documents it, with its models, columns, tests and their graph, in one file of HTML.

    It tells what the project declares: the database that dbt is given is empty, and no host is asked for anything.
    """
    with TemporaryDirectory() as folder:
        options = {"project-dir": DBT_PROJECT, "profiles-dir": DBT_PROJECT, "target-path": folder, "log-path": folder}
        command = [str(DBT), "--quiet", "docs", "generate", "--static", "--empty-catalog"]
        command += [part for name, path in options.items() for part in (f"--{name}", str(path))]
        environment = {**os.environ, DATABASE_FOLDER: folder, "DO_NOT_TRACK": "1"}
        made = run(command, env=environment, capture_output=True, text=True, check=False)
        if made.returncode:
            raise RuntimeError(f"dbt cannot document {DBT_PROJECT}:\n{made.stdout}{made.stderr}")
        return (Path(folder) / "static_index.html").read_bytes()
