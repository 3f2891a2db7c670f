"""``verbatim export``: the published tables as files that describe themselves."""

import shutil
from pathlib import Path
from typing import Annotated, Literal

import duckdb
import typer

from orchestration.cli.command import Data, UsageError, screen
from pipeline.settings import load_settings
from pipeline.warehouse import read_only

ExportFormat = Literal["parquet", "csv", "jsonl", "annotations"]


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write to; made where it is missing.")],
    format: Annotated[
        ExportFormat,
        typer.Option(
            "--format",
            help="Tables as parquet, csv or jsonl; or the quotations as W3C web annotations with their texts.",
        ),
    ] = "parquet",
    tables: Annotated[
        list[str] | None,
        typer.Option(
            "--tables",
            help="Only these, as core.quotes or 'marts.*'; several with commas or by giving it again. Default: all.",
            show_default=False,
        ),
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Title of the data set.")] = "Who said what, in which words",
    licence: Annotated[
        str | None,
        typer.Option("--licence", help="Licence of the data: an SPDX id or an address.", show_default=False),
    ] = None,
    no_text: Annotated[
        bool,
        typer.Option("--no-text", help="Leave out the text of articles; quotations, headlines and counts stay."),
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier export in DIR.")] = False,
    data: Data = None,
) -> None:
    """Write the published tables to a folder.

    A Frictionless datapackage.json and a codebook describe them.
    """
    patterns = [part.strip() for given in tables or [] for part in given.split(",") if part.strip()]
    if format == "annotations" and patterns:
        raise UsageError("--tables goes with parquet, csv or jsonl; annotations are made of all quotations")
    if format == "annotations" and no_text:
        raise UsageError("--no-text goes with parquet, csv or jsonl; annotations point into the texts")
    with read_only(load_settings(data).published) as connection:
        if format == "annotations":
            _annotations(connection, folder, overwrite)
        else:
            _tables(connection, folder, format, patterns, title, licence, no_text, overwrite)
    screen.print(f"written to {folder}", soft_wrap=True, markup=False, highlight=False)


def _tables(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    format: Literal["parquet", "csv", "jsonl"],
    patterns: list[str],
    title: str,
    licence: str | None,
    no_text: bool,
    overwrite: bool,
) -> None:
    from orchestration.export.files import Resource
    from orchestration.export.no_text import NOTE, without_text
    from orchestration.export.package import (
        UnknownTableError,
        chosen,
        missing_columns,
        write_package,
        written_before,
    )

    try:
        wanted = chosen(patterns)
    except UnknownTableError as error:
        raise UsageError(str(error)) from error
    if missing := missing_columns(connection, wanted):
        raise UsageError(
            f"{', '.join(missing[:3])}: not in this warehouse, which another version made; run `verbatim run`"
        )
    if no_text:
        wanted, title = [without_text(relation) for relation in wanted], f"{title}. {NOTE}"
    _make_room(folder, overwrite)
    for file in written_before(folder):
        file.unlink()

    def tell(resource: Resource) -> None:
        screen.print(f"{resource.n_rows:>12,}  {resource.path}", highlight=False, markup=False)

    write_package(connection, wanted, folder, format, title, licence, tell)


def _annotations(connection: duckdb.DuckDBPyConnection, folder: Path, overwrite: bool) -> None:
    from orchestration.export.annotations import COLLECTION, TEXTS, write_annotations

    _make_room(folder, overwrite)
    (folder / COLLECTION).unlink(missing_ok=True)
    shutil.rmtree(folder / TEXTS, ignore_errors=True)
    n_texts, n_quotes = write_annotations(connection, folder)
    screen.print(f"{n_quotes:>12,}  {COLLECTION}\n{n_texts:>12,}  {TEXTS}/", highlight=False, markup=False)


def _make_room(folder: Path, overwrite: bool) -> None:
    """The folder must be empty, so that nothing is mixed with what lay there, unless it may be replaced."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not overwrite:
        raise UsageError(f"{folder} is not empty; name a new folder, or replace an earlier export with --overwrite")
