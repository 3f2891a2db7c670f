"""A text as a row of signs, one per word, so that the order of day, month and year can be read off it.

``D`` is a number of one or two digits, ``Y`` a year, ``N`` another number, ``M`` a month, ``W`` a weekday, ``o`` a little word
such as "de" or "th", ``x`` any other word; a mark stands for itself, spaces for nothing.
"""

import re
from dataclasses import dataclass

from assets.text.languages.calendar import numbers

# The vowel signs of India and Thailand are not letters to the pattern engine.
_LETTERS = r"(?:[^\W\d_]|[\u0900-\u0dff\u0e00-\u0e7f])+"
WORDS = re.compile(rf"\d+|{_LETTERS}(?:['’]{_LETTERS})?|[^\s\w]")
LITTLE = frozenset((
    "st", "nd", "rd", "th", "er", "eme", "e", "ere", "o", "a", "de", "del", "di", "da", "do", "des", "of", "the", "el", "le",
    "la", "den", "der", "am", "d", "m", "g", "r", "p", "г", "р", "года", "року", "roku", "gada", "an", "god", "godine", "ngay",
    "nam", "ου", "ja", "ko", "го", "year", "في", "من", "te", "oga", "s", "na", "il", "v", "yil", "tanggal", "men", "gads",
    "ж", "թ",
))  # fmt: skip
# What is counted before a date is not a day: "Issue 12, March 2026".
COUNTED = frozenset((
    "issue", "no", "nr", "vol", "volume", "ausgabe", "heft", "numero", "num", "n", "page", "pg", "pages", "seite", "band", "book",
    "part", "week", "woche", "kw", "semaine", "nummer", "section", "№", "#",
))  # fmt: skip
# "Month" before its number, in Vietnamese.
MONTH_NUMBERS = frozenset(("thang", "thg"))
_MARKS = str.maketrans("–—‑‒−、،・", "-----,,,")
_ELISION = re.compile(r"^(?:d|l|de)['’]")
_ORDINAL = re.compile(r"[^\W\d_]{1,3}(?![^\W_])|-[^\W\d_]{1,2}(?![^\W_])")
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
    found = list(WORDS.finditer(text))
    tokens: list[Token] = []
    position, before = 0, ""
    while position < len(found):
        word, (start, end) = found[position].group(), found[position].span()
        following = found[position + 1].group() if position + 1 < len(found) else ""
        position += 1
        if word.isdecimal():
            tokens.append(_number(word, before, start, end))
            before = ""
        elif ordinal := _ordinal(text, start, word, tokens):
            # Of "4-go", the hyphen is met first and the letters go with it.
            position += word == "-"
            tokens.append(Token("o", 0, {}, start, ordinal.end()))
        elif not word[0].isalpha():
            tokens.append(Token(word.translate(_MARKS), 0, {}, start, end))
            before = before if word == "." else word
        else:
            name, is_pair = _named(word, following)
            if is_pair:
                end = found[position].end()
                position += 1
            if name not in MONTH_NUMBERS:
                tokens.append(_word(name, start, end))
            before = name
    return tokens


def _number(digits: str, before: str, start: int, end: int) -> Token:
    """A number, by its length and by the word before it."""
    value = int(digits)
    if before in MONTH_NUMBERS:
        return Token("M", value, {"vi": value}, start, end)
    if len(digits) <= 2:
        return Token("N" if before in COUNTED else "D", value, {}, start, end)
    return Token("Y" if len(digits) == 4 and 1900 <= value <= 2099 else "N", value, {}, start, end)


def _ordinal(text: str, start: int, word: str, tokens: list[Token]) -> re.Match[str] | None:
    """Letters that are one with the number before, such as 4th, 1er, 4ης, 4-го."""
    is_glued = bool(tokens) and tokens[-1].sign == "D" and tokens[-1].end == start
    return _ORDINAL.match(text, start) if is_glued and word not in numbers("month") else None


def _named(word: str, following: str) -> tuple[str, bool]:
    """The word as names are listed, or the name of two words that it begins."""
    pair = f"{word} {following}"
    if pair in numbers("month") or pair in numbers("weekday"):
        return pair, True
    return _ELISION.sub("", word), False


def _word(name: str, start: int, end: int) -> Token:
    """A month goes before a weekday of the same letters; Hebrew writes "in" as a letter of the month."""
    months = numbers("month")
    by_language = months.get(name) or (months.get(name[1:]) if name[:1] == "ב" else None)
    if by_language:
        return Token("M", 0, by_language, start, end)
    if name in LITTLE:
        return Token("o", 0, {}, start, end)
    if len(name) >= _SHORTEST_WEEKDAY and name in numbers("weekday"):
        return Token("W", 0, numbers("weekday")[name], start, end)
    return Token("x", 0, {}, start, end)
