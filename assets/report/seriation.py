"""Orders rows so that neighbours are alike: what makes the pattern of a matrix visible."""

from collections.abc import Sequence

import numpy as np


def seriated(rows: Sequence[Sequence[int]]) -> list[int]:
    """Positions of the rows in an order in which neighbours differ least; starts at the row with the largest sum.

    The sum of Manhattan distances between neighbours is lowered by a nearest-neighbour path and 2-opt exchanges
    (seriation as a shortest path: Hahsler, Hornik, Buchta, "Getting things in order", 2008). Whole numbers only, ties
    by position: the same matrix gives the same order on every machine. Meant for some hundred rows: O(n²) memory.
    """
    if len(rows) < 3:
        return sorted(range(len(rows)), key=lambda at: (-sum(rows[at]), at))
    matrix = np.asarray(rows, dtype=np.int64)
    distances = np.abs(matrix[:, None, :] - matrix[None, :, :]).sum(axis=2)
    start = int(np.argmax(matrix.sum(axis=1)))
    return _exchanged(_nearest_path(distances, start), distances)


def _nearest_path(distances: np.ndarray, start: int) -> list[int]:
    path, left = [start], set(range(len(distances))) - {start}
    while left:
        path.append(min(left, key=lambda at: (distances[path[-1], at], at)))
        left.remove(path[-1])
    return path


def _exchanged(path: list[int], distances: np.ndarray) -> list[int]:
    """Reverse stretches as long as that shortens the path; its first row stays first."""
    improved = True
    while improved:
        improved = False
        for left in range(len(path) - 2):
            for right in range(left + 2, len(path)):
                before = distances[path[left], path[left + 1]]
                after = distances[path[left], path[right]]
                if right + 1 < len(path):
                    before += distances[path[right], path[right + 1]]
                    after += distances[path[left + 1], path[right + 1]]
                if after < before:
                    path[left + 1 : right + 1] = path[left + 1 : right + 1][::-1]
                    improved = True
    return path
