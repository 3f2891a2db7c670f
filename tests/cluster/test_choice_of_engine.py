"""The settings name the engine; without its library, or without a cluster, one line says what to do."""

import os
import subprocess
import tempfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

import pipeline.engines.choose as choose
from pipeline.engines.choose import open_engine
from pipeline.engines.node import FOLDER, PRODUCT, difference, installed, lists_here, use
from pipeline.engines.refusal import EngineError
from pipeline.reference import read_list, use_lists
from pipeline.workers import Workers


def test_the_usual_engine_are_the_processes_of_this_machine() -> None:
    with Workers(2) as here, open_engine("processes", here) as engine:
        assert engine is here


@pytest.mark.parametrize("engine", ["ray", "ray:10.0.0.5:6379"])
def test_ray_is_named_where_it_is_not_installed(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(choose, "version", missing)
    with pytest.raises(EngineError, match=r"needs Ray, which is not installed.*verbatim\[ray\]"):
        open_engine(engine, Workers(1))


NEEDED = {PRODUCT: "aa11", "Python": "3.12", "polars": "2.1.0"}


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ({**NEEDED, PRODUCT: "bb22"}, "another version of Verbatim (bb22, not aa11)"),
        ({**NEEDED, "polars": "2.1.1"}, "polars 2.1.1, not 2.1.0"),
        ({**NEEDED, "Python": "3.11", "polars": "missing"}, "Python 3.11, not 3.12; polars missing, not 2.1.0"),
        ({}, "no Verbatim, or one that is too old to work for others"),
    ],
)
def test_what_a_machine_has_otherwise_is_named(there: dict[str, str], told: str) -> None:
    assert difference(NEEDED, there) == told


def test_what_is_installed_names_the_libraries_that_decide() -> None:
    assert {PRODUCT, "Python", "polars", "numba", "trafilatura"} <= installed().keys()


def test_lists_of_workers_that_have_ended_are_deleted(
    own_lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen(["true"]) as ended:
        pass
    left, in_use = (tmp_path / f"{FOLDER}{pid}-abcd" for pid in (ended.pid, os.getppid()))
    for folder in (left, in_use):
        folder.mkdir()
        (folder / "titles.csv").touch()
    use({"titles.csv": b"title,kind\ndyke warden,post\n"})
    (new,) = tmp_path.glob(f"{FOLDER}{os.getpid()}-*")
    assert (left.exists(), in_use.exists(), new.stat().st_mode & 0o077) == (False, True, 0)


def test_the_lists_of_the_user_go_along(own_lists: Path) -> None:
    (own_lists / "titles.csv").write_text("title,kind\nlock warden,post\n", encoding="utf-8")
    use_lists(own_lists)
    lists, needed = lists_here(), installed()
    use_lists(own_lists / "not seen by another machine")
    assert installed() != needed
    use(lists)
    assert installed() == needed
    assert "lock warden" in {row["title"] for row in read_list("titles")}
