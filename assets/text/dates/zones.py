"""Time zones as the press prints them.  A name that several zones share is read where the country tells which it is."""

import re
from datetime import datetime, timedelta

from dateutil import tz

# Hours ahead of UTC.
SURE = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3,
    "msk": 3, "мск": 3, "trt": 3, "est": -5, "edt": -4, "cdt": -5, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8,
    "hst": -10, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "wib": 7, "wita": 8, "aest": 10, "aedt": 11, "acst": 9.5,
    "acdt": 10.5, "awst": 8, "nzst": 12, "nzdt": 13, "sast": 2, "eat": 3, "wat": 1, "pkt": 5, "brt": -3,
}  # fmt: skip
SHARED: dict[str, dict[str, float]] = {
    "bst": {"GB": 1, "BD": 6},
    "cst": {"US": -6, "CA": -6, "MX": -6, "CN": 8, "TW": 8, "CU": -5},
    "mst": {"US": -7, "CA": -7, "MX": -7, "MY": 8},
    "ist": {"IN": 5.5, "IE": 1, "IL": 2},
    "ast": {"CA": -4, "PR": -4, "SA": 3, "KW": 3, "IQ": 3},
    "gst": {"AE": 4, "OM": 4},
}
# Names that hold in summer and winter; "et" and "pt" are words elsewhere: they follow a.m. or p.m., or nothing
# follows them.
PLACES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "eastern": "America/New_York",
    "pacific": "America/Los_Angeles",
}
_ENDS = re.compile(r"\s*(?:$|[,;|)/·]|time\b)")
AFTER_CLOCK = re.compile(
    r"\s{0,2}[,(]?\s?(?:(?:gmt|utc)?(?P<sign>[+\-−])(?P<hours>\d\d):?(?P<minutes>\d\d)?(?![\d\-/.])"
    r"|(?:gmt|utc)\s?(?P<sign1>[+\-−])\s?(?P<hours1>\d{1,2})(?![\d:])|(?P<name>[^\W\d_]{1,7})\b)"
)


def is_zone_name(name: str) -> bool:
    """Whether a word after a time of day names a zone."""
    return name in SURE or name in SHARED or name in PLACES


def minutes_ahead(
    written: re.Match[str] | None, at: datetime, country: str | None, is_half_day_clock: bool
) -> int | None:
    """How far the zone that ``AFTER_CLOCK`` found is ahead of UTC at this local time; none where it is not known."""
    if written is None:
        return None
    name = written["name"]
    if name is None:
        sign, hours = written["sign"] or written["sign1"], written["hours"] or written["hours1"]
        ahead = int(hours) * 60 + int(written["minutes"] or 0)
        return (ahead if sign == "+" else -ahead) if ahead <= 14 * 60 else None
    if name in PLACES and (is_half_day_clock or _ENDS.match(written.string, written.end())):
        zone = tz.gettz(PLACES[name])
        offset = zone.utcoffset(at) if zone is not None else None
        return round(offset / timedelta(minutes=1)) if offset is not None else None
    hours_ahead = SURE.get(name, SHARED.get(name, {}).get(country or ""))
    return round(hours_ahead * 60) if hours_ahead is not None else None
