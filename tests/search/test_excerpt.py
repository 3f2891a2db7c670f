"""The piece of a text that is shown: within its width, with the words asked for, marked where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.search.excerpt import pieces, places, window

TEXT = "The river rose. Nobody warned the town by the river, and the bridge fell after the river."
WORDS = st.lists(st.sampled_from(["river", "bridge", "a", "flood,", "Élan"]), max_size=60).map(" ".join)


@pytest.mark.parametrize(
    ("words", "phrases", "marked"),
    [
        ({"river"}, [], ["river", "river", "river"]),
        ({"warned", "bridge"}, [], ["warned", "bridge"]),
        (set(), [["the", "bridge"]], ["the bridge"]),
        ({"river"}, [["the", "river"]], ["The river", "the river", "the river"]),
        ({"flood"}, [], []),
    ],
)
def test_words_and_phrases_are_marked_where_they_stand(
    words: set[str], phrases: list[list[str]], marked: list[str]
) -> None:
    found = places(TEXT, words, phrases)
    assert [piece for piece, asked in pieces(TEXT, found, 0, len(TEXT)) if asked] == marked


@given(WORDS, st.integers(min_value=1, max_value=80))
def test_pieces_put_together_are_the_text(text: str, width: int) -> None:
    found = places(text, {"river", "elan"})
    start, end = window(text, found, width)
    assert "".join(piece for piece, _ in pieces(text, found, start, end)) == text[start:end]
    assert 0 <= start <= end <= len(text)
    assert end - start <= width or len(text) <= width


def test_the_window_holds_the_most_different_words() -> None:
    text = "river " * 20 + "and " * 50 + "the bridge by the river " + "and " * 50
    start, end = window(text, places(text, {"river", "bridge"}), 60)
    assert "bridge by the river" in text[start:end]
