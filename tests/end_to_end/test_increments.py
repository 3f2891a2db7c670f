"""Work in proportion to what changed, and the same tables however they came about."""

import shutil
from pathlib import Path

import pytest

from orchestration.warehouse import Warehouse
from tests.running import SAMPLE, all_tables, differing, published, python, verbatim

DAMAGE = """
import os, signal, sys
from pathlib import Path
from orchestration import dbt, ledger, publish
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


def make_corpus(folder: Path) -> Path:
    """A part of the sample that holds one of everything; files keep their times, so that tables can be equal."""
    shutil.copytree(SAMPLE / "recount", folder / "recount")
    shutil.copytree(SAMPLE / "damaged", folder / "damaged")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "inbox")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the corpus was read in one go."""
    folder = tmp_path_factory.mktemp("undisturbed")
    done = verbatim("run", make_corpus(folder / "inbox"), data=folder / "data")
    assert done.returncode == 0, done.stderr
    return folder / "data"


def ledger_of(data: Path) -> dict[tuple[str, str], str]:
    with Warehouse(data / "build.duckdb").transaction() as transaction:
        return {(step, item): version for item, step, version in transaction.query("FROM work.ledger").iter_rows()}


def test_a_second_run_extracts_nothing_and_leaves_every_table_equal(sample_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_data, data, symlinks=True)
    before = all_tables(data)
    done = verbatim("run", SAMPLE, data=data)
    assert done.returncode == 0, done.stderr
    assert differing(before, all_tables(data)) == []
    assert ledger_of(data) == ledger_of(sample_data)


def test_one_more_file_is_the_only_one_extracted_and_gives_what_a_full_run_gives(
    corpus: Path, tmp_path: Path, undisturbed: Path
) -> None:
    data = tmp_path / "data"
    late = corpus / "recount" / "estmere-tribune" / "quill-wins-recount.html"
    kept_back = late.rename(tmp_path / "late.html")
    assert verbatim("run", corpus, data=data).returncode == 0
    first = ledger_of(data)
    kept_back.rename(late)
    done = verbatim("run", corpus, data=data)
    assert done.returncode == 0, done.stderr
    second = ledger_of(data)
    assert {key: second[key] for key in first} == first
    assert sorted(step for step, _ in second.keys() - first.keys()) == ["articles", "entities", "quotes"]
    assert differing(all_tables(data), all_tables(undisturbed)) == []


NOTE = """Averley council votes on the quay wall

The council of Port Averley met on {day} to vote on the quay wall, which has been closed to traffic since the storm in June.

“We have waited long enough, and the wall has not waited for us,” said the chair of the works committee, Ada Brook.

The vote was taken after four hours. The work is to begin in October and will cost the town two million crowns.
"""


def test_a_file_that_changed_replaces_what_it_held(corpus: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    changed = corpus / "note.txt"
    for day in ("Tuesday", "Friday"):
        changed.write_text(NOTE.format(day=day), encoding="utf-8")
        assert verbatim("run", corpus, data=data).returncode == 0
    bodies = published(
        data, "SELECT body FROM core.articles JOIN raw.documents USING (document_id) WHERE path LIKE '%note.txt'"
    )
    assert bodies.height == 1
    assert "Friday" in bodies["body"][0]


@pytest.mark.parametrize("point", ["extraction", "dbt", "publishing"])
def test_a_run_killed_anywhere_leaves_readers_alone_and_the_next_one_ends_as_if_it_had_not_been(
    corpus: Path, tmp_path: Path, undisturbed: Path, point: str
) -> None:
    data = tmp_path / "data"
    data.mkdir()
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
