"""dbt's own tests: the models' unit tests pass, tests of the data fail where the data are wrong, lists are made new."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import duckdb

from orchestration.dbt_command import DATABASE_FOLDER
from orchestration.dbt_manifest import DBT
from orchestration.documentation import INTERMEDIATE, MARTS
from pipeline.project import DBT_PROJECT


def dbt(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """dbt on the ``build.duckdb`` in a folder."""
    places = {
        "--project-dir": DBT_PROJECT,
        "--profiles-dir": DBT_PROJECT,
        "--target-path": folder / "target",
        "--log-path": folder,
    }
    command = [DBT, "--no-use-colors", *arguments, *(part for place in places.items() for part in place)]
    return subprocess.run(
        [str(part) for part in command],
        env={**os.environ, DATABASE_FOLDER: str(folder), "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_unit_test_of_the_models_passes(sample_data: Path, tmp_path: Path) -> None:
    """Small hand-made cases beside each model, run by dbt on the tables of the sample corpus."""
    shutil.copyfile(sample_data / "build.duckdb", tmp_path / "build.duckdb")
    tested = dbt(tmp_path, "test", "--select", "test_type:unit")
    assert tested.returncode == 0, tested.stdout
    n_models = sum(len(list(folder.glob("*.sql"))) for folder in (INTERMEDIATE, MARTS))
    assert f"PASS={n_models} " in tested.stdout


BROKEN = [
    "relation: a word that it may not hold",
    "statement_id, outlet_id: there twice",
    "story_id: of no row in stg_stories",
]


def test_keys_that_are_there_twice_unknown_ids_and_undeclared_values_fail(sample_data: Path, tmp_path: Path) -> None:
    shutil.copyfile(sample_data / "build.duckdb", tmp_path / "build.duckdb")
    with duckdb.connect(tmp_path / "build.duckdb") as connection:
        connection.execute("UPDATE marts.quote_coverage SET story_id = 'nowhere' WHERE carried")
        connection.execute("UPDATE marts.quote_coverage SET relation = 'alike' WHERE NOT carried")
        connection.execute("INSERT INTO marts.quote_coverage FROM marts.quote_coverage WHERE carried LIMIT 1")
    tested = dbt(tmp_path, "test", "--select", "quote_coverage,test_type:data")
    failed = {line.split()[6] for line in tested.stdout.splitlines() if line.split()[4:5] == ["FAIL"]}
    assert failed == {"rows_of_quote_coverage_hold"}, tested.stdout
    (query,) = tmp_path.rglob("compiled/**/rows_of_quote_coverage_hold.sql")
    with duckdb.connect(tmp_path / "build.duckdb", read_only=True) as connection:
        broken = connection.sql(
            f"SELECT DISTINCT broken FROM ({query.read_text(encoding='utf-8')}) ORDER BY ALL"
        ).fetchall()
    assert [what for (what,) in broken] == BROKEN


def test_articles_and_printings_are_joined_in_the_intermediate_layer_alone() -> None:
    joined_there = {"stg_articles", "stg_stories", "stg_statement_quotes"}
    for mart in MARTS.glob("*.sql"):
        used = set(re.findall(r"ref\('(\w+)'\)", mart.read_text(encoding="utf-8")))
        assert used.isdisjoint(joined_there), mart.name


def test_a_list_is_made_new_whatever_columns_it_had(sample_data: Path, tmp_path: Path) -> None:
    """A list without a row once had columns of numbers, into which a user's first correction did not fit."""
    shutil.copyfile(sample_data / "build.duckdb", tmp_path / "build.duckdb")
    with duckdb.connect(tmp_path / "build.duckdb") as connection:
        connection.execute("CREATE OR REPLACE TABLE reference.entity_overrides (action INTEGER)")
    seeded = dbt(tmp_path, "seed", "--select", "entity_overrides")
    assert seeded.returncode == 0, seeded.stdout
    with duckdb.connect(tmp_path / "build.duckdb", read_only=True) as connection:
        columns = connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'reference'"
        ).fetchall()
    assert {data_type for _, data_type in columns} == {"VARCHAR"}
    assert {"action", "kind", "other_name", "wikidata_id"} <= {name for name, _ in columns}
