"""The language of a body: the model is py3langid's, only its walk over the bytes is compiled here."""

import py3langid
import pytest

from assets.articles.language import detect_language, detect_languages, identifier, log_odds

TEXTS = [
    "The harbour board voted on Tuesday to close the northern quay until the spring.",
    "Der Hafenrat beschloss am Dienstag, den nördlichen Kai bis zum Frühjahr zu schließen.",
    "Le conseil du port a décidé mardi de fermer le quai nord jusqu'au printemps.",
    "Портовый совет решил во вторник закрыть северный причал до весны.",
    "قرر مجلس الميناء يوم الثلاثاء إغلاق الرصيف الشمالي حتى الربيع.",
    "HARBOUR BOARD CLOSES THE NORTHERN QUAY",
    "Cafe\u0301 am Kai",
    "\ud800 quay",
    "…",
]


@pytest.mark.parametrize("text", TEXTS)
def test_scores_are_those_of_the_library(text: str) -> None:
    scores: dict[str, float] = {}
    for language, score in zip(identifier().languages, log_odds([text])[0].tolist(), strict=True):
        scores[language] = max(score, scores.get(language, score))
    ranked = dict(py3langid.rank(text))
    best = max(ranked.values())
    expected = {language: score - best for language, score in ranked.items()}
    top = max(scores.values())
    assert {language: score - top for language, score in scores.items()} == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("text", "language"), list(zip(TEXTS, ("en", "de", "fr", "ru", "ar", "en"), strict=False)))
def test_language_of_a_sentence(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "…", "12"])
def test_without_evidence_it_is_english(text: str) -> None:
    assert detect_language(text) == "en"


def test_languages_of_many_texts_are_those_of_each() -> None:
    assert detect_languages(TEXTS) == [detect_language(text) for text in TEXTS]
    assert detect_languages([]) == []
