"""The whole export: which tables are meant, writing them, and what describes them."""

import json
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb

from orchestration.export.codebook import codebook
from orchestration.export.descriptor import descriptor
from orchestration.export.files import Resource, TableFormat, write_table
from orchestration.export.relations import Relation, relations

DESCRIPTOR = "datapackage.json"
CODEBOOK = "codebook.md"


class UnknownTableError(ValueError):
    """A name that no table has; the message says which there are."""


def chosen(patterns: Sequence[str]) -> list[Relation]:
    """The tables whose names match, each once and in their usual order; all where nothing is asked for."""
    known = relations()
    for pattern in patterns:
        if not any(fnmatchcase(relation.name, pattern) for relation in known):
            names = ", ".join(relation.name for relation in known)
            raise UnknownTableError(f"{pattern}: there is no such table; there are {names}")
    return [
        relation
        for relation in known
        if not patterns or any(fnmatchcase(relation.name, pattern) for pattern in patterns)
    ]


def missing_columns(connection: duckdb.DuckDBPyConnection, wanted: Sequence[Relation]) -> list[str]:
    """Columns that are declared and that a warehouse of another version does not have."""
    there = {
        f"{table}.{column}"
        for table, column in connection.execute(
            "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns()"
        ).fetchall()
    }
    declared = (f"{relation.name}.{field.name}" for relation in wanted for field in relation.fields)
    return [column for column in declared if column not in there]


def write_package(
    connection: duckdb.DuckDBPyConnection,
    wanted: Sequence[Relation],
    folder: Path,
    format: TableFormat,
    title: str,
    licence: str | None,
    tell: Callable[[Resource], None],
) -> None:
    """Write tables, codebook and, last, the descriptor: a folder that has one is complete."""
    resources = []
    for relation in wanted:
        resources.append(write_table(connection, relation, folder, format))
        tell(resources[-1])
    (folder / CODEBOOK).write_text(codebook(resources, format, title, licence), encoding="utf-8")
    package = json.dumps(descriptor(resources, format, title, licence), ensure_ascii=False, indent=2)
    (folder / DESCRIPTOR).write_text(package + "\n", encoding="utf-8")


def written_before(folder: Path) -> list[Path]:
    """The files of an earlier export in this folder, as its descriptor names them, the descriptor first."""
    file = folder / DESCRIPTOR
    if not file.is_file():
        return []
    names = [str(resource["path"]) for resource in json.loads(file.read_bytes())["resources"]]
    plain = [folder / name for name in names if Path(name).name == name]
    return [path for path in (file, folder / CODEBOOK, *plain) if path.is_file()]
