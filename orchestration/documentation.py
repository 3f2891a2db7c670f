"""Writes what other tools must know of the declared columns: dbt's sources and staging YAML, and the data dictionary.

``python -m orchestration.documentation`` rewrites the files; a test fails when one of them is out of date.
"""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from assets.search.schema import SEARCH_TABLES
from orchestration import lineage
from orchestration.tables import PUBLIC_TABLES
from pipeline.project import ROOT
from pipeline.schema import Table

STAGING = ROOT / "dbt_project" / "models" / "staging"
INTERMEDIATE = ROOT / "dbt_project" / "models" / "intermediate"
MARTS = ROOT / "dbt_project" / "models" / "marts"
CLOSED_LISTS = ROOT / "dbt_project" / "macros" / "values_of.sql"
DICTIONARY = ROOT / "docs" / "data-dictionary.md"

ORIGIN = "Written by `python -m orchestration.documentation` from assets/*/schema.py; change it there."
HEADER = f"# {ORIGIN}\n"
SELECTED = re.compile(r"^ {8}\"?(?P<column>\w+)\"?(?: as (?P<name>\w+))?,?$", re.MULTILINE)
SOURCE = re.compile(r"source\('(\w+)', '(\w+)'\)")

# The staging model and column in which an id is at home, by the names of the columns that refer to it. That a phrase which is
# found is there is part of the check that counts its places (orchestration/checks.py).
HOMES = {
    "document_id": "stg_documents.document_id",
    "source_id": "stg_sources.source_id",
    "agency_id": "stg_sources.source_id",
    "article_id": "stg_articles.article_id",
    "article_a": "stg_articles.article_id",
    "article_b": "stg_articles.article_id",
    "entity_id": "stg_entities.entity_id",
    "speaker_id": "stg_entities.entity_id",
    "quote_id": "stg_quotes.quote_id",
    "statement_id": "stg_statements.statement_id",
    "story_id": "stg_stories.story_id",
}


def generated_files() -> dict[Path, str]:
    """Each generated file with the content it should have."""
    return {
        STAGING / "sources.yml": HEADER + _yaml(dbt_sources()),
        STAGING / "staging.yml": HEADER + _yaml(dbt_staging()),
        CLOSED_LISTS: closed_lists(),
        DICTIONARY: data_dictionary(),
        lineage.FILE: lineage.as_text(lineage.column_lineage(staged_columns())),
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


def staged_columns() -> dict[str, list[str]]:
    """The columns of each staging model."""
    return {
        path.stem: [match["name"] or match["column"] for match in SELECTED.finditer(path.read_text(encoding="utf-8"))]
        for path in sorted(STAGING.glob("stg_*.sql"))
    }


def dbt_staging() -> dict[str, Any]:
    """A model's columns are those it selects; its test is that the ids which refer to another model are known there.

    Nothing else needs one: the tables' own constraints keep nulls and unknown values out, and blocking checks keys.
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
    model = {
        "name": path.stem,
        "description": f"{table.grain}; {table.path} with its columns renamed.",
        "columns": columns,
    }
    homes = {model_name: HOMES[column_name] for column_name, model_name in selected if column_name in HOMES}
    ids = {name: home for name, home in homes.items() if not home.startswith(f"{path.stem}.")}
    if ids:
        model["data_tests"] = [{"rows_hold": {"name": f"rows_of_{path.stem}_hold", "arguments": {"ids": ids}}}]
    return model


def closed_lists() -> str:
    """The macro with the values that a column may hold, so that dbt's tests repeat none of them."""
    declared = [
        f"        '{table.path}.{column.name}': {list(column.values)!r},\n"
        for table in PUBLIC_TABLES
        for column in table.columns
        if column.values
    ]
    return (
        f"{{# The values that the schema allows in a column (`core.quotes.kind`). {ORIGIN} #}}\n"
        "{% macro values_of(column) -%}\n    {%- set declared = {\n"
        + "".join(declared)
        + "    } -%}\n    {%- do return(declared[column]) -%}\n{%- endmacro %}\n"
    )


def data_dictionary() -> str:
    parts = [
        "# Data dictionary\n",
        "Every table, mart and intermediate model of `warehouse.duckdb`. Offsets are Unicode code points into `core.articles.body`; times are UTC.\n",
        "This page is written by `python -m orchestration.documentation` from `assets/*/schema.py` and the models' YAML.\n",
    ]
    parts += [_section(table) for table in PUBLIC_TABLES]
    parts += [_section(table) for table in SEARCH_TABLES]
    parts += [_model_section(path) for folder in (INTERMEDIATE, MARTS) for path in sorted(folder.glob("*.sql"))]
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


def _model_section(path: Path) -> str:
    model = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["models"][0]
    rows = [f"| `{c['name']}` | {c['data_type'].upper()} | {_cell(c['description'])} |" for c in model["columns"]]
    return (
        f"## {path.parent.name}.{model['name']}\n\n{model['description'].strip()}\n\n| column | type | meaning |\n|---|---|---|\n"
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
