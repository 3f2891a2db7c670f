"""Tables as CSV that a spreadsheet opens without running anything."""

import re
from typing import TextIO

import polars as pl

FORMULA = re.compile(r"^\s*[=+\-@\t\r\n＝＋－＠]")
FORMULA_START = r"^[\s\x1c-\x1f]*[=+\-@\t\r\n＝＋－＠]"
"""Matches whatever ``FORMULA`` does, for whole columns."""
NUMBER = re.compile(r"^[+-]?\d[\d.,]*( ?(%|h|min|days?))?$")


def harmless(value: object) -> str:
    """A cell as text; one that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if FORMULA.match(text) and not NUMBER.match(text) else text


def write_csv(out: TextIO, rows: pl.DataFrame) -> None:
    """RFC 4180, with the byte order mark by which spreadsheets know UTF-8."""
    cells = pl.DataFrame([_cells(column).alias(harmless(column.name)) for column in rows])
    out.write("\ufeff" + cells.write_csv(line_terminator="\r\n"))


def _cells(column: pl.Series) -> pl.Series:
    """A column as a spreadsheet takes it: text, and nothing where there is nothing."""
    if column.dtype == pl.String:
        # Of texts hardly any begins as a formula.
        is_odd = column.str.contains(FORMULA_START).any()
        text = pl.Series(map(harmless, column.to_list()), dtype=pl.String) if is_odd else column
        return text.replace("", None)
    if column.dtype.is_integer():
        return column
    return pl.Series((None if value is None else str(value) for value in column.to_list()), dtype=pl.String)
