"""Compiled work on all cores, in threads: it lets go of Python's lock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numba import config

Part = TypeVar("Part")


def on_all_cores(part: Callable[[int], Part], firsts: range) -> list[Part]:
    """What ``part`` gives for all ``firsts``, in their order."""
    with ThreadPoolExecutor(_n_workers()) as pool:
        return list(pool.map(part, firsts))


def end_to_end(part: Callable[[int], tuple[Any, Any]], firsts: range, dtype: Any) -> tuple[Any, Any]:
    """The arrays that ``part`` gives for all ``firsts``, end to end."""
    parts = on_all_cores(part, firsts)
    nothing = np.empty(0, dtype)
    return np.concatenate([nothing, *(x for x, _ in parts)]), np.concatenate([nothing, *(y for _, y in parts)])


def _n_workers() -> int:
    """Threads to use; NUMBA_NUM_THREADS sets it, and the number of cores otherwise."""
    return int(getattr(config, "NUMBA_NUM_THREADS"))  # noqa: B009 - set by numba at run time, unknown to its types
