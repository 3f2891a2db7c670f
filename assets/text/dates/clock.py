"""Times of day as the press prints them: 7:12 AM EST, 18h42, 18.42 Uhr, 오후 6시 42분."""

import re
from dataclasses import dataclass
from datetime import time

from assets.text.dates.zones import AFTER_CLOCK, is_zone_name

HALF_DAY = r"(?P<half{0}>[ap])\.?\s?m\b\.?"
_COLON = (
    r"(?P<hour{0}>\d{{1,2}})(?:\s?h\s?|:)(?P<minute{0}>[0-5]\d)(?::(?P<second{0}>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?:\s?uhr\b|\s?h\b|\s?klo\b)?(?:\s?" + HALF_DAY + r")?"
)
_PATTERNS = (
    _COLON.format(1),
    # A full stop separates hours and minutes where a word says that it is a time.
    r"(?:(?<=\bkl )|(?<=\bkl\. )|(?<=\bklo )|(?<=\bum )|(?<=\bore )|(?<=\balle )|(?<=\bat )|(?<=\bas )|(?<=\bgodz )|(?<=\bgodz\. ))"
    r"(?P<hour2>\d{1,2})\.(?P<minute2>[0-5]\d)(?![\d.])(?:\s?uhr\b)?",
    r"(?P<hour3>\d{1,2})\.(?P<minute3>[0-5]\d)\s?(?:uhr\b|" + HALF_DAY.format(3) + ")",
    r"(?P<hour4>\d{1,2})\s?(?:uhr\b|h\b|" + HALF_DAY.format(4) + ")",
    r"(?:(?P<east>午前|午後|上午|下午|오전|오후)\s?)?(?P<hour5>\d{1,2})\s?[時时點点시]\s?(?:(?P<minute5>[0-5]?\d)\s?[分분]?)?(?:\s?(?P<second5>[0-5]?\d)\s?[秒초])?",
    r"(?P<east7>午前|午後|上午|下午|오전|오후)\s?(?P<hour7>\d{1,2}):(?P<minute7>[0-5]\d)(?::(?P<second7>[0-5]\d))?",
    r"(?P<hour6>[01]\d|2[0-3])(?P<minute6>[0-5]\d)(?=\s?(?:gmt|utc|z)\b)",
)  # fmt: skip
# Hangul and the Japanese voiced signs come out of folding as they went in, so that these patterns meet them.
CLOCK = re.compile(r"(?<![\d:.,/\-])(?:t\s?)?(?:" + "|".join(_PATTERNS) + ")")
AFTERNOON = frozenset(("p", "午後", "下午", "오후"))


@dataclass(frozen=True)
class Clock:
    """A time of day, where it is in the text, and the match of what may be its zone."""

    at: time
    is_half_day: bool
    zone: re.Match[str] | None
    start: int
    end: int


def find_clocks(text: str) -> list[Clock]:
    """The times of day in a folded text, each with the words where a zone would be."""
    found = []
    for match in CLOCK.finditer(text):
        parts = {name.rstrip("1234567"): value for name, value in match.groupdict().items() if value is not None}
        hour, half = int(parts["hour"]), parts.get("half") or parts.get("east")
        if half and hour <= 12:
            hour = hour % 12 + (12 if half in AFTERNOON else 0)
        if hour > 24 or (hour == 24 and int(parts.get("minute", "0"))):
            continue
        zone = AFTER_CLOCK.match(text, match.end())
        if zone and zone["name"] and not is_zone_name(zone["name"]):
            zone = None
        at = time(hour % 24, int(parts.get("minute", "0")), int(parts.get("second", "0")))
        found.append(Clock(at, half is not None, zone, match.start(), (zone or match).end()))
    return found
