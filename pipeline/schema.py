"""How a table declares its columns; the DDL, the Polars schema, the UI and the docs are all derived from here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

# One name per column type, with what Polars and DuckDB call it.
POLARS_TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "text[]": pl.List(pl.String()),
    "integer": pl.Int32(),
    "integer[]": pl.List(pl.Int32()),
    "bigint": pl.Int64(),
    "bigint[]": pl.List(pl.Int64()),
    "double": pl.Float64(),
    "boolean": pl.Boolean(),
    "timestamp": pl.Datetime("us"),
}
DUCKDB_TYPES: dict[str, str] = {
    "text": "VARCHAR",
    "text[]": "VARCHAR[]",
    "integer": "INTEGER",
    "integer[]": "INTEGER[]",
    "bigint": "BIGINT",
    "bigint[]": "BIGINT[]",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMP",
}


@dataclass(frozen=True)
class Column:
    """One column: its type (a key of ``POLARS_TYPES``), what it means, its unit, and the values it may hold."""

    name: str
    type: str
    meaning: str
    nullable: bool = False
    values: tuple[str, ...] = ()

    @property
    def duckdb_type(self) -> str:
        return DUCKDB_TYPES[self.type]

    @property
    def description(self) -> str:
        """The meaning with the closed list of values, where there is one."""
        return f"{self.meaning} One of: {', '.join(self.values)}." if self.values else self.meaning


@dataclass(frozen=True)
class Table:
    """One warehouse table: where it lives, what one row is, its columns, and the columns that identify a row."""

    schema: str
    name: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def polars_schema(self) -> pl.Schema:
        return pl.Schema({column.name: POLARS_TYPES[column.type] for column in self.columns})

    @property
    def ddl(self) -> str:
        """``CREATE TABLE``, in what all kinds of database understand; that closed lists stay closed is a check's business."""
        lines = [
            f'"{column.name}" {column.duckdb_type}{"" if column.nullable else " NOT NULL"}' for column in self.columns
        ]
        return f"CREATE TABLE IF NOT EXISTS {self.path} (\n  " + ",\n  ".join(lines) + "\n)"

    def empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema=self.polars_schema)

    def frame(self, rows: Iterable[dict[str, object]] | pl.DataFrame) -> pl.DataFrame:
        """Rows as this table's frame: exactly its columns, order and types; raises where a value does not fit."""
        if isinstance(rows, pl.DataFrame):
            return rows.select(
                pl.col(column.name).cast(POLARS_TYPES[column.type], strict=True) for column in self.columns
            )
        return pl.DataFrame(list(rows), schema=self.polars_schema, orient="row")


_CHECK = re.compile(r' CHECK \("\w+" IN \([^)]*\)\)')


def without_checks(ddl: str) -> str:
    """The statement as it would be today, where an earlier version wrote closed lists of values into it."""
    return _CHECK.sub("", ddl)
