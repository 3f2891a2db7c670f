"""How the rows about items are brought up to date: those that came or changed are made, those of items that are gone go."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from pipeline import ledger
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.warehouse import Transaction

MOST_CHANGED = 0.25
"""Share of the items from which tables are made anew: then hardly a row would stay as it is."""


@dataclass(frozen=True)
class Changes:
    """Rows that take the place of ``stale`` ones: of those of a table that hold one of some values in a column."""

    stale: tuple[tuple[Table, str, pl.Series], ...]
    rows: dict[Table, pl.DataFrame]


def derive_changes(
    pipeline: Pipeline,
    step: str,
    rooms: tuple[str, ...],
    *,
    items: str,
    compute: Callable[[Transaction], dict[Table, pl.DataFrame]],
    change: Callable[[Transaction, pl.Series, pl.Series], Changes],
) -> dict[str, int]:
    """Bring tables up to date with the items that have come, changed or gone; make them anew where many have.

    ``items`` is SQL that gives (item_id, input) for all there is. ``change`` is given the ids of the items that have come
    or changed, and of those that are gone, and must lead to the tables that ``compute`` makes.
    """
    version = ledger.code_version(*rooms)
    with pipeline.reporter.step(step, None, "rows") as progress:
        with pipeline.warehouse.transaction() as transaction:
            todo, gone = ledger.pending(transaction, step, version, items), ledger.gone(transaction, step, items)
            if todo.is_empty() and gone.is_empty():
                progress.note("nothing new")
                return {"rows_written": 0}
            n_items = transaction.scalar(f"SELECT count(*) FROM ({items})")
            if todo.height + len(gone) > MOST_CHANGED * n_items:
                written = compute(transaction)
                for table, rows in written.items():
                    transaction.replace(table, rows)
            else:
                changes = change(transaction, todo["item_id"], gone)
                written = changes.rows
                for table, column, values in changes.stale:
                    transaction.delete(table, column, values)
                for table, rows in written.items():
                    transaction.insert(table, rows)
            ledger.record(transaction, step, todo)
            ledger.forget(transaction, step, gone)
        n_rows = sum(rows.height for rows in written.values())
        progress.advance(n_rows)
        return {"rows_written": n_rows}


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
