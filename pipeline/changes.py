"""How a step over the corpus does again only what hangs on what has changed."""

from collections.abc import Callable, Mapping

import polars as pl

from pipeline import ledger
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.warehouse import Transaction


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

    ``items`` is SQL that gives (item_id, input) for all there is; an item's rows must hang on nothing but what ``input``
    is a hash of, so it makes no difference which items are done together. ``tables`` names the column of each table that
    holds the item; ``write`` inserts the rows of the items of these ids.
    """
    version = f"{ledger.code_version(*rooms)}{options}"
    with pipeline.reporter.step(step, None, "items") as progress, pipeline.warehouse.transaction() as transaction:
        todo, gone = ledger.pending(transaction, step, version, items), ledger.gone(transaction, step, items)
        if todo.is_empty() and gone.is_empty():
            progress.note("nothing new")
            return {"items_done": 0}
        clear(transaction, tables, None if is_all(transaction, todo, items) else pl.concat([todo["item_id"], gone]))
        write(transaction, todo["item_id"])
        ledger.record(transaction, step, todo)
        ledger.forget(transaction, step, gone)
        progress.advance(todo.height)
        return {"items_done": todo.height}


def is_all(transaction: Transaction, todo: pl.DataFrame, items: str) -> bool:
    """Whether these are all the items there are."""
    return todo.height == int(transaction.scalar(f"SELECT count(*) FROM ({items})"))


def clear(transaction: Transaction, tables: Mapping[Table, str], items: pl.Series | None) -> None:
    """Drop the rows of some items, or all rows."""
    for table, column in tables.items():
        if items is None:
            transaction.execute(f"DELETE FROM {table.path}")
        else:
            transaction.delete(table, column, items)
