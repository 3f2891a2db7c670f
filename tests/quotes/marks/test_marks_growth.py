"""A body four times as long costs four times the work, whatever marks it is made of: lines of code run are counted, not seconds."""

import sys
from types import FrameType
from typing import Any

import pytest

from assets.quotes.marks.spans import find_marked_spans

SHORT, LONG = 2_000, 8_000  # code points
REPEATED = {
    "double marks of two single ones": "'' ",
    "double marks that nothing closes": "“a ",
    "double marks without words": "“ ",
    "double marks that close alone": "”a ",
    "straight marks": '"a ',
    "straight marks without a space": '"a',
    "nested marks": "“a ‘b’ c” ",
    "single marks around double ones": "‘a “b” c’ ",
    "single marks that nothing closes": "“a‘b ",
    "single and double marks that cross": "‘s” “a‘ ",
    "genitives within single marks": "‘a s' ",
    "forgotten closing marks": "“a, said b ",
    "forgotten opening marks": "a. b,” ",
    "a mark a paragraph": "“a\n",
}


def lines_run(body: str) -> int:
    """How many lines of Python code it takes to find the marked spans of a body."""
    n_lines = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal n_lines
        n_lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        find_marked_spans(body)
    finally:
        sys.settrace(before)
    return n_lines


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_work_grows_as_the_body_does(unit: str) -> None:
    find_marked_spans(unit)  # tables and patterns are made once a process
    short, long = (lines_run(unit * (length // len(unit))) for length in (SHORT, LONG))
    assert long < 1.1 * LONG / SHORT * short
