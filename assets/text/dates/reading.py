"""What a stated or printed date means; ``None`` where that is not certain."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from assets.text.dates.clock import Clock, find_clocks
from assets.text.dates.line import LONGEST, east_asian, one_line, parts_with_year
from assets.text.dates.machine import ISO, iso_stamp, number_stamp
from assets.text.dates.order import full_year, numeric_day
from assets.text.dates.timestamp import (
    FIRST_YEAR,
    NO_CONTEXT,
    Context,
    Timestamp,
    calendar_day,
    day_stamp,
    month_stamp,
)
from assets.text.dates.tokens import Token, tokenise
from assets.text.dates.zones import minutes_ahead
from assets.text.languages.calendar import fold
from assets.text.languages.page_words import page_words

UPDATED = re.compile(
    r"\b(?:updated|modified|edited|revised|mise? a jour|uppdaterad|oppdatert|opdateret|paivitetty"
    rf"|{'|'.join(sorted(map(fold, page_words('updated'))))})\b"
)
PUBLISHED = re.compile(rf"\b(?:published|posted|{'|'.join(sorted(map(fold, page_words('published'))))})\b")

_DAY_SHAPES = tuple(re.compile(shape) for shape in (
    # 4 March 2026, 4. März 2026, 4 de marzo de 2026, 3-4 March 2026
    r"(?:(?P<from>D)\.?[\-/&+])?(?P<day>D)[o.\-/]{0,3}(?P<month>M)[.,o\-/]{0,3}(?P<year>Y)",
    # March 4, 2026; March 4-5, 2026; Mar 4, Wednesday, 2026
    r"(?P<month>M)[.o\-/]{0,2}(?P<day>D)(?:[\-/&+]D)?[o.,\-/W]{0,4}(?P<year>Y)",
    # 2026. március 4., 2026 m. kovo 4 d.
    r"(?P<year>Y)[.,o\-/]{0,3}(?P<month>M)[.o\-/]{0,3}(?P<day>D)",
    # 2026. gada 4. marts
    r"(?P<year>Y)\.?o\.?(?P<day>D)\.?(?P<month>M)",
    r"(?<![DYN][\-/.])(?P<a>Y)(?P<mark>[\-/.])(?P<b>D)(?P=mark)(?P<c>D)",
    r"(?<![DYN][\-/.])(?P<a>D)(?P<mark>[\-/.])(?P<b>D)(?P=mark)(?P<c>Y)",
))  # fmt: skip
_SHORT_SHAPES = tuple(re.compile(shape) for shape in (
    r"(?P<day>D)(?P<mark>[\-/.])(?P<month>M)\.?(?P=mark)(?P<year>D)",
    r"(?P<day>D)[.o]{0,2}(?P<month>M)[.,o]{0,2}['’]?(?P<year>D)(?=[W,.o()|]*$)",
    r"(?P<month>M)\.?(?P<day>D)[o,]{0,2}['’](?P<year>D)",
    r"(?<![DYN][\-/.])(?P<a>D)(?P<mark>[\-/.])(?P<b>D)(?P=mark)(?P<c>D)(?![\-/.][DYN])",
))  # fmt: skip
_MONTH_SHAPES = tuple(re.compile(shape) for shape in (
    r"(?<![MD])(?<!M[\-/&])(?<!D[.o])(?P<month>M)[.,o'\-/]{0,3}(?P<year>Y)",
    r"(?P<year>Y)[.,o\-/]{0,2}(?P<month>M)(?![\-/&]M)",
    r"(?<![DYN][\-/.])(?P<year>Y)[\-/.](?P<number>D)(?![\-/.]?[DYN])",
    r"(?<![DYNM][\-/.])(?<![DYN])(?P<number>D)[\-/.](?P<year>Y)(?![\-/.][DYN])",
))  # fmt: skip
# The first day of an issue of several: "28 February - ", "Feb. 28 - ".
_FROM_SHAPE = re.compile(r"(?:(?P<day>D)[.o]{0,2}(?P<month>M)\.?|(?P<month2>M)\.?(?P<day2>D))-$")
# A line that is a month: "March 2026", "marzo de 2026, p. 4".
_MONTH_LINE = re.compile(r"(?:M\.?o?Y|Y-D)(?:,|$)")
# A day and its month alone: "9 June", "Tue, Aug. 4", "1. Mai 2026".
_DAY_ALONE = re.compile(r"(?:W[.,]*)?(?:D[.o]{0,2}M[.,]?|M[.o]{0,2}D[.o]{0,2})(?:,?o?Y)?")
_MOST_BETWEEN = 24  # letters between a date and its time of day
_DIGIT = re.compile(r"\d")
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")  # every date to the day has one


def read_date(text: str | None, context: Context = NO_CONTEXT) -> Timestamp | None:
    """What a record, an export or a tag states as its date; a time of day without a known zone leaves it a day.

    Words around the date (weekday, edition, "Published:") are passed over; of several dates, the first counts that is not said to be
    an update's.
    """
    plain = one_line(text)
    if not plain or len(plain) > LONGEST:
        return None
    if (stamp := _machine_date(plain)) is not None:
        return stamp
    folded = fold(plain)
    parts = UPDATED.split(folded, maxsplit=1)
    if len(parts) == 2 and not _DIGIT.search(parts[0]):
        published = PUBLISHED.split(parts[1], maxsplit=1)
        parts = [published[-1]]
    return _read(parts[0], context, stated=True)


def machine_date(text: str | None) -> Timestamp | None:
    """What ``read_date`` says of a date as machines write it, whose author makes no difference."""
    plain = one_line(text)
    return _machine_date(plain) if plain and len(plain) <= LONGEST else None


def _machine_date(plain: str) -> Timestamp | None:
    return number_stamp(plain) or (iso_stamp(plain) if ISO.fullmatch(plain) else None)


def printed_date(line: str, context: Context = NO_CONTEXT) -> Timestamp | None:
    """The first full date that a line of a page prints: with a year of four digits, to the day at least."""
    return next(
        (
            stamp
            for part in parts_with_year(one_line(line))
            if _SHORT_NUMBER.search(part) and (stamp := _read(fold(part), context, stated=False)) is not None
        ),
        None,
    )


def date_length(line: str) -> int:
    """How many letters of a line are its first full date, whether or not it can be read; 0 where it prints none."""
    found = next(_spans(line), None)
    return found.end - found.start if found else 0


def date_in(text: str) -> str | None:
    """The first full date that a text prints, as it is written there, whether or not it can be read."""
    found = next(_spans(text), None)
    return found and found.written


def date_start(line: str) -> int | None:
    """Where the first full date of a line begins; ``None`` where it prints none."""
    found = next(_spans(line), None)
    return found and found.start


def is_month(line: str) -> bool:
    """Whether a line opens with a month and its year, the day left out, and a comma or nothing after them."""
    tokens = tokenise(east_asian(fold(one_line(line))))
    return bool(_MONTH_LINE.match("".join(token.sign for token in tokens)))


def is_day(text: str) -> bool:
    """Whether a text is a day and its month and nothing else but a weekday or a year."""
    tokens = tokenise(east_asian(fold(one_line(text))))
    return _DAY_ALONE.fullmatch("".join(token.sign for token in tokens)) is not None


class _Span(NamedTuple):
    start: int
    end: int
    written: str


def _spans(text: str) -> Iterator[_Span]:
    """The full dates of a text by their shape, the first of each part that has a year."""
    for part in parts_with_year(one_line(text)):
        if not _SHORT_NUMBER.search(part):
            continue
        folded = east_asian(fold(part))
        tokens = tokenise(folded)
        match = _first(_DAY_SHAPES, "".join(token.sign for token in tokens))
        if match is not None:
            start, end = tokens[match.start()].start, tokens[match.end() - 1].end
            # Where folding changes the length, the part with the date is the closest known.
            yield _Span(start, end, part[start:end] if len(folded) == len(part) else part)


def _read(text: str, context: Context, stated: bool) -> Timestamp | None:
    """The first date of a folded text, with the time of day beside it."""
    text = east_asian(text)
    clocks = find_clocks(text)
    for clock in clocks:
        text = text[: clock.start] + " " * (clock.end - clock.start) + text[clock.end :]
    tokens = tokenise(text)
    shape = "".join(token.sign for token in tokens)
    is_half_day = any(clock.is_half_day for clock in clocks)
    shapes = (*_DAY_SHAPES, *_SHORT_SHAPES) if stated else _DAY_SHAPES
    match = _first(shapes, shape)
    if match is not None:
        day = _day(match, tokens, context, is_half_day)
        if day is None or day.year < FIRST_YEAR:
            return None
        return _with_clock(day, tokens[match.start()].start, tokens[match.end() - 1].end, text, clocks, context)
    if not stated:
        return None
    match = _first(_MONTH_SHAPES, shape)
    return _month(match, tokens, context) if match is not None else None


def _first(shapes: tuple[re.Pattern[str], ...], shape: str) -> re.Match[str] | None:
    """The match that begins first; of several, that of the first pattern."""
    found = [match for pattern in shapes if (match := pattern.search(shape))]
    return min(found, key=lambda match: match.start(), default=None)


def _value(match: re.Match[str], group: str, tokens: list[Token]) -> int:
    return tokens[match.start(group)].value


def _year(match: re.Match[str], tokens: list[Token]) -> int | None:
    token = tokens[match.start("year")]
    return full_year(token.value) if token.sign == "D" else token.value


def _day(match: re.Match[str], tokens: list[Token], context: Context, is_half_day: bool) -> date | None:
    groups = match.groupdict()
    if "a" in groups:
        a, b, c = (_value(match, group, tokens) for group in "abc")
        if a > 31 and tokens[match.start("a")].sign == "Y":
            return calendar_day(a, b, c)
        weekday = _weekday(match, tokens)
        return numeric_day((a, b, c), match["mark"], context, weekday, is_half_day)
    year, day = _year(match, tokens), _value(match, "day", tokens)
    if year is None:
        return None
    if groups.get("from"):
        # An issue of several days came on the first of them.
        first = _value(match, "from", tokens)
        day = first if first < day else day
    possible = {
        found
        for number in _months(tokens[match.start("month")], tokens, context)
        if (found := calendar_day(year, number, day))
    }
    if len(possible) > 1:
        weekday = _weekday(match, tokens)
        possible = {found for found in possible if found.isoweekday() == weekday}
    return _first_of_issue(possible.pop(), match, tokens, context) if len(possible) == 1 else None


def _first_of_issue(last: date, match: re.Match[str], tokens: list[Token], context: Context) -> date | None:
    """The day itself, or the one from which an issue of several days runs to it: it came on the first of them."""
    start = _FROM_SHAPE.search(match.string[: match.start()])
    if start is None:
        return last
    day = tokens[start.start("day" if start["day"] else "day2")].value
    months = _months(tokens[start.start("month" if start["month"] else "month2")], tokens, context)
    first = calendar_day(last.year, months.pop(), day) if len(months) == 1 else None
    return first and (first if first <= last else first.replace(year=last.year - 1))


def _months(token: Token, tokens: list[Token], context: Context) -> set[int]:
    """The months that a name can mean: in the outlet's language, in those of the words around it, or in any."""
    by_language = token.by_language
    if context.language in by_language:
        return {by_language[context.language]}
    around = {language for other in tokens if other.sign == "W" for language in other.by_language}
    return {by_language[language] for language in around & by_language.keys()} or set(by_language.values())


def _weekday(match: re.Match[str], tokens: list[Token]) -> int | None:
    """The weekday that is beside the date, where all languages that have the word agree on it."""
    beside = tokens[max(match.start() - 2, 0) : match.start()] + tokens[match.end() : match.end() + 2]
    named = {number for token in beside if token.sign == "W" for number in token.by_language.values()}
    return named.pop() if len(named) == 1 else None


def _month(match: re.Match[str], tokens: list[Token], context: Context) -> Timestamp | None:
    if match.groupdict().get("number"):
        numbers = {_value(match, "number", tokens)}
    else:
        numbers = _months(tokens[match.start("month")], tokens, context)
    return month_stamp(_value(match, "year", tokens), numbers.pop()) if len(numbers) == 1 else None


def _with_clock(day: date, start: int, end: int, text: str, clocks: list[Clock], context: Context) -> Timestamp:
    """The instant, where a time of day with a known zone is beside the date; else the day."""
    for clock in clocks:
        between = text[end : clock.start] if clock.start >= end else text[clock.end : start]
        is_within = start <= clock.start < end
        if is_within or (len(between) <= _MOST_BETWEEN and not _DIGIT.search(between)):
            local = datetime.combine(day, clock.at)
            ahead = minutes_ahead(clock.zone, local, context.country, clock.is_half_day)
            if ahead is not None:
                return Timestamp(local - timedelta(minutes=ahead), "second", ahead)
    return day_stamp(day)
