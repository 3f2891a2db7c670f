"""Titles before a person's name, from the list that users may add to."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from assets.entities.names.listed import given_name_gender, is_common_name, listed_among
from assets.entities.names.spelling import fold
from assets.text.languages.language import words
from assets.text.languages.name_parts import DEGREES
from assets.text.languages.registry import language
from assets.text.languages.titles import titles

# Titles before a name only; elsewhere in a text they are other words.
_ONLY_BEFORE_NAMES = words("barr count hajj private saint")
# Ranks of the police, in capitals: DS Roe; not Di Roe.
_RANKS = frozenset(("DC", "DCI", "DCS", "DI", "DS", "DSU", "PC", "PCSO", "WPC"))
# Occupations are often surnames too (Baker, Hunter); of those, these are titles nevertheless.
_ROLES_NOT_NAMES = words("author doctor lawyer singer")
# Given names more often than titles.
_GIVEN_NAMES = words("baba dean don mother")

_BEFORE_PORTFOLIO = ("of", "for")
_BETWEEN_PORTFOLIOS = ("and", "&")
_POST_FOR = re.compile(r"\b[A-Z][\w-]* (?:of|for)(?: the)? $")
_ENDS_OF_POST = tuple(f" {word} {end}" for word in (*_BEFORE_PORTFOLIO, "the") for end in ("", "\n"))


@cache
def _by_first_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Folded titles that come before names, by their first word, the longest first."""
    roles = {title.words[0] for title in titles() if title.kind == "role" and len(title.words) == 1}
    names = _GIVEN_NAMES | (listed_among(roles) - _ROLES_NOT_NAMES)
    found: dict[str, set[tuple[str, ...]]] = {word: {(word,)} for word in _ONLY_BEFORE_NAMES}
    for title in titles():
        if title.kind in ("honorific", "post", "role") and " ".join(title.words) not in names:
            folded = tuple(fold(word) for word in title.words)
            found.setdefault(folded[0], set()).add(folded)
    return {first: tuple(sorted(of_word, key=lambda one: (-len(one), one))) for first, of_word in found.items()}


def _title_at(folded: Sequence[str], at: int) -> int:
    """How many words the title at ``at`` has, 0 where none is."""
    for title in _by_first_word().get(folded[at], ()) if at < len(folded) else ():
        if tuple(folded[at : at + len(title)]) == title:
            return len(title)
    return 0


def leading_titles(printed: Sequence[str]) -> int:
    """How many words are titles before a name: 2 of ``Dr. Sir Ian Holm``, 3 of ``Former Foreign Minister Holm``."""
    english = language("en")
    folded = [fold(word).rstrip(".") for word in printed]
    at = int(_is_role_before_name(folded))
    while at < len(folded):
        ahead = at
        while ahead < len(folded) and (folded[ahead] in english.tenure or folded[ahead] in english.portfolios):
            ahead += 1
        length = _title_at(folded, ahead) or _title_at(folded, ahead := at) or int(printed[at] in _RANKS)
        if not length:
            break
        at = ahead + length
        at += _portfolios_at(folded, at)
    return at


def _is_role_before_name(folded: Sequence[str]) -> bool:
    """Whether a full name follows a role that is a surname, too: Farmer Lindsay Croke, Parent Ida Roe; not Farmer Croke."""
    return len(folded) > 2 and folded[0] in _roles_and_surnames() and given_name_gender(folded[1]) is not None


@cache
def _roles_and_surnames() -> frozenset[str]:
    roles = {title.words[0] for title in titles() if title.kind == "role" and len(title.words) == 1}
    return frozenset(role for role in listed_among(roles) if given_name_gender(role) is None)


def _portfolios_at(folded: Sequence[str], at: int) -> int:
    """How many words say what a post is for: 2 of ``of State``, 4 of ``for Water and Forests``, 0 where none do."""
    portfolios = language("en").portfolios
    end = at
    while end < len(folded):
        ahead = end + (folded[end] in (_BEFORE_PORTFOLIO if end == at else _BETWEEN_PORTFOLIOS))
        listed = end > at and folded[end - 1].endswith(",")
        if ahead == end and not listed:
            break
        ahead += ahead < len(folded) and folded[ahead] == "the"
        if ahead >= len(folded) or folded[ahead].rstrip(",") not in portfolios:
            break
        end = ahead + 1
    return end - at


def without_degrees(name: str) -> str:
    """Ida Roe, where Ida Roe KC is printed; of a name of two words both stay."""
    words = name.split(" ")
    while len(words) > 2 and words[-1].replace(".", "").lower() in DEGREES:
        words.pop()
    return " ".join(words).rstrip(",")


@cache
def _later_words() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Titles of several words by each of their words but the first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for of_word in _by_first_word().values():
        for title in of_word:
            for word in title[1:]:
                found.setdefault(word, []).append(title)
    return {word: tuple(of_word) for word, of_word in found.items()}


@lru_cache(maxsize=1 << 15)
def _titles_later(word: str) -> tuple[tuple[str, ...], ...]:
    """The titles that a word as printed may be in, but as the first."""
    return _later_words().get(fold(word).rstrip("."), ())


def rest_of_title(before: str, name: str) -> int:
    """How many code points of ``name`` end a title that begins in the words before it: Lock | Warden Ida Holm, Minister for | Water Ida Holm."""
    post = _POST_FOR.search(before) if before.endswith(_ENDS_OF_POST) else None
    if post is not None:
        words_of_name = name.split(" ")
        words_before = post[0].split()
        within = leading_titles([*words_before, *words_of_name]) - len(words_before)
        return len(" ".join(words_of_name[:within])) + 1 if 0 < within < len(words_of_name) else 0
    titles_later = _titles_later(name.partition(" ")[0])
    if not titles_later:
        return 0
    first, *after = name.split(" ")
    for title in titles_later:
        for split in range(1, len(title)):
            words_before = before.split()[-split:] if before.endswith((" ", "\xa0")) else []
            whole = [*words_before, *[first, *after][: len(title) - split]]
            if tuple(fold(word).rstrip(".") for word in whole) == title and len(after) >= len(title) - split:
                return len(" ".join(whole[split:])) + 1
    return 0


@lru_cache(maxsize=1 << 15)
def title_within(name: str) -> int:
    """How many code points of ``name`` end with a title, after words that are nobody's name: Velmoran Harbour Master | Quorl."""
    words_of_name = name.split(" ")
    if len(words_of_name) < 3 or is_common_name(words_of_name[0]) or leading_titles(words_of_name):
        return 0
    for at in range(1, len(words_of_name) - 1):
        length = leading_titles(words_of_name[at:])
        if 0 < length < len(words_of_name) - at:
            return len(" ".join(words_of_name[: at + length])) + 1
    return 0


@cache
def _genders() -> dict[str, str]:
    return {" ".join(fold(word) for word in title.words): title.gender for title in titles() if title.gender in "mf"}


def title_gender(folded: Sequence[str]) -> str | None:
    """The gender of the first of some titles that has one; ``folded`` as ``parse_name`` gives them."""
    genders = _genders()
    for start in range(len(folded)):
        for end in range(len(folded), start, -1):
            if found := genders.get(" ".join(folded[start:end])):
                return found
    return None
