"""How values are written in a page: dates, shares, delays, links; all escaped. The last part writes whole columns of them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import TypeVar
from urllib.parse import quote, urlsplit

import polars as pl
import yaml
from markupsafe import Markup, escape

from assets.report.marked_text import HANGING
from assets.report.tables import OPENING
from assets.text.languages.calendar import full_names
from pipeline.project import DBT_PROJECT

MONTHS = tuple(month[:3].title() for month in full_names("month", "en"))
NO_DATE = Markup('<span class="none">no date</span>')
NOT_KNOWN = Markup('<span class="none">not known</span>')

RELATIONS = {
    "same": "the same words",
    "spelling": "spelled differently",
    "fragment": "a part of it",
    "variant": "small edits",
    "reworded": "other words",
    "altered": "altered",
    "uncredited": "in the text, credited to nobody",
}
SYMBOLS = {
    "same": "●", "spelling": "●", "fragment": "◐", "variant": "◕", "reworded": "○", "altered": "✕", "uncredited": "◌",
}  # fmt: skip


def day(at: date | datetime | None) -> Markup:
    """A day as readers write it; the machine's form in ``datetime``."""
    if at is None:
        return NO_DATE
    return Markup(f'<time datetime="{at.isoformat()[:10]}">{_day(at)}</time>')


def moment(at: datetime | None, precision: str | None) -> Markup:
    """A time in UTC, or only its day or its month where no more is known."""
    if at is not None and precision == "month":
        return Markup(f'<time datetime="{at.isoformat()[:7]}">{MONTHS[at.month - 1]} {at.year}</time>')
    if at is None or precision != "second":
        return day(at)
    exact = at.isoformat()[:16]
    return Markup(f'<time datetime="{exact}Z">{_day(at)}, {exact[11:]}</time>')


def delay(hours: float | None, at: datetime | None, first: datetime | None) -> str:
    """How long after the first printing: in hours where both times are known, in days where only the days are."""
    if hours is not None:
        if hours == 0:
            return "first"
        if hours < 1:
            return f"+{hours * 60:.0f} min"
        return f"+{hours:.1f} h" if hours < 48 else f"+{hours / 24:.1f} days"
    if at is None or first is None:
        return "–"
    days = (at.date() - first.date()).days
    return "same day" if days == 0 else f"+{days} day{'' if days == 1 else 's'}"


def delay_hours(hours: float | None, at: datetime | None, first: datetime | None) -> float:
    """What a delay is sorted by; an unknown one comes last."""
    if hours is not None:
        return round(hours, 3)
    return 1e9 if at is None or first is None else 24.0 * (at.date() - first.date()).days


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def count(n: int) -> str:
    return f"{n:,}"


def plural(n: int, one: str, many: str | None = None) -> str:
    """``1 outlet``, ``1,200 outlets``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def shortened(text: str, length: int = 160) -> str:
    """At most ``length`` code points, cut between words."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"


def passage(opening: str) -> str:
    """The part of a link behind the page that leads to these words of it: a text fragment, which browsers mark.

    A text fragment matches whole words within one block; a cut last word would keep it from being found.
    """
    words = opening if len(opening) <= OPENING else opening[:OPENING].rsplit(" ", 1)[0]
    return f"#:~:text={quote(words, safe='').replace('-', '%2D')}"


def outward(url: str | None) -> Markup:
    """A link to the original page; anything but an http address of a host is not a link."""
    if not url:
        return Markup("")
    try:
        parts = urlsplit(url)
    except ValueError:
        return Markup("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return Markup("")
    return Markup(f' <a class="out" rel="noopener noreferrer nofollow" href="{escape(url)}">original</a>')


@cache
def strip(n: int, of: int) -> Markup:
    """A row of dots, the first ``n`` filled; a reader who cannot see it has the numbers beside it."""
    if not 0 < of <= 24:
        return bar(n / of if of else 0)
    dots = "".join(f'<circle cx="{6 + 12 * at}" cy="6" r="4" class="{"on" if at < n else "off"}"/>' for at in range(of))
    return Markup(f'<svg class="strip" width="{12 * of}" height="12" aria-hidden="true">{dots}</svg>')


def bar(share: float | None) -> Markup:
    """A share as a bar of a hundred units."""
    width = round(100 * min(1.0, max(0.0, share or 0.0)), 1)
    return Markup(
        f'<svg class="bar" width="100" height="8" aria-hidden="true"><rect class="off" width="100" height="8"/>'
        f'<rect class="on" width="{width}" height="8"/></svg>'
    )


def _day(at: date | datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def speaker(speaker_id: str | None, name: str | None, root: str) -> Markup:
    """A speaker's name, linked where there is a page."""
    if speaker_id:
        return Markup(f'<a href="{root}speakers/{escape(speaker_id)}.html">{escape(name)}</a>')
    return escape(name) if name else NOT_KNOWN


# ---- whole columns, for the rows of long tables: one expression in place of a call for each cell

Made = TypeVar("Made")
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


Rows = list[str]
"""Rows of a table that are HTML already; :func:`written` puts them into a page."""


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


def written(rows: Sequence[str]) -> Markup:
    """Rows that :func:`rows_of` made, a line each."""
    return Markup("\n".join([*rows, ""]))


def rows_by_page(frame: pl.DataFrame, rows: list[Made]) -> dict[str, list[Made]]:
    """What was made of the rows of a frame, by its column ``page``; quick where the frame is sorted by it."""
    of_page: dict[str, list[Made]] = {}
    at = 0
    for length, page in frame["page"].rle().struct.unnest().rows():
        of_page.setdefault(page, []).extend(rows[at : at + length])
        at += length
    return of_page


FILTERS = {
    "bar": bar,
    "count": count,
    "day": day,
    "moment": moment,
    "outward": outward,
    "passage": passage,
    "percent": percent,
    "plural": plural,
    "relation": RELATIONS.get,
    "shortened": shortened,
    "speaker": speaker,
    "strip": strip,
    "symbol": SYMBOLS.get,
    "written": written,
}
"""Named as templates use them."""
