"""``datapackage.json``: the tables as a Frictionless Data Package (version 2), which describes itself to R, Python and others."""

from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from orchestration.export.files import Resource, TableFormat
from orchestration.export.relations import Field, Relation

PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
MEDIA_TYPES: dict[TableFormat, str] = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "jsonl": "application/jsonl",
}
TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "array",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "TIMESTAMP": "datetime",
    "DATE": "date",
}
"""What Table Schema calls the types of DuckDB."""


def descriptor(resources: Sequence[Resource], format: TableFormat, title: str, licence: str | None) -> dict[str, Any]:
    """The package; its version is that of the program with a hash of the data, so that it changes with either."""
    exported = {resource.relation.name for resource in resources}
    package: dict[str, Any] = {
        "$schema": PACKAGE_PROFILE,
        "name": "verbatim",
        "title": title,
        "version": data_version(resources),
        "keywords": ["news", "quotations", "text reuse"],
    }
    if licence:
        package["licenses"] = [_licence(licence)]
    package["resources"] = [_resource(resource, format, exported) for resource in resources]
    return package


def data_version(resources: Sequence[Resource]) -> str:
    digest = sha256("".join(resource.sha256 for resource in resources).encode())
    return f"{version('verbatim')}+{digest.hexdigest()[:12]}"


def _licence(given: str) -> dict[str, str]:
    return {"path": given} if given.startswith(("http://", "https://")) else {"name": given}


def _resource(resource: Resource, format: TableFormat, exported: set[str]) -> dict[str, Any]:
    relation = resource.relation
    written: dict[str, Any] = {"name": relation.name, "type": "table"}
    if format == "csv":
        # What readers of version 1, R's among them, know a table by; there it stands for CSV alone.
        written["profile"] = "tabular-data-resource"
    return written | {
        "path": resource.path,
        "description": relation.description,
        "format": format,
        "mediatype": MEDIA_TYPES[format],
        "encoding": "utf-8",
        "bytes": resource.n_bytes,
        "hash": f"sha256:{resource.sha256}",
        "schema": table_schema(relation, exported),
    }


def table_schema(relation: Relation, exported: set[str]) -> dict[str, Any]:
    """Columns, key, and the references to tables that are taken along too."""
    schema: dict[str, Any] = {"$schema": SCHEMA_PROFILE, "fields": [_field(field) for field in relation.fields]}
    if all(field.required for field in relation.fields if field.name in relation.key):
        schema["primaryKey"] = list(relation.key)
    else:
        # A primary key holds no null; articles of which no day is known are counted under none.
        schema["uniqueKeys"] = [list(relation.key)]
    keys = [
        {
            "fields": [reference.column],
            "reference": {
                # An empty name is the table itself.
                "resource": "" if reference.table == relation.name else reference.table,
                "fields": [reference.home],
            },
        }
        for reference in relation.references
        if reference.table in exported
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(field: Field) -> dict[str, Any]:
    written: dict[str, Any] = {"name": field.name, "type": TYPES[field.type], "description": field.description}
    constraints: dict[str, Any] = {}
    if field.required and field.type == "VARCHAR":
        # An empty text is a value in a column without nulls, and nothing else.
        written["missingValues"] = []
    elif field.required:
        constraints["required"] = True
    if field.values:
        constraints["enum"] = list(field.values)
    return written | ({"constraints": constraints} if constraints else {})
