"""Lines of exports that state a date, in whatever language; the date is read later, as it was written."""

from assets.text.dates.reading import date_start, is_month

_LONGEST_LINE = 100
_LONGEST_BEFORE = 24  # a weekday, perhaps a place; a headline that names a day has more


def is_date_line(line: str) -> bool:
    """Whether a line is a date, perhaps with a weekday, a time and the edition around it."""
    line = line.strip()
    if len(line) > _LONGEST_LINE:
        return False
    start = date_start(line)
    return is_month(line) if start is None else start <= _LONGEST_BEFORE
