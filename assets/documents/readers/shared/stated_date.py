"""Where a line states a date, in whatever language: told by its shape alone; the date is read later, as it was written."""

import re

_YEAR = r"(?:19|20)\d\d"
_WORD = r"[^\W\d_]{3,12}\.?"
_DATE = re.compile(
    rf"\b{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b"
    rf"|\b\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR}\b"
    rf"|\b\d{{1,2}}(?:\.|er|º|st|nd|rd|th)?[ -](?:de |d['’])?{_WORD}(?: de| del|,)?[ -]{_YEAR}\b"
    rf"|\b{_WORD} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}\b"
    rf"|\b{_YEAR} ?[年년] ?\d{{1,2}} ?[月월](?: ?\d{{1,2}} ?[日일])?"
)
_MONTH = re.compile(rf"^\s*{_WORD}(?: de)? {_YEAR}\s*(?:,.*)?$")
_LONGEST_LINE = 100


def date_in(text: str) -> str | None:
    """The first date that a text states, as it is written there."""
    match = _DATE.search(text)
    return match.group() if match else None


def is_date_line(line: str) -> bool:
    """Whether a line is a date, perhaps with a weekday, a time and the edition around it."""
    line = line.strip()
    if len(line) > _LONGEST_LINE:
        return False
    match = _DATE.search(line)
    # A weekday, perhaps a place, may stand before it; a headline that names a day has more.
    return match.start() <= 24 if match else bool(_MONTH.match(line))
