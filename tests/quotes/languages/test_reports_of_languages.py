"""Speech without marks in the languages that report it by a conjunction: every row of reports.txt."""

from pathlib import Path

import pytest

from assets.text.languages.press import press, press_languages
from tests.quotes.languages.test_names_of_speakers import rows_of

Row = tuple[str, str, str, str, str]


def _row(line: str) -> Row:
    language, shape, text, words, speaker = (cell.strip() for cell in line.split("|"))
    return language, shape, text, words, speaker


ROWS = [
    _row(line)
    for line in Path(__file__).with_name("reports.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(
    ("language", "shape", "text", "words", "speaker"), ROWS, ids=[f"{row[0]}: {row[2]}" for row in ROWS]
)
def test_reports(language: str, shape: str, text: str, words: str, speaker: str) -> None:
    found = [row for row in rows_of(text, language) if row["kind"] == "indirect"]
    assert [row["text"] for row in found] == ([] if words == "-" else words.split("; "))
    assert {row["speaker_text"] or "-" for row in found} == (set() if words == "-" else {speaker})


def test_every_language_whose_reports_are_found_has_rows() -> None:
    with_reports = {code for code in press_languages() if press(code).reports and not press(code).subjunctive}
    assert {row[0] for row in ROWS if row[1] != "none"} == with_reports
    assert {row[0] for row in ROWS if row[1] == "none"} == with_reports
