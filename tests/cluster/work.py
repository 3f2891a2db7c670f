"""Functions of batches that nodes can import: they do, tell or break something."""

import os
import signal
import time
from pathlib import Path

import polars as pl

from assets.entities.extract import extract_mentions
from assets.quotes.extract import extract_quotes
from pipeline.reference import read_list


def doubled(number: int) -> int:
    return 2 * number


def slow(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def pid_of(number: int) -> tuple[int, int]:
    """The number, and the process that did it, after it has had time to be killed."""
    time.sleep(0.2)
    return number, os.getpid()


def killed_once(given: tuple[Path, int]) -> int:
    """Kill this process where there is no mark yet that it was done; else give the number back."""
    marks, number = given
    if number == 5:
        try:
            (marks / "killed").touch(exist_ok=False)
        except FileExistsError:
            return number
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def broken(number: int) -> int:
    if number == 6:
        raise pl.exceptions.ColumnNotFoundError(f"article {number} cannot be read")
    return number


def mark(given: tuple[Path, int]) -> int:
    folder, number = given
    time.sleep(0.3)
    (folder / str(number)).touch()
    return number


def titles(number: int) -> list[str]:
    """What the list of titles holds on the machine that does the batch."""
    return sorted(row["title"] for row in read_list("titles") if row["title"].startswith("lock warden"))


def found_in(articles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    mentions = extract_mentions(articles)
    return mentions, extract_quotes(articles, mentions)


def doubled_each(numbers: list[int]) -> list[int]:
    """Numbers that end in 7 end whoever doubles them."""
    if any(number % 10 == 7 for number in numbers):
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * number for number in numbers]


def nobody_survives(numbers: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return numbers
