"""A run that is killed or fails: readers keep what was published, and the next run ends as if nothing had happened."""

import shutil
from pathlib import Path

import pytest

from pipeline.warehouse import Warehouse
from tests.running import SAMPLE, all_tables, differing, know_sample_outlets, python, verbatim

DAMAGE = """
import os, signal, sys
from pathlib import Path
from orchestration import dbt, publish
from pipeline import ledger
from orchestration.cli import main

def die(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)

point, data, corpus = sys.argv[1:]
if point == "extraction":
    record, calls = ledger.record, []
    def second_time(*arguments):
        calls.append(1)
        die() if len(calls) == 3 else record(*arguments)
    ledger.record = second_time
elif point == "dbt":
    stream = dbt.DbtCli.cli
    def dying(*arguments, **options):
        invocation = stream(*arguments, **options)
        for number, _ in enumerate(invocation.stream()):
            if number == 20:
                die()
        raise AssertionError("dbt ended before it was killed")
    dbt.DbtCli.cli = dying
elif point == "publishing":
    publish._point = die
sys.argv = ["verbatim", "run", corpus, "--data", data]
main()
"""


@pytest.mark.parametrize("point", ["extraction", "dbt", "publishing"])
def test_a_run_killed_anywhere_leaves_readers_alone_and_the_next_one_ends_as_if_it_had_not_been(
    corpus: Path, tmp_path: Path, undisturbed: Path, point: str
) -> None:
    data = tmp_path / "data"
    know_sample_outlets(data)
    (data / "verbatim.toml").write_text("batch_size = 3\nworkers = 1\n")
    killed = python(DAMAGE, point, data, corpus)
    assert killed.returncode == -9, killed.stdout + killed.stderr
    assert not (data / "warehouse.duckdb").exists()
    done = verbatim("run", corpus, data=data)
    assert done.returncode == 0, done.stderr
    assert differing(all_tables(data), all_tables(undisturbed)) == []
    assert not list((data / "releases").glob("*.part"))


def test_a_run_that_fails_leaves_the_published_version_untouched(sample_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_data, data, symlinks=True)
    release, before = (data / "current").readlink(), all_tables(data)
    with Warehouse(data / "build.duckdb").transaction() as transaction:
        transaction.execute("UPDATE work.files SET n_seen = n_seen + 1 WHERE path LIKE '%tagblatt%'")
    done = verbatim("run", SAMPLE, data=data)
    assert done.returncode == 1
    assert "nothing_lost" in done.stderr
    assert (data / "current").readlink() == release
    assert differing(before, all_tables(data)) == []
