"""A text as a row of signs, one a word, so that the order of day, month and year can be read off it.

``D`` is a number of one or two digits, ``Y`` a year, ``N`` another number, ``M`` a month, ``W`` a weekday, ``o`` a little word
such as "de" or "th", ``x`` any other word; a mark stands for itself, spaces for nothing.
"""

import re
from dataclasses import dataclass

from assets.text.languages.calendar import numbers

# The vowel signs of India and Thailand are no letters to the pattern engine.
_LETTERS = r"(?:[^\W\d_]|[\u0900-\u0dff\u0e00-\u0e7f])+"
WORDS = re.compile(rf"\d+|{_LETTERS}(?:['’]{_LETTERS})?|[^\s\w]")
LITTLE = frozenset((
    "st", "nd", "rd", "th", "er", "eme", "e", "ere", "o", "a", "de", "del", "di", "da", "do", "des", "of", "the", "el", "le",
    "la", "den", "der", "am", "d", "m", "g", "r", "p", "г", "р", "года", "року", "roku", "gada", "an", "god", "godine", "ngay",
    "nam", "ου", "ja", "ko", "го", "year", "في", "من", "te", "oga", "s", "na", "il", "v", "yil", "tanggal",
    "ж", "թ",
))  # fmt: skip
# What is counted before a date is no day: "Issue 12, March 2026".
COUNTED = frozenset((
    "issue", "no", "nr", "vol", "volume", "ausgabe", "heft", "numero", "num", "n", "page", "pg", "pages", "seite", "band", "book",
    "part", "week", "woche", "kw", "semaine", "nummer", "section", "№", "#",
))  # fmt: skip
_MARKS = str.maketrans("–—‑‒−、،・", "-----,,,")
_ELISION = re.compile(r"^(?:d|l|de)['’]")
_SHORTEST_WEEKDAY = 3


@dataclass(frozen=True)
class Token:
    """One sign; ``value`` is its number, ``by_language`` what a name means in each language that has it."""

    sign: str
    value: int
    by_language: dict[str, int]
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    """The signs of a folded text."""
    months, weekdays = numbers("month"), numbers("weekday")
    tokens: list[Token] = []
    counted = named_number = False
    found = [(match.group(), match.start(), match.end()) for match in WORDS.finditer(text)]
    position = 0
    while position < len(found):
        word, start, end = found[position]
        position += 1
        if word.isdigit():
            value = int(word)
            sign = "D" if len(word) <= 2 else "Y" if len(word) == 4 and 1900 <= value <= 2099 else "N"
            if named_number:
                tokens.append(Token("M", value, {"vi": value}, start, end))
            else:
                tokens.append(Token("N" if counted and sign == "D" else sign, value, {}, start, end))
            counted = named_number = False
            continue
        if not word[0].isalpha():
            if word == "." and counted:
                continue
            counted = word in COUNTED
            tokens.append(Token(word.translate(_MARKS), 0, {}, start, end))
            continue
        pair = f"{word} {found[position][0]}" if position < len(found) else ""
        plain = _ELISION.sub("", word)
        by_language = months.get(pair) or weekdays.get(pair)
        if by_language:
            end = found[position][2]
            position += 1
            plain = pair
        counted, named_number = plain in COUNTED, plain in ("thang", "thg")
        if named_number:
            continue
        by_month = months.get(plain) or (months.get(plain[1:]) if plain[:1] == "ב" else None)
        if by_month:
            sign, by_language = "M", by_month
        elif plain in LITTLE:
            sign, by_language = "o", {}
        elif len(plain) >= _SHORTEST_WEEKDAY and plain in weekdays:
            sign, by_language = "W", weekdays[plain]
        else:
            sign, by_language = "x", {}
        tokens.append(Token(sign, 0, by_language, start, end))
    return tokens
