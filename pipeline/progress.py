"""How a run reports its progress: lines in Dagster's log, or live bars on a terminal."""

import io
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stdout
from typing import Protocol

import dagster as dg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column

WHOLE, SHRINKING = Column(no_wrap=True), Column(overflow="ellipsis", no_wrap=False)
"""How the columns of the bars share a narrow terminal, or a log file, which counts as one of 80 characters."""


class StepProgress(Protocol):
    """Progress of one step."""

    def advance(self, n: int) -> None: ...

    def note(self, text: str) -> None: ...


class Reporter(Protocol):
    """Where the steps of a run report to."""

    def step(self, name: str, total: int | None, unit: str) -> AbstractContextManager[StepProgress]: ...

    def output(self) -> AbstractContextManager[object]:
        """Where what a tool prints by itself goes inside the block."""
        ...


class LogReporter:
    """Reports in lines of Dagster's log, at most one every ten seconds."""

    @contextmanager
    def step(self, name: str, total: int | None, unit: str) -> Iterator[StepProgress]:
        step = _LoggedStep(name, total, unit)
        yield step
        step.close()

    def output(self) -> AbstractContextManager[object]:
        """Dagster keeps what a step prints."""
        return nullcontext()


class _LoggedStep:
    def __init__(self, name: str, total: int | None, unit: str) -> None:
        self._log = dg.get_dagster_logger("verbatim")
        self._name, self._total, self._unit = name, total, unit
        self._done, self._started, self._reported = 0, time.monotonic(), time.monotonic()

    def advance(self, n: int) -> None:
        self._done += n
        if time.monotonic() - self._reported > 10:
            self._reported = time.monotonic()
            self._log.info(f"{self._name}: {self._summary()}")

    def note(self, text: str) -> None:
        self._log.info(f"{self._name}: {text}")

    def close(self) -> None:
        if self._done:
            self._log.info(f"{self._name}: {self._summary()}, done")

    def _summary(self) -> str:
        of_total = f" of {self._total:,}" if self._total is not None else ""
        rate = self._done / max(time.monotonic() - self._started, 1e-6)
        return f"{self._done:,}{of_total} {self._unit} ({rate:,.0f}/s)"


class TerminalReporter:
    """Reports in one live line per step."""

    def __init__(self, console: Console) -> None:
        self.bars = Progress(
            TextColumn("{task.fields[mark]}"),
            TextColumn("{task.description}", table_column=WHOLE),
            BarColumn(bar_width=16, table_column=WHOLE),
            MofNCompleteColumn(table_column=WHOLE),
            TextColumn("{task.fields[detail]}", table_column=SHRINKING),
            TimeElapsedColumn(table_column=WHOLE),
            console=console,
        )

    @contextmanager
    def step(self, name: str, total: int | None, unit: str) -> Iterator[StepProgress]:
        task = self.bars.add_task(name, total=total, detail="", mark="[cyan]…[/]")
        step = _TerminalStep(self.bars, task, unit)
        yield step
        step.close()

    def output(self) -> AbstractContextManager[object]:
        """A tool's own lines would tear the bars apart; it writes them to its log file too."""
        return redirect_stdout(io.StringIO())


class _TerminalStep:
    def __init__(self, bars: Progress, task: TaskID, unit: str) -> None:
        self._bars, self._task, self._unit = bars, task, unit
        self._done, self._started, self._note = 0, time.monotonic(), ""

    def advance(self, n: int) -> None:
        self._done += n
        rate = self._done / max(time.monotonic() - self._started, 1e-6)
        self._bars.update(self._task, advance=n, detail=f"{self._unit}, {rate:,.0f}/s")

    def note(self, text: str) -> None:
        self._note = text
        self._bars.update(self._task, detail=text)

    def close(self) -> None:
        if self._note:
            self._bars.update(self._task, detail=self._note)
        self._bars.update(self._task, total=self._done or 1, completed=self._done or 1, mark="[green]✓[/]")
