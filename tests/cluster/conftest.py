"""Tests on a Ray cluster of this machine; without the extra they are skipped."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    try:
        version("ray")
    except PackageNotFoundError:
        for item in items:
            if item.path.is_relative_to(HERE) and item.get_closest_marker("ray"):
                item.add_marker(pytest.mark.skip(reason="needs the extra ray"))
