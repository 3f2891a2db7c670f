"""What every test may ask for."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.reference import OWN_LISTS_VARIABLE, use_lists
from tests.running import SAMPLE, verbatim

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# The same examples on every machine: a green build stays green. `pytest --hypothesis-profile=explore` looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The evaluation files beside the repository; a clone without them skips the tests that measure on them."""
    if not (SHARED / "eval").is_dir():
        pytest.skip("needs the evaluation files in ../shared")
    return SHARED


@pytest.fixture
def own_lists(tmp_path: Path) -> Iterator[Path]:
    """An empty folder for lists of the user's own; what a test puts there holds after ``use_lists`` and until it ends."""
    before = os.environ.get(OWN_LISTS_VARIABLE)
    folder = tmp_path / "reference"
    folder.mkdir()
    yield folder
    use_lists(Path(before) if before else tmp_path / "no lists")


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the main job has read the sample corpus; for tests that only look at it.

    All workers of a parallel test run share one: whoever comes first makes it, the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    shared_base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    data, done = shared_base / "sample" / "data", shared_base / "sample" / "done"
    done.parent.mkdir(exist_ok=True)
    with (done.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            run = verbatim("run", SAMPLE, data=data)
            assert run.returncode == 0, run.stdout + run.stderr
            done.touch()
    return data
