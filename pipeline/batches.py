"""Batches of items, and what is done with one in another process: no more is imported there than that takes.

A worker that loaded Dagster and the database with it would start a second later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

Result = TypeVar("Result")
Batch = tuple[pl.DataFrame, ...]
"""Items as they were read, sorted by their key, and what was read beside them where something is."""


@dataclass(frozen=True)
class LeftOut:
    """In place of what would have been found in an item that no process survives."""

    item_id: str


def on_frames(function: Callable[..., Result], batch: Batch) -> list[Result | LeftOut]:
    """What a function finds in a batch, as a list with one member for each part of it."""
    return [function(*batch)]


def left_out(batch: Batch, key: str) -> list[Result | LeftOut]:
    return [LeftOut(batch[0][key].item())]


def halves(batch: Batch, key: str) -> tuple[Batch, Batch] | None:
    items, *beside = batch
    middle = items.height // 2
    if not middle:
        return None
    first, second = (
        (part, *(of_items(others, part[key]) for others in beside)) for part in (items[:middle], items[middle:])
    )
    return first, second


def of_items(others: pl.DataFrame, items: pl.Series) -> pl.DataFrame:
    """The rows of some items that follow each other; both are sorted by item_id."""
    first, last = others["item_id"].search_sorted(items[0], "left"), others["item_id"].search_sorted(items[-1], "right")
    return others.slice(first, last - first)
