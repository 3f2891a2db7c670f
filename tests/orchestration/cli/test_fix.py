"""``verbatim fix``: a correction is a row with who and when; a wrong one is refused in a line; the next run applies it."""

import csv
import shutil
from pathlib import Path

import pytest

from orchestration.cli.fix.overrides import COLUMNS, FILE, leads_back
from tests.running import published, verbatim


@pytest.fixture
def data(sample_data: Path, tmp_path: Path) -> Path:
    """A data folder with the published sample and no corrections."""
    shutil.copyfile(sample_data / "warehouse.duckdb", tmp_path / "warehouse.duckdb")
    return tmp_path


def rows(data: Path) -> list[dict[str, str]]:
    with (data / "reference" / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fix(data: Path, *arguments: str) -> str:
    done = verbatim("fix", *arguments, data=data)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_merge_is_kept_under_the_full_names_with_who_when_and_why(data: Path) -> None:
    said = fix(data, "merge", "hollis trent", "Josiah Brandt", "--why", "one man, two names")
    assert "Josiah Brandt is the same as Hollis Trent: 29 mentions" in said
    (row,) = rows(data)
    assert list(row) == list(COLUMNS)
    assert (row["action"], row["kind"], row["name"], row["other_name"]) == (
        "merge",
        "person",
        "Hollis Trent",
        "Josiah Brandt",
    )
    assert row["note"].endswith(": one man, two names")


@pytest.mark.parametrize(
    ("arguments", "row"),
    [
        (["split", "Owen Castell", "Castell"], ("split", "Owen Castell", "Castell", "")),
        (["rename", "Reyde", "Cal Reyde"], ("rename", "Callum Reyde", "Cal Reyde", "")),
        (["ignore", "Port Averley"], ("ignore", "Port Averley", "", "")),
        (["identify", "Dreçil", "Q42"], ("identify", "Jovanka Drecil", "", "Q42")),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_each_correction_is_a_row(data: Path, arguments: list[str], row: tuple[str, ...]) -> None:
    fix(data, *arguments)
    (written,) = rows(data)
    assert (written["action"], written["name"], written["other_name"], written["wikidata_id"]) == row


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["merge", "Owen Castle", "Trent"], "nobody and nothing is called 'Owen Castle'; near it are Owen Castell"),
        (["merge", "Reyde", "Callum Reyde"], "are Callum Reyde already"),
        (["merge", "Owen Castell", "Port Averley"], "nobody and nothing is called 'Port Averley'"),
        (["split", "Owen Castell", "Reyde"], "no mention of Owen Castell reads 'Reyde'"),
        (["identify", "Reyde", "42"], "is no Wikidata item"),
        (["undo"], "there are no corrections"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(data: Path, arguments: list[str], says: str) -> None:
    refused = verbatim("fix", *arguments, data=data)
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (2, 1)
    assert says in refused.stderr
    assert not (data / "reference").exists()


def test_corrections_are_listed_and_taken_back(data: Path) -> None:
    fix(data, "merge", "Hollis Trent", "Josiah Brandt")
    fix(data, "ignore", "Port Averley")
    listed = fix(data, "list")
    assert "Josiah Brandt" in listed
    assert "wikidata_id" not in listed
    assert "taken back: merge Hollis Trent Josiah Brandt" in fix(data, "undo", "1")
    assert [row["action"] for row in rows(data)] == ["ignore"]
    fix(data, "undo")
    assert rows(data) == []


def test_a_circle_and_a_second_time_are_refused(data: Path) -> None:
    fix(data, "merge", "Hollis Trent", "Josiah Brandt")
    circle = verbatim("fix", "merge", "Josiah Brandt", "Hollis Trent", data=data)
    assert (circle.returncode, "has been merged with" in circle.stderr) == (2, True)
    again = verbatim("fix", "merge", "Hollis Trent", "Josiah Brandt", data=data)
    assert (again.returncode, "already; the next run applies it" in again.stderr) == (2, True)


def test_a_long_circle_is_seen() -> None:
    chain = [{"action": "merge", "kind": "person", "name": a, "other_name": b} for a, b in (("A", "B"), ("B", "C"))]
    assert leads_back(chain, "person", "C", "A")
    assert not leads_back(chain, "person", "A", "D")
    assert not leads_back(chain, "place", "C", "A")


def test_rows_that_a_person_wrote_stay(data: Path) -> None:
    (data / "reference").mkdir()
    (data / "reference" / FILE).write_text("action,kind,name,other_name\nignore,place,Nowhere,\n", encoding="utf-8")
    fix(data, "ignore", "Port Averley")
    assert [row["name"] for row in rows(data)] == ["Nowhere", "Port Averley"]


def test_the_next_run_applies_it_and_the_one_after_undo_does_not(sample_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_data, data, symlinks=True)
    names = "SELECT name FROM core.entities WHERE name IN ('Hollis Trent', 'Josiah Brandt') ORDER BY name"
    before = published(data, "FROM core.entities ORDER BY entity_id")
    inbox = tmp_path / "none.txt"
    inbox.write_text(" \n")
    fix(data, "merge", "Hollis Trent", "Josiah Brandt")
    assert verbatim("run", inbox, "--quiet", data=data).returncode == 0
    assert published(data, names)["name"].to_list() == ["Josiah Brandt"], "the name that is printed most"
    aliases = published(data, "SELECT aliases FROM core.entities WHERE name = 'Josiah Brandt'").item().to_list()
    assert {"Hollis Trent", "Josiah Brandt"} <= set(aliases)
    fix(data, "undo")
    assert verbatim("run", inbox, "--quiet", data=data).returncode == 0
    assert published(data, "FROM core.entities ORDER BY entity_id").equals(before)
