"""Lists that belong to a story by where they stand and how they are made: the days of a tour, a table, a ranking.

To a model of single lines, short items look like menus. Menus are lists too, so only one that stands right below a line of the
story is taken for a part of it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from assets.text.dates.reading import is_day

MIN_ITEMS, CELLS = 3, 3
REACH = 2  # lines from the story to its list: a heading may stand between
LONGEST_ITEM, LONGEST_DATE = 200, 30
AFTER_DATE = re.compile(r"\s?[–—:]\s|\s--?\s|:\s|\t")
NUMBER = re.compile(r"#?(\d{1,3})(?:[.):]|[ªº°]\.?)\s*(?=[^\W\d_]|[\"“„«‘])")


def lists(paragraphs: Sequence[str]) -> list[range]:
    """Runs of three items and more of one make: rows of cells, lines that open with a day, numbers that follow each other."""
    runs = [
        run for is_item in (_is_row, _opens_with_day) for run in _runs(paragraphs, is_item) if len(run) >= MIN_ITEMS
    ]
    return sorted([*runs, *_counted(paragraphs)], key=lambda run: (run.start, run.stop))


def keep_lists(paragraphs: Sequence[str], keep: list[bool], is_label: Callable[[str], bool]) -> None:
    """A list right below a line of the story stays with its heading, unless that is the label of something else."""
    for run in lists(paragraphs):
        above = next(
            (number for number in range(run.start - 1, run.start - 1 - REACH, -1) if number >= 0 and keep[number]), None
        )
        if above is not None and not any(is_label(paragraphs[number]) for number in range(above + 1, run.start)):
            keep[above + 1 : run.stop] = [True] * (run.stop - above - 1)


def _runs(paragraphs: Sequence[str], is_item: Callable[[str], bool]) -> Iterator[range]:
    start = 0
    for flag, members in groupby(paragraphs, is_item):
        stop = start + sum(1 for _ in members)
        if flag:
            yield range(start, stop)
        start = stop


def _counted(paragraphs: Sequence[str]) -> Iterator[range]:
    """1, 2, 3 … or 10, 9, 8 … at the openings of lines that follow each other."""
    for run in _runs(paragraphs, lambda line: len(line) <= LONGEST_ITEM and NUMBER.match(line) is not None):
        numbers = [int(found[1]) for line in paragraphs[run.start : run.stop] if (found := NUMBER.match(line))]
        if len(run) >= MIN_ITEMS and {after - before for before, after in pairwise(numbers)} in (
            {1},
            {-1},
        ):
            yield run


def _is_row(line: str) -> bool:
    return (
        line.count("\t") >= CELLS - 1
        and len(line) <= LONGEST_ITEM
        and sum(map(bool, map(str.strip, line.split("\t")))) >= CELLS
    )


def _opens_with_day(line: str) -> bool:
    """June 9 – Harbour Hall: a day at once, and something after it."""
    if len(line) > LONGEST_ITEM or not any(map(str.isdigit, line[:LONGEST_DATE])):
        return False
    after = AFTER_DATE.search(line, 0, LONGEST_DATE + 4)
    return after is not None and is_day(line[: after.start()])
