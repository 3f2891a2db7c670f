"""What pages are made of: rows in SQL, so that one query says which pages have changed, and only their rows are read."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from assets.report.pages import Frames
from assets.report.tables import Database

ROWS_PER_BATCH = 12_000


@dataclass(frozen=True)
class Part:
    """Rows that pages show: SQL with the column ``page`` and everything that is shown, and their order within a page."""

    rows: str
    order: str = "page"


@dataclass(frozen=True)
class Kind:
    """The pages of one kind, by the parts that they are made of; the first part names the pages, each in one row."""

    name: str
    parts: dict[str, Part]

    def part_table(self, part: str) -> str:
        return f"report_{self.name}_{part}"


def fingerprints(database: Database, kind: Kind, version: str) -> pl.DataFrame:
    """One row per page: page, fingerprint of all its rows and the version of what writes it, n_rows."""
    first = next(iter(kind.parts.values()))
    hashed = " UNION ALL ".join(
        f"SELECT page, hash('{name}', *COLUMNS(*)) AS h FROM ({part.rows})" for name, part in kind.parts.items()
    )
    return database.query(
        "SELECT page, hash(?, sum(h), count(*)) AS fingerprint, count(*) AS n_rows "
        f"FROM ({hashed}) SEMI JOIN (SELECT page FROM ({first.rows})) USING (page) GROUP BY page ORDER BY page",
        [version],
    )


def batches(database: Database, kind: Kind, pages: pl.DataFrame) -> Iterator[Frames]:
    """The rows of these pages (page, n_rows), some thousand at a time, each part in its order.

    The rows are gathered in the order of the pages first, so that each batch is one stretch of each table.
    """
    for name, part in kind.parts.items():
        with database.visible(pages.select("page")) as given:
            database.execute(
                f"CREATE OR REPLACE TEMP TABLE {kind.part_table(name)} AS "
                f"SELECT * FROM ({part.rows}) SEMI JOIN {given} USING (page) ORDER BY page, {part.order}"
            )
    for low, high in stretches(pages):
        yield {
            name: database.query(
                f"SELECT * FROM {kind.part_table(name)} WHERE page BETWEEN ? AND ? ORDER BY page, {part.order}",
                [low, high],
            )
            for name, part in kind.parts.items()
        }
    for name in kind.parts:
        database.execute(f"DROP TABLE {kind.part_table(name)}")


def stretches(pages: pl.DataFrame, limit: int = ROWS_PER_BATCH) -> Iterator[tuple[str, str]]:
    """First and last of consecutive pages that have about ``limit`` rows together."""
    weight = pl.col("n_rows").cast(pl.Int64)
    yield from (
        pages.sort("page")
        .select("page", at=(weight.cum_sum() - weight) // limit)
        .group_by("at", maintain_order=True)
        .agg(low=pl.col("page").first(), high=pl.col("page").last())
        .select("low", "high")
        .rows()
    )
