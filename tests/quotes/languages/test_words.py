"""A body as tokens: all that is no space is in one of them, where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.quotes.languages.speech import find_speech
from assets.quotes.languages.vocabulary import LINE_END
from assets.quotes.languages.words import Words, read_words
from assets.text.languages.press import press

PIECES = st.sampled_from(
    [
        "dit",
        "l’eau",
        "a-t-il",
        "Ida",
        "7",
        "…",
        "«",
        "»",
        "–",
        "'",
        "\n",
        " ",
        "  ",
        "\u00a0",
        "\u2028",
        "\r",
        "ـ",
        "é",
        "Straße",
    ]
)


def words_of(body: str, language: str) -> Words:
    (words,) = read_words([body], [find_speech(body, press(language))], press(language))
    return words


@pytest.mark.parametrize(
    ("body", "tokens"),
    [
        ("Le  pont est\u00a0fermé. ", ["Le", "pont", "est", "fermé", "."]),
        ("L’eau monte, dit-elle.", ["L’", "eau", "monte", ",", "dit", "elle", "."]),
        ("Ida Roc\n  Tom Quille  \n", ["Ida", "Roc", "\n", "Tom", "Quille", "\n"]),
        ("   ", []),
        ("", []),
    ],
)
def test_tokens(body: str, tokens: list[str]) -> None:
    w = words_of(body, "fr")
    assert [body[start:end] for start, end in zip(w.starts, w.ends, strict=True)] == tokens
    assert [word for word, bits in zip(w.words, w.bits, strict=True) if bits & LINE_END] == ["\n"] * tokens.count("\n")


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["fr", "de", "ar", "uk", "tr"]))
def test_tokens_stand_in_order_and_leave_out_only_space(body: str, language: str) -> None:
    w = words_of(body, language)
    assert len(w.starts) == len(w.ends) == len(w.words) == len(w.bits)
    places = [0, *(place for span in zip(w.starts, w.ends, strict=True) for place in span), len(body)]
    assert places == sorted(places)
    between = "".join(body[end:start] for end, start in zip(places[::2], places[1::2], strict=True))
    assert not between.replace("-", "").strip(), "only space, and the hyphen of an inversion, is in no token"
