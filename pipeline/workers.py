"""The seam for scale: run a plain batch → result function over batches, here or in a pool of processes."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Generic, Self, TypeVar

from pipeline.engines.losses import Apart, InOrder, WorkerLostError
from pipeline.garbage import collect_rarely, fewer_collections

Input = TypeVar("Input")
Result = TypeVar("Result")

BATCHES_WORTH_A_POOL = 4
"""A worker takes seconds to start (imports, models); fewer batches than this are done sooner without one."""

ONE_THREAD = {"POLARS_MAX_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
"""The environment of a worker: there is one for each core."""


class Workers:
    """The processes that a run has for its work; they start with the first work that is worth it and stay until the end.

    Used as a context: leaving it ends them, and drops what they have not begun. Where work may end whoever does it, none
    is done in this process (``apart_from_here``).
    """

    def __init__(self, count: int, *, apart_from_here: bool = False) -> None:
        self.count = count
        self.apart_from_here = apart_from_here
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def map_batches(
        self,
        function: Callable[[Input], Result],
        batches: Iterable[Input],
        apart: Apart[Input, Result] | None = None,
    ) -> Iterator[Result]:
        """Results in the order of the batches.

        ``function`` must be picklable and keep no state. At most two batches per worker are in flight, so memory is
        bounded by the batch and not by the corpus. ``apart`` says what to do where an item ends every worker; without it,
        that is an error.
        """
        remaining = iter(batches)
        first = list(islice(remaining, BATCHES_WORTH_A_POOL))
        is_worth_it = self.apart_from_here or (self.count > 1 and len(first) == BATCHES_WORTH_A_POOL)
        if self._pool is None and not is_worth_it:
            with fewer_collections():
                yield from map(function, chain(first, remaining))
            return
        yield from InOrder(_Processes(self, function), apart).results(chain(first, remaining))

    def submit(self, function: Callable[[Input], Result], batch: Input) -> Future[Result]:
        """Hand out a batch; processes are started where there are none, or where one has died, which ends all of them."""
        if self._pool is not None:
            try:
                return self._pool.submit(function, batch)
            except BrokenProcessPool:
                self._pool.shutdown()
        # Polars holds threads and locks that a forked child would inherit broken: workers start afresh.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self.count, mp_context=context, initializer=_start_worker)
        return self._pool.submit(function, batch)


class _Processes(Generic[Input, Result]):
    """The workers of this machine as a crew for one function."""

    def __init__(self, workers: Workers, function: Callable[[Input], Result]) -> None:
        self._workers, self._function = workers, function

    def room(self) -> int:
        return 2 * self._workers.count

    def give(self, batch: Input, alone: bool) -> Future[Result]:
        return self._workers.submit(self._function, batch)

    def result(self, given: Future[Result]) -> Result:
        try:
            return given.result()
        except BrokenProcessPool as error:
            raise WorkerLostError from error

    def finish(self, given: Sequence[Future[Result]]) -> None:
        wait(given)

    def cancel(self, given: Sequence[Future[Result]]) -> None:
        for future in given:
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
