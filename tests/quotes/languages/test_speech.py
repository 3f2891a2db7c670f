"""Which words are set apart as speech: marks of every habit, dashes, reports inside the marks, paragraphs that go on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.quotes.languages.speech import find_speech
from assets.text.languages.press import press
from assets.text.languages.word_files import press_languages

# name, language, text, words
MARKED = [
    ("German low and high", "de", "„Wir bleiben“, sagte sie. „Bis Mai.“", ["Wir bleiben", "Bis Mai."]),
    ("German turned guillemets", "de", "»Wir bleiben«, sagte sie.", ["Wir bleiben"]),
    ("German inner marks", "de", "„Er rief ‚Halt‘ und lief“, sagte sie.", ["Er rief ‚Halt‘ und lief"]),
    ("French, spaces within", "fr", "Elle parle d’une « erreur de tous » et part.", ["erreur de tous"]),
    ("French, no-break spaces", "fr", "« Nous restons », dit-elle.", ["Nous restons"]),
    ("French, apostrophe before", "fr", "Il dit qu’« on verra bien demain » ici.", ["on verra bien demain"]),
    ("Spanish, marks within marks", "es", "«El lema “todo o nada” ya no vale», dijo.", ["El lema “todo o nada” ya no vale"]),
    ("Dutch commas for marks", "nl", ",,Wij blijven hier”, zei zij.", ["Wij blijven hier"]),
    ("Dutch single marks", "nl", "‘Wij gaan 's avonds’, zei zij.", ["Wij gaan 's avonds"]),
    ("Polish", "pl", "„Zostajemy do maja” – mówi.", ["Zostajemy do maja"]),
    ("Arabic, spaces within", "ar", "وقال: « سنبقى هنا طويلا ».", ["سنبقى هنا طويلا"]),
    ("Arabic, marks turned", "ar", "ووصفه بـ »خطأ كبير جدا »، ثم رحل.", ["خطأ كبير جدا"]),
    ("straight marks", "it", 'Parla di "errore di tutti" e poi di "scelta".', ["errore di tutti", "scelta"]),
    ("two paragraphs", "fr", "« Nous restons ici.\n« Et nous y restons longtemps. »", ["Nous restons ici.", "Et nous y restons longtemps."]),
    ("a line of speech", "ru", "— Мы остаёмся, — сказала она. — До мая.", ["Мы остаёмся", "До мая."]),
    ("a line after a colon", "es", "La alcaldesa contestó:\n— No nos vamos de aquí.", ["No nos vamos de aquí."]),
    ("a list is no speech", "pl", "Na liście są:\n– chleb i masło\n– woda", []),
    ("speech within a paragraph", "pl", "Nie było łatwo. – Zostajemy do maja – powiedział.", ["Zostajemy do maja"]),
    ("a dash inside the marks", "it", "«Restiamo qui – ha detto lei – fino a maggio».", ["Restiamo qui", "fino a maggio"]),
    ("a reflexive verb and a post inside the marks", "fr", "« Quelle honte, s’emporte Alban Ferrier, patron du port. Jusqu’en mai ! »", ["Quelle honte", "Jusqu’en mai !"]),
    ("a name, after which the words go on", "fr", "« Nous restons, dit Alban Ferrier, pour les pêcheurs. »", ["Nous restons", "pour les pêcheurs."]),
    ("turned pronoun inside the marks", "fr", "« Nous restons, a-t-elle dit. Jusqu’en mai. »", ["Nous restons", "Jusqu’en mai."]),
    ("an aside is no report", "it", "«Restiamo – tutti insieme – fino a maggio».", ["Restiamo – tutti insieme – fino a maggio"]),
    ("apostrophes", "fr", "L'été n'est qu'à moitié fini, c'est l'avis d'Ida.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "words"), [case[1:] for case in MARKED], ids=[case[0] for case in MARKED])
def test_words_set_apart(language: str, text: str, words: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_speech(text, press(language))] == words


def test_only_marks_are_read_where_no_words_are_known() -> None:
    text = "«Ostajemo ovde», rekla je.\n— Do maja, rekla je."
    assert [text[one.start : one.end] for one in find_speech(text, None)] == ["Ostajemo ovde"]


SIGNS = st.text(alphabet="ab Ab.,:;!?\n—–-„“”«»\"'’‘»« ,,он сказал said dit-il ", max_size=80)


@given(text=SIGNS, language=st.sampled_from([*press_languages(), None]))
def test_spans_are_in_order_within_the_text_and_apart(text: str, language: str | None) -> None:
    found = find_speech(text, press(language) if language else None)
    at = 0
    for one in found:
        assert at <= one.outer_start <= one.start < one.end <= one.outer_end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        at = one.outer_end
