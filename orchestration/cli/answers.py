"""How an answer is written: as a table that fits the terminal, line by line, or as CSV, JSON or Parquet for other programs."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import polars as pl
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.cli.command import UsageError, screen

Format = Literal["table", "lines", "csv", "json", "parquet"]
SUFFIXES: dict[str, Format] = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".txt": "table"}
MOST_ROWS = 200
LEAST_WIDTH = 8
"""Letters a column needs at least, where its values are as long; columns for which there is no such room are left out."""
FRAME = 3
"""Letters that a column's frame takes; the table's own takes one more."""


def chosen_format(format: Format | None, output: Path | None) -> Format:
    """The format asked for, else that of the file's name; else a table on a terminal and CSV for a program."""
    if format == "parquet" and output is None:
        raise UsageError("parquet is binary; give a file with --output")
    if format:
        return format
    if output:
        return SUFFIXES.get(output.suffix.lower(), "csv")
    return "table" if screen.is_terminal else "csv"


def write_answer(answer: pl.DataFrame, format: Format, output: Path | None) -> None:
    if format == "parquet" and output is not None:
        answer.write_parquet(output)
    elif format == "table" and output is None:
        print_fitting(screen, answer, "--format lines or csv writes all.")
    elif format == "table" and output is not None:
        with output.open("w", encoding="utf-8") as file:
            Console(file=file, width=200).print(rows_table(answer))
    else:
        text = _as_text(answer, format)
        if output:
            output.write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)


def _as_text(answer: pl.DataFrame, format: Format) -> str:
    if format == "json":
        return answer.write_json() + "\n"
    return "\n".join(lines(answer)) + "\n" if format == "lines" else flat(answer).write_csv()


def lines(frame: pl.DataFrame) -> Iterator[str]:
    """Each row as a line per column; an empty line between two rows."""
    width = max(map(len, frame.columns), default=0)
    for number, row in enumerate(frame.iter_rows()):
        if number:
            yield ""
        for name, value in zip(frame.columns, row, strict=True):
            yield f"{name:<{width}}  {_shown(value)}".rstrip()


def print_fitting(console: Console, frame: pl.DataFrame, how_to_see_all: str = "") -> None:
    """The table as far as it fits, and a line that says what it leaves out."""
    rows = frame.head(MOST_ROWS)
    cells = [[_shown(value) for value in row] for row in rows.iter_rows()]
    longest = [
        max((cell_len(text) for text in (name, *(row[at] for row in cells))), default=0)
        for at, name in enumerate(frame.columns)
    ]
    widths = fitting(longest, console.width)
    shown = Table()
    for name, width in zip(frame.columns, widths, strict=False):
        shown.add_column(Text(_cut(name, width)))
    n_cut = 0
    for row in cells:
        cut = [_cut(text, width) for text, width in zip(row, widths, strict=False)]
        n_cut += sum(short != text for short, text in zip(cut, row, strict=False))
        shown.add_row(*map(Text, cut))
    console.print(shown)
    if told := left_out(frame, rows.height, frame.columns[len(widths) :], n_cut):
        console.print(f"{told} {how_to_see_all}".rstrip(), style="dim", highlight=False, markup=False)


def fitting(longest: Sequence[int], width: int) -> list[int]:
    """The widths of the columns that fit, from the left: as wide as their values, the widest made narrower first."""
    kept = list(longest)
    while kept and sum(min(n, LEAST_WIDTH) for n in kept) + FRAME * len(kept) + 1 > width:
        kept.pop()
    room = width - FRAME * len(kept) - 1
    widths = list(kept)
    while sum(widths) > room:
        widest = max(widths)
        second = max((n for n in widths if n < widest), default=LEAST_WIDTH)
        n_widest = widths.count(widest)
        too_much = sum(widths) - room
        smaller = max(second, LEAST_WIDTH, widest - -(-too_much // n_widest))
        widths = [smaller if n == widest else n for n in widths]
    return widths


def left_out(frame: pl.DataFrame, n_shown: int, columns: Sequence[str], n_cut: int) -> str:
    """What a table does not show; empty where it shows all."""
    parts = []
    if n_shown < frame.height:
        parts.append(f"{frame.height - n_shown:,} of {frame.height:,} rows")
    if columns:
        parts.append(f"the column{'s' if len(columns) > 1 else ''} {', '.join(columns)}")
    if n_cut:
        parts.append(f"the ends of {n_cut:,} value{'s' if n_cut > 1 else ''} (…)")
    return f"Left out: {'; '.join(parts)}." if parts else ""


def rows_table(frame: pl.DataFrame) -> Table:
    shown = Table()
    for name in frame.columns:
        shown.add_column(Text(name))
    for row in frame.iter_rows():
        shown.add_row(*(Text(_shown(value)) for value in row))
    return shown


def _shown(value: object) -> str:
    if value is None:
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return " ".join(text.split())


def _cut(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


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
