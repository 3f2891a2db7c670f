"""Bars on a terminal: numbers and times stand whole on any width, each step on one line."""

import io

import pytest
from rich.console import Console

from pipeline.progress import TerminalReporter


@pytest.mark.parametrize("width", [48, 60, 80, 120])
def test_numbers_are_never_cut(width: int) -> None:
    out = io.StringIO()
    reporter = TerminalReporter(Console(file=out, width=width, force_terminal=False))
    with reporter.bars:
        for name, total in (("documents", 125_000), ("statements_checks", None)):
            with reporter.step(name, total, "articles") as step:
                step.advance(50_500)
                step.note("50,500 articles of 1,250 outlets, of which some are new")
    lines = out.getvalue().rstrip().splitlines()
    assert len(lines) == 2
    for line in lines:
        assert len(line) <= width
        assert "50,500/50,500" in line
        assert "0:00:00" in line
