"""The names of months and weekdays, by language: the one list of them (``calendar.csv``, made by ``training/calendar_names.py``)."""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["month", "weekday"]

NAMES = Path(__file__).with_name("calendar.csv")
# Those that American newspapers shorten before a day (Associated Press style).
_LONG = 4
AP_MONTHS = "jan feb aug sept oct nov dec"
# Accents, Hebrew points, Arabic vowels, invisible marks; the vowel signs of India and Thailand are letters.
_SMALL_SIGNS = re.compile(
    "[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# Turkish i without its dot; the signs of abbreviation in Hebrew and Hindi.
_LETTERS = str.maketrans({"ı": "i", "׳": "", "॰": ""})


@cache
def _table() -> dict[tuple[str, str, int], tuple[str, ...]]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {
            (row["language"], row["kind"], int(row["number"])): tuple(row["names"].split("|"))
            for row in csv.DictReader(file)
        }


def fold(text: str) -> str:
    """Small letters without accents, points and invisible marks, so that ``AOÛT``, ``août`` and ``aout`` are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _SMALL_SIGNS.sub("", decomposed)).translate(_LETTERS)


@cache
def numbers(kind: Kind) -> dict[str, dict[str, int]]:
    """Folded name to the number it stands for in each language that has it: 1 for January, 1 for Monday."""
    found: dict[str, dict[str, int]] = {}
    for (language, of_kind, number), names in _table().items():
        if of_kind == kind:
            for name in names:
                found.setdefault(fold(name), {})[language] = number
    return found


def names(kind: Kind, language: str) -> tuple[str, ...]:
    """All names in a language, short ones too, in small letters, from January or Monday on."""
    n = 12 if kind == "month" else 7
    return tuple(name for number in range(1, n + 1) for name in _table().get((language, kind, number), ()))


def full_names(kind: Kind, language: str) -> tuple[str, ...]:
    """The longest name of each month or weekday in a language, from January or Monday on."""
    n = 12 if kind == "month" else 7
    return tuple(max(names, key=len) for number in range(1, n + 1) if (names := _table().get((language, kind, number))))


@cache
def any_name(kind: Kind) -> str:
    """A pattern for any name in any language, the longest first, to be used without regard to case."""
    found = {name for (_, of_kind, _), forms in _table().items() if of_kind == kind for name in forms}
    return "|".join(re.escape(name) for name in sorted(found, key=lambda name: (-len(name), name)))


@cache
def long_names(kind: Kind) -> frozenset[str]:
    """Names in any language that are hardly another word: those of four letters or more, and full ones."""
    languages = {language for language, of_kind, _ in _table() if of_kind == kind}
    full = {name for language in languages for name in full_names(kind, language)}
    return frozenset(full | {name for language in languages for name in names(kind, language) if len(name) >= _LONG})
