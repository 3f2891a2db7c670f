"""What every test may ask for."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The evaluation files beside the repository; a clone without them skips the tests that measure on them."""
    if not (SHARED / "eval").is_dir():
        pytest.skip("needs the evaluation files in ../shared")
    return SHARED
