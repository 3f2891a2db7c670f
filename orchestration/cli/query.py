"""Commands that read the published warehouse: ``verbatim sql``, ``status`` and ``show``."""

from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.table import Table

from orchestration.cli.answers import Format, chosen_format, write_answer
from orchestration.cli.caches import keep_compiled_code
from orchestration.cli.command import Data, UsageError, screen, tell
from orchestration.cli.console import one_article, print_contents, unread_dates, unread_languages
from orchestration.cli.past_runs import past_runs
from orchestration.cli.unknown_outlets import unknown_outlets
from pipeline.reference import use_lists
from pipeline.settings import Settings, load_settings
from pipeline.warehouse import read_only


def sql(
    query: Annotated[str, typer.Argument(help="One SQL query on the published warehouse.")],
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="How to write the answer; default is the ending of --output, else a table on a terminal, else csv.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="File to write it to.", show_default=False)] = None,
    data: Data = None,
) -> None:
    """Query the published warehouse, read-only.

    A run in progress does not disturb it.
    """
    how = chosen_format(format, output)
    with read_only(load_settings(data).published) as connection:
        try:
            answer = connection.execute(query).pl()
        except duckdb.Error as error:
            raise UsageError(" ".join(str(error).split())) from error
    write_answer(answer, how, output)


def status(data: Data = None) -> None:
    """Show the last runs and what the warehouse holds.

    Rows per table, rejects by reason, dates that could not be read, languages that are not supported, and outlets that are not named anywhere.
    """
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        print_runs(settings)
        print_contents(screen, connection)
        print_unread_dates(connection)
        print_unread_languages(connection)
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


def print_unread_languages(connection: duckdb.DuckDBPyConnection) -> None:
    found = unread_languages(connection)
    if found:
        screen.print(
            f"\narticles in a language that is not supported: {sum(n for _, n in found):,} "
            f"({', '.join(f'{language} {n:,}' for language, n in found)}); their quotations have no speaker, and no outlet is said to "
            "have left anything out in them",
            soft_wrap=True, markup=False, highlight=False,
        )  # fmt: skip


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
