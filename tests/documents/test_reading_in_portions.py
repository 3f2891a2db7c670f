"""Files are read in portions by workers: the same rows in the same order; what doesn't fit is read where it was found."""

import gzip
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import document_samples as samples
import polars as pl
import pytest

import assets.documents.read as read
from assets.documents.find import FoundFile, find_files
from assets.documents.intake import MapPortions, here, ingest
from assets.documents.options import ReadOptions
from assets.documents.read import DocumentBatch, portions, read_documents, read_portion
from assets.documents.schema import DOCUMENTS, FILES, REJECTS
from orchestration.tables import TABLES
from pipeline.engines.losses import Apart
from pipeline.warehouse import Warehouse
from pipeline.workers import Workers
from tests.running import SAMPLE

OPTIONS = ReadOptions()


@pytest.mark.parametrize(
    ("sizes", "together"),
    [
        ([], []),
        ([10, 10, 10], [3]),
        ([10] * 7, [4, 3]),
        ([60, 30, 30, 90], [2, 1, 1]),
        ([500, 1, 500], [1, 1, 1]),
    ],
    ids=["nothing", "a few", "by number", "by size", "a large one by itself"],
)
def test_portions_are_bounded_by_number_and_size(
    sizes: Sequence[int], together: Sequence[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "PORTION_FILES", 4)
    monkeypatch.setattr(read, "PORTION_BYTES", 100)
    for number, size in enumerate(sizes):
        (tmp_path / f"{number}.txt").write_bytes(b"x" * size)
    files = find_files([tmp_path])
    assert [len(portion) for portion in portions(files)] == list(together)
    assert [file for portion in portions(files) for file in portion] == files


def rows(batches: Iterable[DocumentBatch]) -> tuple[pl.DataFrame, pl.DataFrame]:
    made = [DocumentBatch(DOCUMENTS.empty(), REJECTS.empty(), 0), *batches]
    return pl.concat(batch.documents for batch in made), pl.concat(batch.rejects for batch in made)


def test_a_portion_holds_what_its_files_give(tmp_path: Path) -> None:
    for file, batches in zip(files := find_files([SAMPLE]), read_portion(files, OPTIONS), strict=True):
        assert batches is not None, file.name
        for one, other in zip(rows(batches), rows(read_documents([file], OPTIONS)), strict=True):
            assert one.equals(other)


def larger(file: FoundFile) -> FoundFile:
    return replace(file, n_bytes=file.n_bytes + 1)


def later(file: FoundFile) -> FoundFile:
    return replace(file, changed_ns=file.changed_ns + 1)


def elsewhere(file: FoundFile) -> FoundFile:
    return replace(file, path=file.path.with_name("not here.txt"))


def barred(file: FoundFile) -> FoundFile:
    return replace(file, readable=False)


@pytest.mark.parametrize("found", [larger, later, elsewhere, barred])
def test_a_file_that_a_machine_sees_otherwise_is_left_to_who_found_it(
    found: Callable[[FoundFile], FoundFile], tmp_path: Path
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(samples.STORY)
    one, other = find_files([tmp_path])
    left, taken = read_portion([found(one), other], OPTIONS)
    assert left is None
    assert taken is not None


MANY = samples.jsonl([{"text": samples.STORY * 100}] * 50)


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("b.jsonl", MANY, [True, False, True]),
        ("b.jsonl.gz", gzip.compress(MANY, mtime=0), [True, False, False]),
    ],
    ids=["as is seen without opening it", "as is seen only when the message is full"],
)
def test_a_file_that_holds_more_than_a_message_is_left_to_who_found_it(
    name: str, content: bytes, taken: Sequence[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MOST_BYTES", 20_000)
    (tmp_path / name).write_bytes(content)
    for small in ("a.txt", "c.txt"):
        (tmp_path / small).write_text(samples.STORY)
    given = read_portion(find_files([tmp_path]), ReadOptions(batch_rows=2))
    assert [batches is not None for batches in given] == list(taken)


def by_one(function: Callable[[Any], Any], batches: Iterable[Any], _: object) -> Iterator[Any]:
    yield from map(function, ([file] for portion in batches for file in portion))


def by_processes(function: Callable[[Any], Any], batches: Iterable[Any], _: object) -> Iterator[Any]:
    with Workers(2) as workers:
        yield from workers.map_batches(function, ([file] for portion in batches for file in portion))


def by_machines_that_see_nothing(function: Callable[[Any], Any], batches: Iterable[Any], _: object) -> Iterator[Any]:
    yield from ([None] * len(portion) for portion in batches)


def who_die(_: object, batches: Iterable[Any], apart: Apart[Any, Any]) -> Iterator[Any]:
    yield from (apart.instead(batch) for batch in batches)


def written_by(folder: Path, mapped: MapPortions, tried_by: MapPortions | None) -> list[pl.DataFrame]:
    files = [(file, str(number)) for number, file in enumerate(find_files([SAMPLE]))]
    folder.mkdir()
    warehouse = Warehouse(folder / "build.duckdb", TABLES)
    warehouse.prepare()
    assert sum(ingest(warehouse, files, OPTIONS, mapped, tried_by)) == len(files)
    with warehouse.transaction() as transaction:
        return [transaction.read(table).sort(table.key) for table in (DOCUMENTS, REJECTS, FILES)]


@pytest.mark.parametrize(
    ("mapped", "tried_by"),
    [
        (by_one, None),
        (by_processes, None),
        (by_machines_that_see_nothing, None),
        (by_machines_that_see_nothing, by_one),
        (by_one, who_die),
    ],
    ids=["file by file", "processes", "nobody sees them", "nobody sees them, tried first", "nothing is left to try"],
)
def test_whoever_reads_the_same_is_written(
    mapped: Callable[..., Iterator[Any]], tried_by: MapPortions | None, tmp_path: Path
) -> None:
    expected = written_by(tmp_path / "here", here, None)
    for one, other in zip(expected, written_by(tmp_path / "there", mapped, tried_by), strict=True):
        assert one.height > 0
        assert one.equals(other)


def test_of_what_ends_who_tries_it_nothing_is_read_here(tmp_path: Path) -> None:
    documents, rejects, files = written_by(tmp_path / "data", by_machines_that_see_nothing, who_die)
    assert documents.is_empty()
    assert rejects["reason"].to_list() == ["crashed"] * files.height


def test_a_barred_file_is_a_reject_as_before(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(samples.STORY)
    (tmp_path / "a.txt").chmod(0)
    if os.access(tmp_path / "a.txt", os.R_OK):
        pytest.skip("this user may read everything")
    (batches,) = read_portion(find_files([tmp_path]), OPTIONS)
    assert batches is not None
    assert rows(batches)[1]["reason"].to_list() == ["unreadable"]
