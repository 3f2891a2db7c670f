"""Tables that the command line prints: rows, the contents of the warehouse, rejects."""

import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

SHOWN_FILES = 200
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
    """The articles meant by an id (or its beginning), a file, an address or words of the headline."""
    return connection.execute(
        "SELECT article_id, path, record_no, title FROM core.articles JOIN raw.documents AS d USING (document_id) "
        "WHERE starts_with(article_id, $wanted) OR d.path = $wanted OR ends_with(d.path, '/' || $wanted) "
        "OR articles.url = $wanted OR contains(lower(title), lower($wanted)) ORDER BY path, record_no",
        {"wanted": wanted},
    ).pl()
