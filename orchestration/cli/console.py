"""Tables that the command line prints: rows, the contents of the warehouse, rejects."""

from datetime import datetime

import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.cli.answers import print_fitting
from orchestration.cli.command import UsageError, screen

SHOWN_FILES = 200
KNOWN_LETTERS = {"second": 16, "day": 10, "month": 7, "none": 0}
"""Letters of a written time that are known, by its precision."""
REASONS = {
    "rejects": "FROM raw.rejects",
    "documents without an article": "FROM core.non_articles JOIN raw.documents USING (document_id)",
}


def print_contents(console: Console, connection: duckdb.DuckDBPyConnection) -> None:
    """The contents of the published warehouse, the rejects, and the documents in which no article was found."""
    held = Table("table", "rows", title="the warehouse has", title_justify="left")
    held.columns[1].justify = "right"
    for name, n in row_counts(connection):
        held.add_row(name, f"{n:,}")
    console.print(held)
    for title, rows in REASONS.items():
        if found := reasons(connection, rows):
            not_taken = Table("reason", "number", "files", title=title, title_justify="left")
            for reason, n, files in found:
                shown = files if len(files) < SHOWN_FILES else files[: SHOWN_FILES - 1] + "…"
                not_taken.add_row(reason, f"{n:,}", Text(shown))
            console.print(not_taken)


def row_counts(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Rows per table of the published warehouse."""
    tables = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name IN ('raw', 'core', 'marts') "
        "ORDER BY list_position(['raw', 'core', 'marts'], schema_name), table_name"
    ).fetchall()
    return [(name, connection.table(name).shape[0]) for (name,) in tables]


def reasons(connection: duckdb.DuckDBPyConnection, rows: str) -> list[tuple[str, int, str]]:
    """(reason, how many, their files) of ``rows`` with path, record_no and reason."""
    return connection.execute(
        f"SELECT reason, count(*), string_agg(path, ', ' ORDER BY path, record_no) FROM ({rows}) "
        "GROUP BY reason ORDER BY reason"
    ).fetchall()


def unread_dates(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, str]]:
    """(outlet, file, articles, an example) of the dates that are stated and could not be read, most first."""
    return connection.execute(
        "SELECT s.name, path, count(*) AS n, min(published_unread) FROM core.articles AS a "
        "JOIN raw.documents USING (document_id) JOIN core.sources AS s USING (source_id) "
        "WHERE published_unread IS NOT NULL GROUP BY ALL ORDER BY n DESC, path, s.name"
    ).fetchall()


def unread_languages(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """(language, articles) of the articles in languages that are not supported, most first."""
    return connection.execute(
        "SELECT language, count(*) AS n FROM core.articles WHERE NOT supported GROUP BY ALL ORDER BY n DESC, language"
    ).fetchall()


def find_articles(connection: duckdb.DuckDBPyConnection, wanted: str) -> pl.DataFrame:
    """The articles meant by an id (or its beginning), a file, an address or words of the headline.

    Where none has it whole, those of whose file or address it is a part.
    """
    return (
        connection.execute(
            "SELECT article_id, path, record_no, title, starts_with(article_id, $wanted) OR d.path = $wanted "
            "OR ends_with(d.path, '/' || $wanted) OR coalesce(articles.url = $wanted, false) "
            "OR coalesce(contains(lower(title), lower($wanted)), false) AS is_whole "
            "FROM core.articles JOIN raw.documents AS d USING (document_id) "
            "WHERE is_whole OR contains(d.path, $wanted) OR contains(articles.url, $wanted) "
            "QUALIFY is_whole OR NOT bool_or(is_whole) OVER () ORDER BY path, record_no",
            {"wanted": wanted},
        )
        .pl()
        .drop("is_whole")
    )


def one_article(connection: duckdb.DuckDBPyConnection, wanted: str) -> str:
    """The id of the one article that is meant."""
    found = find_articles(connection, wanted)
    if not found.height:
        raise UsageError(f"{wanted}: no article has this id, file, address or headline")
    if found.height > 1:
        print_fitting(screen, found)
        raise UsageError(f"{wanted}: {found.height} articles match; name one by its id")
    return str(found["article_id"][0])


def written_time(at: datetime | None, precision: str) -> str:
    """A time (UTC) as exactly as it is known; empty where it is not."""
    return str(at)[: KNOWN_LETTERS[precision]] if at else ""
