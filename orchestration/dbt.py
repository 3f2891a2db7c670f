"""dbt as assets: the staging views and marts, their tests as checks, and a manifest that is never stale."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from subprocess import run
from sys import executable
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, DbtProject, dbt_assets
from packaging.version import Version

from orchestration.caches import user_folder, writable
from orchestration.dbt_command import DATABASE_FOLDER
from pipeline.project import ROOT
from pipeline.resources import Pipeline
from pipeline.specs import OWNERS, PREVIEW_ROWS, WAREHOUSE_POOL, markdown_table
from pipeline.warehouse import Transaction

PROJECT_DIR = ROOT / "dbt_project"
SEEDS_DIR = ROOT / "seeds" / "reference"
PARSED = "parsed-sources"
"""The file beside the manifest that says of which sources it is."""

DBT = Path(executable).with_name("verbatim-dbt")


def sources_hash() -> str:
    """A hash of everything that dbt parses; times of files tell nothing where a clock was set back."""
    digest = blake2b(version("dbt-core").encode(), digest_size=8)
    models = (path for path in PROJECT_DIR.rglob("*") if path.suffix in {".sql", ".yml", ".md"})
    for path in sorted([*(path for path in models if "target" not in path.parts), *SEEDS_DIR.glob("*.csv")]):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_parsed(target: Path) -> bool:
    """Whether the manifest there is that of the project as it is now, and was written to its end."""
    stamp = target / PARSED
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == sources_hash()


def manifest_folder() -> Path:
    """Beside the models, or in a folder of the user's own where that cannot be written."""
    beside = PROJECT_DIR / "target"
    return beside if is_parsed(beside) or writable(beside) else user_folder("dbt")


project = DbtProject(project_dir=PROJECT_DIR, profiles_dir=PROJECT_DIR, target_path=manifest_folder())


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
    if not is_parsed(manifest.parent):
        manifest.parent.mkdir(exist_ok=True)
        stamp = manifest.with_name(PARSED)
        stamp.unlink(missing_ok=True)
        parsed_sources = sources_hash()
        environment = {**os.environ, DATABASE_FOLDER: str(manifest.parent), "DO_NOT_TRACK": "1"}
        folders = {
            "--project-dir": PROJECT_DIR,
            "--profiles-dir": PROJECT_DIR,
            "--target-path": manifest.parent,
            "--log-path": manifest.parent,
        }
        command = [str(DBT), "--quiet", "parse", *(str(part) for pair in folders.items() for part in pair)]
        parsed = run(command, env=environment, capture_output=True, text=True, check=False)
        if parsed.returncode:
            raise RuntimeError(f"dbt cannot parse {PROJECT_DIR}:\n{parsed.stdout}{parsed.stderr}")
        stamp.write_text(parsed_sources, encoding="utf-8")
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
