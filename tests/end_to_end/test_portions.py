"""The same files give the same tables, read at once or in portions over several runs, in whatever order and batches."""

import os
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.running import SAMPLE, all_tables, differing, know_sample_outlets, made_articles, verbatim

SEVENS = "batch_size = 7\n"
IN_A_FILE = 5  # articles


def run(files: Path, data: Path, settings: str = "") -> None:
    know_sample_outlets(data)
    (data / "verbatim.toml").write_text(settings)
    done = verbatim("run", files, data=data)
    assert done.returncode == 0, done.stdout + done.stderr


def run_in_portions(folder: Path, portions: Sequence[Sequence[Path]], inbox: Path, data: Path) -> None:
    """One run for each portion of the files of a folder, after each of which it lies in the inbox beside those before."""
    for portion in portions:
        for file in portion:
            place = inbox / file.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, place)
        run(inbox, data, SEVENS)


def in_thirds(folder: Path, seed: int) -> list[list[Path]]:
    """The files of a folder in three portions, by lot."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    random.Random(seed).shuffle(files)
    return [files[start::3] for start in range(3)]


def test_the_sample_in_three_portions(sample_data: Path, tmp_path: Path) -> None:
    run_in_portions(SAMPLE, in_thirds(SAMPLE, seed=1), tmp_path / SAMPLE.name, tmp_path / "data")
    assert differing(all_tables(sample_data), all_tables(tmp_path / "data")) == []


@pytest.fixture(scope="module")
def made(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files with 300 articles in all."""
    folder = tmp_path_factory.mktemp("made") / "articles"
    folder.mkdir()
    lines = made_articles(shared, 300)
    for start in range(0, len(lines), IN_A_FILE):
        file = folder / f"{start:03}.jsonl"
        file.write_text("\n".join(lines[start : start + IN_A_FILE]), encoding="utf-8")
        os.utime(file, (1_770_000_000, 1_770_000_000))
    return folder


@pytest.mark.shared
def test_three_hundred_articles_in_three_portions(made: Path, tmp_path: Path) -> None:
    run(made, tmp_path / "at-once")
    run_in_portions(made, in_thirds(made, seed=2), tmp_path / made.name, tmp_path / "portions")
    assert differing(all_tables(tmp_path / "at-once"), all_tables(tmp_path / "portions")) == []
