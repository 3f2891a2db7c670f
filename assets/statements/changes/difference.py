"""How what some chapters come to differs from what they came to before.

An article that comes to a chapter leaves most of its printings and statements as they were. Nobody needs to meet these again.
"""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from assets.statements.within import Within


@dataclass(frozen=True)
class Difference:
    """The rows of chapters that were there before only (``gone``), and those that are there now only (``come``)."""

    gone: Within
    come: Within

    @cached_property
    def printings(self) -> pl.Series:
        """The printings that are not what they were, or any of whose quotations is not (quote_id)."""
        return _all(
            *(told.printings["quote_id"] for told in (self.gone, self.come)),
            *(told.quotes["printing"].alias("quote_id") for told in (self.gone, self.come)),
        )

    @property
    def statements(self) -> pl.Series:
        """The statements of chapters that these belong to, and those that they belonged to (statement)."""
        return _all(
            *(rows["statement"] for told in (self.gone, self.come) for rows in (told.printings, told.quotes)),
        )

    @property
    def lost(self) -> pl.Series:
        """Quotations that may not be there any more."""
        return self.gone.quotes["quote_id"]

    @property
    def keys(self) -> pl.DataFrame:
        """By how many more printings a key is held, where that is not none: key, n."""
        held = [_keys(self.come.printings, 1), _keys(self.gone.printings, -1)]
        return pl.concat(held).group_by("key").agg(pl.col("n").sum()).filter(pl.col("n") != 0)


def difference(before: Within, now: Within) -> Difference:
    """The two states of some chapters set against each other, row by row."""
    quotes, printings = (
        _in_one(old, new) for old, new in ((before.quotes, now.quotes), (before.printings, now.printings))
    )
    return Difference(Within(quotes[0], printings[0]), Within(quotes[1], printings[1]))


def _in_one(before: pl.DataFrame, now: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that are in the first frame only, and those that are in the second only."""
    rows = pl.concat([before.with_columns(is_now=pl.lit(False)), now.with_columns(is_now=pl.lit(True))])
    single = rows.unique(before.columns, keep="none")
    return tuple(single.filter(pl.col("is_now") == is_now).drop("is_now") for is_now in (False, True))  # type: ignore[return-value]


def _all(*series: pl.Series) -> pl.Series:
    return pl.concat(list(series)).unique().sort()


def _keys(printings: pl.DataFrame, n: int) -> pl.DataFrame:
    keys = printings["keys"].explode(empty_as_null=False, keep_nulls=False)
    return pl.DataFrame({"key": keys.cast(pl.Int64)}).with_columns(n=pl.lit(n, pl.Int64))
