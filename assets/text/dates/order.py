"""Is 03/04/2026 the third of April or the fourth of March?  Decided by evidence, or not at all."""

import re
from collections.abc import Iterable
from datetime import date

from assets.text.dates.timestamp import Context, Order, calendar_day

# Countries whose press writes the month first in numbers; where both orders are usual, the country says nothing.
MONTH_FIRST = frozenset(("US", "PH", "PR", "GU", "AS", "VI", "MP", "FM", "MH", "PW"))
BOTH_ORDERS = frozenset(("CA", "KY", "LR", "PA", "GH", "KE", "MY", "SA"))
# English does not say which; in every other language of the news, a number date that ends with the year begins with the day.
UNDECIDED_LANGUAGES = frozenset(("en", "fil", "tl", "sw"))
# Hungarian, Lithuanian, Swedish and East Asian dates may begin with two digits of the year.
YEAR_FIRST = frozenset(("hu", "lt", "sv", "ja", "ko", "zh", "fa"))
NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d\d)(?!\d)")
_FIRST_CENTURY_YEAR, _LAST_CENTURY_YEAR = 49, 70


def shown_order(dates: Iterable[str]) -> Order | None:
    """The order that the dates of one column show: one of them has a day over 12; none where they disagree."""
    shown: set[Order] = set()
    for text in dates:
        match = NUMBERS.search(text)
        if match is None:
            continue
        first, second = int(match.group(1)), int(match.group(3))
        if 12 < first <= 31 and second <= 12:
            shown.add("dmy")
        elif 12 < second <= 31 and first <= 12:
            shown.add("mdy")
    return shown.pop() if len(shown) == 1 else None


def usual_order(context: Context, is_half_day_clock: bool) -> Order | None:
    """The order that the country, else the language uses; a clock with a.m. or p.m. stands for the American one."""
    if context.country and context.country not in BOTH_ORDERS:
        return "mdy" if context.country in MONTH_FIRST else "dmy"
    if context.language and context.language not in UNDECIDED_LANGUAGES:
        return "dmy"
    return "mdy" if is_half_day_clock and not context.country else None


def full_year(two_digits: int) -> int | None:
    """The year that two digits mean; none for those that may be of either century."""
    if two_digits <= _FIRST_CENTURY_YEAR:
        return 2000 + two_digits
    return 1900 + two_digits if two_digits >= _LAST_CENTURY_YEAR else None


def numeric_day(
    numbers: tuple[int, int, int], separator: str, context: Context, weekday: int | None, is_half_day_clock: bool
) -> date | None:
    """The day that three numbers mean, the first of which is not a year of four digits; none where it stays open."""
    a, b, c = numbers
    is_short = c < 100
    last = full_year(c) if is_short else c
    readings: dict[str, date | None] = {}
    if last is not None:
        readings = {"dmy": calendar_day(last, b, a), "mdy": calendar_day(last, a, b)}
    first = full_year(a) if is_short and (separator == "-" or context.language in YEAR_FIRST) else None
    if first is not None:
        readings["ymd"] = calendar_day(first, b, c)
    possible = {order: day for order, day in readings.items() if day is not None}
    if weekday is not None:
        possible = {order: day for order, day in possible.items() if day.isoweekday() == weekday} or possible
    if len(set(possible.values())) == 1:
        return next(iter(possible.values()))
    if context.order:
        return possible.get(context.order)
    if is_short and context.language in YEAR_FIRST:
        return possible.get("ymd")
    if separator == ".":
        # Where full stops separate the numbers, the day comes first everywhere.
        return possible.get("dmy")
    if "ymd" in possible:
        return None
    return possible.get(usual_order(context, is_half_day_clock) or "")
