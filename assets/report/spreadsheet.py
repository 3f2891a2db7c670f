"""Tables as CSV that a spreadsheet opens without running anything."""

import re
from typing import TextIO

import polars as pl

FORMULA = re.compile(r"^\s*[=+\-@\t\r\n＝＋－＠]")
FORMULA_START = r"^[\s\x1c-\x1f]*[=+\-@\t\r\n＝＋－＠]"
"""Matches whatever ``FORMULA`` does, for whole columns."""
MUST_BE_QUOTED = '[,"\r\n]'
END = "\r\n"
NUMBER = re.compile(r"^[+-]?\d[\d.,]*( ?(%|h|min|days?))?$")


def harmless(value: object) -> str:
    """A cell as text; one that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if FORMULA.match(text) and not NUMBER.match(text) else text


def write_csv(out: TextIO, rows: pl.DataFrame) -> None:
    """RFC 4180, with the byte order mark by which spreadsheets know UTF-8."""
    heading = ",".join(_quoted_text(harmless(name)) for name in rows.columns)
    lines = rows.select(pl.concat_str([_cells(column) for column in rows], separator=",")).to_series()
    out.write(f"\ufeff{heading}{END}")
    out.writelines(f"{line}{END}" for line in lines.to_list())


def _cells(column: pl.Series) -> pl.Series:
    """A column as a spreadsheet takes it: text, quoted where it must be; nothing where there is nothing."""
    if column.dtype == pl.String:
        # Of texts hardly any begins as a formula.
        is_odd = column.str.contains(FORMULA_START).any()
        text = pl.Series(map(harmless, column.to_list()), dtype=pl.String) if is_odd else column
        return _quoted(text.fill_null("")).alias(column.name)
    if column.dtype.is_integer():
        return column.cast(pl.String).fill_null("")
    shown = ("" if value is None else str(value) for value in column.to_list())
    return _quoted(pl.Series(column.name, shown, dtype=pl.String))


def _quoted(texts: pl.Series) -> pl.Series:
    doubled = pl.format('"{}"', pl.col(texts.name).str.replace_all('"', '""', literal=True))
    return (
        texts.to_frame()
        .select(pl.when(pl.col(texts.name).str.contains(MUST_BE_QUOTED)).then(doubled).otherwise(texts.name))
        .to_series()
    )


def _quoted_text(text: str) -> str:
    return str(_quoted(pl.Series("text", [text]))[0])
