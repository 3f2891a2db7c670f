"""The main job on the sample corpus: every table and mart has rows that a reader of the files would agree with."""

import json
from pathlib import Path

import pytest

from orchestration.tables import PUBLIC_TABLES
from pipeline.project import ROOT
from tests.running import published

GOLD = json.loads((ROOT / "tests" / "sample" / "gold.json").read_text(encoding="utf-8"))
MARTS = sorted(path.stem for path in (ROOT / "dbt_project" / "models" / "marts").glob("*.sql"))
EMPTY_IN_THE_SAMPLE = {"core.non_articles", "core.corrections", "core.alert_rules", "marts.alerts"}


@pytest.mark.parametrize("table", [table.path for table in PUBLIC_TABLES] + [f"marts.{mart}" for mart in MARTS])
def test_every_table_and_mart_has_rows(sample_data: Path, table: str) -> None:
    n_rows = published(sample_data, f"SELECT count(*) AS n FROM {table}")["n"][0]
    assert (n_rows == 0) == (table in EMPTY_IN_THE_SAMPLE)


def test_nothing_is_lost(sample_data: Path) -> None:
    documents, duplicates, rejects = (
        published(sample_data, f"SELECT path, record_no FROM raw.{table} ORDER BY ALL").rows()
        for table in ("documents", "duplicates", "rejects")
    )
    assert len(documents) == len(GOLD["documents"])
    assert [path.removeprefix("articles/") for path, _ in duplicates] == [d["path"] for d in GOLD["duplicates"]]
    assert sorted(path.removeprefix("articles/") for path, _ in rejects) == sorted(r["path"] for r in GOLD["rejects"])


def gold_by_place() -> dict[tuple[str, int], dict]:
    return {(f"articles/{document['file']}", document.get("record") or 0): document for document in GOLD["documents"]}


def test_outlets_and_agencies_are_those_of_the_labels(sample_data: Path) -> None:
    found = published(
        sample_data,
        "SELECT path, record_no, source.name AS outlet, agency.name AS agency FROM core.articles "
        "JOIN raw.documents USING (document_id) JOIN core.sources AS source USING (source_id) "
        "LEFT JOIN core.sources AS agency ON agency.source_id = agency_id",
    )
    gold = gold_by_place()
    wrong = [row for row in found.rows() if row[2] != gold[row[:2]]["outlet"]]
    assert wrong == []
    wrong = [row for row in found.rows() if row[3] != gold[row[:2]]["agency"]]
    assert len(wrong) <= 0.1 * len(gold), wrong


def test_a_view_of_the_published_file_resolves_although_it_was_built_under_another_name(sample_data: Path) -> None:
    counts = published(
        sample_data, "SELECT (SELECT count(*) FROM staging.stg_quotes) AS a, (SELECT count(*) FROM core.quotes) AS b"
    )
    assert counts["a"][0] == counts["b"][0] > 0
