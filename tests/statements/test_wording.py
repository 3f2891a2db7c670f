"""Word-level differences between two printings."""

import itertools

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.statements.wording import WORD, WordEdit, word_diff, word_edits

CASES = [
    ("", "", []),
    ("the old wall", "The OLD wall!", [WordEdit("kept", "the old wall", "The OLD wall")]),
    ("the pilot’s boat", "the pilot's boat", [WordEdit("kept", "the pilot’s boat", "the pilot's boat")]),
    (
        "the old wall",
        "the new wall",
        [WordEdit("kept", "the", "the"), WordEdit("replaced", "old", "new"), WordEdit("kept", "wall", "wall")],
    ),
    ("tide and wind", "tide", [WordEdit("kept", "tide", "tide"), WordEdit("dropped", "and wind", "")]),
    ("tide", "the spring tide", [WordEdit("added", "", "the spring"), WordEdit("kept", "tide", "tide")]),
    ("calm seas", "", [WordEdit("dropped", "calm seas", "")]),
    ("calm seas", "rough water", [WordEdit("replaced", "calm seas", "rough water")]),
]


@pytest.mark.parametrize(("reference", "wording", "edits"), CASES)
def test_runs_of_words_are_kept_dropped_added_or_replaced(reference: str, wording: str, edits: list[WordEdit]) -> None:
    assert word_diff(reference, wording) == edits


SENTENCE = st.lists(st.sampled_from(["tide", "Tide", "wall", "pilot’s", "of", "—", "…", "9"]), max_size=12).map(
    " ".join
)


@given(SENTENCE, SENTENCE)
def test_the_edits_spell_out_both_sides(reference: str, wording: str) -> None:
    edits = word_diff(reference, wording)
    assert " ".join(edit.reference_words for edit in edits if edit.reference_words) == " ".join(WORD.findall(reference))
    assert " ".join(edit.words for edit in edits if edit.words) == " ".join(WORD.findall(wording))
    assert all(a.op != b.op for a, b in itertools.pairwise(edits))
    assert all((edit.op == "kept") <= (bool(edit.words) and bool(edit.reference_words)) for edit in edits)


def test_a_frame_of_printings_gives_a_row_per_run() -> None:
    printings = pl.DataFrame({"quote_id": ["b", "a"], "reference": ["old wall", "tide"], "wording": ["wall", "tide"]})
    assert word_edits(printings).rows() == [
        ("a", 0, "kept", "tide", "tide"),
        ("b", 0, "dropped", "old", ""),
        ("b", 1, "kept", "wall", "wall"),
    ]
