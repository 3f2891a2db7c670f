"""Answers: a table never is wider than the terminal and says what it leaves out; other formats write everything."""

import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from orchestration.cli.answers import FRAME, LEAST_WIDTH, MOST_ROWS, chosen_format, fitting, lines, print_fitting
from orchestration.cli.command import UsageError

LONG = "We share a river with Velmora and we will go on sharing it"
WORDS = st.text(st.characters(exclude_categories=("C", "Z", "M", "Lm")), max_size=60)


def shown(frame: pl.DataFrame, width: int = 80) -> str:
    out = io.StringIO()
    print_fitting(Console(file=out, width=width), frame, "--format lines or csv writes all.")
    return out.getvalue()


@given(st.lists(st.integers(0, 400), max_size=30), st.integers(40, 200))
def test_columns_fit_the_terminal_and_none_is_narrower_than_it_must_be(longest: list[int], width: int) -> None:
    widths = fitting(longest, width)
    assert sum(widths) + FRAME * len(widths) + 1 <= width or not widths
    assert all(min(n, LEAST_WIDTH) <= w <= n for n, w in zip(longest, widths, strict=False))
    if sum(longest) + FRAME * len(longest) + 1 <= width:
        assert widths == longest


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5), st.integers(40, 120))
def test_no_line_is_longer_than_the_terminal(rows: list[tuple[str, str, str]], width: int) -> None:
    frame = pl.DataFrame(rows, schema=["outlet", "statement", "a column with a long name"], orient="row")
    assert max(map(len, shown(frame, width).splitlines())) <= width


def test_what_fits_is_shown_whole_and_nothing_is_said() -> None:
    text = shown(pl.DataFrame({"outlet": ["North [Mail]"], "n": [3], "names": [["A", "B"]]}))
    assert "North [Mail]" in text
    assert "A, B" in text
    assert "Left out" not in text


def test_columns_rows_and_ends_that_are_left_out_are_named() -> None:
    frame = pl.DataFrame({f"column_{n}": [LONG] * (MOST_ROWS + 50) for n in range(12)})
    text = " ".join(shown(frame).split())
    assert f"50 of {MOST_ROWS + 50} rows" in text
    assert "column_7, column_8" in text
    assert "the ends of 1,400 values (…)" in text
    assert "--format lines or csv writes all." in text


def test_line_by_line_gives_everything() -> None:
    frame = pl.DataFrame({"outlet": ["North", "South"], "wording": [LONG, None], "others": [["A", "B"], []]})
    assert list(lines(frame)) == [
        "outlet   North", f"wording  {LONG}", "others   A, B", "", "outlet   South", "wording", "others",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("format", "output", "chosen"),
    [
        (None, None, "csv"),
        ("lines", None, "lines"),
        (None, "a.parquet", "parquet"),
        (None, "a.JSON", "json"),
        (None, "a.txt", "table"),
        (None, "answer", "csv"),
        ("json", "a.csv", "json"),
    ],
)
def test_without_a_terminal_and_a_wish_it_is_csv_or_what_the_file_is_called(format, output, chosen: str) -> None:
    assert chosen_format(format, Path(output) if output else None) == chosen


def test_parquet_needs_a_file() -> None:
    with pytest.raises(UsageError, match="give a file with --output"):
        chosen_format("parquet", None)
