"""Tables as CSV that a spreadsheet opens without running anything."""

import csv
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
    """RFC 4180, row by row, with the byte order mark by which spreadsheets know UTF-8."""
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in rows.columns])
    # What is no text is no formula; of texts hardly any begins as one.
    is_odd = rows.select(pl.col(pl.String).str.contains(FORMULA_START))
    texts = {
        name: pl.Series(map(harmless, rows[name].to_list()), dtype=pl.String)
        for name in is_odd.columns
        if is_odd[name].any()
    }
    writer.writerows(rows.with_columns(**texts).iter_rows())
