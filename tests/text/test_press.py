"""The files of words of the languages other than English."""

import tomllib
from pathlib import Path

import pytest

import assets.text.languages.press as module
from assets.text.languages.press import (
    ARTICLE,
    HE,
    PREPOSITION,
    SAID,
    SHE,
    SPOKEN,
    press,
    read_press,
    supported_languages,
)
from assets.text.languages.word_files import WordFileError, press_languages

FOLDER = Path(module.__file__).parent
NO_CASES_OF_GENDER = {"tr"}  # one pronoun for all


def test_ten_languages_and_german_are_known_and_english_is_supported() -> None:
    assert set(press_languages()) == {"ar", "de", "es", "fr", "it", "nl", "pl", "pt", "ru", "tr", "uk"}
    assert supported_languages() == {*press_languages(), "en"}


@pytest.mark.parametrize("code", press_languages())
def test_a_language_has_the_words_that_every_rule_needs(code: str) -> None:
    known = press(code)
    for bit in (SAID, ARTICLE, PREPOSITION):
        assert any(bits & bit for bits in known.classes.values())
    assert known.according or known.according_after
    if code not in NO_CASES_OF_GENDER:
        assert any(bits & HE for bits in known.classes.values())
        assert any(bits & SHE for bits in known.classes.values())


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("de", "sagte teilte erklärten"), ("fr", "affirme déclarait dit"), ("es", "dijo afirmó señalaron"), ("it", "dice spiega"),
        ("pt", "disse afirmou"), ("nl", "zegt verklaarde"), ("pl", "powiedział podkreśla"), ("ru", "сказал заявила отмечает"),
        ("uk", "сказав заявила каже"), ("tr", "dedi belirtti"), ("ar", "قال وأضاف يقول"),
    ],
)  # fmt: skip
def test_verbs_have_their_forms(code: str, forms: str) -> None:
    known = press(code)
    assert [
        form
        for form in forms.split()
        if not known.classes.get(known.folded(form), 0) & (SAID | SPOKEN | module.SEPARABLE)
    ] == []


def test_capitals_and_signs_are_folded_as_the_language_has_them() -> None:
    assert press("tr").folded("İSTANBUL IŞIK") == "istanbul ışık"
    assert press("ar").folded("قـالَ") == "قال"
    assert press("ru").folded("Ещё") == "еще"


def test_a_language_without_a_file_is_named_with_those_that_have_one() -> None:
    with pytest.raises(LookupError, match="no words of the press of language 'xx': known are ar, de"):
        press("xx")


@pytest.mark.parametrize(
    ("part", "field"), [(None, "verb_secnd"), ("classes", "artcles"), ("forms", "finit"), ("phrases", "acording")]
)
def test_a_field_that_nothing_reads_is_refused(part: str | None, field: str) -> None:
    fields = tomllib.loads((FOLDER / "nl.toml").read_text(encoding="utf-8"))
    (fields if part is None else fields[part])[field] = ""
    with pytest.raises(WordFileError, match=f"nothing reads {field}"):
        read_press("nl", fields)
