"""Weeks of publication, the windows in which pairs and stories are found: what a run holds and does again is bounded by them.

A week begins on Monday, UTC. Articles of which no day is known are no week's.
"""

from datetime import datetime, timedelta

import polars as pl

from assets.text.dates.timestamp import FIRST_YEAR

FIRST_MONDAY = datetime(FIRST_YEAR, 1, 1)
UNDATED = -1
NO_WEEK = "undated"


def week_of(published_at: pl.Expr) -> pl.Expr:
    """The week of a time of publication, counted from that of ``FIRST_MONDAY``; ``UNDATED`` where there is none."""
    return ((published_at - FIRST_MONDAY).dt.total_days() // 7).clip(0).fill_null(UNDATED).cast(pl.Int32)


def monday_of(week: int) -> datetime:
    """When a week begins."""
    return FIRST_MONDAY + timedelta(weeks=week)


def name_of(week: int) -> str:
    """What people call a week: the Monday that it begins on."""
    return NO_WEEK if week == UNDATED else f"{monday_of(week):%Y-%m-%d}"


def week_named(name: str) -> int:
    """The week of a name."""
    return UNDATED if name == NO_WEEK else (datetime.fromisoformat(name) - FIRST_MONDAY).days // 7
