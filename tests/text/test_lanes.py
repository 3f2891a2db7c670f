"""Sums and best values of many columns at once, against numpy."""

import numpy as np
import pytest
from numpy.typing import NDArray

from assets.text.compiled import compiled
from assets.text.lanes import WIDEST, add_rows, best_of_rows, sum_of_rows

RANDOM = np.random.default_rng(7)


@compiled
def added(sums: NDArray[np.int16], place: int, weights: NDArray[np.int8], rows: NDArray[np.int64]) -> None:
    add_rows(sums, place, weights, rows, len(rows))


@compiled
def best(
    table: NDArray[np.float32], more: NDArray[np.float32], values: NDArray[np.float32], rows: NDArray[np.int32]
) -> None:
    best_of_rows(table, more, values, rows)


@pytest.mark.parametrize("width", [8, 16, 24, 48])
@pytest.mark.parametrize("n", [0, 1, 255])
def test_sum_of_rows(width: int, n: int) -> None:
    weights = RANDOM.integers(-128, 128, (50, width), dtype=np.int8)
    rows = RANDOM.integers(0, 50, n)
    sums = np.full(width, 9, np.int16)
    sum_of_rows(weights, rows, n, sums)
    assert sums.tolist() == weights[rows].sum(axis=0, dtype=np.int64).tolist()


def test_rows_are_added_where_they_belong_and_nowhere_else() -> None:
    weights = RANDOM.integers(-128, 128, (5, 24), dtype=np.int8)
    sums = np.arange(72, dtype=np.int16).reshape(3, 24)
    expected = sums.copy()
    expected[1] += weights[[4, 0, 4]].sum(axis=0, dtype=np.int16)
    added(sums, 24, weights, np.array([4, 0, 4]))
    assert sums.tolist() == expected.tolist()


def test_best_of_rows_is_the_first_of_the_highest() -> None:
    table = RANDOM.integers(-3, 3, (17, WIDEST)).astype(np.float32)
    more = RANDOM.integers(-3, 3, WIDEST).astype(np.float32)
    values, rows = np.empty(WIDEST, np.float32), np.empty(WIDEST, np.int32)
    best(table, more, values, rows)
    totals = table + more[: len(table), None]
    assert values.tolist() == totals.max(axis=0).tolist()
    assert rows.tolist() == totals.argmax(axis=0).tolist()
