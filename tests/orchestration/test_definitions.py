"""One connected graph, every part of it described, owned and grouped."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from orchestration.definitions import build_defs
from orchestration.publish import PUBLISHED_KEY
from orchestration.tables import PUBLIC_TABLES
from pipeline.project import ROOT
from pipeline.settings import load_settings


@pytest.fixture(scope="module")
def defs(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    return build_defs(load_settings(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def specs(defs: dg.Definitions) -> dict[dg.AssetKey, dg.AssetSpec]:
    return {spec.key: spec for spec in defs.resolve_all_asset_specs()}


def test_every_table_is_an_asset_under_its_own_name(specs) -> None:
    assert {dg.AssetKey([table.schema, table.name]) for table in PUBLIC_TABLES} <= set(specs)


def test_everything_has_a_description_an_owner_a_group_and_a_kind(specs) -> None:
    for key, spec in specs.items():
        assert spec.description, key
        assert spec.owners, key
        assert spec.group_name not in (None, "default"), key
        assert spec.kinds, key


def test_the_graph_is_connected_from_documents_to_published(specs) -> None:
    upstream = {key: {dep.asset_key for dep in spec.deps} for key, spec in specs.items()}
    reached, waiting = set(), [PUBLISHED_KEY]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += upstream[key]
    assert reached == set(specs)


def test_every_check_says_in_words_what_it_asks_for(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    assert len(graph.asset_check_keys) > len(PUBLIC_TABLES)
    for key in graph.asset_check_keys:
        description = graph.get(key).description
        assert description, key
        assert description.endswith("."), key


def test_the_columns_of_a_mart_are_told_with_what_they_are_made_of(specs) -> None:
    lineage = specs[dg.AssetKey(["marts", "altered_quotes"])].metadata["dagster/column_lineage"]
    printings = dg.AssetKey(["intermediate", "int_printings"])
    assert lineage.deps_by_column["speaker"] == [dg.TableColumnDep(printings, "speaker")]
    assert dg.TableColumnDep(printings, "published_precision") in lineage.deps_by_column["published_at"]
    for key, spec in specs.items():
        told = spec.metadata.get("dagster/column_lineage")
        for dep in (dep for deps in told.deps_by_column.values() for dep in deps) if told else ():
            assert dep.asset_key in specs, (key, dep)


def test_what_is_published_is_late_when_a_day_has_brought_no_run(specs) -> None:
    policy = specs[PUBLISHED_KEY].freshness_policy
    assert policy.warn_window.to_timedelta().total_seconds() == 30 * 3600


def test_the_definitions_load_as_the_workspace_loads_them() -> None:
    dg_command = Path(sys.executable).with_name("dg")
    checked = subprocess.run([str(dg_command), "check", "defs"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_run_does_not_import_dbt() -> None:
    """It is a program of its own, and takes a second to import; to whoever imports it later it is there."""
    loaded = (
        "import sys, orchestration.definitions; "
        "assert not [name for name in sys.modules if name.split('.')[0] == 'dbt']; import dbt.version"
    )
    imported = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=False)
    assert imported.returncode == 0, imported.stderr
