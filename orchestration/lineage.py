"""From which columns each column of a mart is made, read off the models' SQL without a database.

``python -m orchestration.documentation`` writes it to ``column_lineage.json`` beside this file, which Dagster's pages are told from.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import dagster as dg
import yaml
from jinja2 import Environment

from pipeline.project import DBT_PROJECT

FILE = Path(__file__).with_name("column_lineage.json")
MODELS = DBT_PROJECT / "models"
DERIVED = ("intermediate", "marts")
MACROS = ("known_day", "words_of", "folded")
Lineage = dict[str, dict[str, list[str]]]
"""By ``schema.model`` and column: the columns that it is made of, as ``schema.model.column``."""


def column_lineage(staged: Mapping[str, list[str]]) -> Lineage:
    """The lineage of the intermediate models and marts; ``staged`` has the columns of each staging model."""
    from sqlglot.optimizer.scope import build_scope

    columns = {f"staging.{name}": names for name, names in staged.items()} | _declared_columns()
    schemas = {name.split(".")[1]: name for name in columns}
    found: Lineage = {}
    for path in sorted(path for folder in DERIVED for path in (MODELS / folder).glob("*.sql")):
        query = _qualified(_compiled(path, schemas), columns)
        scope = build_scope(query)
        found[schemas[path.stem]] = {column: _made_of(column, query, scope) for column in query.named_selects}
    return found


def _declared_columns() -> dict[str, list[str]]:
    declared = {}
    for folder in DERIVED:
        for path in sorted((MODELS / folder).glob("*.yml")):
            for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
                declared[f"{folder}.{model['name']}"] = [column["name"] for column in model["columns"]]
    return declared


def _compiled(path: Path, schemas: Mapping[str, str]) -> str:
    """The model's SQL, as dbt would hand it to the database that has not been built."""
    macros = "".join((DBT_PROJECT / "macros" / f"{name}.sql").read_text(encoding="utf-8") for name in MACROS)
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    environment = Environment(autoescape=False)
    return environment.from_string(macros + path.read_text(encoding="utf-8")).render(
        ref=schemas.__getitem__,
        var=project["vars"].__getitem__,
        # An incremental model reads the same columns, of fewer rows.
        config=lambda **_: "",
        is_incremental=lambda: False,
    )


def _qualified(sql: str, columns: Mapping[str, list[str]]) -> Any:
    from sqlglot import parse_one
    from sqlglot.optimizer.qualify import qualify

    tables: dict[str, dict[str, dict[str, str]]] = {}
    for name, names in columns.items():
        tables.setdefault(name.split(".")[0], {})[name.split(".")[1]] = dict.fromkeys(names, "VARCHAR")
    schema: dict[str, object] = {**tables}
    return qualify(
        parse_one(sql, dialect="duckdb"),
        schema=schema,
        dialect="duckdb",
        validate_qualify_columns=False,
    )


def _made_of(column: str, query: Any, scope: Any) -> list[str]:
    from sqlglot import exp
    from sqlglot.lineage import lineage

    leaves = (
        (node.expression, node.name)
        for node in lineage(column, query, schema={}, scope=scope, dialect="duckdb").walk()
        if not node.downstream and isinstance(node.expression, exp.Table)
    )
    return sorted(
        {f"{table.db}.{table.name}.{name.rsplit('.', 1)[-1].strip(chr(34))}" for table, name in leaves if table.db}
    )


def as_text(lineage: Lineage) -> str:
    return json.dumps(lineage, indent=1, sort_keys=True) + "\n"


@cache
def known_lineage() -> Lineage:
    """What the file has."""
    known: Lineage = json.loads(FILE.read_text(encoding="utf-8"))
    return known


def lineage_of(model: str) -> dict[str, Any]:
    """What Dagster is told of a model's columns; nothing of one whose columns are another table's as they are."""
    columns = known_lineage().get(model)
    if columns is None:
        return {}
    deps = {
        column: [dg.TableColumnDep(dg.AssetKey(source.split(".")[:2]), source.split(".")[2]) for source in sources]
        for column, sources in columns.items()
    }
    return {"dagster/column_lineage": dg.TableColumnLineage(deps_by_column=deps)}
