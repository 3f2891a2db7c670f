"""``verbatim doctor``: one line a finding, and status 1 where a run could not go well."""

import os
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from orchestration.cli.doctor import available_memory, unmet
from pipeline.warehouse import sole_writer
from tests.running import verbatim


def test_a_folder_that_is_fit_has_a_line_for_each_thing(sample_data: Path) -> None:
    told = verbatim("doctor", data=sample_data)
    assert told.returncode == 0
    for what in ("verbatim", "libraries", "memory", "settings", "data folder", "disk", "compiled code", "warehouse"):
        assert f"✓ {what}" in told.stdout, what


def test_it_says_what_a_run_would_read_and_makes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "inbox").mkdir(parents=True)
    (data / "inbox" / "a.txt").write_text("A story.")
    told = verbatim("doctor", data=data)
    assert f"1 of 1 files in {data / 'inbox'}" in told.stdout
    assert "nothing is published yet" in told.stdout
    assert [path.name for path in data.iterdir()] == ["inbox"]


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    told = verbatim("doctor", data=tmp_path / "new").stdout
    assert f"put files into {tmp_path / 'new' / 'inbox'}" in told
    assert not (tmp_path / "new").exists()


def test_a_wrong_setting_and_a_file_in_place_of_the_folder_are_bad(tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text("workers = -1")
    told = verbatim("doctor", data=tmp_path)
    assert (told.returncode, "✗ settings      " in told.stdout) == (1, True)
    told = verbatim("doctor", data=tmp_path / "verbatim.toml")
    assert (told.returncode, "is a file; name another folder" in told.stdout) == (1, True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_bad(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    told = verbatim("doctor", data=tmp_path)
    tmp_path.chmod(0o700)
    assert (told.returncode, "may not be written" in told.stdout) == (1, True)


def test_a_run_that_is_going_on_is_said(tmp_path: Path) -> None:
    with sole_writer(tmp_path / ".lock"):
        assert "a run is going on" in verbatim("doctor", data=tmp_path).stdout


@pytest.mark.parametrize(
    ("needed", "wrong"),
    [
        ("duckdb>=1", ""),
        ("duckdb<1", "duckdb is"),
        ("no-such-library", "no-such-library is missing"),
        ("no-such-library; extra == 'dev'", ""),
    ],
)
def test_libraries_are_compared_with_what_the_package_needs(needed: str, wrong: str) -> None:
    assert unmet(Requirement(needed)).startswith(wrong)
    assert bool(unmet(Requirement(needed))) == bool(wrong)


def test_memory_is_what_the_system_says_is_available(tmp_path: Path) -> None:
    (tmp_path / "meminfo").write_text("MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable:    500 kB\n")
    assert available_memory(tmp_path / "meminfo") == 512_000
    assert available_memory(tmp_path / "nothing") is None
