"""dbt as assets: the staging views and marts, their tests as checks, and a manifest that is never stale."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from subprocess import run
from sys import executable
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, DbtProject, dbt_assets
from packaging.version import Version

from orchestration.dbt_command import DATABASE_FOLDER
from pipeline.project import ROOT
from pipeline.resources import Pipeline
from pipeline.specs import OWNERS, PREVIEW_ROWS, WAREHOUSE_POOL, markdown_table
from pipeline.warehouse import Transaction

PROJECT_DIR = ROOT / "dbt_project"
SEEDS_DIR = ROOT / "seeds" / "reference"
DBT = Path(executable).with_name("verbatim-dbt")

project = DbtProject(project_dir=PROJECT_DIR, profiles_dir=PROJECT_DIR)


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

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        return OWNERS


def prepare_manifest() -> Path:
    """The manifest of the project as it is now; parsed again only when a file of it has changed."""
    manifest = project.manifest_path
    sources = [
        *(
            path
            for path in PROJECT_DIR.rglob("*")
            if path.suffix in {".sql", ".yml", ".md"} and "target" not in path.parts
        ),
        *SEEDS_DIR.glob("*.csv"),
    ]
    newest = max(path.stat().st_mtime for path in sources)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        manifest.parent.mkdir(exist_ok=True)
        environment = {**os.environ, DATABASE_FOLDER: str(manifest.parent), "DO_NOT_TRACK": "1"}
        command = [str(DBT), "--quiet", "parse", "--project-dir", str(PROJECT_DIR), "--profiles-dir", str(PROJECT_DIR)]
        parsed = run(command, env=environment, capture_output=True, text=True, check=False)
        if parsed.returncode:
            raise RuntimeError(f"dbt cannot parse {PROJECT_DIR}:\n{parsed.stdout}{parsed.stderr}")
        manifest.touch()
    return manifest


def marts_assets() -> dg.AssetsDefinition:
    """Everything that dbt builds, as one step."""

    @dbt_assets(
        manifest=prepare_manifest(),
        project=project,
        name="marts",
        dagster_dbt_translator=Translator(),
        pool=WAREHOUSE_POOL,
    )
    def marts(context: dg.AssetExecutionContext, pipeline: dg.ResourceParam[Pipeline]) -> Iterator[Any]:
        settings = pipeline.settings
        os.environ[DATABASE_FOLDER] = str(settings.build.parent.resolve())
        os.environ.setdefault("DO_NOT_TRACK", "1")
        dbt = DbtCli(project_dir=str(PROJECT_DIR), profiles_dir=str(PROJECT_DIR), dbt_executable=str(DBT))
        with pipeline.reporter.step("marts", None, "nodes") as step:
            # Unit tests are about the models and not about the data; the project's own tests run them.
            command = ["build", "--exclude-resource-type", "unit_test", "--log-path", str(settings.data_dir / "logs")]
            invocation = dbt.cli(
                command, context=context, target_path=settings.data_dir / "dbt-target", raise_on_error=False
            )
            events = []
            with pipeline.reporter.output():
                for event in invocation.stream():
                    events.append(event)
                    step.advance(1)
        # Rows are counted once dbt has closed the database; asked for through dbt they would keep it open.
        with pipeline.warehouse.transaction() as transaction:
            yield from (with_rows(transaction, event) for event in events)
        if error := invocation.get_error():
            raise error

    return marts


def with_rows(transaction: Transaction, event: Any) -> Any:
    """The event of a table that dbt built, with its row count and a preview added; any other as it is."""
    if not isinstance(event, dg.Output) or "unique_id" not in event.metadata:
        return event
    node = _nodes()[str(event.metadata["unique_id"].value)]
    relation = f"{node['schema']}.{node['alias']}"
    return event.with_metadata(
        {
            **event.metadata,
            "dagster/row_count": transaction.scalar(f"SELECT count(*) FROM {relation}"),
            "preview": dg.MetadataValue.md(
                markdown_table(transaction.query(f"SELECT * FROM {relation} LIMIT {PREVIEW_ROWS}"))
            ),
        }
    )


@cache
def _nodes() -> dict[str, dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = json.loads(project.manifest_path.read_bytes())["nodes"]
    return nodes
