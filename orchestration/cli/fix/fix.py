"""Corrections of who is who: put two names together or apart, rename, leave out, identify; list them, take one back."""

import getpass
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

import duckdb
import polars as pl
import typer

from assets.search.terms import fold
from orchestration.cli.answers import lines
from orchestration.cli.command import Data, UsageError, guarded, screen
from orchestration.cli.fix.overrides import Row, leads_back, read_rows, write_rows
from pipeline.settings import Settings, load_settings
from pipeline.warehouse import read_only

fix = typer.Typer(
    help="Correct who is who, from the next run on.",
    no_args_is_help=True,
)
Kind = Literal["person", "organisation", "place"]
KindOption = Annotated[
    Kind | None, typer.Option("--kind", help="What it is, where a name is that of several.", show_default=False)
]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with who said so and when.")]
NAME = "Name of an entity, as it is shown or in any of its spellings."


@dataclass(frozen=True)
class Known:
    """An entity of the published warehouse, and how much a correction of it touches."""

    entity_id: str
    name: str
    kind: str
    n_mentions: int


def merge(
    name: Annotated[str, typer.Argument(metavar="A", help=NAME)],
    other: Annotated[str, typer.Argument(metavar="B", help="The same entity under another name.")],
    why: Why = "",
    kind: KindOption = None,
    data: Data = None,
) -> None:
    """A and B are the same entity; shown is the name that is printed most, or what `fix rename` says."""
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        kept = entity(connection, name, kind)
        gone = entity(connection, other, kind or kept.kind)
    if kept.entity_id == gone.entity_id:
        raise UsageError(f"{name!r} and {other!r} are {kept.name} already")
    if leads_back(read_rows(settings.reference), kept.kind, kept.name, gone.name):
        raise UsageError(f"{kept.name} has been merged with {gone.name}; `verbatim fix undo` takes that back")
    row = {"action": "merge", "kind": kept.kind, "name": kept.name, "other_name": gone.name}
    add(settings, row, why, f"{gone.name} is the same as {kept.name}: {gone.n_mentions:,} mentions")


def split(
    name: Annotated[str, typer.Argument(help=NAME)],
    spelling: Annotated[str, typer.Argument(help="Mentions that read so are somebody else.")],
    article: Annotated[str, typer.Option("--article", help="Only in the article of this id.")] = "",
    why: Why = "",
    kind: KindOption = None,
    data: Data = None,
) -> None:
    """Mentions of NAME that read SPELLING are an entity of their own."""
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        known = entity(connection, name, kind)
        query = "SELECT count(*) FROM core.mentions WHERE entity_id = ? AND text = ? AND (? = '' OR article_id = ?)"
        counted = connection.execute(query, [known.entity_id, spelling, article, article]).fetchone()
    if not counted or not counted[0]:
        where = f" in the article {article}" if article else ""
        raise UsageError(f"no mention of {known.name} reads {spelling!r}{where}")
    row = {"action": "split", "kind": known.kind, "name": known.name, "other_name": spelling, "article_id": article}
    add(settings, row, why, f"{spelling!r} is not {known.name}: {counted[0]:,} mentions")


def rename(
    name: Annotated[str, typer.Argument(help=NAME)],
    shown: Annotated[str, typer.Argument(help="The name to show.")],
    why: Why = "",
    kind: KindOption = None,
    data: Data = None,
) -> None:
    """Show NAME as SHOWN; its id stays."""
    settings, known = _known(data, name, kind)
    row = {"action": "rename", "kind": known.kind, "name": known.name, "other_name": shown}
    add(settings, row, why, f"{known.name} is shown as {shown}")


def ignore(
    name: Annotated[str, typer.Argument(help=NAME)], why: Why = "", kind: KindOption = None, data: Data = None
) -> None:
    """NAME is no name: neither entity nor mentions."""
    settings, known = _known(data, name, kind)
    row = {"action": "ignore", "kind": known.kind, "name": known.name}
    add(settings, row, why, f"{known.name} is left out: {known.n_mentions:,} mentions")


def identify(
    name: Annotated[str, typer.Argument(help=NAME)],
    item: Annotated[str, typer.Argument(metavar="Q…", help="Its Wikidata item, such as Q42.")],
    why: Why = "",
    kind: KindOption = None,
    data: Data = None,
) -> None:
    """NAME is this Wikidata item."""
    if not (item.startswith("Q") and item[1:].isdecimal()):
        raise UsageError(f"{item} is no Wikidata item; those are a Q and a number, such as Q42")
    settings, known = _known(data, name, kind)
    row = {"action": "identify", "kind": known.kind, "name": known.name, "wikidata_id": item}
    add(settings, row, why, f"{known.name} is {item}")


def list_(data: Data = None) -> None:
    """List the corrections, with who made each and when."""
    rows = read_rows(load_settings(data).reference)
    if not rows:
        screen.print("No corrections yet.")
        return
    frame = pl.DataFrame([{"number": str(n), **row} for n, row in enumerate(rows, start=1)])
    filled = frame.select(name for name in frame.columns if (frame[name] != "").any())
    screen.print("\n".join(lines(filled)), markup=False, highlight=False, soft_wrap=True)


def undo(
    number: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="As `fix list` numbers them; default is the last.", min=1)
    ] = None,
    data: Data = None,
) -> None:
    """Take a correction back: the last one, or that of a number."""
    settings = load_settings(data)
    rows = read_rows(settings.reference)
    if not rows:
        raise UsageError(f"there are no corrections in {settings.reference}")
    chosen = number or len(rows)
    if chosen > len(rows):
        raise UsageError(f"there are {len(rows)} corrections; `verbatim fix list` numbers them")
    taken = rows.pop(chosen - 1)
    file = write_rows(settings.reference, rows)
    said = " ".join(
        part for part in (taken["action"], taken["name"], taken["other_name"], taken["wikidata_id"]) if part
    )
    _say(f"taken back: {said}", file)


def _known(data: Path | None, name: str, kind: str | None) -> tuple[Settings, Known]:
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        return settings, entity(connection, name, kind)


def entity(connection: duckdb.DuckDBPyConnection, name: str, kind: str | None) -> Known:
    """The one entity that is called so, by the name that is shown or by any other."""
    rows = connection.execute(
        "SELECT entity_id, e.name, e.kind, aliases, count(m.start) AS n FROM core.entities AS e "
        "LEFT JOIN core.mentions AS m USING (entity_id) GROUP BY ALL ORDER BY n DESC, entity_id"
    ).fetchall()
    of_kind = [row for row in rows if kind in (None, row[2])]
    meant = [row for row in of_kind if fold(row[1]) == fold(name)] or [
        row for row in of_kind if fold(name) in map(fold, row[3])
    ]
    if not meant:
        near = get_close_matches(name, [row[1] for row in of_kind], n=3, cutoff=0.5)
        raise UsageError(
            f"nobody and nothing is called {name!r}" + (f"; near it are {', '.join(near)}" if near else "")
        )
    if len(meant) > 1:
        told = ", ".join(f"{row[1]} ({row[2]})" for row in meant)
        raise UsageError(f"{name!r} is the name of {len(meant)}: {told}; write the full name, or give --kind")
    entity_id, shown, found, _, n = meant[0]
    return Known(entity_id, shown, found, n)


def add(settings: Settings, row: Row, why: str, said: str) -> None:
    """Write the correction with who made it and when, unless it is there."""
    rows = read_rows(settings.reference)
    if any(all(old[name] == value for name, value in row.items()) for old in rows):
        raise UsageError(f"this correction is in {settings.reference} already; the next run applies it")
    note = f"{getpass.getuser()}, {date.today().isoformat()}" + (f": {why}" if why else "")
    file = write_rows(settings.reference, [*rows, {"note": note, **row}])
    _say(said, file)


def _say(said: str, file: Path) -> None:
    screen.print(
        f"{said}\nwritten to {file}; the next `verbatim run` applies it", soft_wrap=True, markup=False, highlight=False
    )


for command, name in (
    (merge, None), (split, None), (rename, None), (ignore, None), (identify, None), (list_, "list"), (undo, None),
):  # fmt: skip
    fix.command(name)(guarded(command))
