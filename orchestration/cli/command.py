"""Shared by all commands: the option for the data folder, the screen, and errors of one line."""

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from orchestration.cli.failures import causes, explain, story, write_log
from pipeline.settings import DATA_VARIABLE, data_dir

USAGE_ERROR = 2
RUN_FAILED = 1
INTERRUPTED = 130

screen = Console()
errors = Console(stderr=True, highlight=False)

Data = Annotated[
    Path | None,
    typer.Option("--data", help=f"Data folder; defaults to ${DATA_VARIABLE}, else data/.", show_default=False),
]


class UsageError(Exception):
    """Something the user can fix; shown as one line."""


def guarded(function: Callable[..., None]) -> Callable[..., None]:
    """A command whose errors are one line, never a traceback."""

    @wraps(function)
    def ending_in_a_line(*args: Any, **kwargs: Any) -> None:
        try:
            function(*args, **kwargs)
        except (typer.Exit, typer.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt as interrupt:
            tell("interrupted; what was published is untouched, and the next run continues where this one stopped")
            raise typer.Exit(INTERRUPTED) from interrupt
        except Exception as error:
            raise typer.Exit(tell_error(error, data_dir(kwargs.get("data")))) from error

    return ending_in_a_line


def tell_error(error: Exception, data: Path) -> int:
    """Say what went wrong in one line; an error the user can fix gives status 2, any other a log file and status 1."""
    explanation = explain(causes(error), data)
    if explanation.known:
        tell(explanation.line)
        return USAGE_ERROR
    tell(explanation.line + logged(data, "verbatim", [story(error)]))
    return RUN_FAILED


def tell(line: str) -> None:
    errors.print(f"verbatim: {line}", markup=False, soft_wrap=True)


def logged(data: Path, name: str, parts: Sequence[str]) -> str:
    """Write the details to a log file; returns the words that name it."""
    file = write_log(data, name, parts)
    return f"; details in {file}" if file else "; the details could not be written anywhere"
