"""Tests on a Ray cluster of this machine; without the extra they are skipped."""

from importlib.util import find_spec

import pytest

IS_INSTALLED = find_spec("ray") is not None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked ``ray``, wherever they stand."""
    for item in items:
        if item.get_closest_marker("ray"):
            item.add_marker(pytest.mark.scale)
            if not IS_INSTALLED:
                item.add_marker(pytest.mark.skip(reason="needs the extra ray"))
