"""German speech without marks: which words are reported, and by whom."""

import pytest

from tests.quotes.languages.test_names_of_speakers import rows_of

# name, text, [(reported words, speaker as printed)]
REPORTS = [
    ("dass", "Ida Roh sagte am Montag, dass die Brücke gesperrt bleibt.", [("dass die Brücke gesperrt bleibt", "Ida Roh")]),
    ("subjunctive", "Der Bürgermeister erklärte, die Brücke sei seit Jahren nicht geprüft worden.", [("die Brücke sei seit Jahren nicht geprüft worden", "Der Bürgermeister")]),
    ("infinitive", "Tom Quill kündigte an, den Damm noch vor dem Winter zu bauen.", [("den Damm noch vor dem Winter zu bauen", "Tom Quill")]),
    ("said after", "Die Brücke bleibe bis Montag gesperrt, sagte Ida Roh.", [("Die Brücke bleibe bis Montag gesperrt", "Ida Roh")]),
    ("so", "Das Ufer ist an drei Stellen unterspült, so die Hafenbehörde.", [("Das Ufer ist an drei Stellen unterspült", "die Hafenbehörde")]),
    ("wie", "Wie die Polizei mitteilte, wurden zwei Schiffe beschädigt.", [("wurden zwei Schiffe beschädigt", "die Polizei")]),
    ("wie behind the words", "Zwei Schiffe wurden am Montag beschädigt, wie die Polizei mitteilte.", [("Zwei Schiffe wurden am Montag beschädigt", "die Polizei")]),
    ("laut", "Laut Ida Roh ist der Kran nicht mehr zu retten.", [("ist der Kran nicht mehr zu retten", "Ida Roh")]),
    ("nach Angaben", "Nach Angaben der Hafenbehörde liefen vier Schiffe zu spät ein.", [("liefen vier Schiffe zu spät ein", "der Hafenbehörde")]),
    ("compound source", "Nach Polizeiangaben wurde niemand bei dem Unfall verletzt.", [("wurde niemand bei dem Unfall verletzt", "Polizeiangaben")]),
    ("zufolge", "Der Zeitung zufolge kostet der neue Damm vier Millionen.", [("kostet der neue Damm vier Millionen", "Der Zeitung")]),
    ("goes on", "Ida Roh sagte, die Brücke sei gesperrt. Man habe keine andere Wahl gehabt.", [("die Brücke sei gesperrt", "Ida Roh"), ("Man habe keine andere Wahl gehabt", "Ida Roh")]),
    ("noun", "Die Stadt weist den Vorwurf zurück, sie habe das Ufer nie geprüft.", [("sie habe das Ufer nie geprüft", "Die Stadt")]),
    ("fragment in marks within", "Der Minister sagte, das Ufer sei „an drei Stellen“ unterspült.", [("das Ufer sei „an drei Stellen“ unterspült", "Der Minister")]),
    ("another verb after and", "Ida Roh sagte, die Brücke sei gesperrt und kündigte einen Neubau an.", [("die Brücke sei gesperrt", "Ida Roh")]),
]  # fmt: skip

NO_REPORTS = [
    ("a plain sentence", "Die Brücke bleibt bis Montag gesperrt und wird dann geprüft."),
    ("a condition", "Wenn die Brücke hielte, wäre der Weg um eine Stunde kürzer."),
    ("a wish without a report before it", "Ein neuer Damm wäre für die Stadt sehr teuer."),
    ("words in marks alone", "„Die Brücke bleibt bis Montag gesperrt“, sagte Ida Roh."),
    ("who somebody is", "„Die Brücke bleibt bis Montag gesperrt“, sagte Ida Roh, die den Hafen von Sellin leitet."),
    ("a plan", "Im Mai soll der neue Kran in Betrieb gehen."),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in REPORTS], ids=[case[0] for case in REPORTS])
def test_reports(text: str, expected: list[tuple[str, str]]) -> None:
    found = [row for row in rows_of(text, "de") if row["kind"] == "indirect"]
    assert [(row["text"], row["speaker_text"]) for row in found] == expected


@pytest.mark.parametrize("text", [case[1] for case in NO_REPORTS], ids=[case[0] for case in NO_REPORTS])
def test_no_reports(text: str) -> None:
    assert [row["text"] for row in rows_of(text, "de") if row["kind"] == "indirect"] == []
