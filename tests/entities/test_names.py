"""What a name's form tells: its parts, its spelling, its gender, and whether two forms can be one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.entities.names.listed import given_name_gender
from assets.entities.names.names import (
    PersonName,
    gender,
    parse_name,
    same_person,
    split_titles,
)
from assets.entities.names.spelling import fold, spelling_key, strip_possessive


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Orla Venn", PersonName((), ("orla",), "venn")),
        ("Mr Venn", PersonName(("mr",), (), "venn")),
        ("Dr. Juan de la Peña Jr.", PersonName(("dr",), ("juan",), "de la pena", "jr")),
        ("Vice-President Ida B. Holm", PersonName(("vice-president",), ("ida", "b"), "holm")),
        ("J.K. Holm", PersonName((), ("j", "k"), "holm")),
        ("Karim bin Tarek", PersonName((), ("karim",), "bin tarek")),
        ("Ursel von der Aue", PersonName((), ("ursel",), "von der aue")),
        ("Holm’s", PersonName((), (), "holm")),
        ("Prof. Sir Ian Holm", PersonName(("prof", "sir"), ("ian",), "holm")),
    ],
)
def test_parts_of_a_name(name: str, parts: PersonName) -> None:
    assert parse_name(name) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelensky", "Zelenskyy"),
        ("Zelensky", "Zelenskiy"),
        ("Zelensky", "Zelenskyi"),
        ("Tchaikovsky", "Chaykovskiy"),
        ("al-Sisi", "El-Sisi"),
        ("Müller", "Muller"),
        ("O’Brien", "O'Brien"),
        ("Khrushchev", "Hrushchev"),
        ("Yoon Suk-yeol", "Yoon Suk Yeol"),
        ("Peña", "Pena"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(("one", "other"), [("Lukashenko", "Timoshenko"), ("Kim", "Kam"), ("Hassan", "Hussein")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bill Holm", "William J. Holm", True),
        ("Mr Holm", "William Holm", True),
        ("Mrs Holm", "William Holm", False),
        ("W. Holm", "William Holm", True),
        ("P. Holm", "William Holm", False),
        ("Hillary Holm", "William Holm", False),
        ("William Holm Jr", "William Holm Sr", False),
        ("William Holm Jr", "William Holm", True),
        ("Volodymyr Zelenskyy", "Vladimir Zelensky", True),
        ("Mohammed bin Tarek", "Muhammad Bin Tarek", True),
        ("Ana María Soto", "Ana Lucía Soto", False),
        ("Ana María Soto", "Ana Soto", True),
        ("William", "William Holm", True),
        ("Holm", "Venn", False),
    ],
)
def test_whether_two_forms_can_be_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mrs Holm", "f"),
        ("Sir Holm", "m"),
        ("Angela Holm", "f"),
        ("Dr. John Holm", "m"),
        ("Holm", None),
        ("Xq Holm", None),
    ],
)
def test_gender_by_title_then_by_given_name(name: str, expected: str | None) -> None:
    assert gender(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("Mary", "f"), ("mary", "f"), ("José", "m"), ("Jose", "m"), ("Qxz", None)]
)
def test_gender_of_a_given_name(name: str, expected: str | None) -> None:
    assert given_name_gender(name) == expected


@pytest.mark.parametrize(
    ("name", "titles", "rest"),
    [("Gen. Sir Ian Holm", ("Gen.", "Sir"), "Ian Holm"), ("Pope", (), "Pope"), ("Orla Venn", (), "Orla Venn")],
)
def test_titles_are_split_off(name: str, titles: tuple[str, ...], rest: str) -> None:
    assert split_titles(name) == (titles, rest)


@pytest.mark.parametrize(
    ("name", "bare"), [("Holm's", "Holm"), ("Holm’s", "Holm"), ("Jones'", "Jones"), ("Holm", "Holm")]
)
def test_possessives_are_stripped(name: str, bare: str) -> None:
    assert strip_possessive(name) == bare


@given(st.text(max_size=40))
def test_any_text_can_be_parsed(text: str) -> None:
    parsed = parse_name(text)
    assert parsed == parse_name(text)
    assert fold(fold(text)) == fold(text) or not text.isascii()
    assert isinstance(spelling_key(text), str)
