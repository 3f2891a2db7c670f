"""Search in SQL, in a release, with no extension: forms, accents, all or any of the words, and scores that are BM25's."""

import math
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.articles.schema import ARTICLES
from assets.entities.schema import ENTITIES
from assets.quotes.schema import QUOTES
from assets.search.schema import PARTS, TEXTS
from assets.search.terms import fold
from assets.sources.schema import SOURCES
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS
from orchestration.search import add_search
from pipeline.databases.duckdb_file import RELEASED
from pipeline.schema import Table
from pipeline.warehouse import Warehouse, read_only

SAID = {
    "q1": "The rivers were warned about, the river rose.",
    "q2": "Nobody warned the town of Zürich.",
    "q3": "A bridge fell. The bridge was old and the town knew it.",
    "q4": "We will rebuild the bridge across the river.",
}


def row(table: Table, **given: object) -> pl.DataFrame:
    """A row of a table with something in each column that must be filled."""
    filled = {"text": "x", "text[]": [], "integer": 0, "bigint": 0, "double": 0.5, "boolean": False}
    plain = {c.name: None if c.nullable else c.values[0] if c.values else filled[c.type] for c in table.columns}
    return table.frame([plain | given])


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    warehouse = Warehouse(folder / "build.duckdb", (ARTICLES, SOURCES, ENTITIES, QUOTES, STATEMENTS, STATEMENT_QUOTES))
    warehouse.prepare()
    with warehouse.transaction() as transaction:
        transaction.insert(SOURCES, row(SOURCES, source_id="north", name="The North", kind="outlet"))
        transaction.insert(
            ARTICLES,
            row(
                ARTICLES, article_id="a1", source_id="north", language="en", title="Flood", body=" ".join(SAID.values())
            ),
        )
        for quote_id, text in SAID.items():
            transaction.insert(QUOTES, row(QUOTES, quote_id=quote_id, article_id="a1", source_id="north", text=text))
            transaction.insert(STATEMENTS, row(STATEMENTS, statement_id=f"s{quote_id}", text=text))
            transaction.insert(STATEMENT_QUOTES, row(STATEMENT_QUOTES, statement_id=f"s{quote_id}", quote_id=quote_id))
    warehouse.release(folder, "run", add_search)
    return folder / RELEASED


@pytest.fixture
def connection(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with read_only(release) as opened:
        yield opened


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("river", {"q1", "q4"}),
        ("RIVERS", {"q1", "q4"}),
        ("warned river", {"q1"}),
        ("zurich", {"q2"}),
        ("Zürich, town!", {"q2"}),
        ("xylophone", set()),
        ("river xylophone", set()),
        ("", set()),
        ("'; DROP TABLE", set()),
    ],
)
def test_texts_that_hold_all_words_in_any_form_are_found(
    connection: duckdb.DuckDBPyConnection, words: str, found: set[str]
) -> None:
    assert {r[0] for r in connection.execute("SELECT quote_id FROM search_quotes(?)", [words]).fetchall()} == found


def test_any_of_the_words_where_asked(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute("SELECT quote_id FROM search_quotes('river bridge', any_word := true)").fetchall()
    assert {r[0] for r in rows} == {"q1", "q3", "q4"}
    assert rows[0][0] == "q4", "what holds both stands first"


def test_scores_are_those_of_bm25(connection: duckdb.DuckDBPyConnection) -> None:
    score = dict(connection.execute("SELECT quote_id, score FROM search_quotes('bridge')").fetchall())
    lengths = {quote_id: len(text.split()) for quote_id, text in SAID.items()}
    mean = sum(lengths.values()) / len(lengths)
    weight = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    for quote_id, n in (("q3", 2), ("q4", 1)):
        expected = weight * n * 2.2 / (n + 1.2 * (0.25 + 0.75 * lengths[quote_id] / mean))
        assert score[quote_id] == pytest.approx(expected, abs=1e-4)


def test_statements_and_articles_are_found_too(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.execute("SELECT statement_id FROM search_statements('rebuilding')").fetchall() == []
    assert connection.execute("SELECT statement_id FROM search_statements('rebuild')").fetchall() == [("sq4",)]
    assert connection.execute("SELECT outlet, title FROM search_articles('flood')").fetchall() == [
        ("The North", "Flood")
    ]


def test_no_extension_is_needed(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("SET autoload_known_extensions = false; SET autoinstall_known_extensions = false")
    assert connection.execute("SELECT count(*) FROM search_quotes('river')").fetchone() == (2,)


# Letters that lower case folds; ß and ς are folded beyond it, and a handful of old signs (ſ, µ, ŉ) are not in SQL.
LETTERS = st.characters(max_codepoint=0x52F, categories=("L",)).filter(lambda c: c in "ßς" or c.lower() == c.casefold())


@given(st.text(LETTERS, max_size=12))
def test_sql_folds_words_as_the_index_does(release: Path, word: str) -> None:
    with read_only(release) as connection:
        assert connection.execute("SELECT search.folded(?)", [word.lower()]).fetchone() == (fold(word.lower()),)


def test_every_text_is_of_a_declared_part() -> None:
    assert tuple(TEXTS) == PARTS
