"""Work in proportion to what changed, and the same tables however they came about."""

import shutil
from pathlib import Path

from pipeline.warehouse import Warehouse
from tests.running import SAMPLE, all_tables, differing, published, verbatim


def ledger_of(data: Path) -> dict[tuple[str, str], str]:
    with Warehouse(data / "build.duckdb").transaction() as transaction:
        return {(step, item): version for item, step, version in transaction.query("FROM work.ledger").iter_rows()}


def report_of(data: Path) -> dict[Path, bytes]:
    report = (data / "report").resolve()
    return {path.relative_to(report): path.read_bytes() for path in report.rglob("*") if path.is_file()}


def linked_pages(data: Path) -> int:
    return sum(path.stat().st_nlink > 1 for path in (data / "report").resolve().rglob("*.html"))


def extracted(data: Path) -> dict[tuple[str, str], str]:
    """What was done to single articles and hangs on them alone."""
    steps = {"articles", "entities", "phrases", "quotes"}
    return {key: version for key, version in ledger_of(data).items() if key[0] in steps}


def test_a_second_run_extracts_nothing_and_leaves_every_table_equal(sample_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_data, data, symlinks=True)
    before = all_tables(data)
    done = verbatim("run", SAMPLE, data=data)
    assert done.returncode == 0, done.stderr
    assert differing(before, all_tables(data)) == []
    assert ledger_of(data) == ledger_of(sample_data)
    assert (data / "logs" / "dbt.log").read_bytes() == (sample_data / "logs" / "dbt.log").read_bytes(), (
        "dbt is not started"
    )
    assert report_of(data) == report_of(sample_data)


def test_one_more_file_is_the_only_one_extracted_and_gives_what_a_full_run_gives(
    corpus: Path, tmp_path: Path, undisturbed: Path
) -> None:
    data = tmp_path / "data"
    late = corpus / "recount" / "estmere-tribune" / "quill-wins-recount.html"
    kept_back = late.rename(tmp_path / "late.html")
    assert verbatim("run", corpus, data=data).returncode == 0
    first = extracted(data)
    kept_back.rename(late)
    done = verbatim("run", corpus, data=data)
    assert done.returncode == 0, done.stderr
    second = extracted(data)
    assert {key: second[key] for key in first} == first
    assert sorted(step for step, _ in second.keys() - first.keys()) == ["articles", "entities", "phrases", "quotes"]
    assert differing(all_tables(data), all_tables(undisturbed)) == []
    assert report_of(data) == report_of(undisturbed)
    assert linked_pages(data) > 0, "pages that stayed as they were are the files of the release before"


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
