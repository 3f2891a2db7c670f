"""How a run reports its progress: lines in Dagster's log, or live bars on a terminal."""

import io
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stdout
from typing import Protocol

import dagster as dg
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column
from rich.text import Text


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


NARROWEST = 80
"""Letters of a terminal from which there is room for a bar."""


class _Done(ProgressColumn):
    """How many are done, of how many where that is known."""

    def render(self, task: Task) -> Text:
        return Text(
            f"{task.completed:,.0f}" + (f"/{task.total:,.0f}" if task.total is not None else ""),
            style="progress.download",
        )


class _Words(ProgressColumn):
    """Words that end in an ellipsis where there is no room for them."""

    def __init__(self, name: str) -> None:
        super().__init__(table_column=Column(no_wrap=False))
        self._name = name

    def render(self, task: Task) -> Text:
        words = task.description if self._name == "description" else str(task.fields[self._name])
        return Text(words, no_wrap=True, overflow="ellipsis")


class TerminalReporter:
    """Reports in one live line per step."""

    def __init__(self, console: Console) -> None:
        # Numbers stand whole however narrow the terminal is; what gives way is the bar, then the words.
        whole = Column(no_wrap=True)
        bar = [BarColumn(bar_width=16)] if console.width >= NARROWEST else []
        self.bars = Progress(
            TextColumn("{task.fields[mark]}", table_column=whole),
            _Words("description"),
            *bar,
            _Done(table_column=whole),
            _Words("detail"),
            TimeElapsedColumn(table_column=whole),
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
