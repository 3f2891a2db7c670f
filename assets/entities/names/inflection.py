"""Cases of names: Макрона and Macrona are forms of Макрон and Macron, Merkels is one of Merkel.

Endings alone prove nothing (Anna is no Ann in the genitive): who asks for ``base_forms`` takes one of them only if
the name itself is known.
"""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ENDINGS = Path(__file__).with_name("case_endings.csv")
SHORTEST_STEM = 3
"""Letters that a form must keep."""
VOWELS = frozenset("aeiouyąęóаеёиоуыэюяієї")


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


def declined(name: str, language: str) -> Iterator[str]:
    """All forms that a name of one word may have in other cases; more than it has."""
    if " " in name:
        return
    for nominative, others in _endings(language):
        stem = name.removesuffix(nominative) if name.endswith(nominative) else ""
        if len(stem) >= SHORTEST_STEM and (nominative or stem[-1] not in VOWELS):
            for ending in others:
                yield stem + ending


def base_forms(word: str, language: str) -> Iterator[str]:
    """The nominatives that a word in small letters may be a case of."""
    for nominative, others in _endings(language):
        for ending in others:
            stem = word.removesuffix(ending) if word.endswith(ending) else ""
            if len(stem) >= SHORTEST_STEM and (nominative or stem[-1] not in VOWELS):
                yield stem + nominative



