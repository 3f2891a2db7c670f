"""``verbatim fix``: a correction is a row with who and when; a wrong one is refused in a line; the next run applies it."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from assets.corrections.lists import COLUMNS, ENTITIES, OUTLETS, QUOTES
from orchestration.cli.fix.files import leads_back
from tests.running import SAMPLE, all_tables, differing, published, verbatim

FAX = "Sending a fax to nobody is no warning"
ALERTS = """
[[alert]]
name = "fax"
watch = "said"
speaker = "thorley"
phrase = "sending a fax"
"""
FLOOD_ROW = "articles/flood/pinebridge-ledger_flood-row.txt"


@pytest.fixture
def data(sample_data: Path, tmp_path: Path) -> Path:
    """A data folder with the published sample and no corrections."""
    shutil.copyfile(sample_data / "warehouse.duckdb", tmp_path / "warehouse.duckdb")
    return tmp_path


def rows(data: Path, name: str = ENTITIES) -> list[dict[str, str]]:
    with (data / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fix(data: Path, *arguments: str) -> str:
    done = verbatim("fix", *arguments, data=data)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_merge_is_kept_under_the_full_names_with_who_when_and_why(data: Path) -> None:
    said = fix(data, "merge", "hollis trent", "Josiah Brandt", "--why", "one man, two names")
    assert "Josiah Brandt is the same as Hollis Trent: 29 mentions" in said
    (row,) = rows(data)
    assert list(row) == list(COLUMNS[ENTITIES])
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
        (["outlet", "no-such-file.txt", "The Lantern"], "no article was read from such a file"),
        (["outlet", "commission.html", "The Lantern"], "no article was read from such a file"),
        (["outlet", FLOOD_ROW, "The Pinebridge Ledger"], "is an article of The Pinebridge Ledger already"),
        (["outlet", FLOOD_ROW, "The Lantern", "--record", "2"], "no article was read from such a file with a record 2"),
        (["speaker", "words that nobody said", "Reyde"], "no quotation has this id or these words"),
        (["speaker", "We share a river", "Reyde"], "4 quotations have these words; name one by its id, or say --all"),
        (["speaker", FAX, "Owen Castell"], "Owen Castell is the speaker already"),
        (["speaker", FAX, "Zed Quill"], "near it are Lenora Quill, Bram Quillan; with --new it is a name"),
        (["speaker", FAX], "name the speaker, or say --nobody"),
        (["speaker", FAX, "Reyde", "--nobody"], "name the speaker, or say --nobody"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(data: Path, arguments: list[str], says: str) -> None:
    refused = verbatim("fix", *arguments, data=data)
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (2, 1), refused.stderr
    assert says in refused.stderr
    assert not (data / "reference").exists()


def test_the_outlet_of_a_file_is_kept_with_what_was_found(data: Path) -> None:
    said = fix(data, "outlet", "pinebridge-ledger_flood-row.txt", "The Lantern", "--why", "its masthead")
    assert "1 article of The Lantern, not of The Pinebridge Ledger" in said
    (row,) = rows(data, OUTLETS)
    assert (row["file"], row["record"], row["outlet"], row["found"]) == (
        FLOOD_ROW, "", "The Lantern", "The Pinebridge Ledger",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "speakers"),
    [
        (["speaker", FAX, "thorley"], [("speaker", "Agnes Thorley", "person", "Owen Castell")]),
        (["speaker", FAX, "Zed Quill", "--new"], [("speaker", "Zed Quill", "", "Owen Castell")]),
        (["speaker", FAX, "--nobody"], [("speaker", "", "", "Owen Castell")]),
        (["speaker", "We share a river", "Reyde", "--all"], [("speaker", "Callum Reyde", "person", "Agnes Thorley")] * 4),
        (["not-a-quote", FAX], [("not-a-quote", "", "", "Owen Castell")]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value[0], str) else "",
)  # fmt: skip
def test_a_quotation_is_kept_with_its_words_and_who_was_found(
    data: Path, arguments: list[str], speakers: list[tuple[str, ...]]
) -> None:
    fix(data, *arguments)
    written = rows(data, QUOTES)
    assert [(row["action"], row["speaker"], row["kind"], row["found"]) for row in written] == speakers
    (printed,) = published(
        data, f"SELECT article_id, start::VARCHAR AS start, text FROM core.quotes WHERE quote_id = '{written[0]['quote_id']}'"
    ).rows()  # fmt: skip
    assert (written[0]["article_id"], written[0]["start"], written[0]["words"]) == printed


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
    (data / "reference" / f"{ENTITIES}.csv").write_text(
        "action,kind,name,other_name\nignore,place,Nowhere,\n", encoding="utf-8"
    )
    fix(data, "ignore", "Port Averley")
    assert [row["name"] for row in rows(data)] == ["Nowhere", "Port Averley"]


def test_a_run_applies_them_as_a_full_run_does_and_after_undo_all_is_as_before(
    sample_data: Path, tmp_path: Path
) -> None:
    data, again = tmp_path / "data", tmp_path / "again"
    shutil.copytree(sample_data, data, symlinks=True)
    before = all_tables(data)
    inbox = tmp_path / "none.txt"
    inbox.write_text(" \n")
    fix(data, "merge", "Hollis Trent", "Josiah Brandt")
    fix(data, "outlet", FLOOD_ROW, "The Lantern")
    fix(data, "speaker", FAX, "Thorley")
    fix(data, "not-a-quote", "We share a river", "--all")
    (data / "alerts.toml").write_text(ALERTS, encoding="utf-8")
    shutil.copytree(data / "reference", again / "reference")
    shutil.copyfile(data / "alerts.toml", again / "alerts.toml")
    run = verbatim("run", inbox, "--json", data=data)
    assert run.returncode == 0, run.stderr
    (match,) = published(data, "SELECT outlet, speaker, text FROM marts.alerts").rows()
    assert match == ("The Lantern", "Agnes Thorley", f"{FAX}, it is an excuse."), (
        "what was corrected is what alerts see"
    )
    assert json.loads(run.stdout)["new_alerts"] == 1
    names = "SELECT name, aliases, corrected FROM core.entities WHERE name IN ('Hollis Trent', 'Josiah Brandt')"
    ((name, aliases, is_corrected),) = published(data, names).rows()
    assert (name, is_corrected) == ("Josiah Brandt", True), "the name that is printed most"
    assert {"Hollis Trent", "Josiah Brandt"} <= set(aliases)
    outlets = "SELECT name, document_id FROM core.articles JOIN core.sources USING (source_id) WHERE corrected"
    assert published(data, outlets)["name"].to_list() == ["The Lantern"]
    quotes = "SELECT e.name, rule, confidence FROM core.quotes JOIN core.entities AS e ON speaker_id = entity_id WHERE quotes.corrected"
    assert published(data, quotes).rows() == [("Agnes Thorley", "corrected", 1.0)]
    assert published(data, "FROM core.quotes WHERE text LIKE 'We share a river%'").is_empty()
    labels = published(data, "SELECT action, count(*) FROM core.corrections GROUP BY ALL ORDER BY ALL").rows()
    assert labels == [("merge", 1), ("not-a-quote", 4), ("outlet", 1), ("speaker", 1)]

    assert verbatim("run", SAMPLE, inbox, "--quiet", data=again).returncode == 0
    assert differing(all_tables(data), all_tables(again)) == []

    for _ in labels_of(data):
        fix(data, "undo")
    (data / "alerts.toml").unlink()
    assert verbatim("run", inbox, "--quiet", data=data).returncode == 0
    assert differing(all_tables(data), before) == ["raw.rejects", "staging.stg_rejects"], "the empty file"


def labels_of(data: Path) -> list[int]:
    return published(data, "SELECT number FROM core.corrections")["number"].to_list()
