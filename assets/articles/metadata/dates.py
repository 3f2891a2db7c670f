"""When an article was published and changed: timestamps as pages write them, in UTC, with how exactly they are known."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from dateutil import parser as dateutil_parser
from dateutil import tz

EPOCH = re.compile(r"1\d{9}(?:\d{3})?")  # seconds or milliseconds since 1970, from 2001 to 2033
DAY_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}$")
HAS_CLOCK = re.compile(r"\d:\d\d|T\d{4}")
HAS_YEAR = re.compile(r"(?:19|20)\d\d")
OFFSET_WITHOUT_COLON = re.compile(r"([+-]\d\d)(\d\d)$")
DAY_FIRST = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}")
LONGEST, FIRST_YEAR = 80, 1900
# Month names by language: en de fr es pt it nl sv/no/da pl cs tr id/ms; short forms by their first letters.
MONTH_NAMES = (
    "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari stycznia ledna ocak",
    "february feb februar februar février févr febrero fevereiro fev febbraio februari lutego února şubat",
    "march mar märz mars marzo março maart marca března mart maret",
    "april apr avril abril abr aprile kwietnia dubna nisan",
    "may mai mayo maio maggio mag mei maj maja května mayıs",
    "june jun juni juin junio junho giugno giu czerwca června haziran",
    "july jul juli juillet juil julio julho luglio lug lipca července temmuz",
    "august aug août agosto ago augustus augusti sierpnia srpna ağustos agustus",
    "september sep sept septembre septiembre setembro set settembre września září eylül",
    "october oct oktober okt octobre octubre outubro out ottobre ott października října ekim",
    "november nov novembre noviembre novembro listopada listopadu kasım",
    "december dec dezember dez décembre déc diciembre dic dezembro dicembre desember grudnia prosince aralık",
)
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names.split()}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
NAMED = re.compile(
    rf"\b(?P<month1>{_MONTH})\.?\s+(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year1>(?:19|20)\d\d)\b"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+)?(?P<month2>{_MONTH})\.?,?\s+(?:de\s+)?(?P<year2>(?:19|20)\d\d)\b"
)
NUMERIC = re.compile(
    r"(?<!\d)(?P<y1>(?:19|20)\d\d)\s?[-/.年년]\s?(?P<m1>\d{1,2})\s?[-/.月월]\s?(?P<d1>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})[-/.]\s?(?P<m2>\d{1,2})[-/.]\s?(?P<y2>(?:19|20)\d\d)(?!\d)"
)
# Zone names that news pages print; offsets in seconds.
ZONES = {name: int(hours * 3600) for name, hours in {
    "UTC": 0, "GMT": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "ET": -5,
    "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "IST": 5.5, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "SAST": 2, "EAT": 3, "WAT": 1, "PKT": 5,
}.items()}  # fmt: skip


@dataclass(frozen=True)
class Timestamp:
    """``at`` is naive UTC; ``precision`` is ``second`` (an instant) or ``day`` (``at`` is that day's first moment).

    ``offset`` is how many minutes the clock it was written in is ahead of UTC, ``None`` for a day.
    """

    at: datetime
    precision: str
    offset: int | None = None


def parse_timestamp(text: str | None) -> Timestamp | None:
    """A timestamp as metadata writes it; ``None`` where it is no full date. A clock without a zone is a day only."""
    text = " ".join((text or "").split())
    if EPOCH.fullmatch(text):
        return Timestamp(datetime.fromtimestamp(int(text[:10]), UTC).replace(tzinfo=None), "second", 0)
    if not HAS_YEAR.search(text) or len(text) > LONGEST:
        return None
    try:
        parsed = datetime.fromisoformat(OFFSET_WITHOUT_COLON.sub(r"\1:\2", text))
    except ValueError:
        try:
            parsed = dateutil_parser.parse(
                text, default=datetime(1, 1, 1), dayfirst=bool(DAY_FIRST.match(text)), tzinfos=_zone
            )
        except (ValueError, OverflowError, TypeError):
            return None
    if parsed.year < FIRST_YEAR:
        return None
    if DAY_ONLY.match(text) or not HAS_CLOCK.search(text) or parsed.tzinfo is None:
        return Timestamp(datetime(parsed.year, parsed.month, parsed.day), "day")
    try:
        offset, at = parsed.utcoffset(), parsed.astimezone(UTC)
    except (ValueError, OverflowError):  # an offset of more than a day, an instant after the last year
        return None
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    return Timestamp(at.replace(tzinfo=None, microsecond=0), "second", minutes)


def _zone(name: str | None, offset: int | None) -> tz.tzoffset | None:
    seconds = offset if offset is not None else ZONES.get(name or "")
    return tz.tzoffset(name, seconds) if seconds is not None else None


def printed_date(text: str) -> Timestamp | None:
    """The first full date that a line prints, as a day; days before months where the numbers leave it open."""
    match = NUMERIC.search(text)
    if match:
        year, month, day = (int(match[name]) for name in (("y1", "m1", "d1") if match["y1"] else ("y2", "m2", "d2")))
        if not match["y1"] and month > 12 >= day:
            month, day = day, month
        return _day(year, month, day)
    match = NAMED.search(text.lower())
    if not match:
        return None
    name = match["month1"] or match["month2"]
    return _day(int(match["year1"] or match["year2"]), MONTHS[name], int(match["day1"] or match["day2"]))


def _day(year: int, month: int, day: int) -> Timestamp | None:
    try:
        return Timestamp(datetime(year, month, day), "day")
    except ValueError:
        return None
