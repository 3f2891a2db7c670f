"""Tables that the command line prints: rows, the contents of the warehouse, rejects."""

from datetime import datetime

import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.cli.command import UsageError, screen

SHOWN_FILES = 200
KNOWN_LETTERS = {"second": 16, "day": 10, "month": 7, "none": 0}
"""Letters of a written time that are known, by its precision."""
REASONS = {
    "rejects": "FROM raw.rejects",
    "documents without an article": "FROM core.non_articles JOIN raw.documents USING (document_id)",
}


def rows_table(frame: pl.DataFrame) -> Table:
    shown = Table(*frame.columns)
    for row in frame.iter_rows():
        shown.add_row(*(Text("" if value is None else str(value)) for value in row))
    return shown


def print_contents(console: Console, connection: duckdb.DuckDBPyConnection) -> None:
    """The contents of the published warehouse, the rejects, and the documents in which no article was found."""
    console.print(contents_table(connection))
    for title, rows in REASONS.items():
        if (table := reasons_table(connection, title, rows)) is not None:
            console.print(table)


def contents_table(connection: duckdb.DuckDBPyConnection) -> Table:
    """Rows per table of the published warehouse."""
    tables = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name IN ('raw', 'core', 'marts') "
        "ORDER BY list_position(['raw', 'core', 'marts'], schema_name), table_name"
    ).fetchall()
    shown = Table("table", "rows", title="the warehouse has", title_justify="left")
    shown.columns[1].justify = "right"
    for (name,) in tables:
        counted = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
        shown.add_row(name, f"{counted[0]:,}" if counted else "")
    return shown


def reasons_table(connection: duckdb.DuckDBPyConnection, title: str, rows: str) -> Table | None:
    """Files by reason, of ``rows`` with path, record_no and reason; ``None`` where there are none."""
    reasons = connection.execute(
        f"SELECT reason, count(*)::VARCHAR, string_agg(path, ', ' ORDER BY path, record_no) FROM ({rows}) "
        "GROUP BY reason ORDER BY reason"
    ).fetchall()
    if not reasons:
        return None
    shown = Table("reason", "number", "files", title=title, title_justify="left")
    for reason, n, files in reasons:
        shown.add_row(reason, n, Text(files if len(files) < SHOWN_FILES else files[: SHOWN_FILES - 1] + "…"))
    return shown


def unread_dates(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, str]]:
    """(outlet, file, articles, an example) of the dates that are stated and could not be read, most first."""
    return connection.execute(
        "SELECT s.name, path, count(*) AS n, min(published_unread) FROM core.articles AS a "
        "JOIN raw.documents USING (document_id) JOIN core.sources AS s USING (source_id) "
        "WHERE published_unread IS NOT NULL GROUP BY ALL ORDER BY n DESC, path, s.name"
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
        screen.print(rows_table(found))
        raise UsageError(f"{wanted}: {found.height} articles match; name one by its id")
    return str(found["article_id"][0])


def written_time(at: datetime | None, precision: str) -> str:
    """A time (UTC) as exactly as it is known; empty where it is not."""
    return str(at)[: KNOWN_LETTERS[precision]] if at else ""
