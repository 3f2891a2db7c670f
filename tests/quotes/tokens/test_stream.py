"""The tokens that attribution reads: words, marks, breaks, and one token for each quotation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.quotes.tokens.lexicon import FIRST, REPORT, SAY
from assets.quotes.tokens.stream import (
    IN_CAPITALS,
    IN_FIRST_PERSON,
    IN_FIRST_WORD,
    IN_LAST_CODE,
    IN_LAST_WORD,
    IN_SECOND_WORD,
    IN_SENTENCES,
    IN_WORDS,
)
from assets.text.hashing import fnv_32
from tests.quotes.token_streams import kinds_of, stream_of, words_of

WORDS = [
    ("marks stand alone", "Wait, they left; why?", "Wait|,|they|left|;|why|?"),
    ("hyphens join", "the co-op in Hull-Bay", "the|co-op|in|Hull-Bay"),
    ("runs of stops and dashes are one", "well... no -- yes", "well|...|no|--|yes"),
    ("clitics of verbs and the genitive", "Roe's we'll I'm they've", "Roe|'s|we|'ll|I|'m|they|'ve"),
    ("curly clitics", "Roe’s we’re", "Roe|’s|we|’re"),
    ("a genitive after s", "the dockers' pay", "the|dockers|'|pay"),
    ("other apostrophes stay in their word", "d'Arcy don't O'Neil", "d'Arcy|don't|O'Neil"),
    ("stops of abbreviations and initials", "Mr. J. Roe of the U.S. left.", "Mr.|J.|Roe|of|the|U.S.|left|."),
    ("numbers keep their signs", "1,000 at 12:30 on 3/4, 3.5", "1,000|at|12:30|on|3/4|,|3.5"),
    ("a sentence glued to the next", "it closed.Next day", "it|closed|.|Next|day"),
    ("handles", "@ida on #port", "@ida|on|#port"),
    ("lines of nothing are one break", "One\n\n \nTwo", "One|\n|Two"),
    ("a quotation is one token", "She said “We wait. Do you?” twice", "She|said|“We wait. Do you?”|twice"),
    ("letters without case", "船员 said", "船员|said"),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in WORDS], ids=[case[0] for case in WORDS])
def test_tokens(body: str, expected: str) -> None:
    assert words_of(stream_of(body)) == [*expected.split("|"), "\n"]


KINDS = [
    ("ida", "lower"), ("Ida", "capitalised"), ("IDA", "capitals"), ("I", "capitalised"), ("iPhone", "capitalised"), ("COVID-19", "capitals"),
    ("3.5", "number"), ("19th", "number"), ("2nd", "lower"), ("1980s", "number"), ("@ida", "capitalised"), ("#port", "lower"), ("...", "mark"), ("=", "mark"),
    ("“No”", "quote"), ("𝒜", "mark"), ("船", "lower"),
]  # fmt: skip


@pytest.mark.parametrize(("token", "kind"), KINDS)
def test_kinds_of_token(token: str, kind: str) -> None:
    assert kinds_of(stream_of(token)) == [kind, "break"]


SENTENCES = [
    ("a stop, a space and a capital", "They wait. We go.", "0 0 0 1 1 1 2"),
    ("no space", "They wait.We go.", "0 0 0 0 0 0 1"),
    ("a small letter goes on", "They wait ... we go.", "0 0 0 0 0 0 1"),
    ("an abbreviation does not end one", "Mr. Roe left.", "0 0 0 0 1"),
    ("a stop within closing marks ends one", "“They wait.” We go", "0 1 1 2"),
    ("a comma within closing marks does not", "“They wait,” We go", "0 0 0 1"),
    ("a line break ends one", "They wait\nwe go", "0 0 1 1 1 2"),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in SENTENCES], ids=[case[0] for case in SENTENCES])
def test_sentences(body: str, expected: str) -> None:
    assert " ".join(map(str, stream_of(body).sentence.tolist())) == expected


def test_the_words_between_the_marks_are_summed_up() -> None:
    stream = stream_of("Roe said: “We told Ida Roe. Did WE not? Yes”")
    (inside,) = stream.inside.tolist()
    words = {IN_FIRST_WORD: "we", IN_SECOND_WORD: "told", IN_LAST_WORD: "yes"}
    assert {column: inside[column] for column in words} == {column: fnv_32(word) for column, word in words.items()}
    assert inside[IN_WORDS] == 8
    assert inside[IN_CAPITALS] == 6  # We Ida Roe Did WE Yes
    assert inside[IN_SENTENCES] == 2
    assert inside[IN_FIRST_PERSON] == 2
    assert inside[IN_LAST_CODE] == ord("s")


def test_words_are_known_whatever_their_case_and_apostrophe() -> None:
    stream = stream_of("Said SAID said WE Don't don’t")
    said, words = stream.bits[:3], stream.hashes[4:6]
    assert ((said & (SAY | REPORT)) == SAY | REPORT).all()
    assert stream.bits[3] & FIRST
    assert words[0] == words[1] == fnv_32("don't")


def test_a_token_knows_its_article_and_paragraphs_number_on() -> None:
    stream = stream_of("One.\nTwo.", "", "“Three.”")
    assert words_of(stream) == ["One", ".", "\n", "Two", ".", "\n", "\n", "“Three.”", "\n"]
    assert stream.article.tolist() == [0, 0, 0, 0, 0, 0, 1, 2, 2]
    assert stream.paragraph.tolist() == [0, 0, 1, 1, 1, 2, 3, 3, 4]
    assert stream.places.tolist() == [7]
    assert stream.quote.tolist() == [-1] * 7 + [0, -1]


TOO_MANY_TOKENS = [
    ("a line of one sign", "=" * 3000),
    ("marks of many kinds", "=+*/" * 1000),
    ("a line break after each sign", "=\n" * 1000),
    ("digits parted by signs", "1=2=" * 1000),
    ("clitics alone", "a's" * 1000),
    ("quotations alone", "“a”" * 1000),
]


@pytest.mark.parametrize("body", [case[1] for case in TOO_MANY_TOKENS], ids=[case[0] for case in TOO_MANY_TOKENS])
def test_there_is_room_for_a_token_at_every_code_point(body: str) -> None:
    stream = stream_of("The ferry sailed.", body, "The ferry returned.")
    assert words_of(stream)[:3] == ["The", "ferry", "sailed"]
    assert words_of(stream)[-5:] == ["The", "ferry", "returned", ".", "\n"]


@pytest.mark.parametrize("letter", ["ﬁ", "船", "ﺵ", "𝒜", "𠮷", "\U0010ffff", "\ufffd", "ꭰ"])
@pytest.mark.parametrize("mark", "'’ʼ")
def test_a_letter_beyond_the_tables_may_follow_an_apostrophe(mark: str, letter: str) -> None:
    for before in ("d", "4", "S.", ""):
        words = words_of(stream_of(f"{before}{mark}{letter}n came"))
        assert "".join(words) == f"{before}{mark}{letter}ncame\n"
        assert words[-2:] == ["came", "\n"]


@given(st.lists(st.text(st.sampled_from("aÉ船ﬁ𝒜1.,=-'’“”\" \n\u2028@"), max_size=30), min_size=1, max_size=4))
def test_tokens_are_in_order_and_white_space_is_all_that_lies_between(bodies: list[str]) -> None:
    stream = stream_of(*bodies)
    edges = np.column_stack([stream.starts, stream.ends]).ravel()
    assert (np.diff(edges) >= 0).all()
    assert (stream.ends > stream.starts).all()
    covered = np.zeros(len(stream.codes), np.bool_)
    for start, end in zip(stream.starts.tolist(), stream.ends.tolist(), strict=True):
        covered[start:end] = True
    assert all(chr(code).isspace() for code in stream.codes[~covered].tolist())
