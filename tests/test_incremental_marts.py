"""Incremental marts after rows of every kind came, changed and went: what building them whole makes of the same rows."""

import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration import touched as touched_items
from orchestration.touched import note_touched, record_built
from pipeline.warehouse import Warehouse
from tests.test_marts import dbt

INCREMENTAL = (
    "int_printings",
    "quote_coverage",
    "quote_wordings",
    "altered_quotes",
    "repeated_phrases",
    "entity_pairs",
)
SELECTED = ["--select", "syndication", *INCREMENTAL]
VERSION = "one and the same project"

OF_ARTICLES = ("articles", "stories", "quotes", "mentions", "phrase_occurrences", "uncredited_words")
COUNTED = """
UPDATE core.phrases SET n_occurrences = n.places, n_articles = n.articles FROM (
    SELECT phrase_id, count(*) AS places, count(DISTINCT article_id) AS articles FROM core.phrase_occurrences GROUP BY ALL
) AS n WHERE phrases.phrase_id = n.phrase_id AND (n_occurrences, n_articles) != (n.places, n.articles);
DELETE FROM core.phrases WHERE phrase_id NOT IN (SELECT phrase_id FROM core.phrase_occurrences);
DELETE FROM core.statement_quotes WHERE quote_id NOT IN (SELECT quote_id FROM core.quotes);
DELETE FROM core.statements WHERE statement_id NOT IN (SELECT statement_id FROM core.statement_quotes);
"""
GONE = "SELECT article_id FROM core.articles ORDER BY hash(article_id) LIMIT 2"
BACK = "SELECT article_id FROM before.core.articles ANTI JOIN core.articles USING (article_id)"


def some(table: str, key: str, n: int) -> str:
    """A few rows of a table, always the same, and others than the first two."""
    return f"{key} IN (SELECT {key} FROM {table} ORDER BY hash({key}, 7) LIMIT {n} OFFSET 2)"


AN_ALTERED_ONE = "(SELECT min(quote_id) FROM core.statement_quotes WHERE relation = 'altered')"

GO_AND_CHANGE = [
    *(f"DELETE FROM core.{table} WHERE article_id IN ({GONE})" for table in reversed(OF_ARTICLES)),
    "DELETE FROM core.article_pairs WHERE article_a NOT IN (SELECT article_id FROM core.articles) "
    "OR article_b NOT IN (SELECT article_id FROM core.articles)",
    f"UPDATE core.articles SET published_at = published_at - INTERVAL 3 DAY WHERE {some('core.articles', 'article_id', 2)}",
    f"UPDATE core.articles SET published_precision = 'month' WHERE {some('core.articles', 'article_id', 1)}",
    f"UPDATE core.quotes SET text = text || ' indeed' WHERE {some('core.quotes', 'quote_id', 5)}",
    f"UPDATE core.quotes SET text = text || ' verily', speaker_confidence = 1 WHERE quote_id = {AN_ALTERED_ONE}",
    f"UPDATE core.quotes SET kind = 'indirect' WHERE {some('core.quotes', 'quote_id', 3)}",
    f"UPDATE core.statements SET text = upper(text) WHERE {some('core.statements', 'statement_id', 4)}",
    f"DELETE FROM core.uncredited_words WHERE {some('core.uncredited_words', 'statement_id', 1)}",
    COUNTED,
]
COME_AND_CHANGE = [
    *(
        f"INSERT INTO core.{table} SELECT * FROM before.core.{table} WHERE article_id IN ({BACK})"
        for table in (*OF_ARTICLES[1:], OF_ARTICLES[0])
    ),
    "INSERT INTO core.statements SELECT * FROM before.core.statements ANTI JOIN core.statements USING (statement_id)",
    "INSERT INTO core.statement_quotes SELECT * FROM before.core.statement_quotes ANTI JOIN core.statement_quotes USING (quote_id)",
    "INSERT INTO core.phrases SELECT * FROM before.core.phrases ANTI JOIN core.phrases USING (phrase_id)",
    "DELETE FROM core.article_pairs WHERE containment_a > 0.5 AND hash(article_a) % 3 = 0",
    "UPDATE core.stories SET story_id = (SELECT min(story_id) FROM core.stories) "
    f"WHERE {some('core.stories', 'article_id', 2)}",
    "UPDATE core.entities SET name = name || ' the Younger' WHERE entity_id = "
    "(SELECT speaker_id FROM core.statements WHERE speaker_id IS NOT NULL ORDER BY statement_id LIMIT 1)",
    "UPDATE core.sources SET name = 'The Renamed' WHERE source_id = (SELECT min(source_id) FROM core.articles)",
    f"UPDATE core.quotes SET text = text || ' forsooth', speaker_confidence = 1 WHERE quote_id = {AN_ALTERED_ONE}",
    f"UPDATE core.quotes SET speaker_confidence = 0.1 WHERE {some('core.quotes', 'quote_id', 6)}",
    COUNTED,
]


def rows_of_marts(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(database, read_only=True) as connection:
        connection.execute("SET search_path = 'marts,intermediate'")
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in INCREMENTAL}


@pytest.fixture
def database(sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The warehouse of the sample, of which the marts are known to be made from what it holds; in so small a one, the most is few."""
    monkeypatch.setattr(touched_items, "FEW", 1.0)
    shutil.copyfile(sample_data / "build.duckdb", tmp_path / "build.duckdb")
    with Warehouse(tmp_path / "build.duckdb").transaction() as transaction:
        record_built(transaction, VERSION, None)
    return tmp_path / "build.duckdb"


def test_what_is_touched_alone_makes_the_marts_of_a_whole_build(sample_data: Path, database: Path) -> None:
    for change in (GO_AND_CHANGE, COME_AND_CHANGE):
        with duckdb.connect(database) as connection:
            connection.execute(f"ATTACH '{sample_data / 'build.duckdb'}' AS before (READ_ONLY)")
            for statement in change:
                connection.execute(statement)
        before = rows_of_marts(database)
        with Warehouse(database).transaction() as transaction:
            touched = note_touched(transaction, VERSION)
        assert touched is not None
        assert dbt(database.parent, "run", *SELECTED).returncode == 0
        touched_alone = rows_of_marts(database)
        assert dbt(database.parent, "run", "--full-refresh", *SELECTED).returncode == 0
        whole = rows_of_marts(database)
        for name in INCREMENTAL:
            assert before[name] != whole[name], f"{name} is not changed by what the test changes"
            assert touched_alone[name] == whole[name], name
        with Warehouse(database).transaction() as transaction:
            record_built(transaction, VERSION, touched)


def test_what_is_noted_and_not_built_is_noted_again(database: Path) -> None:
    with duckdb.connect(database) as connection:
        connection.execute(
            "UPDATE core.statements SET text = 'ahem' WHERE statement_id = (SELECT min(statement_id) FROM core.statements)"
        )
    noted = []
    for _ in range(2):
        with Warehouse(database).transaction() as transaction:
            touched = note_touched(transaction, VERSION)
            assert touched is not None
            noted.append(touched["statement"].height)
    assert noted == [1, 1]


def test_another_version_of_the_project_builds_all(database: Path) -> None:
    with Warehouse(database).transaction() as transaction:
        assert note_touched(transaction, "another project") is None
        assert note_touched(transaction, VERSION) is None, "what was built in between is not known"
