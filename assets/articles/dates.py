"""When an article was published and changed: timestamps as pages write them, in UTC, with how exactly they are known."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from dateutil import parser as dateutil_parser
from dateutil import tz

DAY_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}$")
HAS_CLOCK = re.compile(r"\d:\d\d|T\d{4}")
HAS_YEAR = re.compile(r"(?:19|20)\d\d")
OFFSET_WITHOUT_COLON = re.compile(r"([+-]\d\d)(\d\d)$")
# Zone names that news pages print; offsets in seconds.
ZONES = {name: int(hours * 3600) for name, hours in {
    "UTC": 0, "GMT": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "ET": -5,
    "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "IST": 5.5, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "SAST": 2, "EAT": 3, "WAT": 1, "PKT": 5,
}.items()}  # fmt: skip


@dataclass(frozen=True)
class Timestamp:
    """``at`` is naive UTC; ``precision`` is ``second`` (an instant) or ``day`` (``at`` is that day's first moment)."""

    at: datetime
    precision: str


def parse_timestamp(text: str | None) -> Timestamp | None:
    """A timestamp as metadata writes it; ``None`` where it is no full date. A clock without a zone is a day only."""
    text = " ".join((text or "").split())
    if not HAS_YEAR.search(text) or len(text) > 80:
        return None
    try:
        parsed = datetime.fromisoformat(OFFSET_WITHOUT_COLON.sub(r"\1:\2", text))
    except ValueError:
        try:
            parsed = dateutil_parser.parse(
                text,
                default=datetime(1, 1, 1),
                tzinfos=lambda name, offset: (
                    tz.tzoffset(name, offset if offset is not None else ZONES[name])
                    if name in ZONES or offset is not None
                    else None
                ),
            )
        except (ValueError, OverflowError, TypeError):
            return None
    if parsed.year < 1900:
        return None
    if DAY_ONLY.match(text) or not HAS_CLOCK.search(text) or parsed.tzinfo is None:
        return Timestamp(datetime(parsed.year, parsed.month, parsed.day), "day")
    return Timestamp(parsed.astimezone(UTC).replace(tzinfo=None, microsecond=0), "second")
