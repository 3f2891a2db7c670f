"""Corrections find their quotations by id or by words; the one that finds nothing is named, and warns."""

from pathlib import Path

import polars as pl
import pytest

from assets.corrections.asset import take_corrections
from assets.corrections.lists import COLUMNS, OUTLETS, QUOTES
from assets.documents.schema import SIGHTINGS
from assets.entities.schema import ENTITIES
from assets.quotes.corrections import CORRECTED
from assets.quotes.schema import ARTICLE_QUOTES
from orchestration.checks import corrections_found, outcome
from pipeline.reference import use_lists
from pipeline.warehouse import Transaction
from tests.steps import pipeline_in

SOME = {"text": "", "integer": 0, "double": 0.0, "boolean": False}
ENTITY_ROWS = [
    ("e1", "Ida Holm", "person", ["Holm"]),
    ("e2", "Per Holm", "person", ["Holm", "Per"]),
    ("e3", "Ida Holm", "place", []),
]


def quote(quote_id: str, words: str) -> dict[str, object]:
    row: dict[str, object] = {
        column.name: None if column.nullable else (column.values or (SOME[column.type],))[0]
        for column in ARTICLE_QUOTES.columns
    }
    return row | {"quote_id": quote_id, "article_id": "a1", "text": words}


@pytest.fixture
def write(own_lists: Path):
    def written(name: str, *rows: str) -> None:
        (own_lists / f"{name}.csv").write_text("\n".join([",".join(COLUMNS[name]), *rows, ""]), encoding="utf-8")
        use_lists(own_lists)

    return written


def looked(folder: Path, ask):
    with pipeline_in(folder / "data").warehouse.transaction() as transaction:
        transaction.replace(
            ARTICLE_QUOTES, ARTICLE_QUOTES.frame([quote("q1", "open the gate"), quote("q2", "\nshut it\n")])
        )
        transaction.replace(
            ENTITIES,
            pl.DataFrame(ENTITY_ROWS, schema=["entity_id", "name", "kind", "aliases"], orient="row").with_columns(
                wikidata_id=pl.lit(None, pl.String), corrected=pl.lit(False)
            ),
        )
        transaction.execute(f"INSERT INTO {SIGHTINGS.path} VALUES ('d1', 'a.zip!b.txt', 0, 1, now()::TIMESTAMP)")
        take_corrections(transaction)
        return ask(transaction)


@pytest.mark.parametrize(
    ("rows", "corrected"),
    [
        (["speaker,q1,a1,0,open the gate,Per Holm,person,,"], [("q1", "speaker", "Per Holm", "e2")]),
        (["speaker,q1,a1,0,open the gate,Per,,,"], [("q1", "speaker", "Per", "e2")]),
        (["speaker,q1,a1,0,open the gate,Holm,,,"], [("q1", "speaker", "Holm", None)]),
        (["speaker,q1,a1,0,open the gate,Ida Holm,,,"], [("q1", "speaker", "Ida Holm", None)]),
        (["speaker,q1,a1,0,open the gate,Ida Holm,place,,"], [("q1", "speaker", "Ida Holm", "e3")]),
        (["speaker,gone,a1,0,shut it,Per Holm,,,"], [("q2", "speaker", "Per Holm", "e2")]),
        (["speaker,gone,a1,0,other words,Per Holm,,,"], []),
        (
            ["speaker,q1,a1,0,open the gate,Per,,,", 'not-a-quote,q1,a1,0,open the gate,,,,"ada, 2031-05-04"'],
            [("q1", "not-a-quote", None, None)],
        ),
    ],
)  # fmt: skip
def test_a_quotation_is_found_and_its_speaker_is_the_one_of_that_name(
    write, tmp_path: Path, rows: list[str], corrected: list[tuple]
) -> None:
    write(QUOTES, *rows)
    found = looked(tmp_path, lambda transaction: transaction.query(CORRECTED))
    assert found.select("quote_id", "action", "speaker", "named_id").rows() == corrected


def test_a_correction_that_finds_nothing_warns(write, tmp_path: Path) -> None:
    write(OUTLETS, "a.zip,,The Lantern,,", "a.zip,1,The Lantern,,", "gone.txt,2,The Lantern,,")
    write(QUOTES, "speaker,q1,a1,0,open the gate,Per Holm,,,", "speaker,gone,a1,0,other words,Per Holm,,,")

    def ask(transaction: Transaction):
        return transaction.query(corrections_found.violations), outcome(transaction, corrections_found)

    missing, result = looked(tmp_path, ask)
    assert sorted(missing["item"]) == ["gone", "gone.txt, record 2"]
    assert (result.passed, result.severity.value) == (False, "WARN")
