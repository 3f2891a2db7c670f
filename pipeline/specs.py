"""How a table appears in Dagster: its key, description, columns, owner and group, and what is shown when it was written."""

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg
import polars as pl

from pipeline.schema import Table
from pipeline.warehouse import Transaction

OWNERS = ["team:newsroom-data"]
WAREHOUSE_POOL = "warehouse"
"""Steps that write the build database share this pool of one."""

PREVIEW_ROWS = 8
PREVIEW_WIDTH = 90


def asset_key(table: Table) -> dg.AssetKey:
    return dg.AssetKey([table.schema, table.name])


def table_spec(
    table: Table, group: str, deps: Sequence[Table] = (), kinds: Sequence[str] = ("python", "polars", "duckdb")
) -> dg.AssetSpec:
    """The asset of one table."""
    return dg.AssetSpec(
        asset_key(table),
        deps=[asset_key(dep) for dep in deps],
        description=f"{table.grain[0].upper()}{table.grain[1:]}.",
        group_name=group,
        kinds=set(kinds),
        owners=OWNERS,
        metadata={"dagster/column_schema": column_schema(table), "dagster/table_name": table.path},
    )


def column_schema(table: Table) -> dg.TableSchema:
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                type=column.duckdb_type,
                description=column.meaning,
                constraints=dg.TableColumnConstraints(nullable=column.nullable),
            )
            for column in table.columns
        ]
    )


def materialized(
    transaction: Transaction, table: Table, extra: Mapping[str, Any] | None = None
) -> dg.MaterializeResult[None]:
    """What Dagster shows of a table that was just brought up to date: rows, a preview, and what the step adds."""
    # By the key alone, so that the other columns are read of these few rows and not of all.
    in_order = ", ".join(f'"{column}"' for column in table.key)
    preview = transaction.query(f"SELECT * FROM {table.path} ORDER BY {in_order} LIMIT {PREVIEW_ROWS}")
    return dg.MaterializeResult(
        asset_key=asset_key(table),
        metadata={
            "dagster/row_count": transaction.count(table),
            "preview": dg.MetadataValue.md(markdown_table(preview)),
            **(extra or {}),
        },
    )


def markdown_table(frame: pl.DataFrame) -> str:
    """A small frame as a Markdown table; long cells are cut."""
    if frame.is_empty():
        return "*no rows*"
    lines = ["| " + " | ".join(frame.columns) + " |", "|" + " --- |" * frame.width]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in frame.rows()]
    return "\n".join(lines)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    cut = text if len(text) <= PREVIEW_WIDTH else text[: PREVIEW_WIDTH - 1] + "…"
    return cut.replace("|", "\\|").replace("\n", " ")
