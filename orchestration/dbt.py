"""dbt as assets: the staging views and marts, and their tests as checks."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from graphlib import TopologicalSorter
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dagster as dg
from packaging.version import Version

from orchestration.dagster_dbt_alone import DagsterDbtTranslator, DbtCliResource, DbtProject, dbt_assets
from orchestration.dbt_command import DATABASE_FOLDER
from orchestration.dbt_manifest import DBT, prepare_manifest, project_version
from orchestration.lineage import lineage_of
from orchestration.touched import note_touched, record_built
from pipeline import ledger
from pipeline.changes import content
from pipeline.project import DBT_PROJECT
from pipeline.resources import Pipeline
from pipeline.specs import OWNERS, PREVIEW_ROWS, WAREHOUSE_POOL, markdown_table
from pipeline.warehouse import Transaction

STEP = "marts"
Nodes = Mapping[str, Mapping[str, Any]]

LISTS = "reference"
WITHOUT_LISTS_AND_VIEWS = (
    *("--indirect-selection", "empty", "--exclude"),
    "resource_type:seed fqn:verbatim.seeds config.materialized:view",
)
"""Leaves out those lists with their tests, and the views; what the views show is tested."""

PREFIX, SUFFIX = "rows_of_", "_hold"
"""Around the name of a model, the name of the test of all that is promised of its rows (dbt_project/tests/generic/rows_hold.sql)."""

TOLD_BY_OTHERS = "staging.stg_phrase_occurrences"


class DbtCli(DbtCliResource):
    """dbt's command line without what takes seconds and is not needed here.

    The version is that of the installed package, and no adapter is loaded into this process: it would serve to fetch row
    counts over a connection of its own, which keeps the database open.
    """

    @cached_property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> Any:
        return None


class Translator(DagsterDbtTranslator):
    """Names dbt's nodes as the rest of the graph is named: ``schema/table``, grouped by schema."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        if dbt_resource_props["resource_type"] == "source":
            return dg.AssetKey([dbt_resource_props["source_name"], dbt_resource_props["name"]])
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return str(dbt_resource_props["schema"])

    def get_metadata(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, Any]:
        name = f"{dbt_resource_props['schema']}.{dbt_resource_props['name']}"
        return {**super().get_metadata(dbt_resource_props), **lineage_of(name)}

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetCheckSpec | None:
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        return spec and spec._replace(description=told(manifest["nodes"][unique_id]))

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        return OWNERS


def told(test: Mapping[str, Any]) -> str:
    """What a test of dbt asks for, in words."""
    asked = test.get("test_metadata", {})
    kind, given = asked.get("name"), asked.get("kwargs", {})
    column = test.get("column_name") or given.get("column_name")
    if kind == "unique":
        return f"No two rows have the same {column}."
    if kind == "not_null":
        return f"Every row has a {column}."
    if kind == "accepted_values":
        return f"{column} is always one of the words that it may be, or empty."
    if kind == "rows_hold":
        return " ".join(promised(given))
    return str(test.get("description") or f"{test['name'].replace('_', ' ')}.")


def promised(given: Mapping[str, Any]) -> Iterator[str]:
    """What dbt_project/tests/generic/rows_hold.sql asks for, a sentence each."""
    if given.get("key"):
        yield f"No two rows have the same {' and '.join(given['key'])}."
    if given.get("ids"):
        yield "Every id here is that of a row that exists: nothing refers to something that is not there."
    if given.get("values"):
        yield f"What stands in {' and '.join(given['values'])} is one of the words that it may be, or nothing."


def marts_assets(folder: Path) -> dg.AssetsDefinition:
    """Everything that dbt builds, as one step; ``folder`` is where dbt writes."""
    manifest = prepare_manifest(folder)
    nodes = cache(lambda: json.loads(manifest.read_bytes())["nodes"])

    @dbt_assets(
        manifest=manifest,
        project=DbtProject(project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT, target_path=folder),
        name=STEP,
        dagster_dbt_translator=Translator(),
        pool=WAREHOUSE_POOL,
    )
    def marts(context: dg.AssetExecutionContext, pipeline: dg.ResourceParam[Pipeline]) -> Iterator[Any]:
        settings = pipeline.settings
        with pipeline.warehouse.transaction() as transaction:
            found = inputs(transaction, nodes())
            if found and ledger.is_current(transaction, STEP, found) and not context.is_subset:
                with pipeline.reporter.step(STEP, None, "nodes") as step:
                    step.note("nothing new")
                yield from as_they_are(transaction, nodes(), context.selected_asset_check_keys)
                return
            ledger.forget_corpus(transaction, STEP)
            touched = note_touched(transaction, project_version()) if found else None
        leaves_out = touched is not None and not context.is_subset
        pipeline.warehouse.database.let_go()
        target = pipeline.warehouse.database.dbt
        os.environ.update({DATABASE_FOLDER: str(settings.data_dir.resolve()), **target.environment})
        os.environ.setdefault("DO_NOT_TRACK", "1")
        dbt = DbtCli(project_dir=str(DBT_PROJECT), profiles_dir=str(DBT_PROJECT), dbt_executable=str(DBT))
        with pipeline.reporter.step(STEP, None, "nodes") as step:
            # Unit tests are about the models and not about the data; the project's own tests run them.
            # What goes on inside dbt is told to Dagster; the log file need not say it again, in thousands of lines.
            logs = ["--log-path", str(settings.data_dir / "logs"), "--log-level-file", "info"]
            how = ["--full-refresh"] if touched is None else WITHOUT_LISTS_AND_VIEWS if leaves_out else ()
            # Nor are the manifest and the results of the build needed as files, which it would write twice.
            quick = ["--exclude-resource-type", "unit_test", "--no-write-json"]
            command = ["build", "--target", target.name, *quick, *how, *logs]
            invocation = dbt.cli(command, context=context, target_path=folder, raise_on_error=False)
            events = []
            with pipeline.reporter.output():
                for event in invocation.stream():
                    events.append(event)
                    step.advance(1)
        # Rows are counted once dbt has closed the database; asked for through dbt they would keep it open.
        with pipeline.warehouse.transaction() as transaction:
            if leaves_out:
                left = {
                    name: node for name, node in nodes().items() if node["resource_type"] == "seed" or is_view(node)
                }
                of_lists = (check for check in context.selected_asset_check_keys if check.asset_key.path[0] == LISTS)
                yield from as_they_are(transaction, left, of_lists)
            yield from (in_full(transaction, event, nodes(), folder) for event in events)
            error = invocation.get_error()
            if error is None and not context.is_subset:
                record_built(transaction, project_version(), touched)
                ledger.record_corpus(transaction, STEP, found or inputs(transaction, nodes()) or "")
        if error:
            raise error

    return marts


def inputs(transaction: Transaction, nodes: Nodes) -> str | None:
    """Stands for everything that the marts are made from: the project and the rows that staging reads of each table.

    Where phrases occur, millions of rows, is told by the texts and the phrases with their counts. ``None`` where dbt has
    not made its views yet.
    """
    staged = sorted(relation(node) for node in nodes.values() if node["schema"] == "staging")
    there = transaction.query("SELECT schema_name || '.' || view_name AS name FROM duckdb_views()")["name"]
    if not set(staged) <= set(there):
        return None
    reads = (f"SELECT count(*) FROM {name}" if name == TOLD_BY_OTHERS else f"FROM {name}" for name in staged)
    return content(transaction, project_version(), tuple(reads))


def as_they_are(
    transaction: Transaction, nodes: Nodes, checks: Iterable[dg.AssetCheckKey]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """What Dagster is told of tables and views that stay as dbt last built them, and found all their checks to hold."""
    graph = {name: node["depends_on"].get("nodes", ()) for name, node in nodes.items()}
    for name in TopologicalSorter(graph).static_order():
        node = nodes.get(name)
        if node is not None and node["resource_type"] in ("model", "seed"):
            key = dg.AssetKey([node["schema"], node["name"]])
            yield dg.MaterializeResult(asset_key=key, metadata=rows_of(transaction, node))
    for check in sorted(checks):
        yield dg.AssetCheckResult(
            passed=True,
            asset_key=check.asset_key,
            check_name=check.name,
            metadata={"looked_at": "when dbt last ran; nothing that it reads has changed since"},
        )


def in_full(transaction: Transaction, event: Any, nodes: Nodes, folder: Path) -> Any:
    """The event of a table that dbt built, with its row count and a preview added, or of a test with what is broken."""
    if isinstance(event, dg.AssetCheckResult):
        return event if event.passed else with_broken(transaction, event, folder)
    if not isinstance(event, dg.Output) or "unique_id" not in event.metadata:
        return event
    node = nodes[str(event.metadata["unique_id"].value)]
    return event.with_metadata({**event.metadata, **rows_of(transaction, node)})


def with_broken(transaction: Transaction, event: dg.AssetCheckResult, folder: Path) -> dg.AssetCheckResult:
    """The result of a test that failed, with the promises that are broken, by how many rows, and an example of each."""
    queries = sorted((folder / "compiled").rglob(f"{PREFIX}*{SUFFIX}.sql"))
    of_test = next((path for path in queries if path.stem == event.check_name), None)
    if of_test is None:
        return event
    broken = transaction.query(
        "SELECT broken, count(*) AS n_rows, min(example) AS example "
        f"FROM ({of_test.read_text(encoding='utf-8')}) GROUP BY ALL ORDER BY ALL"
    )
    return event._replace(metadata={**event.metadata, "broken": dg.MetadataValue.md(markdown_table(broken))})


def rows_of(transaction: Transaction, node: Mapping[str, Any]) -> dict[str, Any]:
    """How many rows there are and what they look like; not of a view that joins whole tables to show them."""
    if is_view(node) and node["schema"] != "staging":
        return {}
    name = relation(node)
    preview = markdown_table(transaction.query(f"SELECT * FROM {name} LIMIT {PREVIEW_ROWS}"))
    return {
        "dagster/row_count": transaction.scalar(f"SELECT count(*) FROM {name}"),
        "preview": dg.MetadataValue.md(preview),
    }


def is_view(node: Mapping[str, Any]) -> bool:
    return bool(node["config"]["materialized"] == "view")


def relation(node: Mapping[str, Any]) -> str:
    return f"{node['schema']}.{node['alias']}"
