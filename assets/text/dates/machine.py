"""Dates as machines write them: ISO 8601, rows of digits, seconds since 1970, the days of spreadsheets."""

import re
from datetime import UTC, date, datetime, timedelta

from assets.text.dates.timestamp import FIRST_YEAR, Timestamp, day_stamp

EPOCH = re.compile(r"(1\d{9})(?:\d{3}){0,2}(?:\.\d+)?")  # seconds, milliseconds, microseconds; 2001 to 2033
SPREADSHEET_DAY = re.compile(r"([3-5]\d{4})(?:\.\d+)?")  # days since 30 December 1899
SPREADSHEET_FIRST, SPREADSHEET_LAST = 32_874, 54_788  # 1990 to 2049
COMPACT = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(?:([+-]\d\d)'?(\d\d)'?|(Z))?)?")
ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ].*)?", re.DOTALL)
OFFSET_WITHOUT_COLON = re.compile(r"(?<=\d)\s?([+-]\d\d):?(\d\d)?$")


def number_stamp(text: str) -> Timestamp | None:
    """Seconds since 1970, a spreadsheet's day, or a date in a row of digits."""
    if match := EPOCH.fullmatch(text):
        return Timestamp(datetime.fromtimestamp(int(match.group(1)), UTC).replace(tzinfo=None), "second", 0)
    if match := SPREADSHEET_DAY.fullmatch(text):
        days = int(match.group(1))
        if SPREADSHEET_FIRST <= days <= SPREADSHEET_LAST:
            return day_stamp(date(1899, 12, 30) + timedelta(days=days))
    if match := COMPACT.fullmatch(text):
        return _compact(match)
    return None


def _compact(match: re.Match[str]) -> Timestamp | None:
    """A date in a row of digits, as machines write it, with or without its time and zone."""
    year, month, day, hour, minute, second, ahead, ahead_minutes, is_utc = match.groups()
    zone = is_utc or (f"{ahead}:{ahead_minutes}" if ahead else "")
    return iso_stamp(f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{zone}" if hour else ""))


def iso_stamp(text: str) -> Timestamp | None:
    try:
        parsed = datetime.fromisoformat(OFFSET_WITHOUT_COLON.sub(lambda m: f"{m[1]}:{m[2] or '00'}", text))
    except ValueError:
        return None
    if parsed.year < FIRST_YEAR:
        return None
    try:
        offset, at = parsed.utcoffset(), parsed.astimezone(UTC)
    except (ValueError, OverflowError):  # an offset of more than a day, an instant after the last year
        return None
    if offset is None:
        return day_stamp(parsed.date())
    return Timestamp(at.replace(tzinfo=None, microsecond=0), "second", round(offset.total_seconds() / 60))
