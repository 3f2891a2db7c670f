"""Whole columns of values as a page shows them (``formats.py``), for long tables: one expression in place of a call for each cell."""

from functools import cache
from typing import TypeVar

import polars as pl
import yaml

from assets.report.formats import NO_DATE, NOT_KNOWN, outward
from assets.report.marked_text import HANGING
from pipeline.project import DBT_PROJECT

Made = TypeVar("Made")
Rows = list[str]
"""Rows of a table that are HTML already; :func:`assets.report.formats.written` puts them into a page."""
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}


def escaped(text: str | pl.Expr) -> pl.Expr:
    column = pl.col(text) if isinstance(text, str) else text
    return column.str.replace_many(list(ESCAPES), list(ESCAPES.values()))


def displayed_column(text: str) -> pl.Expr:
    """:func:`assets.report.marked_text.displayed`, not escaped."""
    return pl.col(text).str.strip_chars().str.strip_chars_end(HANGING)


def shortened_column(text: str, length: int) -> pl.Expr:
    """:func:`shortened`, escaped."""
    column = pl.col(text)
    cut = column.str.slice(0, length - 1).str.replace(" [^ ]*$", "") + "…"
    return escaped(pl.when(column.str.len_chars() <= length).then(column).otherwise(cut))


def moment_column(at: str, precision: str) -> pl.Expr:
    """:func:`moment`."""
    time, known = pl.col(at), pl.col(precision).fill_null("none")
    written = (
        pl.when(known == "month").then(time.dt.strftime('<time datetime="%Y-%m">%b %Y</time>'))
        .when(known == "second").then(time.dt.strftime('<time datetime="%Y-%m-%dT%H:%MZ">%-d %b %Y, %H:%M</time>'))
        .otherwise(day_column(at))
    )  # fmt: skip
    return written.fill_null(str(NO_DATE))


def day_column(at: str) -> pl.Expr:
    """:func:`day`."""
    return pl.col(at).dt.strftime('<time datetime="%Y-%m-%d">%-d %b %Y</time>').fill_null(str(NO_DATE))


def count_column(n: str) -> pl.Expr:
    """:func:`count`, of less than a thousand million."""
    number = pl.col(n)

    def three(digits: pl.Expr) -> pl.Expr:
        return (digits % 1000).cast(pl.String).str.zfill(3)

    thousands, millions = number // 1000, number // 1_000_000
    return (
        pl.when(number < 1000).then(number.cast(pl.String))
        .when(number < 1_000_000).then(pl.format("{},{}", thousands, three(number)))
        .otherwise(pl.format("{},{},{}", millions, three(thousands), three(number)))
    )  # fmt: skip


def percent_column(share: str | pl.Expr) -> pl.Expr:
    """:func:`percent`; nothing where there is no share."""
    rounded = (100 * (pl.col(share) if isinstance(share, str) else share)).round(0, mode="half_to_even").cast(pl.Int64)
    return pl.format("{} %", rounded).fill_null("")


def plural_column(n: str, one: str, many: str | None = None) -> pl.Expr:
    """:func:`plural`."""
    return pl.format(
        "{} {}", count_column(n), pl.when(pl.col(n) == 1).then(pl.lit(one)).otherwise(pl.lit(many or one + "s"))
    )


def outward_column(url: pl.Series) -> pl.Series:
    """:func:`outward`."""
    return pl.Series([str(outward(address)) for address in url.to_list()], dtype=pl.String)


def leads_column(n: str, link: pl.Expr) -> pl.Expr:
    """The cell of a number that leads to the rows it counts."""
    linked = pl.format('<td class="n"><a href="{}">{}</a></td>', link, count_column(n))
    return pl.when(pl.col(n) > 0).then(linked).otherwise(pl.lit('<td class="n">0</td>'))


def speaker_column(speaker_id: str, name: str, root: str) -> pl.Expr:
    """:func:`speaker`."""
    linked = pl.format(
        f'<a href="{root}speakers/{{}}.html">{{}}</a>', escaped(speaker_id), escaped(pl.col(name).fill_null("None"))
    )
    return linked.fill_null(escaped(name)).fill_null(str(NOT_KNOWN))


@cache
def sure_speaker() -> float:
    """The chance that a name is right from which the marts rest on it (``sure_speaker``)."""
    settings = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    return float(settings["vars"]["sure_speaker"])


def rows_of(frame: pl.DataFrame, row: str, *cells: pl.Expr) -> Rows:
    """The rows of a table as HTML: ``row`` with its ``{}`` filled from the cells, which are escaped; what is null is left empty."""
    return frame.select(pl.format(row, *(cell.cast(pl.String).fill_null("") for cell in cells))).to_series().to_list()


def tables_of(frame: pl.DataFrame, name: str, row: str, *cells: pl.Expr) -> pl.DataFrame:
    """The rows that :func:`rows_of` makes, a line each, put together for each page: page, ``name``; and how many, ``n_…``."""
    rows = pl.format(f"{row}\n", *(cell.cast(pl.String).fill_null("") for cell in cells))
    return (
        frame.select("page", rows.alias(name))
        .group_by("page")
        .agg(pl.col(name).str.join(), pl.len().cast(pl.Int64).alias(f"n_{name}"))
    )


def rows_by_page(frame: pl.DataFrame, rows: list[Made]) -> dict[str, list[Made]]:
    """What was made of the rows of a frame, by its column ``page``; quick where the frame is sorted by it."""
    of_page: dict[str, list[Made]] = {}
    at = 0
    for length, page in frame["page"].rle().struct.unnest().rows():
        of_page.setdefault(page, []).extend(rows[at : at + length])
        at += length
    return of_page
