"""Rows of two cells: all words of both bodies in order, paragraph beside paragraph, differences marked."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assets.compare.articles import compare
from assets.compare.rows import Row, rows

WORDY = st.lists(st.sampled_from(["river", "the", "bridge,", "fell", "a", "\n", "old"]), max_size=60).map(" ".join)
SHARED = "The mayor opened the new bridge on Monday before a crowd of two hundred."
OTHER = "The ferry will stop in March, the harbour board said, and its crew will move."


def cells(row: Row) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return [(p.kind, p.text.strip()) for p in row.a], [(p.kind, p.text.strip()) for p in row.b]


@given(WORDY, WORDY)
def test_the_cells_put_together_are_the_two_bodies(a: str, b: str) -> None:
    laid = rows(compare([a], [b])[0])
    for cells, body in (([row.a for row in laid], a), ([row.b for row in laid], b)):
        whole = "".join(piece.text for cell in cells for piece in cell)
        assert whole == (body if re.search(r"\w", body) else "")


def test_a_paragraph_that_only_one_has_is_a_row_with_an_empty_cell() -> None:
    laid = rows(compare([f"{SHARED}\n{OTHER}\n{SHARED.upper()}"], [f"{SHARED}\n{SHARED}"])[0])
    assert [cells(row) for row in laid] == [
        ([("shared", SHARED)], [("shared", SHARED)]),
        ([("left out", OTHER)], []),
        ([("shared", SHARED.upper())], [("shared", SHARED)]),
    ]


def test_a_changed_word_is_marked_in_its_paragraph() -> None:
    laid = rows(compare([SHARED], [SHARED.replace("new bridge", "old bridge")])[0])
    assert [cells(row)[0] for row in laid] == [
        [("shared", "The mayor opened the"), ("changed", "new"), ("shared", "bridge on Monday before a crowd of two hundred.")]
    ]  # fmt: skip


def test_words_put_into_a_paragraph_stay_in_it() -> None:
    laid = rows(compare([SHARED], [SHARED.replace("crowd", "cheerful crowd")])[0])
    assert [[piece.kind for piece in row.b] for row in laid] == [["shared", "added", "shared"]]
