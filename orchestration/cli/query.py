"""Commands that read the published warehouse: ``verbatim sql``, ``status`` and ``show``."""

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import duckdb
import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from orchestration.cli.caches import keep_compiled_code
from orchestration.cli.command import Data, UsageError, screen, tell
from orchestration.cli.console import one_article, print_contents, rows_table, unread_dates
from orchestration.cli.past_runs import past_runs
from orchestration.cli.unknown_outlets import unknown_outlets
from pipeline.reference import use_lists
from pipeline.settings import Settings, load_settings
from pipeline.warehouse import read_only


def sql(
    query: Annotated[str, typer.Argument(help="One SQL query on the published warehouse.")],
    format: Annotated[
        Literal["table", "csv", "json", "parquet"], typer.Option("--format", help="How to write the answer.")
    ] = "table",
    output: Annotated[Path | None, typer.Option("--output", help="File to write it to.", show_default=False)] = None,
    data: Data = None,
) -> None:
    """Query the published warehouse, read-only.

    A run in progress does not disturb it.
    """
    if format == "parquet" and output is None:
        raise UsageError("parquet is binary; give a file with --output")
    with read_only(load_settings(data).published) as connection:
        try:
            answer = connection.execute(query).pl()
        except duckdb.Error as error:
            raise UsageError(" ".join(str(error).split())) from error
    write_answer(answer, format, output)


def write_answer(answer: pl.DataFrame, format: str, output: Path | None) -> None:
    if format == "parquet" and output is not None:
        answer.write_parquet(output)
    elif format == "table":
        console = Console(file=output.open("w", encoding="utf-8"), width=200) if output else screen
        console.print(rows_table(answer))
    else:
        text = answer.write_json() + "\n" if format == "json" else flat(answer).write_csv()
        if output:
            output.write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as JSON text, since CSV has none."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    as_json = [
        pl.Series(
            name,
            [None if value is None else json.dumps(list(value), ensure_ascii=False) for value in frame[name]],
            pl.String,
        )
        for name in lists
    ]
    return frame.with_columns(as_json)


def status(data: Data = None) -> None:
    """Show the last runs and what the warehouse holds.

    Rows per table, rejects by reason, dates that could not be read, and outlets that are not named anywhere.
    """
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        print_runs(settings)
        print_contents(screen, connection)
        print_unread_dates(connection)
        print_unknown_outlets(connection)


def print_runs(settings: Settings) -> None:
    shown = Table("run", "started (UTC)", "status", title="last runs", title_justify="left")
    for past in past_runs(settings, 5):
        shown.add_row(past.run_id[:8], past.started, past.status)
    screen.print(shown)


def print_unread_dates(connection: duckdb.DuckDBPyConnection) -> None:
    unread = unread_dates(connection)
    if unread:
        n_unread = sum(n for _, _, n, _ in unread)
        screen.print(f"\nstated dates that could not be read: {n_unread}; write them as 2026-03-04 in a manifest.csv:")
        for outlet, path, n, example in unread[:10]:
            screen.print(f"  {path}  {outlet}: {n}, such as {example!r}", soft_wrap=True, markup=False, highlight=False)


def print_unknown_outlets(connection: duckdb.DuckDBPyConnection) -> None:
    for line in unknown_outlets(connection):
        screen.print(line, soft_wrap=True, highlight=False, markup=False)


def show(
    article: Annotated[str, typer.Argument(help="An article's id (or its beginning), file, address or headline.")],
    data: Data = None,
) -> None:
    """Print an article's page with its kept and removed lines."""
    keep_compiled_code(tell)
    from orchestration.cli.show import print_page

    settings = load_settings(data)
    use_lists(settings.reference)
    with read_only(settings.published) as connection:
        print_page(screen, connection, one_article(connection, article), settings.html_mode)
