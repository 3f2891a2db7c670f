"""What ``verbatim status`` says of articles in languages that are not supported."""

import duckdb
import pytest

from orchestration.cli.query import print_unread_languages


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA core; CREATE TABLE core.articles (language VARCHAR, supported BOOLEAN)")
    connection.execute(
        "INSERT INTO core.articles VALUES ('en', true), ('de', true), ('hr', false), ('hr', false), ('fi', false)"
    )
    return connection


def test_the_articles_are_counted_by_language(
    connection: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    print_unread_languages(connection)
    said = " ".join((capsys.readouterr().out + capsys.readouterr().err).split())
    assert "articles in a language that is not supported: 3 (hr 2, fi 1)" in said


def test_nothing_is_said_where_all_are_supported(
    connection: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    connection.execute("DELETE FROM core.articles WHERE NOT supported")
    print_unread_languages(connection)
    assert capsys.readouterr() == ("", "")
