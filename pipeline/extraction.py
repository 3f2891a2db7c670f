"""How a step does its pending items: read in one scan, worked on in batches by all processes, written by thousands."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

import polars as pl

from pipeline import ledger
from pipeline.batches import Batch, LeftOut, halves, left_out, of_items, on_frames
from pipeline.bookkeeping import LEDGER
from pipeline.engines.losses import Apart
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.warehouse import Session, Transaction

Result = TypeVar("Result")

LeaveOut = Callable[[Transaction, pl.Series], None]
"""Notes, in the transaction that writes the rows of other items, the ids of those that end every process that works on them."""

ROWS_AHEAD = 4096
"""Items that are read at a time; those that wait for a process are in memory."""

COMMIT_ITEMS = 4096
COMMIT_SECONDS = 10
"""A run that is killed loses what it had not written: no more than this."""

BATCH_BYTES = 1 << 20
"""A batch of long items has fewer of them, so that its memory and its time are bounded."""


@dataclass(frozen=True)
class Extraction(Generic[Result]):
    """What a step does to each of its items, by itself.

    ``version`` is that of all that decides what is found. ``items`` is SQL that gives (item_id, input) for all there is;
    ``input`` changes when what is read of the item does. ``read`` is SQL that gives the row of each item in
    :data:`~pipeline.warehouse.GIVEN`, with its item_id; ``beside`` gives any number of further rows of each, sorted by
    item_id. ``function`` runs in worker processes, here or on other machines, on a frame of items, whose item_id is named as the ``key``, and on one of what
    is ``beside`` them, if anything; its module should import no more than the work needs. ``rows`` tells which rows came of it,
    and ``drop`` removes those there are about the items of a relation. ``leave_out`` notes the items that end every process
    that works on them; without it, such an item ends the step.
    """

    step: str
    version: str
    items: str
    read: str
    function: Callable[..., Result]
    rows: Callable[[Result], Mapping[Table, pl.DataFrame]]
    drop: Callable[[Transaction, str], None]
    key: str = "item_id"
    beside: str = ""
    leave_out: LeaveOut | None = None


def extract_pending(pipeline: Pipeline, do: Extraction[Result]) -> dict[str, int]:
    """Do what this version of the step has not done.

    What is pending or gone is dropped first, so that all that follows is appended, and what comes back is done again. Rows
    and their entries in the ledger are written in one transaction, so a run that is killed goes on where it was.
    """
    with pipeline.warehouse.session() as session:
        with session.transaction() as transaction:
            todo, gone, _ = ledger.differing(transaction, do.step, do.version, do.items)
            touched = pl.concat([todo["item_id"], gone])
            ledger.forget(transaction, do.step, touched)
            with transaction.visible(touched.to_frame()) as given:
                do.drop(transaction, given)
        with pipeline.reporter.step(do.step, todo.height, "articles") as progress:
            in_work: deque[pl.Series] = deque()
            output = _Output(session, do, todo)

            def batches() -> Iterator[Batch]:
                for batch in _read(session, todo, do, pipeline.settings.batch_size):
                    in_work.append(batch[0][do.key])
                    yield batch

            function = partial(on_frames, do.function)
            apart = Apart(partial(halves, key=do.key), partial(left_out, key=do.key)) if do.leave_out else None
            for results in pipeline.engine.map_batches(function, batches(), apart) if todo.height else ():
                done = in_work.popleft()
                output.add(done, results)
                progress.advance(len(done))
            output.write()
    return {"items_extracted": todo.height, "items_left_out": output.n_left_out}


def _read(session: Session, todo: pl.DataFrame, do: Extraction[Result], batch_size: int) -> Iterator[Batch]:
    for frame in session.stream(do.read, todo, ROWS_AHEAD):
        items = frame.sort("item_id")
        others = None
        if do.beside:
            with session.transaction() as transaction, transaction.visible(items.select("item_id")):
                others = transaction.query(do.beside)
        for start, end in _cuts(items, batch_size):
            batch = items.slice(start, end - start)
            named = batch.rename({"item_id": do.key})
            yield (named,) if others is None else (named, of_items(others, batch["item_id"]))


def _cuts(items: pl.DataFrame, batch_size: int) -> Iterator[tuple[int, int]]:
    """Where batches begin and end: each has at most so many items, and more than one only within the bytes of a batch."""
    texts = [pl.col(name).str.len_bytes().fill_null(0) for name, kind in items.schema.items() if kind == pl.String]
    begin, held = 0, 0
    for number, size in enumerate(items.select(pl.sum_horizontal(texts)).to_series()):
        if number > begin and (number - begin == batch_size or held + size > BATCH_BYTES):
            yield begin, number
            begin, held = number, 0
        held += size
    if items.height:
        yield begin, items.height


class _Output(Generic[Result]):
    """Rows that wait until it is worth writing them."""

    def __init__(self, session: Session, do: Extraction[Result], todo: pl.DataFrame) -> None:
        self._session, self._do = session, do
        self._entries = todo.with_columns(step=pl.lit(do.step))
        self._done: list[pl.Series] = []
        self._rows: dict[Table, list[pl.DataFrame]] = {}
        self._left_out: list[str] = []
        self._since = time.monotonic()
        self.n_left_out = 0

    def add(self, items: pl.Series, results: list[Result | LeftOut]) -> None:
        self._done.append(items)
        for result in results:
            if isinstance(result, LeftOut):
                self._left_out.append(result.item_id)
                continue
            for table, frame in self._do.rows(result).items():
                self._rows.setdefault(table, []).append(frame)
        if sum(map(len, self._done)) >= COMMIT_ITEMS or time.monotonic() - self._since > COMMIT_SECONDS:
            self.write()

    def write(self) -> None:
        if self._done:
            done = pl.concat(self._done)
            with self._session.transaction() as transaction:
                for table, frames in self._rows.items():
                    transaction.insert(table, pl.concat(frames))
                if self._left_out and self._do.leave_out:
                    self._do.leave_out(transaction, pl.Series(self._left_out))
                transaction.insert(LEDGER, self._entries.filter(pl.col("item_id").is_in(done.implode())))
        self.n_left_out += len(self._left_out)
        self._done, self._rows, self._left_out, self._since = [], {}, [], time.monotonic()
