"""The models' unit tests: small hand-made cases beside each model, run by dbt on the tables of the sample corpus."""

import os
import shutil
import subprocess
from pathlib import Path

from orchestration.dbt import DBT, PROJECT_DIR
from orchestration.dbt_command import DATABASE_FOLDER
from orchestration.dictionary import INTERMEDIATE, MARTS


def test_every_unit_test_of_the_models_passes(sample_data: Path, tmp_path: Path) -> None:
    shutil.copyfile(sample_data / "build.duckdb", tmp_path / "build.duckdb")
    folders = [
        "--project-dir",
        PROJECT_DIR,
        "--profiles-dir",
        PROJECT_DIR,
        "--target-path",
        tmp_path / "target",
        "--log-path",
        tmp_path,
    ]
    tested = subprocess.run(
        [str(part) for part in (DBT, "test", "--select", "test_type:unit", *folders)],
        env={**os.environ, DATABASE_FOLDER: str(tmp_path), "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout
    n_models = sum(len(list(folder.glob("*.sql"))) for folder in (INTERMEDIATE, MARTS))
    assert f"PASS={n_models} " in tested.stdout
