"""Two articles passage by passage: every word of both is accounted for, seen the same from either side."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.compare.align import Passage, Text, align
from assets.compare.articles import compare

FIRST = "The mayor opened the new bridge on Monday.\n“We waited nine years for this,” she told a crowd of two hundred."
SECOND = "The ferry will stop in March, the harbour board said, and its crew will move to the tugs."
THIRD = "Nobody had asked the ferrymen, whose families have rowed the river since the first mill was built."

CODES = st.lists(st.integers(0, 6), max_size=40)
TEXTS = CODES.flatmap(
    lambda codes: st.lists(st.booleans(), min_size=len(codes), max_size=len(codes)).map(
        lambda opens: Text(codes, opens)
    )
)
WORDY = st.lists(st.sampled_from(["river", "“The", "bridge,”", "don’t", "a", ".", "\n", "…", "Élan"]), max_size=50).map(
    " ".join
)


def tokens(start: int, end: int) -> list[int]:
    return list(range(start, end))


@given(TEXTS, TEXTS)
def test_every_word_of_both_stands_in_exactly_one_passage_in_order(a: Text, b: Text) -> None:
    passages = align(a, b)
    assert [at for p in passages for at in tokens(p.a_start, p.a_end)] == tokens(0, len(a.codes))
    assert [at for p in passages for at in tokens(p.b_start, p.b_end)] == tokens(0, len(b.codes))


@given(TEXTS, TEXTS)
def test_it_is_the_same_seen_from_the_other_side(a: Text, b: Text) -> None:
    other = {"left out": "added", "added": "left out"}
    seen = [Passage(other.get(p.kind, p.kind), p.b_start, p.b_end, p.a_start, p.a_end) for p in align(b, a)]
    assert align(a, b) == seen


@given(TEXTS, TEXTS)
def test_passages_are_what_they_are_called(a: Text, b: Text) -> None:
    moved_a, moved_b = [], []
    for p in align(a, b):
        words_a, words_b = list(a.codes[p.a_start : p.a_end]), list(b.codes[p.b_start : p.b_end])
        if p.kind == "shared":
            assert words_a == words_b
            assert words_a
        elif p.kind == "changed":
            assert words_a
            assert words_b
            assert words_a != words_b
        elif p.kind == "left out":
            assert words_a
            assert not words_b
        elif p.kind == "added":
            assert words_b
            assert not words_a
        else:
            assert bool(words_a) != bool(words_b)
            moved_a += [words_a] if words_a else []
            moved_b += [words_b] if words_b else []
    assert sorted(moved_a) == sorted(moved_b), "what moved away arrived"


@given(TEXTS)
def test_a_text_shares_all_with_itself(text: Text) -> None:
    assert [p.kind for p in align(text, text)] == (["shared"] if text.codes else [])


@given(WORDY, WORDY)
def test_the_texts_of_all_passages_are_the_two_bodies(a: str, b: str) -> None:
    comparison = compare([a], [b])[0]
    texts = [comparison.texts(passage) for passage in comparison.passages]
    for number, body in enumerate((a, b)):
        whole = "".join(text[number] for text in texts)
        assert whole == (body if re.search(r"\w", body) else "")


def kinds(a: str, b: str) -> list[tuple[str, str, str]]:
    comparison = compare([a], [b])[0]
    return [(p.kind, *(text.strip() for text in comparison.texts(p))) for p in comparison.passages]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (FIRST, FIRST, [("shared", FIRST, FIRST)]),
        (FIRST, FIRST.replace("“", '"').replace("”", '"').upper(), ["shared"]),
        (FIRST, FIRST.replace("nine", "ten"), ["shared", ("changed", "nine", "ten"), "shared"]),
        (FIRST, FIRST.replace(" new", ""), ["shared", ("left out", "new", ""), "shared"]),
        (FIRST + "\n" + SECOND, FIRST, ["shared", ("left out", SECOND, "")]),
        (FIRST, SECOND + "\n" + FIRST, [("added", "", SECOND), "shared"]),
        (FIRST, SECOND, ["left out", "added"]),
        (SECOND + "\n" + FIRST, FIRST + "\n" + SECOND, [("moved", SECOND, ""), "shared", ("moved", "", SECOND)]),
        (FIRST, "", [("left out", FIRST, "")]),
        ("", "", []),
        ("…", FIRST, [("added", "", FIRST)]),
    ],
)  # fmt: skip
def test_what_two_articles_have_in_common(a: str, b: str, expected: list[object]) -> None:
    found = kinds(a, b)
    assert [
        row if isinstance(wanted, tuple) else row[0] for row, wanted in zip(found, expected, strict=False)
    ] == expected
    assert len(found) == len(expected)


def test_a_rewritten_paragraph_is_changed_and_its_neighbours_are_not() -> None:
    rewritten = "The ferry is to stop running in March, said the harbour board; tugs will take the crew."
    found = kinds("\n".join([FIRST, SECOND, THIRD]), "\n".join([FIRST, rewritten, THIRD]))
    assert [row[0] for row in found] == ["shared", "changed", "shared"]
    assert (SECOND.endswith(found[1][1]), rewritten.endswith(found[1][2])) == (True, True)


def test_shares_add_up_on_both_sides() -> None:
    comparison = compare([FIRST + "\n" + SECOND], [FIRST.replace("nine", "ten") + "\n" + THIRD])[0]
    for side in ("a", "b"):
        assert sum(comparison.shares(side).values()) == pytest.approx(1)
    assert set(comparison.shares("a")) == {"shared", "changed", "left out"}
    assert set(comparison.shares("b")) == {"shared", "changed", "added"}


def test_a_comparison_does_not_depend_on_what_else_is_compared() -> None:
    alone = compare([FIRST], [SECOND + FIRST])[0]
    among = compare([THIRD, FIRST], [SECOND, SECOND + FIRST])[1]
    assert alone.passages == among.passages
