"""dbt's manifest, parsed again only when the project has changed; it is never stale."""

import json
import os
import shutil
from hashlib import blake2b
from pathlib import Path
from subprocess import run
from sys import executable

from orchestration.dbt_command import DATABASE_FOLDER
from pipeline.databases.duckdb_file import DBT_TARGET
from pipeline.project import DBT_PROJECT, REFERENCE

VERSION_FILE = "project-version"
PARSED = ("manifest.json", "partial_parse.msgpack", VERSION_FILE)
PARSED_AT_SETUP = DBT_PROJECT / "target"
DBT = Path(executable).with_name("verbatim-dbt")


def prepare_manifest(target: Path) -> Path:
    """The manifest of the project as it is now, in ``target``; parsed again only when the project has changed.

    A checkout parses the project at set-up, so that a new data folder only copies what was parsed.
    """
    manifest, version = target / "manifest.json", project_version()
    for folder in (target, PARSED_AT_SETUP):
        if _parsed_version(folder) == version:
            if folder != target:
                target.mkdir(parents=True, exist_ok=True)
                for name in PARSED:
                    shutil.copyfile(folder / name, target / name)
            return manifest
    parse(target)
    return manifest


def parse(target: Path) -> None:
    """Let dbt parse the project into ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    version = project_version()
    # A parse that is cut off must not leave the version of an earlier one beside its files.
    (target / VERSION_FILE).unlink(missing_ok=True)
    environment = {**os.environ, DATABASE_FOLDER: str(target), "DO_NOT_TRACK": "1"}
    # dbt reads the project anew where it was parsed for another target than it is built for, or for none.
    options = {
        "target": DBT_TARGET,
        "project-dir": DBT_PROJECT,
        "profiles-dir": DBT_PROJECT,
        "target-path": target,
        "log-path": target,
    }
    command = [
        str(DBT),
        "--quiet",
        "parse",
        *(part for name, path in options.items() for part in (f"--{name}", str(path))),
    ]
    parsed = run(command, env=environment, capture_output=True, text=True, check=False)
    if parsed.returncode:
        raise RuntimeError(f"dbt cannot parse {DBT_PROJECT}:\n{parsed.stdout}{parsed.stderr}")
    (target / VERSION_FILE).write_text(version, encoding="utf-8")


def project_version() -> str:
    """A hash of everything that dbt parses."""
    digest = blake2b(digest_size=8)
    models = (path for path in DBT_PROJECT.rglob("*") if path.suffix in {".sql", ".yml", ".md"})
    for path in sorted(path for path in (*models, *REFERENCE.glob("*.csv")) if "target" not in path.parts):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _parsed_version(target: Path) -> str | None:
    complete = all((target / name).is_file() for name in PARSED) and _is_whole(target / "manifest.json")
    return (target / VERSION_FILE).read_text(encoding="utf-8") if complete else None


def _is_whole(manifest: Path) -> bool:
    """dbt writes its manifest in place: where the disk was full, only a part of it is there."""
    try:
        json.loads(manifest.read_bytes())
    except ValueError:
        return False
    return True


if __name__ == "__main__":
    prepare_manifest(PARSED_AT_SETUP)
