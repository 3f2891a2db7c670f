"""A small corpus that holds one of everything, and the data folder into which it was read in one go."""

import shutil
from pathlib import Path

import pytest

from tests.running import SAMPLE, verbatim


def make_corpus(folder: Path) -> Path:
    """A part of the sample that holds one of everything; files keep their times, so that tables can be equal."""
    shutil.copytree(SAMPLE / "recount", folder / "recount")
    shutil.copytree(SAMPLE / "damaged", folder / "damaged")
    return folder


def read_in_one_go(folder: Path) -> Path:
    """A data folder in ``folder`` into which the corpus was read in one go."""
    done = verbatim("run", make_corpus(folder / "inbox"), data=folder / "data")
    assert done.returncode == 0, done.stderr
    return folder / "data"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "inbox")


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the corpus was read in one go."""
    return read_in_one_go(tmp_path_factory.mktemp("undisturbed"))
