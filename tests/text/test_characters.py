"""What a code point is, and what is counted by it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.text.characters import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("…", 0),
        ("quay", 1),
        ("The quay, the lock-keeper’s.", 6),
        (" 1,200 people ", 3),
        ("snake_case", 1),
        ("𝒜 and 𐐀𐐁", 3),
        ("हिन्दी", 3),  # marks that join to a letter are none, as for ``\w``
    ],
)
def test_words_of_a_text(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text())
def test_words_are_runs_of_word_characters(text: str) -> None:
    assert count_words(text) == len(re.findall(r"\w+", text))
