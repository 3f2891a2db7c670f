"""The house rules that the plan states, each kept here."""

import ast
from pathlib import Path

import pytest

from orchestration.ledger import ROOMS, ROOT
from orchestration.tables import PUBLIC_TABLES, TABLES

ASSETS, ORCHESTRATION = ROOT / "assets", ROOT / "orchestration"
PYTHON_FILES = sorted(path for folder in (ASSETS, ORCHESTRATION) for path in folder.rglob("*.py"))
PLAIN_FILES = [path for path in PYTHON_FILES if path.is_relative_to(ASSETS) and path.name != "asset.py"]


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PLAIN_FILES, ids=named)
def test_plain_functions_know_neither_dagster_nor_duckdb_nor_how_they_are_run(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports_of(path)}
    assert roots.isdisjoint({"dagster", "dagster_dbt", "duckdb", "orchestration"})


@pytest.mark.parametrize("path", PYTHON_FILES, ids=named)
def test_a_room_imports_only_rooms_that_stand_before_it(path: Path) -> None:
    if path.is_relative_to(ORCHESTRATION) or path.parent == ASSETS:
        return
    room = path.relative_to(ASSETS).parts[0]
    # What is known of written language lies beneath all rooms.
    before = set(ROOMS[: ROOMS.index(room) + 1]) if room != "text" else set()
    used = {name.split(".")[1] for name in imports_of(path) if name.startswith("assets.")} & set(ROOMS)
    assert used <= before


def test_only_the_warehouse_opens_the_database() -> None:
    connecting = [named(path) for path in PYTHON_FILES if "duckdb.connect" in path.read_text(encoding="utf-8")]
    assert connecting == ["orchestration/warehouse.py"]


def test_every_room_says_what_its_tables_are_and_every_table_stands_in_one() -> None:
    for room in ROOMS:
        doc = ast.get_docstring(ast.parse((ASSETS / room / "__init__.py").read_text(encoding="utf-8")))
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
