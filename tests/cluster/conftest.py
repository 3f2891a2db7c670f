"""Tests on a Ray cluster of this machine; without the extra they are skipped."""

from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    without = pytest.mark.skip(reason="needs the extra ray")
    for item in items:
        if item.path.is_relative_to(HERE) and "ray" in item.keywords and find_spec("ray") is None:
            item.add_marker(without)
