"""A point in time, with how exactly it is known, and what else is known about its author."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import polars as pl

Precision = Literal["second", "day", "month"]
Order = Literal["dmy", "mdy"]

FIRST_YEAR = 1900
PRECISIONS: tuple[Precision, ...] = ("second", "day", "month")


@dataclass(frozen=True)
class Timestamp:
    """``at`` is naive UTC; with precision ``day`` or ``month`` it is the first moment of that day or month.

    ``offset`` is how many minutes the clock it was written in is ahead of UTC, ``None`` where no clock is known.
    """

    at: datetime
    precision: Precision
    offset: int | None = None


@dataclass(frozen=True)
class Context:
    """What is known about the author of a date.

    ``order`` is what other dates of the same column show; ``country`` (ISO 3166) and ``language`` (ISO 639-1) are the
    outlet's.
    """

    order: Order | None = None
    country: str | None = None
    language: str | None = None


NO_CONTEXT = Context()


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, where the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_stamp(day: date) -> Timestamp:
    """A day, its time not known."""
    return Timestamp(datetime(day.year, day.month, day.day), "day")


def month_stamp(year: int, month: int) -> Timestamp | None:
    """A month, its day not known."""
    return Timestamp(datetime(year, month, 1), "month") if 1 <= month <= 12 else None


def with_known_days(articles: pl.DataFrame) -> pl.DataFrame:
    """Articles with ``published_at`` null where only the month is known, so that it is never taken for the month's first."""
    is_known = pl.col("published_precision") != "month"
    return articles.with_columns(published_at=pl.when(is_known).then("published_at"))
