"""How a step over the corpus redoes only what depends on what has changed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from pipeline import ledger
from pipeline.ids import stable_id
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.warehouse import Transaction

PORTION = 4096
"""Items read at a time, where a step needs no more of them at once."""


@dataclass(frozen=True)
class Changed:
    """Ids of the items that have come or changed, and of those that are gone; and how many items there are in all."""

    come: pl.Series
    gone: pl.Series
    n_items: int

    @property
    def is_all(self) -> bool:
        """Whether nothing else is there."""
        return len(self.come) == self.n_items

    @property
    def touched(self) -> pl.Series:
        return pl.concat([self.come, self.gone])

    def clear(self, transaction: Transaction, tables: Mapping[Table, str]) -> None:
        """Drop the rows about these items; ``tables`` names the column of each table that holds the item."""
        for table, column in tables.items():
            if self.is_all:
                transaction.execute(f"DELETE FROM {table.path}")
            else:
                transaction.delete(table, column, self.touched)

    def portions(self) -> Iterator[pl.Series]:
        """The items that have come or changed, some at a time."""
        return in_portions(self.come)


def in_portions(items: pl.Series) -> Iterator[pl.Series]:
    """Some items at a time, in their order."""
    yield from (items.slice(first, PORTION) for first in range(0, len(items), PORTION))


def portions_by_size(items: pl.DataFrame, most: int) -> list[pl.DataFrame]:
    """Runs of items that are done at once: those whose sizes ``n`` add up to about ``most``; a larger item is alone."""
    return items.with_columns(portion=pl.col("n").cum_sum() // most).partition_by("portion", maintain_order=True)


def derive_from_changes(
    pipeline: Pipeline,
    step: str,
    rooms: tuple[str, ...],
    *,
    items: str,
    change: Callable[[Transaction, Changed], None],
    options: str = "",
) -> dict[str, int]:
    """Bring what a step makes up to date with the items that have come, changed or gone, in one transaction.

    ``items`` is SQL that gives (item_id, input) for all there is; ``change`` must lead from the tables of any earlier state
    to those that it makes where all items have just come.
    """
    version = f"{ledger.code_version(*rooms)}{options}"
    with pipeline.reporter.step(step, None, "items") as progress, pipeline.warehouse.transaction() as transaction:
        todo, gone, n_items = ledger.differing(transaction, step, version, items)
        if todo.is_empty() and gone.is_empty():
            progress.note("nothing new")
            return {"items_done": 0}
        change(transaction, Changed(todo["item_id"], gone, n_items))
        ledger.record(transaction, step, todo)
        ledger.forget(transaction, step, gone)
        progress.advance(todo.height)
        return {"items_done": todo.height}


def derive_each(
    pipeline: Pipeline,
    step: str,
    rooms: tuple[str, ...],
    *,
    items: str,
    tables: Mapping[Table, str],
    write: Callable[[Transaction, pl.Series], None],
    options: str = "",
) -> dict[str, int]:
    """Make anew the rows of the items that have come or changed, and drop those of the items that are gone.

    An item's rows must hang on nothing but what its ``input`` is a hash of, so it makes no difference which items are done
    together. ``tables`` names the column of each table that holds the item; ``write`` inserts the rows of the items.
    """

    def change(transaction: Transaction, changed: Changed) -> None:
        changed.clear(transaction, tables)
        write(transaction, changed.come)

    return derive_from_changes(pipeline, step, rooms, items=items, change=change, options=options)


def content(transaction: Transaction, version: str, reads: tuple[str, ...]) -> str:
    """A hash of a version and of the rows of some queries, in whatever order they come."""
    parts = [version]
    for query in reads:
        row = transaction.query(
            f"SELECT count(*) AS n, coalesce(sum(hash(*COLUMNS(*))), 0)::VARCHAR AS h FROM ({query})"
        )
        parts.append(f"{query}:{row['n'][0]}:{row['h'][0]}")
    return stable_id(*parts)


def replace_of_articles(transaction: Transaction, table: Table, articles: pl.Series, rows: pl.DataFrame) -> None:
    """Make a table hold exactly these rows about these articles."""
    transaction.delete(table, "article_id", articles)
    transaction.insert(table, rows)


def drop_of_articles(table: Table, transaction: Transaction, given: str) -> None:
    """Drop the rows about the articles that a relation names by item_id."""
    transaction.execute(f"DELETE FROM {table.path} WHERE article_id IN (SELECT item_id FROM {given})")


def drop_orphans(transaction: Transaction, table: Table, parent: Table) -> None:
    """Drop the rows whose ``parent``, named by its one-column key, is no longer there."""
    (key,) = parent.key
    transaction.execute(f'DELETE FROM {table.path} WHERE "{key}" NOT IN (SELECT "{key}" FROM {parent.path})')
