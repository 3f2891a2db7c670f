"""The dateline: the place, and often the day and the agency, that open a story before its first sentence."""

import re
from dataclasses import dataclass

UPPER = r"A-ZÀ-ÖØ-ÞĀŁŚŻŽČŠÐİ"
MONTHS = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September"
    r"|October|November|December)"
)
DATE = rf"{MONTHS}\.?\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\.?\s+{MONTHS}\.?(?:,?\s+\d{{4}})?"
CAPS_WORD = rf"[{UPPER}][{UPPER}.'’\-]*[{UPPER}.]"
CAPS_PLACE = rf"{CAPS_WORD}(?:[ /]{CAPS_WORD}){{0,4}}"
NAME_WORD = rf"[{UPPER}][\w.'’\-]+"
NAME_PLACE = (
    rf"{NAME_WORD}(?:[ /](?:(?:de|del|di|da|do|al|el|la|le|los|las|am|an|der|im|upon|on)[ -])?{NAME_WORD}){{0,3}}"
)
REGION = rf",\s+{NAME_WORD}(?:\s{NAME_WORD})?\.?|,\s+{CAPS_PLACE}"
CREDIT = r"\s*\((?P<credit>[^()]{2,60})\)"
DASH = r"\s*(?:[-–—―]{1,2})\s+"

PATTERNS = tuple(re.compile(pattern) for pattern in (
    # KYIV, March 14 (Reuters) - | WASHINGTON/MOSCOW (AFP) — | New York, 14 March 2025 (AP) –
    rf"(?P<place>(?:{CAPS_PLACE}|{NAME_PLACE})(?:{REGION}){{0,2}})(?:,\s*(?:{DATE}))?{CREDIT}\s*(?:[-–—―:]{{1,2}}\s*|(?=[{UPPER}\"“]))",
    # KYIV, March 14 — | KYIV —
    rf"(?P<place>{CAPS_PLACE}(?:{REGION}){{0,2}})(?:,\s*(?:{DATE}))?{DASH}",
    # ISLAMABAD: | Kyiv: | New Delhi, March 14:
    rf"(?P<place>{CAPS_PLACE}(?:{REGION})?)(?:,\s*(?:{DATE}))?\s*:\s+",
    rf"(?P<place>{NAME_PLACE}(?:{REGION})?),\s*(?:{DATE})\s*(?::\s+|{DASH})",
    rf"(?P<place>{NAME_WORD}(?:[ /]{NAME_WORD}){{0,2}}):\s+(?=[{UPPER}\"“'‘])",
    # Kyiv (Reuters) only with a credit: first pattern.  Kyiv — with a spaced dash
    rf"(?P<place>{NAME_WORD}(?: {NAME_WORD})?)\s+[–—]\s+(?=[{UPPER}\"“])",
))  # fmt: skip


@dataclass(frozen=True)
class Dateline:
    """``printed`` is what stood at the start of the story, ``place`` its place, ``credit`` what stood in brackets."""

    printed: str
    place: str
    credit: str | None
    end: int


def find_dateline(body: str) -> Dateline | None:
    """The dateline that opens a body; ``end`` is the offset at which the story's first sentence begins."""
    for pattern in PATTERNS:
        match = pattern.match(body)
        if match and "\n" not in match.group():
            groups = match.groupdict()
            printed = match.group().strip().rstrip("-–—―: ")
            return Dateline(printed, groups["place"], groups.get("credit"), match.end())
    return None
