"""What is one token to the tagger of indirect speech, of which shape, and where its sentences end."""

import numpy as np
import pytest

from assets.quotes.indirect.annotations import Text, analyse
from assets.quotes.indirect.characters import CHARACTERS
from assets.quotes.indirect.model import load_tagger, single
from assets.quotes.indirect.tokens import END, SENTENCE, SHAPE, START
from assets.text.characters import code_points

SHAPES = ("mark", "lower", "Capital", "CAPITALS", "number", "clitic")
NO_SPANS = np.empty((0, 2), np.int64)


def text_of(body: str, *bounds: int) -> Text:
    codes = code_points(body)
    limits = np.array(bounds, np.int64) if bounds else single(codes)
    return analyse(codes, limits, NO_SPANS, CHARACTERS, load_tagger().weights.vocabulary)


def tokens_of(body: str) -> list[str]:
    return [body[start:end] for start, end in text_of(body).table[:, [START, END]].tolist()]


def sentences_of(body: str) -> list[str]:
    """The tokens of each sentence, parted by spaces."""
    found: dict[int, list[str]] = {}
    for start, end, sentence in text_of(body).table[:, [START, END, SENTENCE]].tolist():
        found.setdefault(sentence, []).append(body[start:end])
    return [" ".join(tokens) for tokens in found.values()]


@pytest.mark.parametrize(
    ("body", "tokens"),
    [
        ("The ferry’s late", ["The", "ferry", "’s", "late"]),
        ("they'll, we've, I'm, he'd, you're", ["they", "'ll", ",", "we", "'ve", ",", "I", "'m", ",", "he", "'d", ",", "you", "'re"]),
        ("don't, O'Mara, 'em", ["don't", ",", "O'Mara", ",", "'", "em"]),
        ("the U.S. fleet", ["the", "U.S.", "fleet"]),
        ("It ended.Then it rained.", ["It", "ended", ".", "Then", "it", "rained", "."]),
        ("3.5 of 3,500 on 4,x", ["3.5", "of", "3,500", "on", "4", ",", "x"]),
        ("a ninth-hour deal, H&B, ida@pier", ["a", "ninth-hour", "deal", ",", "H&B", ",", "ida@pier"]),
        ("``No'' he said", ["``", "No", "''", "he", "said"]),
        ("''", ["''"]),
        ("(ah)…", ["(", "ah", ")", "…"]),
        ("", []),
        (" \n\t", []),
    ],
)  # fmt: skip
def test_tokens(body: str, tokens: list[str]) -> None:
    assert tokens_of(body) == tokens


@pytest.mark.parametrize(
    ("token", "shape"),
    [
        ("pier", "lower"), ("Pier", "Capital"), ("PIER", "CAPITALS"), ("P", "Capital"), ("3.5", "number"), ("—", "mark"),
        ("eBay", "lower"), ("McRoe", "Capital"), ("港", "lower"), ("😀", "mark"),
    ],
)  # fmt: skip
def test_shapes(token: str, shape: str) -> None:
    assert [SHAPES[number] for number in text_of(token).table[:, SHAPE]] == [shape]


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ("It rained. Nobody came!", ["It rained .", "Nobody came !"]),
        ("“It rained.” Nobody came.", ["“ It rained . ”", "Nobody came ."]),
        ("It rained. and then", ["It rained . and then"]),
        ("I. Roe of the U.S. Navy said so.", ["I . Roe of the U.S. Navy said so ."]),
        ("Mr. Roe came. He left.", ["Mr . Roe came .", "He left ."]),
        ("A headline\nThe story", ["A headline", "The story"]),
        ("Really?, he asked", ["Really ? , he asked"]),
    ],
)
def test_sentences(body: str, sentences: list[str]) -> None:
    assert sentences_of(body) == sentences


def test_what_stands_between_two_texts_is_a_token_of_its_own() -> None:
    text = text_of("One\nTwo\n", 0, 4, 8)
    assert [(start, end) for start, end in text.table[:, [START, END]].tolist()] == [(0, 3), (3, 4), (4, 7), (7, 8)]
    assert text.table[:, SENTENCE].tolist() == [0, 1, 2, 3]
