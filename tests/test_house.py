"""The rules of the house, each kept here: three floors, rooms in order, no circles, folders that a person can take in."""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from orchestration.tables import PUBLIC_TABLES, ROOMS, TABLES
from pipeline.project import ROOT

FLOORS = ("pipeline", "assets", "orchestration")
"""Each knows only itself and those before it."""
BESIDE = ("training", "benchmarks", "tests")
"""Use the product; the product does not know them."""
MOST_FILES = 20
TEXT = "assets/text"
DECLARATIONS = {"pipeline.schema", "pipeline.ids", "pipeline.project", "pipeline.bookkeeping", "pipeline.reference"}
"""What plain functions may know of the machinery: how tables are declared, ids, lists of words, paths."""

PRODUCT_FILES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
ALL_FILES = PRODUCT_FILES + sorted(path for folder in BESIDE for path in (ROOT / folder).rglob("*.py"))
WIRED = {
    "asset.py", "elsewhere.py", "increments.py", "intake.py", "pair_changes.py", "places.py", "reads.py", "removal.py", "weekly.py",
}  # fmt: skip
"""Files of a room that use the warehouse; everything else in a room is plain functions."""
PLAIN_FILES = [path for path in PRODUCT_FILES if path.is_relative_to(ROOT / "assets") and path.name not in WIRED]
FOLDERS = sorted({path.parent for path in ALL_FILES})


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def imports_of(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@pytest.mark.parametrize("path", PRODUCT_FILES, ids=named)
def test_no_import_runs_upwards(path: Path) -> None:
    floor = path.relative_to(ROOT).parts[0]
    above = set(FLOORS[FLOORS.index(floor) + 1 :]) | set(BESIDE)
    assert above.isdisjoint({name.split(".")[0] for name in imports_of(path)})


def test_there_is_no_circle_of_files() -> None:
    modules = {module(path): path for path in PRODUCT_FILES}
    graph = {name: (imports_of(path) & modules.keys()) - {name} for name, path in modules.items()}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_folder_can_be_taken_in_at_a_glance(folder: Path) -> None:
    assert len(list(folder.glob("*.py"))) <= MOST_FILES


@pytest.mark.parametrize("path", PLAIN_FILES, ids=named)
def test_plain_functions_know_neither_dagster_nor_duckdb_nor_how_they_are_run(path: Path) -> None:
    names = imports_of(path)
    assert {name.split(".")[0] for name in names}.isdisjoint({"dagster", "dagster_dbt", "duckdb"})
    assert all(".".join(name.split(".")[:2]) in DECLARATIONS for name in names if name.startswith("pipeline."))


@pytest.mark.parametrize("path", PRODUCT_FILES, ids=named)
def test_a_room_imports_only_rooms_that_stand_before_it(path: Path) -> None:
    if not path.is_relative_to(ROOT / "assets"):
        return
    room = path.relative_to(ROOT / "assets").parts[0]
    before = set(ROOMS[: ROOMS.index(room) + 1]) if room in ROOMS else set()
    used = {name.split(".")[1] for name in imports_of(path) if name.startswith("assets.")} & set(ROOMS)
    assert used <= before


def test_only_the_kinds_of_database_open_one() -> None:
    connecting = [named(path) for path in PRODUCT_FILES if "duckdb.connect" in path.read_text(encoding="utf-8")]
    assert connecting == ["pipeline/databases/duckdb_file.py", "pipeline/databases/lake.py"]


def test_one_file_knows_ducklake() -> None:
    knowing = [named(path) for path in PRODUCT_FILES if "ducklake_" in path.read_text(encoding="utf-8").lower()]
    assert knowing == ["pipeline/databases/lake.py"]


def test_one_file_knows_where_the_project_is() -> None:
    climbing = [named(path) for path in PRODUCT_FILES if "__file__" in path.read_text(encoding="utf-8")
                and ("parents[" in path.read_text(encoding="utf-8") or ".parent.parent" in path.read_text(encoding="utf-8"))]  # fmt: skip
    assert climbing == ["pipeline/project.py"]


def test_every_room_says_what_its_tables_are_and_every_table_stands_in_one() -> None:
    for room in ROOMS:
        doc = ast.get_docstring(ast.parse((ROOT / "assets" / room / "__init__.py").read_text(encoding="utf-8")))
        assert doc, room
        assert "Grain:" in doc, room


@pytest.mark.parametrize("table", PUBLIC_TABLES, ids=lambda table: table.path)
def test_every_table_and_column_is_described_and_has_a_key(table) -> None:
    assert table.grain
    assert set(table.key) <= set(table.column_names)
    assert all(column.meaning.endswith((".", "]", ")")) for column in table.columns)
    assert not any(column.nullable for column in table.columns if column.name in table.key)


def test_table_names_are_unique() -> None:
    assert len({table.path for table in TABLES}) == len(TABLES)
