"""Cases of names: Макрона and Macrona are forms of Макрон and Macron, Merkels is one of Merkel.

Endings alone prove nothing (Anna is no Ann in the genitive): who asks for ``base_forms`` takes one of them only if
the name itself is known.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

ENDINGS = Path(__file__).with_name("case_endings.csv")
SHORTEST_STEM = 2
"""Letters that a form must keep."""
FIRST_NAME_ENDINGS = ("a", "а", "я")
"""Of women's names in the nominative, beside which a surname may stay as it is."""
VOWELS = frozenset("aeiouyąęóаеёиоуыэюяіїє")
WOMEN_OR_CASES = frozenset(
    [
        "александра",
        "валентина",
        "евгения",
        "владислава",
        "станислава",
        "ярослава",
        "богдана",
        "мирослава",
        "олександра",
        "євгенія",
        "владислава",
    ]
)
"""Names of women that are also cases of men's names as common."""
_WOMANS_SURNAME = re.compile(r"(?:[оеё]в|[иыії]н)а$")
ENDING_AT_LAST_WORD = ("de",)
"""Languages in which only the last word of a name has an ending."""


@cache
def _endings(language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The ending of the nominative and those of the other cases."""
    with ENDINGS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == language]
    return tuple((row["nominative"], tuple(row["others"].split())) for row in rows)


@cache
def inflecting_languages() -> frozenset[str]:
    """Languages whose case endings are known."""
    with ENDINGS.open(encoding="utf-8", newline="") as file:
        return frozenset(row["language"] for row in csv.DictReader(file))


@cache
def other_endings(language: str) -> tuple[str, ...]:
    """The endings of all cases but the nominative, which some nominatives have, too."""
    return tuple(dict.fromkeys(ending for _, others in _endings(language) for ending in others))


def declined(name: str, language: str) -> Iterator[str]:
    """All forms that a name of one word may have in other cases; more than it has."""
    if " " in name:
        return
    for nominative, others in _endings(language):
        stem = name.removesuffix(nominative) if name.endswith(nominative) else ""
        if len(stem) >= SHORTEST_STEM and (nominative or stem[-1] not in VOWELS):
            for ending in others:
                yield stem + ending


@lru_cache(maxsize=1 << 15)
def base_forms(word: str, language: str) -> frozenset[str]:
    """The nominatives that a word in small letters may be another case of."""
    found = set()
    for nominative, others in _endings(language):
        for ending in others:
            stem = word.removesuffix(ending) if word.endswith(ending) else ""
            if len(stem) >= SHORTEST_STEM and (nominative or stem[-1] not in VOWELS):
                found.add(stem + nominative)
    return frozenset(found - {word})


def is_case_of(form: str, name: str, language: str) -> bool:
    """Whether a form can be a case of a name: all words that take endings have one."""
    words, others = form.lower().split(), name.lower().split()
    if len(words) != len(others):
        return False
    changed = [word != other for word, other in zip(words, others, strict=True)]
    if not any(changed) or not all(
        not differs or other in base_forms(word, language)
        for word, other, differs in zip(words, others, changed, strict=True)
    ):
        return False
    if language in ENDING_AT_LAST_WORD:
        return changed[-1] and not any(changed[:-1])
    if len(words) > 1 and words[0] in WOMEN_OR_CASES and _WOMANS_SURNAME.search(words[-1]):
        return False  # Александра Петрова is as likely a woman
    may_stay = len(others) > 1 and changed[0] and others[0].endswith(FIRST_NAME_ENDINGS)
    return all(differs or _takes_no_ending(other) or may_stay for other, differs in zip(others, changed, strict=True))


def _takes_no_ending(word: str) -> bool:
    """Small words, and foreign names that end in a vowel: de Gaulle, Орбане but Трюдо."""
    return len(word) < 3 or (word[-1] in VOWELS and not word.endswith(FIRST_NAME_ENDINGS))
