"""Names in other languages than English: which tagger reads what, apostrophes between words, cases, and other spellings."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.entities.articles.resolution import resolve_article
from assets.entities.extract import extract_mentions
from assets.entities.names.forms import place_key
from assets.entities.names.inflection import base_forms, declined, is_case_of
from assets.entities.names.sounds import sound_key, spelt_in_own_way
from assets.entities.names.spelling import spelling_key
from assets.entities.tagger.elisions import MARK, taken_apart
from assets.entities.tagger.languages import GROUPS, is_tagged, model_of, tag_by_language
from tests.entities.test_link import P, is_one, link


def named(body: str, language: str) -> list[tuple[str, str]]:
    articles = pl.DataFrame({"article_id": ["a"], "title": [""], "body": [body], "language": [language]})
    return list(extract_mentions(articles).select("text", "kind").iter_rows())


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("de", "Der Bürgermeister Ulrich Brenner sprach am Montag in Hamburg.", [("Ulrich Brenner", "person"), ("Hamburg", "place")]),
        ("fr", "Le maire de Lyon, Antoine Berthier, a refusé.", [("Lyon", "place"), ("Antoine Berthier", "person")]),
        ("es", "La ministra Carmen Robledo viajó el lunes a Bogotá.", [("Carmen Robledo", "person"), ("Bogotá", "place")]),
        ("it", "Il sindaco Marco Bertani ha parlato a Torino.", [("Marco Bertani", "person"), ("Torino", "place")]),
        ("pt", "O deputado João Cardeal falou ontem em Lisboa.", [("João Cardeal", "person"), ("Lisboa", "place")]),
        ("nl", "Minister Pieter de Graaf sprak maandag in Utrecht.", [("Pieter de Graaf", "person"), ("Utrecht", "place")]),
        ("pl", "Minister Jan Kowalczyk przyjechał w poniedziałek do Krakowa.", [("Jan Kowalczyk", "person"), ("Krakowa", "place")]),
        ("tr", "Bakan Mehmet Yıldırım pazartesi günü Ankara'da konuştu.", [("Mehmet Yıldırım", "person"), ("Ankara", "place")]),
        ("ru", "Министр Иван Соколов выступил в понедельник в Москве.", [("Иван Соколов", "person"), ("Москве", "place")]),
        ("uk", "Міністр Іван Соколенко виступив у понеділок у Харкові.", [("Іван Соколенко", "person"), ("Харкові", "place")]),
    ],
)  # fmt: skip
def test_people_and_places_of_a_sentence(language: str, body: str, expected: list[tuple[str, str]]) -> None:
    assert named(body, language) == expected


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("sv", "Statsminister Karin Lind sade att Le och man är överens."),
        ("ar", "قال الوزير سامي الخطيب إن المدينة آمنة."),
        ("", "Minister Ida Holm spoke."),
    ],
)
def test_in_a_language_that_no_tagger_knows_nothing_is_named(language: str, body: str) -> None:
    assert not is_tagged(language)
    assert named(body, language) == []


def test_each_text_goes_to_the_tagger_of_its_language() -> None:
    texts = ["Mayor Ida Holm spoke in London.", "Le maire Antoine Berthier parle.", "", "Ida Holm talar."]
    spans = tag_by_language(texts, ["en", "fr", "de", "sv"])
    found = [(d, texts[d][s:e]) for d, s, e in zip(spans.documents, spans.starts, spans.ends, strict=True)]
    assert found == [(0, "Ida Holm"), (0, "London"), (1, "Antoine Berthier")]


def test_a_language_without_a_tagger_is_an_error_that_names_those_that_have_one() -> None:
    with pytest.raises(LookupError, match="'sv': known are de"):
        model_of("sv")


def test_no_language_is_in_two_groups() -> None:
    languages = [language for group in GROUPS.values() for language in group]
    assert len(languages) == len(set(languages))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "l'Union d’Emmanuel", f"l{MARK}Union d{MARK}Emmanuel"),
        ("fr", "Aujourd'hui O'Brien", f"Aujourd{MARK}hui O'Brien"),
        ("it", "dell'Istituto D'Angelo", f"dell{MARK}Istituto D{MARK}Angelo"),
        ("tr", "Ankara'da İzmir’den", f"Ankara{MARK}da İzmir{MARK}den"),
        ("en", "l'Union O'Brien's", "l'Union O'Brien's"),
        ("uk", "м'ясо", "м'ясо"),
    ],
)
def test_an_apostrophe_between_two_words_takes_them_apart(language: str, text: str, expected: str) -> None:
    assert taken_apart(text, language) == expected


@given(st.text(alphabet="abl'’dA \n"), st.sampled_from(["fr", "it", "tr", "ca", "de"]))
def test_taking_apart_moves_nothing(text: str, language: str) -> None:
    apart = taken_apart(text, language)
    assert len(apart) == len(text)
    assert all(a == b or b in "'’" for a, b in zip(apart, text, strict=True))


def clusters(language: str, *names: str) -> list[int]:
    body = " . ".join(names)
    spans, at = [], 0
    for name in names:
        start = body.index(name, at)
        at = start + len(name)
        spans.append((start, at, "person"))
    return [mention.cluster for mention in resolve_article(body, spans, language)]


@pytest.mark.parametrize(
    ("language", "names", "expected"),
    [
        ("pl", ("Adam Wrona", "Wrony", "Wroną"), [0, 0, 0]),
        ("pl", ("Emil Brandner", "Brandnera", "Brandnerem"), [0, 0, 0]),
        ("pl", ("Jan Zaleski", "Jana Zaleskiego", "Zaleskim"), [0, 0, 0]),
        ("pl", ("Anna Zaleska", "Anny Zaleskiej", "Zaleską"), [0, 0, 0]),
        ("pl", ("Jan Nowak", "Jana Nowak"), [0, 1]),  # a man and a woman
        ("pl", ("Anna Zaleska", "Jan Zaleski"), [0, 1]),
        ("ru", ("Борис Вольский", "Бориса Вольского", "Вольским"), [0, 0, 0]),
        ("ru", ("Эмиль Брандт", "Брандта", "Брандтом"), [0, 0, 0]),
        ("ru", ("Анна Белова", "Беловой", "Белов"), [0, 0, 1]),
        ("ru", ("Александр Белов", "Александра Белова"), [0, 1]),
        ("uk", ("Остап Вільський", "Вільського", "Вільському"), [0, 0, 0]),
        ("uk", ("Андрій Гончаренко", "Гончаренка", "Гончаренком"), [0, 0, 0]),
        ("de", ("Ute Brenner", "Brenners"), [0, 0]),
        ("de", ("Jan Peters", "Peter"), [0, 1]),
        ("en", ("Ann", "Anna"), [0, 1]),
    ],
)
def test_cases_of_a_name_are_one_person_of_the_article(
    language: str, names: tuple[str, ...], expected: list[int]
) -> None:
    assert clusters(language, *names) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Volodymyr Zalesky", "Володимир Залеський", True),
        ("Volodymyr Zalesky", "Wolodymyr Salesskyj", True),
        ("Volodymyr Zalesky", "Wołodymyr Załeski", True),
        ("Volodymyr Zalesky", "Владимира Залеского", True),
        ("Володимир Залеський", "Залеського", True),
        ("Emile Macdon", "Эмиля Макдона", True),
        ("Ivan Sorin", "Ivan Zorin", False),
        ("Peter Sander", "Peter Zander", False),
        ("Иван Белов", "Анна Белова", False),
        ("Александр Белов", "Александра Белова", False),
        ("Maria Franca", "Mario Franco", False),
    ],
)
def test_spellings_of_a_name_in_different_articles(one: str, other: str, same: bool) -> None:
    assert is_one(link([(P, one)], [(P, other)])) is same


def test_a_surname_follows_its_full_name_to_the_usual_spelling() -> None:
    linked = link([(P, "Volodymyr Zalesky")], [(P, "Wolodymyr Salesskyj")], [(P, "Salesskyj")])
    assert linked.entities["name"].to_list() == ["Volodymyr Zalesky"]
    assert set(linked.merges["rule"]) == {"other spelling", "surname"}


@pytest.mark.parametrize(
    "names",
    [
        ("Germany", "Deutschland", "Allemagne", "Niemczech", "Германия", "Almanya"),
        ("Russia", "Rusia", "Россией", "Росії", "Rosji"),
        ("United States", "Estados Unidos", "EE. UU.", "США", "Stany Zjednoczone"),
        ("Czech Republic", "Tschechien", "Чехии"),
    ],
)
def test_a_country_has_one_key_in_all_languages_and_cases(names: tuple[str, ...]) -> None:
    assert len({place_key(name) for name in names}) == 1


@pytest.mark.parametrize("name", ["Granada", "Georgia", "Jordan", "Toga"])
def test_a_name_that_is_also_another_places_is_left_alone(name: str) -> None:
    assert place_key(name) == name.lower()


@pytest.mark.parametrize(
    "spellings",
    [
        ("Zelensky", "Zelenskyy", "Zełenski", "Зеленский", "Зеленський"),
        ("Lavrov", "Lawrow", "Ławrow", "Лавров"),
        ("Timoshenko", "Tymoshenko", "Timoschenko", "Тимошенко"),
    ],
)
def test_romanisations_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len({spelling_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Selenskyj", "Zelensky"), ("Poutine", "Putin"), ("Szojgu", "Shoigu"), ("Macron", "Макрон")]
)
def test_other_spellings_sound_alike(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize("name", ["Holm", "Barlow", "Sanders", "Martine", "Schmidt"])
def test_usual_surnames_are_not_taken_for_romanised_ones(name: str) -> None:
    assert not spelt_in_own_way(name)


@given(st.sampled_from(["pl", "ru", "uk", "de"]), st.text(alphabet="бвгдклмнорстабвиеьй", min_size=4, max_size=9))
def test_every_case_leads_back_to_the_name(language: str, name: str) -> None:
    for form in declined(name, language):
        assert name in base_forms(form, language) or form == name


@given(st.text(alphabet="абвиня ", min_size=1, max_size=12))
def test_no_name_is_a_case_of_itself(name: str) -> None:
    assert not is_case_of(name, name, "ru")
