"""Writes what other tools must know of the declared columns: dbt's sources and staging YAML, and the data dictionary.

``python -m orchestration.documentation`` rewrites the files; a test fails when one of them is out of date.
"""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from orchestration.tables import PUBLIC_TABLES
from pipeline.project import ROOT
from pipeline.schema import Table

STAGING = ROOT / "dbt_project" / "models" / "staging"
MARTS = ROOT / "dbt_project" / "models" / "marts"
DICTIONARY = ROOT / "docs" / "data-dictionary.md"

HEADER = "# Written by `python -m orchestration.documentation` from assets/*/schema.py; change it there.\n"
SELECTED = re.compile(r"^ {8}\"?(?P<column>\w+)\"?(?: as (?P<name>\w+))?,?$", re.MULTILINE)
SOURCE = re.compile(r"source\('(\w+)', '(\w+)'\)")


def generated_files() -> dict[Path, str]:
    """Each generated file with the content it should have."""
    return {
        STAGING / "sources.yml": HEADER + _yaml(dbt_sources()),
        STAGING / "staging.yml": HEADER + _yaml(dbt_staging()),
        DICTIONARY: data_dictionary(),
    }


def dbt_sources() -> dict[str, Any]:
    schemas = sorted({table.schema for table in PUBLIC_TABLES})
    return {
        "version": 2,
        "sources": [
            {
                "name": schema,
                "schema": schema,
                "tables": [
                    {
                        "name": table.name,
                        "description": f"{table.grain}.",
                        "columns": [
                            {"name": column.name, "data_type": column.duckdb_type, "description": column.description}
                            for column in table.columns
                        ],
                    }
                    for table in PUBLIC_TABLES
                    if table.schema == schema
                ],
            }
            for schema in schemas
        ],
    }


def dbt_staging() -> dict[str, Any]:
    """A model's columns are those it selects.

    They need no tests of dbt's: the tables' own constraints keep nulls and unknown values out, and blocking checks keys.
    """
    return {"version": 2, "models": [_staging_model(path) for path in sorted(STAGING.glob("stg_*.sql"))]}


def _staging_model(path: Path) -> dict[str, Any]:
    sql = path.read_text(encoding="utf-8")
    schema, name = SOURCE.findall(sql)[0]
    table = next(table for table in PUBLIC_TABLES if (table.schema, table.name) == (schema, name))
    declared = {column.name: column for column in table.columns}
    selected = [(match["column"], match["name"] or match["column"]) for match in SELECTED.finditer(sql)]
    columns = []
    for column_name, model_name in selected:
        column = declared[column_name]
        columns.append({"name": model_name, "data_type": column.duckdb_type, "description": column.description})
    return {
        "name": path.stem,
        "description": f"{table.grain}; {table.path} with its columns renamed.",
        "columns": columns,
    }


def data_dictionary() -> str:
    parts = [
        "# Data dictionary\n",
        "Every table and mart of `warehouse.duckdb`. Offsets are Unicode code points into `core.articles.body`; times are UTC.\n",
        "This page is written by `python -m orchestration.documentation` from `assets/*/schema.py` and the marts' YAML.\n",
    ]
    parts += [_section(table) for table in PUBLIC_TABLES]
    parts += [_mart_section(path) for path in sorted(MARTS.glob("*.yml")) if path.with_suffix(".sql").exists()]
    return "\n".join(parts)


def _section(table: Table) -> str:
    rows = [
        f"| `{column.name}` | {column.duckdb_type}{' ?' if column.nullable else ''} | {_cell(column.description)} |"
        for column in table.columns
    ]
    key = ", ".join(f"`{name}`" for name in table.key)
    return (
        f"## {table.path}\n\n{table.grain}. Key: {key}. A type with `?` may be null.\n\n| column | type | meaning |\n|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def _mart_section(path: Path) -> str:
    model = yaml.safe_load(path.read_text(encoding="utf-8"))["models"][0]
    rows = [f"| `{c['name']}` | {c['data_type'].upper()} | {_cell(c['description'])} |" for c in model["columns"]]
    return (
        f"## marts.{model['name']}\n\n{model['description'].strip()}\n\n| column | type | meaning |\n|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip()


def _yaml(content: dict[str, Any]) -> str:
    # Through JSON, so that repeated objects are written out and not as YAML anchors.
    return yaml.safe_dump(json.loads(json.dumps(content)), sort_keys=False, allow_unicode=True, width=120)


def main() -> None:
    for path, content in generated_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
