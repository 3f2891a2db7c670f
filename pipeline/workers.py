"""The seam for scale: run a plain frame → result function over batches, here or in a pool of processes."""

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from typing import TypeVar

import polars as pl

Batch = TypeVar("Batch")
Result = TypeVar("Result")

BATCHES_WORTH_A_POOL = 4
"""A worker takes seconds to start (imports, models); fewer batches than this are done sooner without one."""

ALLOCATIONS_PER_COLLECTION = 100_000


def map_batches(function: Callable[[Batch], Result], batches: Iterable[Batch], workers: int = 1) -> Iterator[Result]:
    """Results in the order of the batches.

    ``function`` must be picklable and keep no state. At most two batches per worker are in flight, so memory is
    bounded by the batch and not by the corpus.
    """
    remaining = iter(batches)
    first = list(islice(remaining, BATCHES_WORTH_A_POOL))
    if workers <= 1 or len(first) < BATCHES_WORTH_A_POOL:
        with fewer_collections():
            yield from map(function, chain(first, remaining))
        return
    # Polars holds threads and locks that a forked child would inherit broken: workers start afresh.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker) as pool:
        in_flight: deque[Future[Result]] = deque()
        for batch in chain(first, remaining):
            in_flight.append(pool.submit(function, batch))
            if len(in_flight) >= 2 * workers:
                yield in_flight.popleft().result()
        while in_flight:
            yield in_flight.popleft().result()


def in_batches(frame: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    """Slices of at most ``size`` rows, in order."""
    return frame.iter_slices(size) if frame.height else iter(())


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Extraction makes rows by the thousand and no cycles; collecting at the usual rate costs a tenth of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(ALLOCATIONS_PER_COLLECTION, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _start_worker() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["POLARS_MAX_THREADS"] = "1"
    os.environ["NUMBA_NUM_THREADS"] = "1"
    gc.set_threshold(ALLOCATIONS_PER_COLLECTION)


def _end_with_parent() -> None:
    """A worker whose run was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
