"""From a mention to a full name in other languages, and what is left open."""

import re

import polars as pl
import pytest

from assets.quotes.extract import extract_quotes
from assets.quotes.schema import QUOTES
from tests.quotes.conftest import MENTIONS, no_mentions

# name, language, text, full name of each quotation's speaker
NAMES = [
    ("surname", "fr", "Ida Roc dirige le port. « Le pont est fermé », dit Roc.", ["Ida Roc"]),
    ("she after a woman", "it", "Maria Rocchi guida il porto. «Il ponte resta chiuso», ha detto lei.", ["Maria Rocchi"]),
    ("he passes over a woman", "de", "Thomas Quill traf Maria Roh. „Wir bauen den Damm“, sagte er.", ["Thomas Quill"]),
    ("verb without subject", "es", "María Roca dirige el puerto. “El puente sigue cerrado”, añadió.", ["María Roca"]),
    ("Russian case", "ru", "Вчера выступил Том Квилов. По словам Тома Квилова, мост «закрыт до понедельника».", ["Том Квилов"]),
    ("a nominative that ends like a case", "ru", "Вчера выступил Анвар Квилим. По словам Анвара Квилима, мост «закрыт до понедельника».", ["Анвар Квилим"]),
    ("Ukrainian case", "uk", "Виступив Том Квілов. За словами Тома Квілова, міст «закрито до понеділка».", ["Том Квілов"]),
    ("Polish case", "pl", "Przemawiał Tomasz Kwil. Według Tomasza Kwila most jest „zamknięty do poniedziałku”.", ["Tomasz Kwil"]),
    ("post", "fr", "La ministre Marie Roc est venue. « Le pont est fermé », dit la ministre.", ["Marie Roc"]),
    ("compound post", "de", "Wasserministerin Maria Roh kam. „Die Brücke ist zu“, sagte die Wasserministerin.", ["Maria Roh"]),
    ("nobody named", "de", "„Die Brücke ist bis Montag zu“, sagte jemand.", [None]),
    ("an adjective of the place is no subject", "pl", "Prezydent Marek Kwil zamknął most. – Nie będziemy ryzykować życia ludzi – powiedział na konferencji prasowej.", ["Marek Kwil"]),
    ("nor is where it was written", "pl", "Radna Ewa Kwil czekała. „O pęknięciach wiedzieliśmy od maja” – napisała na portalu X.", ["Ewa Kwil"]),
    ("she passes over who just spoke as he", "ru", "Пришли Анна Роу и Павел Квилов. «Мост закрыт до мая», — сказал он. «Нас никто не слышал», — добавила она.", ["Павел Квилов", "Анна Роу"]),
    ("described behind the name", "es", "Por su parte Ida Roca, la ministra de Pesca, dijo que “el puente está cerrado”.", ["Ida Roca"]),
    ("a spokesman is not the next person", "de", "„Es blieb alles friedlich“, so ein Sprecher. Der frühere Sprecher Peter Quill kam nicht.", [None]),
    ("her son at a sentence's head", "it", "Suo figlio disse: «Il ponte resta chiuso».", [None]),
    ("neighbours at a sentence's head", "es", "Vecinos del puerto dijeron: «El puente sigue cerrado».", [None]),
    ("we are no name", "fr", "« Le pont est fermé pour l’été », disent-ils.", [None]),
]  # fmt: skip


def rows_of(text: str, language: str, mentions: pl.DataFrame | None = None) -> list[dict[str, object]]:
    articles = pl.DataFrame(
        [("a000", "gazette", "", text, language)],
        schema=["article_id", "source_id", "title", "body", "language"],
        orient="row",
    )
    return extract_quotes(articles, no_mentions() if mentions is None else mentions).to_dicts()


@pytest.mark.parametrize(("language", "text", "names"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_full_names(language: str, text: str, names: list[str | None]) -> None:
    assert [row["speaker_name"] for row in rows_of(text, language) if row["kind"] != "indirect"] == names


def test_a_name_that_the_tagger_knows_is_spelled_as_it_says() -> None:
    text = "„Die Brücke ist bis Montag zu“, sagte Roh."
    start = text.index("Roh")
    mentions = pl.DataFrame([("a000", start, start + 3, "Roh", "person", "Ida Roh")], schema=MENTIONS, orient="row")
    assert [row["speaker_name"] for row in rows_of(text, "de", mentions)] == ["Ida Roh"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "« Le pont est fermé », a dit la maire, Hélène Roc."),
        ("es", "«El puente está cerrado», dijo su comandante, Jorge Roca."),
        ("de", "„Die Brücke ist zu“, sagte ihre Direktorin, Maria Roh."),
    ],
)
def test_a_name_right_behind_a_post_is_as_sure_as_one_that_speaks(language: str, text: str) -> None:
    name = " ".join(text.rstrip(".").split()[-2:])
    start = text.index(name)
    mentions = pl.DataFrame([("a000", start, start + len(name), name, "person", name)], schema=MENTIONS, orient="row")
    assert [(row["speaker_name"], row["speaker_confidence"]) for row in rows_of(text, language, mentions)] == [
        (name, 0.95)
    ]


MAYOR = "El alcalde de Vadoreal del Mar, Ramón Roca, dimitió ayer. «Me voy con la conciencia tranquila», dijo ante la prensa."
BOARD = "El presidente de la Junta Portuaria, Andrés Roca, habló. «No hay nada que ocultar», aseguró el presidente de la Junta Portuaria, Andrés Roca."
FIRM = "„Wir prüfen die Kosten des Baus“, teilte die Damm AG mit."


@pytest.mark.parametrize(
    ("language", "text", "other", "kind", "name"),
    [
        ("es", MAYOR, "Vadoreal del Mar", "place", "Ramón Roca"),
        ("es", BOARD, "Junta Portuaria", "organisation", "Andrés Roca"),
        ("de", FIRM, "Damm AG", "organisation", "Damm AG"),
    ],
)
def test_what_the_tagger_takes_for_a_place_or_a_body_is_no_person(
    language: str, text: str, other: str, kind: str, name: str
) -> None:
    rows = [
        ("a000", start, start + len(printed), printed, of, printed)
        for printed, of in ((other, kind), (name, "person"))
        if of == kind or printed != other
        for start in [match.start() for match in re.finditer(re.escape(printed), text)]
    ]
    mentions = pl.DataFrame(sorted(rows), schema=MENTIONS, orient="row")
    assert [row["speaker_name"] for row in rows_of(text, language, mentions)] == [name]


def test_a_language_that_is_not_supported_keeps_its_quotations_without_speaker() -> None:
    found = rows_of("„Ostajemo ovde do maja“, rekla je Ida Roh.\n„A onda idemo.“", "hr")
    assert [row["text"] for row in found] == ["Ostajemo ovde do maja", "A onda idemo."]
    assert {(row["rule"], row["speaker_text"], row["speaker_name"], row["confidence"]) for row in found} == {
        ("unread", None, None, None)
    }


def test_articles_of_several_languages_give_the_rows_that_each_gives_alone() -> None:
    bodies = [
        ("a1", "“The bridge is closed,” Ida Roe said.", "en"),
        ("a2", "„Die Brücke ist zu“, sagte Ida Roh.", "de"),
        ("a3", "«Most je zatvoren», rekla je.", "hr"),
        ("a4", "«El puente está cerrado», dijo Ida Roca.", "es"),
    ]
    articles = pl.DataFrame(
        [(name, "gazette", "", body, language) for name, body, language in bodies],
        schema=["article_id", "source_id", "title", "body", "language"],
        orient="row",
    )
    together = extract_quotes(articles, no_mentions())
    alone = pl.concat([extract_quotes(articles.slice(n, 1), no_mentions()) for n in range(len(bodies))])
    assert together.equals(alone)
    assert together.columns == list(QUOTES.column_names)
    assert together["article_id"].to_list() == ["a1", "a2", "a3", "a4"]
