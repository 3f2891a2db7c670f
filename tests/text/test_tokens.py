"""Tokens are Python's ``\\w+`` casefolded, to the letter, with code-point offsets."""

import itertools
import re

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.text.tokens import _unicode_tables, token_spans, tokenise


def by_python(texts: list[str]) -> list[tuple[int, int, int, int, str]]:
    """(text, line, start, end, form) of every token, as Python's own regular expressions find them."""
    return [
        (row, text.count("\n", 0, match.start()), match.start(), match.end(), match.group().casefold())
        for row, text in enumerate(texts)
        for match in re.finditer(r"\w+", text)
    ]


def by_us(texts: list[str]) -> list[tuple[int, int, int, int, str]]:
    tokens = tokenise(pl.Series("body", texts, dtype=pl.String))
    forms = tokens.vocabulary.forms()
    # Our line numbers run over all texts and skip lines without a token; the oracle's are per text.
    lines = [texts[row].count("\n", 0, start) for row, start in zip(tokens.article, tokens.starts, strict=True)]
    return [
        (int(row), line, int(start), int(end), forms[code])
        for row, line, start, end, code in zip(
            tokens.article, lines, tokens.starts, tokens.ends, tokens.codes, strict=True
        )
    ]


def assert_spans_alone_are_the_same(texts: list[str]) -> None:
    bodies = pl.Series("body", texts, dtype=pl.String)
    tokens = tokenise(bodies)
    starts, ends = token_spans(bodies)
    assert (starts.tolist(), ends.tolist()) == (tokens.starts.tolist(), tokens.ends.tolist())


CASES = [
    [],
    [""],
    ["", "Vale", ""],
    ["The Mayor's \u201cplain\u201d words\u2014twice."],
    ["stra\u00dfe STRASSE \u1e9e \ufb03 \u0130stanbul"],
    ["snake_case 2\u00bd \u00b2 \u0663\u0664 \u2167"],
    ["e\u0301t\u00e9 cafe\u0301"],
    ["\u6771\u4eac\u306e\u672c \U0001d518\U0001d519 \U00010400 \U0001f600 a\U0001f600b"],
    ["line one\nline two\r\n\n\u2028same line", "next text"],
    ["\u03a3\u03ac\u03c3\u03b5\u03c2 \u03a3\u0386\u03a3\u0395\u03a3"],
    ["x" * 5000 + " " + "\u00df" * 5000],
]


@pytest.mark.parametrize("texts", CASES)
def test_tokens_are_pythons_word_runs_casefolded(texts: list[str]) -> None:
    assert by_us(texts) == by_python(texts)
    assert_spans_alone_are_the_same(texts)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=8))
def test_tokens_equal_pythons_on_any_unicode_text(texts: list[str]) -> None:
    assert by_us(texts) == by_python(texts)
    assert_spans_alone_are_the_same(texts)


def test_every_code_point_is_classed_and_folded_as_python_does() -> None:
    is_word, fold, longer = _unicode_tables()
    for code_point in [*range(0xD800), *range(0xE000, 0x110000)]:
        letter = chr(code_point)
        assert is_word[code_point] == (letter.isalnum() or letter == "_"), hex(code_point)
        target = fold[code_point]
        points = [target] if target >= 0 else [part for part in longer[-1 - target] if part >= 0]
        assert "".join(map(chr, points)) == letter.casefold(), hex(code_point)


@given(st.lists(st.text("ab \n\u00e9", max_size=20), min_size=1, max_size=6))
def test_lines_separate_exactly_where_the_text_breaks(texts: list[str]) -> None:
    tokens = tokenise(pl.Series("body", texts))
    expected = [(row, line) for row, line, *_ in by_python(texts)]
    numbers = tokens.line.tolist()
    assert [a == b for a, b in itertools.pairwise(numbers)] == [a == b for a, b in itertools.pairwise(expected)]


def test_equal_forms_share_a_code_and_large_vocabularies_stay_apart() -> None:
    words = [f"w{i}" for i in range(20_000)]
    tokens = tokenise(pl.Series("body", [" ".join(words), " ".join(words).upper()]))
    assert len(tokens.vocabulary) == 20_000
    assert np.array_equal(tokens.codes[:20_000], tokens.codes[20_000:])
    assert tokens.vocabulary.form(int(tokens.codes[7])) == "w7"


def test_hashes_belong_to_the_form_and_not_to_the_batch() -> None:
    alone = tokenise(pl.Series("body", ["harbour"])).vocabulary
    among = tokenise(pl.Series("body", ["the old", "Harbour wall"])).vocabulary
    assert alone.hashes[0] == among.hashes[among.forms().index("harbour")]


def test_sliced_and_chunked_columns_are_read_from_their_own_rows() -> None:
    column = pl.concat([pl.Series("body", ["one two", "three"]), pl.Series("body", ["four"])], rechunk=False)
    assert [form for *_, form in by_us(column.slice(1, 2).to_list())] == ["three", "four"]
    tokens = tokenise(column.slice(1, 2))
    assert [tokens.vocabulary.form(int(code)) for code in tokens.codes] == ["three", "four"]


def test_a_null_text_is_named() -> None:
    with pytest.raises(ValueError, match="row 1 is null"):
        tokenise(pl.Series("body", ["a", None]))
