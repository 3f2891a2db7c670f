"""``verbatim fix speaker`` and ``fix not-a-quote``: who says a quotation, and what is none."""

from typing import Annotated, Any

import duckdb
import polars as pl
import typer

from assets.corrections.lists import QUOTES
from orchestration.cli.answers import print_fitting
from orchestration.cli.command import Data, UsageError, screen
from orchestration.cli.fix.files import Row
from orchestration.cli.fix.write import KindOption, Known, Why, add, entity
from pipeline.settings import load_settings
from pipeline.warehouse import read_only

QUOTE = "Id of a quotation, or words that only it has."
SHORTEST_ID = 6
All = Annotated[bool, typer.Option("--all", help="All quotations that have the words, where they are several.")]
LONGEST_SHOWN = 60


def speaker(
    quote: Annotated[str, typer.Argument(metavar="QUOTE", help=QUOTE)],
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Who says it, in any spelling.", show_default=False)
    ] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody who is named says it.")] = False,
    new: Annotated[bool, typer.Option("--new", help="NAME is nobody whom the warehouse knows yet.")] = False,
    every: All = False,
    why: Why = "",
    kind: KindOption = None,
    data: Data = None,
) -> None:
    """The quotation QUOTE is what NAME says."""
    if nobody == bool(name):
        raise UsageError("name the speaker, or say --nobody")
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        meant = quotations(connection, quote, every)
        known = None if new or name is None else _speaker(connection, name, kind)
    shown = known.name if known else name or ""
    if known and all(row["speaker_id"] == known.entity_id for row in meant):
        raise UsageError(f"{_shown(meant)}: {shown} is the speaker already")
    rows = [_row("speaker", row) | {"speaker": shown, "kind": known.kind if known else kind or ""} for row in meant]
    add(settings, QUOTES, rows, why, f"{_shown(meant)}: {shown or 'nobody who is named'} says so, not {_found(meant)}")


def not_a_quote(
    quote: Annotated[str, typer.Argument(metavar="QUOTE", help=QUOTE)],
    every: All = False,
    why: Why = "",
    data: Data = None,
) -> None:
    """QUOTE is no quotation: a title, an irony, a slip of the program."""
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        meant = quotations(connection, quote, every)
    add(settings, QUOTES, [_row("not-a-quote", row) for row in meant], why, f"{_shown(meant)}: no quotation")


def quotations(connection: duckdb.DuckDBPyConnection, wanted: str, every: bool) -> list[dict[str, Any]]:
    """The quotation of this id (or its beginning) or with these words; several only where ``every`` is said."""
    found = connection.execute(
        "SELECT quote_id, article_id, start, text, outlets.name AS outlet, speaker_id, "
        "coalesce(speakers.name, speaker_name) AS speaker, speakers.kind AS kind "
        "FROM core.quotes JOIN core.sources AS outlets USING (source_id) "
        "LEFT JOIN core.entities AS speakers ON speaker_id = entity_id "
        "WHERE starts_with(quote_id, $wanted) AND length($wanted) >= $shortest OR contains(lower(text), lower($wanted)) "
        "ORDER BY article_id, start, quote_id",
        {"wanted": wanted, "shortest": SHORTEST_ID},
    ).pl()
    if found.is_empty():
        raise UsageError(f"{wanted!r}: no quotation has this id or these words; `verbatim search` finds quotations")
    if found.height > 1 and not every:
        print_fitting(screen, found.select("quote_id", "outlet", "speaker", pl.col("text").str.slice(0, LONGEST_SHOWN)))
        raise UsageError(f"{wanted!r}: {found.height} quotations have these words; name one by its id, or say --all")
    return found.rows(named=True)


def _speaker(connection: duckdb.DuckDBPyConnection, name: str, kind: str | None) -> Known:
    try:
        return entity(connection, name, kind)
    except UsageError as error:
        raise UsageError(f"{error}; with --new it is a name that the warehouse does not know") from error


def _row(action: str, quote: dict[str, Any]) -> Row:
    return {
        "action": action,
        "quote_id": quote["quote_id"],
        "article_id": quote["article_id"],
        "start": str(quote["start"]),
        "words": quote["text"].strip(),
        "found": quote["speaker"] or "",
    }


def _shown(meant: list[dict[str, Any]]) -> str:
    text = " ".join(meant[0]["text"].split())
    words = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return f"{words!r}" + (f" and {len(meant) - 1} more" if len(meant) > 1 else "")


def _found(meant: list[dict[str, Any]]) -> str:
    return ", ".join(sorted({row["speaker"] or "nobody" for row in meant}))
