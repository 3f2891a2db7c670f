"""``verbatim search`` on the sample corpus: what is found, what is shown of it, and what is said where nothing is."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.running import published, verbatim


def search(data: Path, *arguments: str) -> str:
    found = verbatim("search", *arguments, data=data)
    assert found.returncode == 0, found.stderr
    return found.stdout


def rows(data: Path, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(search(data, *arguments, "--format", "csv", "--limit", "0"))))


def test_a_result_shows_who_where_when_the_words_marked_and_what_stands_around(sample_data: Path) -> None:
    shown = search(sample_data, "ceasefires", "--outlet", "marland")
    assert "Callum Reyde  The Marland Standard · 2026-09-11 · direct · 9373ab5c6f5c5e2b" in shown
    assert "round-the-clock working. ‘This is a *ceasefire*, not a peace." in shown
    assert "thrown them away,’ said Callum Reyde" in shown
    assert "1 quotation: The Marland Standard 1" in shown


def test_counts_are_by_outlet_and_say_what_is_left_out(sample_data: Path) -> None:
    last = search(sample_data, "river", "--limit", "2").strip().split("\n\n")[-1].replace("\n", " ")
    found = rows(sample_data, "river")
    assert last.startswith(f"{len(found)} quotations (the first 2 are shown; --limit 0 shows all): ")
    outlets = [row["outlet"] for row in found]
    assert f"Calder Herald {outlets.count('Calder Herald')}" in last


@pytest.mark.parametrize(
    ("options", "column", "values"),
    [
        (["--outlet", "calder"], "outlet", {"Calder Herald"}),
        (["--speaker", "marta"], "speaker", {"Marta Castell"}),
        (["--kind", "indirect"], "kind", {"indirect"}),
        (["--kind", "block", "--kind", "partial"], "kind", {"block"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_results_can_be_narrowed(sample_data: Path, options: list[str], column: str, values: set[str]) -> None:
    assert {row[column] for row in rows(sample_data, "river", *options)} == values


def test_since_leaves_out_what_is_older(sample_data: Path) -> None:
    days = {row["published_at"][:10] for row in rows(sample_data, "river")}
    assert {row["published_at"][:10] for row in rows(sample_data, "river", "--since", "2026-09-10")} == {
        day for day in days if day >= "2026-09-10"
    }


def test_words_in_quotation_marks_stand_together(sample_data: Path) -> None:
    phrase = rows(sample_data, '"not a peace"', "--in", "articles")
    words = rows(sample_data, "not a peace", "--in", "articles")
    assert 0 < len(phrase) <= len(words)
    assert all("not a peace" in row["text"] for row in phrase)


def test_statements_name_all_their_outlets(sample_data: Path) -> None:
    found = json.loads(search(sample_data, "alibi fax", "--in", "statements", "--format", "json"))
    expected = published(
        sample_data,
        "SELECT list_sort(list(DISTINCT outlet)) FROM intermediate.int_printings WHERE statement LIKE 'A fax to an empty%'",
    ).item()
    assert next(row for row in found if row["text"].startswith("A fax"))["outlets"] == expected.to_list()


def test_the_same_search_in_sql(sample_data: Path) -> None:
    ids = published(sample_data, "SELECT quote_id FROM search_quotes('river')")["quote_id"].to_list()
    assert [row["id"] for row in rows(sample_data, "river")] == ids


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["xylophone"], "no text has the word 'xylophone'"),
        (["river xylophone zither"], "no text has the words 'xylophone', 'zither'"),
        (["river", "--speaker", "Owen Kastell"], "no speaker is called 'Owen Kastell'; near it are Owen Castell"),
        (["river", "--outlet", "Calder Tribune"], "no outlet is called 'Calder Tribune'"),
        (["…"], "name at least one word"),
    ],
    ids=str,
)
def test_what_is_not_there_is_named(sample_data: Path, arguments: list[str], says: str) -> None:
    refused = verbatim("search", *arguments, data=sample_data)
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (2, 1)
    assert says in refused.stderr


def test_nothing_found_is_no_error(sample_data: Path) -> None:
    assert "No quotation holds all these words" in search(sample_data, "ceasefire mayor gauges")
