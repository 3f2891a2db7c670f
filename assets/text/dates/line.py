"""A text with dates as one line in one form: Western digits, no invisible marks, East Asian and Buddhist years as others."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 160
YEAR = re.compile(r"(?<!\d)(?:(?:19|20|25)\d\d|(?:令和|平成)\s?(?:\d{1,2}|元)\s?年)(?!\d)")

_AROUND = 40  # letters on each side of a year that hold the rest of its date
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_EAST_ASIAN_DAY = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
_EAST_ASIAN_MONTH = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]")
_ERA_YEAR = re.compile(r"(令和|平成)\s?(\d{1,2}|元)\s?年")
_ERAS = {"令和": 2018, "平成": 1988}
_THAI_YEAR = re.compile(r"\b25\d\d\b")
_THAI_ERA = re.compile(r"[คพ]\.ศ\.")
_THAI_LETTER = re.compile(r"[\u0e00-\u0e7f]")
_BUDDHIST_YEARS = 543


def one_line(text: str | None) -> str:
    """One line with Western digits and without invisible marks."""
    text = text or ""
    if not text.isascii():
        text = _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), unicodedata.normalize("NFKC", text))
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def parts_with_year(line: str) -> Iterator[str]:
    """A short line that has a year, or the surroundings of each year of a long one: a paragraph is long, its dates are short."""
    if len(line) <= LONGEST:
        if YEAR.search(line):
            yield line
        return
    for match in YEAR.finditer(line):
        start = max(line.rfind(" ", 0, max(match.start() - _AROUND, 0)), 0)
        yield line[start : match.end() + _AROUND]


def east_asian(text: str) -> str:
    """The same with years, months and days that East Asian signs mark, and eras and Buddhist years, in one form."""
    text = _ERA_YEAR.sub(lambda m: f"{_ERAS[m[1]] + (1 if m[2] == '元' else int(m[2]))}年", text)
    if _THAI_LETTER.search(text):
        text = _THAI_YEAR.sub(lambda m: str(int(m[0]) - _BUDDHIST_YEARS), _THAI_ERA.sub("", text))
    return _EAST_ASIAN_MONTH.sub(r"\1-\2 ", _EAST_ASIAN_DAY.sub(r"\1-\2-\3 ", text))
