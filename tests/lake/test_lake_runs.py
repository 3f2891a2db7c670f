"""Whole runs into a lake give the rows and pages that a DuckDB file has, however they went."""

import shutil
from pathlib import Path

from pipeline.databases.lake import Lake
from pipeline.settings import load_settings
from pipeline.warehouse import database_of, read_only
from tests.end_to_end.test_increments import report_of
from tests.end_to_end.test_interruptions import DAMAGE
from tests.lake.conftest import MakeLake, data_folder
from tests.lake.servers import settings_text
from tests.running import all_tables, differing, python, verbatim

N_QUOTES = "SELECT count(*) FROM core.quotes"


def test_a_reader_is_unmoved_by_a_second_run_after_which_the_lake_has_what_a_file_has(
    in_files: MakeLake, corpus: Path, tmp_path: Path, in_a_file: Path
) -> None:
    data = data_folder(tmp_path / "data", settings_text(in_files()))
    kept_back = shutil.move(corpus / "recount" / "estmere-tribune", tmp_path / "later")
    done = verbatim("run", corpus, data=data)
    assert done.returncode == 0, done.stderr
    with read_only(load_settings(data).published) as reader:
        before = reader.execute(N_QUOTES).fetchone()
        shutil.move(kept_back, corpus / "recount" / "estmere-tribune")
        done = verbatim("run", corpus, data=data)
        assert done.returncode == 0, done.stderr
        assert reader.execute(N_QUOTES).fetchone() == before
    assert differing(all_tables(data), all_tables(in_a_file)) == []
    assert report_of(data) == report_of(in_a_file)
    commands(data, in_a_file, tmp_path)


def commands(data: Path, in_a_file: Path, folder: Path) -> None:
    """What reads a release says the same of both kinds."""
    for command in (("search", "recount"), ("sql", "FROM marts.quote_coverage ORDER BY ALL LIMIT 5")):
        lake, file = verbatim(*command, data=data), verbatim(*command, data=in_a_file)
        assert (lake.returncode, lake.stdout) == (0, file.stdout), lake.stderr
    for number, told in enumerate((data, in_a_file)):
        exported = verbatim("export", folder / f"export-{number}", "--format", "csv", data=told)
        assert exported.returncode == 0, exported.stderr
    one, other = (
        {path.name: path.read_bytes() for path in (folder / f"export-{number}").glob("*.csv")} for number in range(2)
    )
    assert one == other
    assert "core.quotes" in verbatim("status", data=data).stdout
    told = verbatim("doctor", data=data)
    assert (told.returncode, "✓ lake" in told.stdout, "a snapshot of the lake" in told.stdout) == (0, True, True)


def test_a_killed_run_goes_on_where_it_was_and_a_second_writer_is_refused(
    on_servers: MakeLake, corpus: Path, tmp_path: Path, in_a_file: Path
) -> None:
    address = on_servers()
    data = data_folder(tmp_path / "data", settings_text(address).replace("[warehouse]", "workers = 1\n[warehouse]"))
    killed = python(DAMAGE, "dbt", data, corpus)
    assert killed.returncode == -9, killed.stdout + killed.stderr
    assert not load_settings(data).published.exists()
    with Lake(address, tmp_path / "scratch").sole_writer():
        refused = verbatim("run", corpus, data=data)
    assert refused.returncode == 2
    assert refused.stderr.startswith(
        f"verbatim: another run is writing to the lake {address.catalog} (127.0.0.1, since "
    )
    assert len(refused.stderr.splitlines()) == 1
    with database_of(load_settings(data)).look() as lake:
        n_extracted = lake.execute("SELECT count(*) FROM work.ledger WHERE step = 'quotes'").fetchone()
    done = verbatim("run", corpus, data=data)
    assert done.returncode == 0, done.stderr
    assert n_extracted[0] > 0
    assert differing(all_tables(data), all_tables(in_a_file)) == []
    assert report_of(data) == report_of(in_a_file)
    assert_nothing_secret(data)


def assert_nothing_secret(data: Path) -> None:
    """Neither what a run leaves in the data folder nor what it logs has the key to the storage."""
    with_it = [path for path in data.rglob("*") if path.is_file() and b"not to be seen" in path.read_bytes()]
    assert with_it == []
