"""Forms of people's names: titles, given names, surnames, gender, and whether two forms can name one person."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assets.entities.names.listed import given_name_gender
from assets.entities.names.listed import is_common_name as is_common_name  # part of what this module offers
from assets.entities.names.spelling import fold, name_variants, spelling_key, strip_possessive
from assets.entities.names.titles import leading_titles, title_gender
from assets.text.languages.name_parts import DEGREES, GENERATIONS, PARTICLES


@dataclass(frozen=True)
class PersonName:
    """A person's name in its parts, folded: titles without stops, given names, surname with its particles, generation."""

    titles: tuple[str, ...]
    given: tuple[str, ...]
    surname: str
    generation: str = ""

    @property
    def is_full(self) -> bool:
        """Whether a given name (not only an initial) is before the surname."""
        return any(len(part) > 1 for part in self.given)


@lru_cache(maxsize=1 << 15)
def split_titles(name: str) -> tuple[tuple[str, ...], str]:
    """Leading titles and honorifics, and what follows them; a name that is nothing but a title keeps its last word."""
    words = name.split()
    count = max(0, min(leading_titles(words), len(words) - 1))
    return tuple(words[:count]), " ".join(words[count:])


@lru_cache(maxsize=1 << 15)
def parse_name(name: str) -> PersonName:
    """Parts of a person's name as printed: ``Dr. Juan de la Cruz Jr.`` is dr | juan | de la cruz | jr."""
    titles, rest = split_titles(strip_possessive(name.strip()))
    words = [word for word in re.split(r"[\s,]+", fold(rest)) if word.strip(".'-")]
    words = _split_initials(words)
    generation = ""
    while len(words) > 1 and words[-1].replace(".", "") in (*GENERATIONS, *DEGREES):
        ending = words.pop().replace(".", "")
        generation = ending if ending in GENERATIONS else generation
    words = [word.strip(".") or word for word in words]
    if not words:
        return PersonName(tuple(fold(title).rstrip(".") for title in titles), (), "")
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    if start == 1 and words[0] in PARTICLES:
        start = 0
    return PersonName(
        tuple(fold(title).rstrip(".") for title in titles), tuple(words[:start]), " ".join(words[start:]), generation
    )


def _split_initials(words: list[str]) -> list[str]:
    """``J.K.`` as two initials."""
    parts: list[str] = []
    for word in words:
        if re.fullmatch(r"(?:[a-z]\.){2,}", word):
            parts.extend(word.replace(".", ""))
        else:
            parts.append(word)
    return parts


@lru_cache(maxsize=1 << 14)
def given_name_key(name: str) -> str:
    """One key for a given name, its nicknames and its romanisations: Bill and William share it."""
    return spelling_key(name_variants()["given"].get(fold(name), name))


@lru_cache(maxsize=1 << 15)
def gender(name: str) -> str | None:
    """The gender of a person's name as printed, by its title, else by its given name; None where neither says."""
    parsed = parse_name(name)
    if told := title_gender(parsed.titles):
        return told
    found = given_name_gender(parsed.given[0]) if parsed.given else None
    return found if found in ("m", "f") else None


def surname(name: str) -> str:
    """Folded surname with its particles."""
    return parse_name(name).surname


def same_surname(a: PersonName, b: PersonName) -> bool:
    """Whether two surnames are spellings of one, also where one of them leaves out particles or a second surname."""
    left, right = spelling_key(a.surname), spelling_key(b.surname)
    if left == right:
        return True
    last_left, last_right = spelling_key(a.surname.split()[-1]), spelling_key(b.surname.split()[-1])
    return (" " in a.surname) != (" " in b.surname) and last_left == last_right


def same_given(a: str, b: str) -> bool:
    """Whether two given names can be one: equal, an initial of the other, a nickname, a spelling."""
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return given_name_key(a) == given_name_key(b)


@lru_cache(maxsize=1 << 15)
def same_person(a: str, b: str) -> bool:
    """Whether two names as printed can be one person's, by their form alone.

    A surname alone fits every full name with it; titles of different gender, generations and middle names may contradict.
    """
    left, right = parse_name(a), parse_name(b)
    if not left.surname or not right.surname or not same_surname(left, right):
        return _is_part(left, right) or _is_part(right, left)
    if left.generation != right.generation and left.generation and right.generation:
        return False
    if not left.given or not right.given:
        return _genders_agree(a, b)
    if not same_given(left.given[0], right.given[0]):
        return False
    middle_left, middle_right = left.given[1:], right.given[1:]
    return (
        all(same_given(x, y) for x, y in zip(middle_left, middle_right, strict=False))
        if middle_left and middle_right
        else True
    )


def _is_part(short: PersonName, long: PersonName) -> bool:
    """A given name alone: ``David`` within ``David Kato``."""
    return (
        not short.given
        and bool(long.given)
        and bool(short.surname)
        and not short.titles
        and short.surname in long.given
        and len(short.surname) > 1
    )


def _genders_agree(a: str, b: str) -> bool:
    left, right = gender(a), gender(b)
    return left is None or right is None or left == right


def is_person_like(name: str) -> bool:
    """Whether a capitalised name looks like a person's: a title or a listed given name before one to four more words."""
    parsed = parse_name(name)
    words = [*parsed.given, *parsed.surname.split()]
    if not parsed.surname or len(words) > 6 or any(character.isdigit() for character in name):
        return False
    if parsed.titles:
        return True
    return bool(parsed.given) and given_name_gender(parsed.given[0]) is not None
