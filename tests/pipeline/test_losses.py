"""An item that ends every process that works on it is found and left out, by every engine; the others lose nothing by it."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline.engines.losses import TO_BLAME_IN_A_ROW, TRIES, Apart, InOrder, WorkerLostError, in_halves
from pipeline.engines.refusal import EngineError
from pipeline.workers import Workers
from tests.cluster import work

NUMBERS = range(30)
IN_FIVES = [list(NUMBERS[start : start + 5]) for start in range(0, 30, 5)]
INSTEAD = Apart(in_halves, lambda batch: [-batch[0]])
FOUND = [-number if number % 10 == 7 else 2 * number for number in NUMBERS]


class Scripted:
    """Workers that die of a number as often as is said, and by chance of a batch that is not to blame."""

    def __init__(self, dies_of: dict[int, int], unlucky: Sequence[int] = ()) -> None:
        self.dies_of, self.unlucky = dict(dies_of), list(unlucky)
        self.alone: list[list[int]] = []

    def room(self) -> int:
        return 3

    def give(self, batch: list[int], alone: bool) -> list[int]:
        if alone:
            self.alone.append(batch)
        return batch

    def result(self, given: list[int]) -> list[int]:
        for number in given:
            if self.dies_of.get(number, 0):
                self.dies_of[number] -= 1
                raise WorkerLostError
            if number in self.unlucky:
                self.unlucky.remove(number)
                raise WorkerLostError
        return [2 * number for number in given]

    def finish(self, given: Sequence[list[int]]) -> None: ...
    def cancel(self, given: Sequence[list[int]]) -> None: ...


def results(crew: Scripted, batches: Sequence[list[int]] = IN_FIVES) -> list[int]:
    return [number for result in InOrder(crew, INSTEAD).results(batches) for number in result]


def test_what_was_lost_by_chance_is_done_again_alone_and_nothing_is_left_out() -> None:
    crew = Scripted({}, unlucky=[3, 12])
    assert results(crew) == [2 * number for number in NUMBERS]
    assert crew.alone == [IN_FIVES[0], IN_FIVES[2]]


def test_an_item_is_to_blame_only_after_so_many_tries_alone() -> None:
    in_batch_and_halves = 3  # beside others and alone in five, then in three
    assert results(Scripted({7: in_batch_and_halves + TRIES - 1}))[7] == 14
    assert results(Scripted({7: in_batch_and_halves + TRIES}))[7] == -7


@pytest.mark.parametrize("guilty", [{0}, {29}, {7, 8}, {5, 6, 7, 8}, {2, 11, 23}])
def test_those_to_blame_are_found_and_no_others(guilty: set[int]) -> None:
    expected = [-number if number in guilty else 2 * number for number in NUMBERS]
    assert results(Scripted(dict.fromkeys(guilty, 1000))) == expected


def test_where_nothing_survives_it_is_not_the_items() -> None:
    crew = Scripted(dict.fromkeys(NUMBERS, 1000))
    with pytest.raises(EngineError, match=r"every process .* has died.*fewer workers"):
        results(crew)
    assert len([batch for batch in crew.alone if len(batch) == 1]) == TRIES * TO_BLAME_IN_A_ROW


def test_work_that_cannot_be_taken_apart_ends_with_a_clear_error() -> None:
    with pytest.raises(EngineError, match="every process"):
        list(InOrder(Scripted({3: 1000}), None).results(IN_FIVES))


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with Workers(2) as workers:
        yield workers


def test_the_processes_of_this_machine_find_the_item(pool: Workers) -> None:
    found = pool.map_batches(work.doubled_each, IN_FIVES, INSTEAD)
    assert [number for result in found for number in result] == FOUND


def test_a_worker_killed_from_outside_costs_nothing(pool: Workers, tmp_path: Path) -> None:
    given = [(tmp_path, number) for number in range(12)]
    assert list(pool.map_batches(work.killed_once, given)) == list(range(12))


def test_after_a_run_that_was_killed_nothing_is_done_in_the_process_of_the_run() -> None:
    with Workers(1, apart_from_here=True) as workers:
        ((_, pid),) = workers.map_batches(work.pid_of, [1])
        assert pid != os.getpid()
        assert list(workers.map_batches(work.doubled_each, [[7]], INSTEAD)) == [[-7]]
