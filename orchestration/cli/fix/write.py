"""Shared by the commands that correct: finding who is meant, and writing a correction with who made it and when."""

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

import duckdb
import typer

from assets.corrections.lists import note
from assets.search.terms import fold
from orchestration.cli.command import UsageError, screen
from orchestration.cli.fix.files import Row, read_rows, write_rows
from pipeline.settings import Settings

Kind = Literal["person", "organisation", "place"]
KindOption = Annotated[
    Kind | None, typer.Option("--kind", help="What it is, where a name is that of several.", show_default=False)
]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with who said so and when.")]


@dataclass(frozen=True)
class Known:
    """An entity of the published warehouse, and how much a correction of it touches."""

    entity_id: str
    name: str
    kind: str
    n_mentions: int


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


def add(settings: Settings, list_name: str, new: Sequence[Row], why: str, said: str) -> None:
    """Write corrections with who made them and when, unless they are there."""
    rows = read_rows(settings.reference, list_name)
    fresh = [row for row in new if not any(all(old[name] == value for name, value in row.items()) for old in rows)]
    if not fresh:
        raise UsageError(f"this correction is in {settings.reference} already; the next run applies it")
    made = note(getpass.getuser(), datetime.now(UTC), why)
    file = write_rows(settings.reference, list_name, [*rows, *({"note": made, **row} for row in fresh)])
    say(said, file)


def say(said: str, file: Path) -> None:
    screen.print(
        f"{said}\nwritten to {file}; the next `verbatim run` applies it", soft_wrap=True, markup=False, highlight=False
    )
