"""A step does its pending items once, in bounded batches, with one visit to the database, and goes on where it was cut off."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import polars as pl
import pytest

import pipeline.extraction as extraction
from pipeline.databases.duckdb_file import DuckDBFile
from pipeline.extraction import Extraction, extract_pending
from pipeline.ledger import differing
from pipeline.progress import LogReporter
from pipeline.resources import Pipeline
from pipeline.schema import Column, Table
from pipeline.settings import Settings
from pipeline.warehouse import GIVEN, Transaction, Warehouse
from pipeline.workers import Workers

TEXTS = Table(
    "raw", "texts", "A text.", (Column("item_id", "text", "Id."), Column("text", "text", "Text.")), ("item_id",)
)
WORDS = Table(
    "work", "words", "A word.", (Column("item_id", "text", "Id."), Column("word", "text", "Word.")), ("item_id", "word")
)
NOTES = Table(
    "work", "notes", "A note.", (Column("item_id", "text", "Id."), Column("note", "text", "Note.")), ("item_id", "note")
)


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    warehouse = Warehouse(tmp_path / "build.duckdb", (TEXTS, WORDS, NOTES))
    warehouse.prepare()
    with Workers(1) as workers:
        yield Pipeline(Settings(data_dir=tmp_path, batch_size=3), warehouse, LogReporter(), workers, workers, "run")


def words(items: pl.DataFrame, beside: pl.DataFrame) -> pl.DataFrame:
    return items.select("item_id", word=pl.col("text").str.split(" ")).explode("word")


def drop(transaction: Transaction, given: str) -> None:
    transaction.execute(f"DELETE FROM {WORDS.path} WHERE item_id IN (SELECT item_id FROM {given})")


def word_step(function: Callable[..., pl.DataFrame] = words, version: str = "1") -> Extraction[pl.DataFrame]:
    return Extraction(
        step="words",
        version=version,
        items=f"SELECT item_id, text AS input FROM {TEXTS.path}",
        read=f"SELECT item_id, text FROM {TEXTS.path} SEMI JOIN {GIVEN} USING (item_id)",
        beside=f"SELECT * FROM {NOTES.path} SEMI JOIN {GIVEN} USING (item_id) ORDER BY item_id, note",
        function=function,
        rows=lambda found: {WORDS: found},
        drop=drop,
    )


def put(pipeline: Pipeline, **texts: str) -> None:
    rows = pl.DataFrame({"item_id": list(texts), "text": list(texts.values())})
    with pipeline.warehouse.transaction() as transaction:
        transaction.delete(TEXTS, "item_id", rows["item_id"])
        transaction.insert(TEXTS, rows)


def found(pipeline: Pipeline) -> list[tuple[str, ...]]:
    with pipeline.warehouse.transaction() as transaction:
        return transaction.read(WORDS).rows()


def done(n: int, left_out: int = 0) -> dict[str, int]:
    return {"items_extracted": n, "items_left_out": left_out}


def test_what_is_pending_is_done_once(pipeline: Pipeline) -> None:
    put(pipeline, a="red blue", b="green")
    assert extract_pending(pipeline, word_step()) == done(2)
    assert found(pipeline) == [("a", "blue"), ("a", "red"), ("b", "green")]
    assert extract_pending(pipeline, word_step()) == done(0)


def test_a_changed_item_takes_the_place_of_what_was_found_in_it(pipeline: Pipeline) -> None:
    put(pipeline, a="red blue", b="green")
    extract_pending(pipeline, word_step())
    put(pipeline, a="black")
    assert extract_pending(pipeline, word_step()) == done(1)
    assert found(pipeline) == [("a", "black"), ("b", "green")]


def test_an_item_that_goes_takes_its_rows_along_and_is_done_again_when_it_comes_back(pipeline: Pipeline) -> None:
    put(pipeline, a="red", b="green")
    extract_pending(pipeline, word_step())
    with pipeline.warehouse.transaction() as transaction:
        transaction.delete(TEXTS, "item_id", pl.Series(["a"]))
    assert extract_pending(pipeline, word_step()) == done(0)
    assert found(pipeline) == [("b", "green")]
    put(pipeline, a="red")
    assert extract_pending(pipeline, word_step()) == done(1)
    assert found(pipeline) == [("a", "red"), ("b", "green")]


def test_another_version_of_the_step_does_all_items_again_without_doubling_them(pipeline: Pipeline) -> None:
    put(pipeline, a="red blue", b="green")
    extract_pending(pipeline, word_step())
    assert extract_pending(pipeline, word_step(version="2")) == done(2)
    assert found(pipeline) == [("a", "blue"), ("a", "red"), ("b", "green")]


def test_each_item_meets_the_rows_beside_it(pipeline: Pipeline) -> None:
    put(pipeline, **{name: name for name in "abcdefgh"})
    with pipeline.warehouse.transaction() as transaction:
        transaction.insert(NOTES, pl.DataFrame({"item_id": [*"aaccgx"], "note": [*"123456"]}))
    seen: dict[str, list[str]] = {}

    def look(items: pl.DataFrame, beside: pl.DataFrame) -> pl.DataFrame:
        for name in items["item_id"]:
            seen[name] = beside.filter(pl.col("item_id") == name)["note"].to_list()
        assert set(beside["item_id"]) <= set(items["item_id"])
        return words(items, beside)

    extract_pending(pipeline, word_step(look))
    assert seen == {"a": ["1", "2"], "b": [], "c": ["3", "4"], "d": [], "e": [], "f": [], "g": ["5"], "h": []}


@pytest.mark.parametrize(
    ("lengths", "n_items"),
    [
        ([1] * 7, [3, 3, 1]),
        ([90, 20, 20, 20], [1, 3]),
        ([200, 200, 1], [1, 1, 1]),
        ([50, 50, 51], [2, 1]),
        ([], []),
    ],
    ids=["by number", "by size", "an item larger than a batch is one", "no more than fits", "nothing"],
)
def test_batches_are_bounded_by_number_and_size(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, lengths: list[int], n_items: list[int]
) -> None:
    monkeypatch.setattr(extraction, "BATCH_BYTES", 100)
    put(pipeline, **{f"t{number}": "x" * (length - 2) for number, length in enumerate(lengths)})
    heights = []

    def count(items: pl.DataFrame, beside: pl.DataFrame) -> pl.DataFrame:
        heights.append(items.height)
        return words(items, beside)

    extract_pending(pipeline, word_step(count))
    assert heights == n_items


def test_a_step_that_is_cut_off_goes_on_where_it_was(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "COMMIT_ITEMS", 3)
    put(pipeline, **{name: name for name in "abcdefgh"})

    def fail_at(broken: str, items: pl.DataFrame, beside: pl.DataFrame) -> pl.DataFrame:
        if broken in items["item_id"]:
            raise InterruptedError
        return words(items, beside)

    with pytest.raises(InterruptedError):
        extract_pending(pipeline, word_step(partial(fail_at, "e")))
    assert [item for item, _ in found(pipeline)] == ["a", "b", "c"]
    assert extract_pending(pipeline, word_step()) == done(5)
    assert [item for item, _ in found(pipeline)] == [*"abcdefgh"]


def test_the_database_is_opened_once_and_each_item_read_once(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(pipeline, **{f"t{number:03}": "some words" for number in range(200)})
    opened, read = [], []
    connect, stream = DuckDBFile.connect, extraction.Session.stream

    def counting_connect(database: DuckDBFile) -> object:
        opened.append(database.path)
        return connect(database)

    def counting_stream(*given: object) -> Iterator[pl.DataFrame]:
        for frame in stream(*given):
            read.append(frame.height)
            yield frame

    monkeypatch.setattr(DuckDBFile, "connect", counting_connect)
    monkeypatch.setattr(extraction.Session, "stream", counting_stream)
    extract_pending(pipeline, word_step())
    assert (len(opened), sum(read)) == (1, 200)
    with pipeline.warehouse.transaction() as transaction:
        todo, gone, _ = differing(transaction, "words", "1", word_step().items)
        assert (todo.is_empty(), gone.is_empty()) == (True, True)
