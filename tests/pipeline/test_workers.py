"""Batches go through a function in order, in this process or in a pool."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import partial

import polars as pl
import pytest

from assets.articles.extract import extract_articles
from assets.entities.extract import mentions_by
from assets.quotes.extract import extract_quotes
from pipeline.batches import on_frames
from pipeline.project import ROOT
from pipeline.workers import map_batches


def total(frame: pl.DataFrame) -> int:
    return int(frame["n"].sum())


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_batches(workers: int) -> None:
    frame = pl.DataFrame({"n": range(50)})
    expected = [sum(range(start, min(start + 8, 50))) for start in range(0, 50, 8)]
    assert list(map_batches(total, frame.iter_slices(8), workers)) == expected


def test_no_rows_give_no_batches() -> None:
    assert list(map_batches(total, iter(()), 2)) == []


def test_batches_are_taken_only_as_they_are_needed() -> None:
    taken = []

    def batches():
        for number in range(100):
            taken.append(number)
            yield pl.DataFrame({"n": [number]})

    results = map_batches(total, batches(), workers=1)
    next(results)
    assert len(taken) < 10


def test_an_error_in_a_worker_reaches_the_caller() -> None:
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        list(map_batches(total, [pl.DataFrame({"m": [1]})] * 6, workers=2))


@pytest.mark.parametrize("function", [extract_articles, mentions_by, extract_quotes])
def test_a_worker_imports_no_more_than_its_work_needs(function: Callable[..., object]) -> None:
    handed_out = pickle.dumps(partial(on_frames, function))
    tell = (
        f"import pickle, sys; pickle.loads({handed_out!r}); print(*{{'dagster', 'duckdb', 'typer'}} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.split() == []
