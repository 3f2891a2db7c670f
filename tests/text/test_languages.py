"""The closed word classes: a file per language, found by its code."""

from dataclasses import fields

import pytest

from assets.text.languages.bylines import AND, BY, PICTURE, either
from assets.text.languages.name_parts import DEGREES, GENERATIONS, JOINTS, PARTICLES
from assets.text.languages.registry import language, languages
from assets.text.languages.titles import Title
from assets.text.languages.verbs import finite_verbs_of_saying


def test_english_is_known() -> None:
    assert "en" in languages()


def test_a_language_without_words_is_named_with_those_that_have_some() -> None:
    with pytest.raises(LookupError, match="no words of language 'xx': known are en"):
        language("xx")


@pytest.mark.parametrize("code", languages())
def test_a_language_has_words_of_every_class_in_small_letters(code: str) -> None:
    known = language(code)
    assert known.code == code
    classes = {field.name: getattr(known, field.name) for field in fields(known) if field.name != "code"}
    assert [name for name, listed in classes.items() if not listed] == []
    assert [word for listed in classes.values() for word in listed if word != word.lower()] == []


@pytest.mark.parametrize("code", languages())
def test_pronouns_of_one_gender_are_of_no_other(code: str) -> None:
    known = language(code)
    assert known.masculine_pronouns.isdisjoint(known.feminine_pronouns)
    assert known.thing_pronouns.isdisjoint(known.masculine_pronouns | known.feminine_pronouns)


@pytest.mark.parametrize("listed", [PARTICLES, JOINTS, GENERATIONS, DEGREES, BY, AND, PICTURE])
def test_words_across_languages_are_in_small_letters(listed: frozenset[str]) -> None:
    assert listed
    assert {word.lower() for word in listed} == listed
    assert either(listed).split("|") == sorted(listed)


@pytest.mark.parametrize(
    ("title", "before", "head"),
    [
        ("mayor", (), "mayor"),
        ("lock warden", ("lock",), "warden"),
        ("secretary of state", (), "secretary"),
        ("chief delegate to the assembly", ("chief",), "delegate"),
    ],
)
def test_the_head_of_a_title(title: str, before: tuple[str, ...], head: str) -> None:
    parsed = Title(tuple(title.split()), "post", "")
    assert (parsed.before_head, parsed.head) == (before, head)


def test_verbs_of_saying_have_a_subject() -> None:
    assert {"said", "says", "told", "tells"} <= set(finite_verbs_of_saying())
    assert {"say", "saying", "called"}.isdisjoint(finite_verbs_of_saying())
