"""Offices and institutions named by their country: "the Russian president", "Ukraine's general staff".

An office stands for a person only where the article says who holds it; an institution is one under all the ways in which its
country can be named.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assets.entities.names.spelling import fold, name_variants
from assets.text.languages.registry import language
from pipeline.reference import read_list

LANGUAGES_OF_OFFICES = ("en", "")
"""Languages whose offices are known; a text of no known language is read as English."""
# What an office is called, and which other names its holder goes by.
OFFICES = {
    "president": ("president", "leader"),
    "prime minister": ("prime minister", "premier", "leader"),
    "premier": ("premier", "prime minister", "leader"),
    "chancellor": ("chancellor", "leader"),
    "leader": ("leader",),
    "vice president": ("vice president",),
    "foreign minister": ("foreign minister",),
    "defense minister": ("defense minister",),
    "finance minister": ("finance minister",),
    "interior minister": ("interior minister",),
    "health minister": ("health minister",),
    "secretary of state": ("secretary of state",),
}
INSTITUTIONS = (
    "general staff", "foreign ministry", "defense ministry", "interior ministry", "health ministry", "finance ministry",
    "justice ministry", "education ministry", "energy ministry", "trade ministry", "agriculture ministry", "supreme court",
    "constitutional court", "high court", "central bank", "national bank", "security council", "national assembly",
    "parliament", "senate", "congress", "armed forces", "air force", "navy", "army", "election commission",
    "electoral commission", "human rights commission", "state department", "justice department", "treasury department",
)  # fmt: skip
_SMALL = frozenset(["of", "the", "and", "for"])
_MINISTRIES = ("prime", "foreign", "defence", "defense", "finance", "interior", "health")
_PHRASES = (
    "vice president", "vice-president", "president", "premier", "chancellor", "leader", "secretary of state", "general staff",
    *(f"{name} minister" for name in _MINISTRIES),
    *(f"{name} ministry" for name in (*_MINISTRIES[1:], "justice", "education", "energy", "trade", "agriculture")),
    "supreme court", "constitutional court", "high court", "central bank", "national bank", "security council",
    "national assembly", "armed forces", "air force", "election commission", "electoral commission", "human rights commission",
)  # fmt: skip
_WORD = re.compile(rf"\b(?i:{'|'.join(_PHRASES)})\b")
# Letters that every phrase has in lower case, to look for first, and how the phrases read up to there.
_ENDINGS = ("resident", "inister", "remier", "hancellor", "eader", "ecretary of ", "taff", "inistry", "ourt", "ank", "ouncil",
            "ssembly", "orce", "ommission")  # fmt: skip
_UP_TO = {
    ending: tuple({phrase[: phrase.index(ending) + len(ending)] for phrase in _PHRASES if ending in phrase})
    for ending in _ENDINGS
}
_REACH = 24  # characters that an office takes at most
_BEFORE = re.compile(r"((?:[\w.]+[ -]){0,2}[\w.]+?)(['’]s?)? $")
_FORMER = re.compile(rf"\b(?:{'|'.join(sorted(language('en').tenure - {'vice'}))}|deputy)[ -]*$", re.IGNORECASE)
_OF = re.compile(r" of (?:the )?([A-Z][\w.]*(?: [A-Z][\w.]*){0,3})")


@dataclass(frozen=True, slots=True)
class Office:
    """An office or institution as printed, with its country where the words around it name one."""

    start: int  # with the country and the article before it
    head: int  # without them
    end: int
    name: str
    country: str | None
    former: bool


@cache
def _countries() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in read_list("demonyms"):
        country = row["country"]
        table[fold(row["demonym"])] = country
        table.setdefault(fold(country), country)
    for variant, name in name_variants()["place"].items():
        if name in table.values():
            table.setdefault(variant, name)
    return table


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(fold(row["demonym"]) for row in read_list("demonyms"))


@lru_cache(maxsize=4096)
def of_a_people(word: str) -> str | None:
    """Whom a demonym can mean: m, f, empty for either, ``plural`` for several; None where the word is none."""
    known, folded = _demonyms(), fold(word)
    if folded in known:
        if folded.endswith("woman"):
            return "f"
        return "m" if folded.endswith("man") and folded.removesuffix("man") + "woman" in known else ""
    one = folded.removesuffix("men") + "man" if folded.endswith("men") else folded.removesuffix("s")
    return "plural" if one != folded and one in known else None


@lru_cache(maxsize=1 << 15)
def country_of(words: str) -> str | None:
    """Country that a name or demonym means: Ukrainian and Ukraine give Ukraine."""
    return _countries().get(fold(words))


@cache
def _last_words() -> frozenset[str]:
    return frozenset(key.rsplit(" ", 1)[-1] for key in _countries())


@lru_cache(maxsize=1 << 15)
def _may_end_country(word: str) -> bool:
    """Whether the name or the demonym of some country ends with the word."""
    return fold(word).rsplit(" ", 1)[-1] in _last_words()


def find_offices(body: str) -> list[Office]:
    """Every office and institution in the text."""
    places = set()
    for ending, phrases in _UP_TO.items():
        at = body.find(ending)
        while at >= 0:
            if body[max(0, at - _REACH) : at + len(ending)].lower().endswith(phrases):
                places.add(at)
            at = body.find(ending, at + 1)
    found = []
    reached = 0
    for place in sorted(places):
        match = _WORD.search(body, max(reached, place - _REACH), place + _REACH)
        if match is None or body[match.end() : match.end() + 1].isalnum():
            continue
        reached = match.end()
        name = _normal(match.group())
        words_before = body[max(0, match.start() - 48) : match.start()].rsplit(" ", 4)[-4:]
        before = _BEFORE.search(" ".join(words_before))
        start, country, former = match.start(), None, False
        if before:
            words = before.group(1).split(" ")
            for n in (3, 2, 1) if _may_end_country(words[-1]) else ():
                country = country_of(" ".join(words[-n:])) if n <= len(words) else None
                if country:
                    start -= len(" ".join(words[-n:])) + len(before.group(2) or "") + 1
                    break
        ahead = body[max(0, start - 12) : start]
        former = bool(_FORMER.search(ahead))
        if country and ahead[-4:] in ("the ", "The "):
            start -= 4
        found.append(Office(start, match.start(), match.end(), name, country, former))
    return found


def _normal(words: str) -> str:
    return " ".join(words.lower().replace("-", " ").split()).replace("defence", "defense")


def institution_name(office: Office) -> str:
    """``General Staff of Ukraine``."""
    head = " ".join(word if word in _SMALL else word.capitalize() for word in office.name.split())
    return f"{head} of {office.country}" if office.country else head


def holders(body: str, offices: Sequence[Office], people: Sequence[tuple[int, int, int]]) -> dict[tuple[str, str], int]:
    """The holders of each country's office by the words of the article: (country, office) to cluster, only where it is one.

    ``people`` are the mentions of people as (start, end, cluster), in order.
    """
    claims: dict[tuple[str, str], set[int]] = defaultdict(set)
    starts = {start: (end, cluster) for start, end, cluster in people}
    ends = {end: cluster for _, end, cluster in people}
    for office in offices:
        if office.former or office.name not in OFFICES:
            continue
        after = starts.get(office.end + 1) or starts.get(office.end + 2)
        country = office.country
        cluster: int | None = None
        if after:
            cluster = after[1]
            of = _OF.match(body, after[0]) if country is None else None
            country = country_of(of.group(1)) if of else country
        elif country and body[office.start - 2 : office.start] == ", ":
            cluster = ends.get(office.start - 2)
        if cluster is not None and country:
            for name in OFFICES[office.name]:
                claims[country, name].add(cluster)
    return {role: next(iter(clusters)) for role, clusters in claims.items() if len(clusters) == 1}


@cache
def _country_keys() -> frozenset[str]:
    return frozenset(fold(country) for country in _countries().values())


def is_country(key: str) -> bool:
    """Whether a place's key is a country's."""
    return key in _country_keys()
