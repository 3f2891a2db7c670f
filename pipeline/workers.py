"""The seam for scale: run a plain batch → result function over batches, here or in a pool of processes."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import Self, TypeVar

import polars as pl

from pipeline.garbage import collect_rarely, fewer_collections

Input = TypeVar("Input")
Result = TypeVar("Result")

BATCHES_WORTH_A_POOL = 4
"""A worker takes seconds to start (imports, models); fewer batches than this are done sooner without one."""

ONE_THREAD = {"POLARS_MAX_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
"""The environment of a worker: there is one for each core."""


def on_frames(function: Callable[..., Result], frames: tuple[pl.DataFrame, ...]) -> Result:
    """A function of several frames as one of a batch that holds them."""
    return function(*frames)


class Workers:
    """The processes that a run has for its work; they start with the first work that is worth it and stay until the end.

    Used as a context: leaving it ends them, and drops what they have not begun.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def map_batches(self, function: Callable[[Input], Result], batches: Iterable[Input]) -> Iterator[Result]:
        """Results in the order of the batches.

        ``function`` must be picklable and keep no state. At most two batches per worker are in flight, so memory is
        bounded by the batch and not by the corpus.
        """
        remaining = iter(batches)
        first = list(islice(remaining, BATCHES_WORTH_A_POOL))
        if self._pool is None and self.count > 1 and len(first) == BATCHES_WORTH_A_POOL:
            # Polars holds threads and locks that a forked child would inherit broken: workers start afresh.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.count, mp_context=context, initializer=_start_worker)
        if self._pool is None:
            with fewer_collections():
                yield from map(function, chain(first, remaining))
            return
        in_flight: deque[Future[Result]] = deque()
        try:
            for batch in chain(first, remaining):
                in_flight.append(self._pool.submit(function, batch))
                if len(in_flight) >= 2 * self.count:
                    yield in_flight.popleft().result()
            while in_flight:
                yield in_flight.popleft().result()
        finally:
            for future in in_flight:
                future.cancel()


def map_batches(function: Callable[[Input], Result], batches: Iterable[Input], workers: int = 1) -> Iterator[Result]:
    """Results in the order of the batches, by processes that end with the last of them (see :class:`Workers`)."""
    with Workers(workers) as pool:
        yield from pool.map_batches(function, batches)


def _start_worker() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.update(ONE_THREAD)
    collect_rarely()


def _end_with_parent() -> None:
    """A worker whose run was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
