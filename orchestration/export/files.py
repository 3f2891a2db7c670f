"""The rows of a table as a file: Parquet, CSV or JSON lines, always in the order of its key, so that bytes are repeatable."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

import duckdb

from orchestration.export.relations import Field, Relation

TableFormat = Literal["parquet", "csv", "jsonl"]
COPY_OPTIONS: dict[TableFormat, str] = {
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "csv": "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR ''",
    "jsonl": "FORMAT json",
}
ISO_UTC = "%Y-%m-%dT%H:%M:%SZ"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Resource:
    """A table that was written: its file, rows, size and the hash of its bytes."""

    relation: Relation
    path: str
    n_rows: int
    n_bytes: int
    sha256: str


def write_table(
    connection: duckdb.DuckDBPyConnection, relation: Relation, folder: Path, format: TableFormat
) -> Resource:
    """Write a table into the folder. DuckDB streams and sorts on disk where it must, so that memory does not grow with it."""
    written_as = _parquet if format == "parquet" else _csv if format == "csv" else _json
    columns = ", ".join(f'{written_as(field)} AS "{field.name}"' for field in relation.fields)
    order = ", ".join(f'"{name}"' for name in relation.key)
    file = folder / f"{relation.name}.{format}"
    copied = connection.execute(
        f"COPY (SELECT {columns} FROM {relation.name} ORDER BY {order}) TO {_literal(str(file))} ({COPY_OPTIONS[format]})"
    ).fetchone()
    return Resource(relation, file.name, int(copied[0]) if copied else 0, file.stat().st_size, _hash(file))


Written = Callable[[Field], str]


def _parquet(field: Field) -> str:
    return field.taken_from


def _json(field: Field) -> str:
    return f"strftime({field.taken_from}, '{ISO_UTC}')" if field.type == "TIMESTAMP" else field.taken_from


def _csv(field: Field) -> str:
    """As JSON, and lists as JSON text, since CSV has none."""
    return f"to_json({field.taken_from})" if field.type.endswith("[]") else _json(field)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _hash(file: Path) -> str:
    digest = sha256()
    with file.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
