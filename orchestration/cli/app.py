"""The command line ``verbatim``: the same job and the same functions as in Dagster, from a terminal.

A command imports Dagster and compiled code only when it is called, so that ``--help`` answers at once.
"""

from importlib.metadata import version as distribution_version
from typing import Annotated

import typer

from orchestration.cli.command import guarded
from orchestration.cli.doctor import doctor
from orchestration.cli.export import export
from orchestration.cli.filter import extract
from orchestration.cli.find.compare import compare
from orchestration.cli.find.search import search
from orchestration.cli.fix.fix import fix
from orchestration.cli.query import show, sql, status
from orchestration.cli.report import report
from orchestration.cli.run import run
from orchestration.cli.ui import ui

COMMANDS = (run, search, compare, sql, status, show, export, extract, ui, doctor)
"""In the order in which the help lists them."""

app = typer.Typer(
    name="verbatim",
    help="From a folder of news files to a warehouse of who said what, which outlets carried it and in which words.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"verbatim {distribution_version('verbatim')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options of the program itself."""


for command in COMMANDS:
    app.command()(guarded(command))
app.add_typer(report, name="report")
app.add_typer(fix, name="fix")
