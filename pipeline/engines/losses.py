"""Batches at the workers of an engine, and what becomes of one whose worker dies: of the same sort for every engine."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pipeline.engines.refusal import EngineError

Batch = TypeVar("Batch")
Result = TypeVar("Result")
Handle = TypeVar("Handle")
Member = TypeVar("Member")
Given = TypeVar("Given", contravariant=True)

TRIES = 3
"""So often an item is given to workers while nothing else is worked on, before it is to blame for their deaths."""

TO_BLAME_IN_A_ROW = 5
"""Where so many items one after another end their workers, and none does not, it isn't the items."""


class WorkerLostError(Exception):
    """The process or the machine that had a batch is gone; whether because of the batch is not known."""


@dataclass(frozen=True)
class Apart(Generic[Batch, Result]):
    """How a batch is taken apart, so that an item of it that ends every worker can be found.

    ``halves`` gives two smaller batches; ``None`` of a batch of one item. ``instead`` is the result of a batch of one item
    that no worker survives. Results are lists: those of two halves, one behind the other, are that of the batch.
    """

    halves: Callable[[Batch], tuple[Batch, Batch] | None]
    instead: Callable[[Batch], Result]


def in_halves(batch: Sequence[Member]) -> tuple[Sequence[Member], Sequence[Member]] | None:
    """The halves of a batch that is a list of its items."""
    middle = len(batch) // 2
    return (batch[:middle], batch[middle:]) if middle else None


class Crew(Protocol[Given, Handle]):
    """Whoever does batches: processes of this machine, or those of a cluster."""

    def room(self) -> int:
        """How many batches there may be at a time with the workers or waiting for one."""
        ...

    def give(self, batch: Given, alone: bool) -> Handle:
        """Hand out a batch; one that is done ``alone`` is tried only once."""
        ...

    def result(self, given: Handle) -> Any:
        """The result, once there is one. Raises :class:`WorkerLostError`, and what the function raised."""
        ...

    def finish(self, given: Sequence[Handle]) -> None:
        """Wait until none of them is worked on."""
        ...

    def cancel(self, given: Sequence[Handle]) -> None: ...


class InOrder(Generic[Batch, Handle, Result]):
    """Gives batches to a crew, as many at a time as it has room for, and their results in the order of the batches.

    A batch that lost its worker is done again while nothing else is: so it is known whether it is to blame, and not another
    batch, or a machine that was taken away. If it is, it is halved until the item is found.
    """

    def __init__(self, crew: Crew[Batch, Handle], apart: Apart[Batch, Result] | None) -> None:
        self._crew, self._apart = crew, apart
        self._given: deque[tuple[Batch, Handle]] = deque()
        self._n_to_blame = 0

    def results(self, batches: Iterable[Batch]) -> Iterator[Result]:
        try:
            for batch in batches:
                self._given.append((batch, self._crew.give(batch, alone=False)))
                while len(self._given) >= self._crew.room():
                    yield self._oldest()
            while self._given:
                yield self._oldest()
        finally:
            self._crew.cancel([handle for _, handle in self._given])

    def _oldest(self) -> Result:
        """The result of the batch that was given first, which leaves."""
        batch, handle = self._given[0]
        try:
            result: Result = self._crew.result(handle)
        except WorkerLostError:
            self._crew.finish([handle for _, handle in self._given])
            result = self._alone(batch)
        self._given.popleft()
        return result

    def _alone(self, batch: Batch) -> Result:
        halves = self._apart.halves(batch) if self._apart else None
        for _ in range(1 if halves else TRIES):
            with suppress(WorkerLostError):
                result: Result = self._crew.result(self._crew.give(batch, alone=True))
                self._n_to_blame = 0
                return result
        if halves:
            first, second = (self._alone(half) for half in halves)
            together: Result = first + second  # type: ignore[operator]
            return together
        self._n_to_blame += 1
        if self._apart is None or self._n_to_blame == TO_BLAME_IN_A_ROW:
            raise EngineError(
                f"every process that was given work has died, {TRIES} times with the same work and with nothing beside it; memory may "
                "have run out: set fewer workers or a smaller batch_size in verbatim.toml, or use a machine with more memory, "
                "and run again"
            )
        return self._apart.instead(batch)
