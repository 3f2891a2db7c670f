"""Keys of organisation and place names: forms with one key mean the same."""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from assets.entities.names.offices import INSTITUTIONS, country_of
from assets.entities.names.spelling import fold, name_variants, strip_possessive

COUNTRY_NAMES = Path(__file__).with_name("country_names.csv")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_MARKS = re.compile(r"[^\w&+]+")
_COMPANY = re.compile(r"\s+(?:inc|ltd|llc|plc|corp|co|limited|corporation|company|gmbh|ag|sa|nv|pte|pvt)$")
_MINISTRY = re.compile(r"^(ministry|department) (?:of|for) (?:the )?(.+?)(?: affairs)?( of .+)?$")
_SPELLINGS = ((re.compile(r"isation\b"), "ization"), (re.compile(r"\bcentre\b"), "center"), (re.compile(r"\bdefence\b"), "defense"),
              (re.compile(r"\b(harb|lab|hon|neighb|col|fav)our"), r"\1or"), (re.compile(r"\bprogramme\b"), "program"), (re.compile(r"\s&\s"), " and "))  # fmt: skip


@lru_cache(maxsize=1 << 15)
def organisation_key(form: str) -> str:
    """Key of an organisation: its full name where an abbreviation is listed, one spelling, no article, no company form."""
    bare = _ARTICLE.sub("", strip_possessive(form))
    bare = name_variants()["organisation"].get(fold(bare), bare)
    key = fold(bare)
    for pattern, replacement in _SPELLINGS:
        key = pattern.sub(replacement, key)
    key = _MARKS.sub(" ", key.replace("'s ", " ").replace(".", "")).strip()
    return _of_country(_COMPANY.sub("", key) or key)


def _of_country(key: str) -> str:
    """``ukrainian general staff`` as ``general staff of ukraine``; ``ministry of defense`` as ``defense ministry``."""
    ministry = _MINISTRY.match(key)
    if ministry:
        key = f"{ministry.group(2)} {ministry.group(1)}{ministry.group(3) or ''}"
    words = key.split(" ")
    for n in (3, 2, 1):
        country = country_of(" ".join(words[:n])) if n < len(words) else None
        if country and " ".join(words[n:]) in INSTITUTIONS:
            return f"{' '.join(words[n:])} of {fold(country)}"
    return key


def is_generic(key: str) -> bool:
    """Whether an organisation's key names an institution that many countries have, without saying which."""
    return key in INSTITUTIONS


@cache
def country_names() -> dict[str, str]:
    """English names of countries by their folded names in other languages."""
    with COUNTRY_NAMES.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["country"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1 << 15)
def place_key(form: str) -> str:
    """Key of a place: the usual name where another is listed, of a country the English one."""
    bare = _ARTICLE.sub("", strip_possessive(form))
    bare = country_names().get(fold(bare), bare)
    bare = name_variants()["place"].get(fold(bare), bare)
    return _MARKS.sub(" ", fold(bare).replace(".", "")).strip()


@lru_cache(maxsize=1 << 15)
def acronyms(form: str) -> tuple[str, ...]:
    """Keys of the abbreviations that a long form may introduce: African National Congress gives ``anc``."""
    words = [word for word in re.split(r"[\s\-/]+", _ARTICLE.sub("", form)) if word]
    capitals = [word[0] for word in words if word[0].isupper()]
    if len(capitals) < 2:
        return ()
    every = "".join(word[0] for word in words if word[0].isalpha())
    return tuple(dict.fromkeys(("".join(capitals).lower(), every.lower())))


_DEMONYM_ENDINGS = ("n", "an", "ian", "ic", "ese", "ish")
_SHORTEST = 5  # letters of a name whose demonym is looked for


def demonym_stems(word: str) -> list[str]:
    """Places whose demonym the word can be by its ending: Velmoran gives Velmora and Velmor."""
    stems = (word.removesuffix(ending) for ending in _DEMONYM_ENDINGS if word.endswith(ending))
    return [stem for stem in stems if len(stem) >= _SHORTEST]
