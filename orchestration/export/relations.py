"""What is declared of the tables that can be taken along: columns, keys and what they refer to.

Tables of the pipeline are declared in ``assets/*/schema.py``, marts in dbt's YAML; here both are one kind of thing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.documentation import HOMES, MARTS, SELECTED, SOURCE, STAGING
from orchestration.tables import PUBLIC_TABLES
from pipeline.bookkeeping import TOUCHED
from pipeline.schema import Table


@dataclass(frozen=True)
class Field:
    """A column: its type in DuckDB, what it means, whether it is always filled, and the values it may hold.

    ``source`` is the SQL that it is taken from, where that is not the column of its name.
    """

    name: str
    type: str
    description: str
    required: bool = False
    values: tuple[str, ...] = ()
    source: str = ""

    @property
    def taken_from(self) -> str:
        return self.source or f'"{self.name}"'


@dataclass(frozen=True)
class Reference:
    """A column whose values are those of a column of another table."""

    column: str
    table: str
    home: str


@dataclass(frozen=True)
class Relation:
    """A table with its columns, the key that names a row, and its references."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]


@cache
def relations() -> tuple[Relation, ...]:
    """All public tables in the order of the pipeline, then the marts by name."""
    return (*map(_declared_table, PUBLIC_TABLES), *map(_mart, sorted(MARTS.glob("*.sql"))))


def _declared_table(table: Table) -> Relation:
    fields = tuple(
        Field(column.name, column.duckdb_type, column.meaning, not column.nullable, column.values)
        for column in table.columns
    )
    homes = {field.name: HOMES[field.name] for field in fields if field.name in HOMES}
    return Relation(table.path, f"{table.grain}.", fields, table.key, tuple(_references(table.path, homes)))


def _mart(path: Path) -> Relation:
    model = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["models"][0]
    name = f"marts.{model['name']}"
    test = next(test["rows_hold"] for test in model["data_tests"] if "rows_hold" in test)
    promised = test["arguments"]
    values = promised.get("values", {}) if _is_of_all(test.get("config", {})) else {}
    return Relation(
        name,
        " ".join(model["description"].split()),
        tuple(_mart_field(column, values.get(column["name"], ())) for column in model["columns"]),
        tuple(promised["key"]),
        tuple(_references(name, promised.get("ids", {}))),
    )


def _mart_field(column: Mapping[str, Any], values: Sequence[str]) -> Field:
    required = {"type": "not_null"} in column.get("constraints", [])
    # A dotted word stands for all that the schema allows in that column (dbt_project/tests/generic/rows_hold.sql).
    words = tuple(word for given in values for word in (_values_of(given) if "." in given else (given,)))
    return Field(column["name"], column["data_type"].upper(), " ".join(column["description"].split()), required, words)


def _is_of_all(config: Mapping[str, Any]) -> bool:
    """A test of some rows only says nothing of the others, unless they are those that the run has not made anew."""
    return TOUCHED.path in config.get("where", TOUCHED.path)


def _values_of(path: str) -> tuple[str, ...]:
    table_path, _, name = path.rpartition(".")
    table = next(table for table in PUBLIC_TABLES if table.path == table_path)
    return next(column.values for column in table.columns if column.name == name)


def _references(name: str, homes: Mapping[str, str]) -> Iterator[Reference]:
    """``homes`` gives for a column the staging model and its column in which such ids are at home."""
    for column, home in homes.items():
        model, _, model_column = home.partition(".")
        table, home_column = _stored_at(model, model_column)
        if (table, home_column) != (name, column):
            yield Reference(column, table, home_column)


def _stored_at(model: str, model_column: str) -> tuple[str, str]:
    """The table and column that a staging model shows under another name."""
    sql = (STAGING / f"{model}.sql").read_text(encoding="utf-8")
    schema, table = SOURCE.findall(sql)[0]
    shown = {match["name"] or match["column"]: match["column"] for match in SELECTED.finditer(sql)}
    return f"{schema}.{table}", shown[model_column]
