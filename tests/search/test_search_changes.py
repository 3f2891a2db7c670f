"""The index after texts came, changed and went: what an index made anew of the same texts holds."""

from pathlib import Path

import polars as pl
import pytest

from assets.articles.schema import ARTICLES
from assets.entities.schema import ENTITIES
from assets.quotes.schema import QUOTES
from assets.search.schema import SEARCH_TABLES
from assets.sources.schema import SOURCES
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS
from orchestration import search
from orchestration.search import add_search
from pipeline.warehouse import Transaction, Warehouse
from tests.search.test_macros import row

TABLES = (ARTICLES, SOURCES, ENTITIES, QUOTES, STATEMENTS, STATEMENT_QUOTES)
STEPS = {
    "articles come": ["INSERT INTO core.articles SELECT articles.* REPLACE ('a' || n AS article_id, 'Flood ' || n AS title, "
                      "'Rivers rose by ' || n || ' feet' AS body) FROM core.articles, range(1, 5) AS r(n)"],
    "a quotation comes with its statement": [
        "INSERT INTO core.quotes SELECT * REPLACE ('q1' AS quote_id, 'a2' AS article_id, 'We warned them' AS text) FROM core.quotes",
        "INSERT INTO core.statements SELECT * REPLACE ('s1' AS statement_id, 'We warned them all' AS text) FROM core.statements",
        "INSERT INTO core.statement_quotes SELECT * REPLACE ('s1' AS statement_id, 'q1' AS quote_id) FROM core.statement_quotes",
    ],
    "a statement's words change": ["UPDATE core.statements SET text = 'We warn them' WHERE statement_id = 's1'"],
    "an article is of another language": ["UPDATE core.articles SET language = 'de' WHERE article_id = 'a2'"],
    "an article goes": ["DELETE FROM core.articles WHERE article_id = 'a3'"],
    "all articles but one go": ["DELETE FROM core.articles WHERE article_id <> 'a1'"],
    "nothing changes": [],
}  # fmt: skip


def rows_of_index(transaction: Transaction) -> dict[str, pl.DataFrame]:
    return {table.path: transaction.query(f"FROM {table.path} ORDER BY ALL") for table in SEARCH_TABLES}


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path / "build.duckdb", TABLES)
    made.prepare()
    with made.transaction() as transaction:
        given = {"article_id": "a0", "source_id": "north", "language": "en", "body": "Nobody was warned"}
        transaction.insert(ARTICLES, row(ARTICLES, **given))
        transaction.insert(QUOTES, row(QUOTES, quote_id="q0", article_id="a0", text="nobody warned us"))
        transaction.insert(STATEMENTS, row(STATEMENTS, statement_id="s0", text="nobody warned us"))
        transaction.insert(STATEMENT_QUOTES, row(STATEMENT_QUOTES, statement_id="s0", quote_id="q0"))
        add_search(transaction)
    return made


def test_an_index_brought_up_to_date_is_one_made_anew(warehouse: Warehouse) -> None:
    for name, changes in STEPS.items():
        with warehouse.transaction() as transaction:
            for change in changes:
                transaction.execute(change)
            add_search(transaction)
            kept = rows_of_index(transaction)
        with warehouse.transaction() as transaction:
            transaction.execute("DELETE FROM work.corpus_steps WHERE step = ?", [search.STEP])
            add_search(transaction)
            for table, rows in rows_of_index(transaction).items():
                assert kept[table].equals(rows), f"{name}: {table}"


def test_only_what_changed_is_read(warehouse: Warehouse) -> None:
    with warehouse.transaction() as transaction:
        transaction.execute("UPDATE core.quotes SET text = 'somebody warned us'")
        transaction.execute(
            "DELETE FROM search.postings WHERE document NOT IN (SELECT document FROM search.documents WHERE part = 'quotes')"
        )
        add_search(transaction)
        held = transaction.query("SELECT DISTINCT part FROM search.postings JOIN search.documents USING (document)")
    assert held["part"].to_list() == ["quotes"], "what is as it was is not read again"


def test_an_index_of_another_version_is_made_anew(warehouse: Warehouse) -> None:
    with warehouse.transaction() as transaction:
        made = rows_of_index(transaction)
        transaction.execute("DROP TABLE search.postings; ALTER TABLE search.words DROP COLUMN term")
    with warehouse.transaction() as transaction:
        transaction.execute("UPDATE work.corpus_steps SET signature = 'another'")
        add_search(transaction)
        for table, rows in rows_of_index(transaction).items():
            assert made[table].equals(rows), table
