"""Which characters are quotation marks, which apostrophes or inches, and which way each mark turns."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.text.characters import BASIC_PLANE, class_table

GLYPHS = "“”„‟\"«»＂「」『』‘‚‛‹›`'’"
TABLE = BASIC_PLANE  # code points from here on count as letters
OPEN_GLYPHS = frozenset("“„‟«「『‘‚‛‹`") | {"``", "‘‘"}
CLOSE_GLYPHS = frozenset("”»」』’›") | {"’’"}
SINGLE_GLYPHS = frozenset("‘’‚‛'‹›`")
BEFORE_OPEN = frozenset(" \t\xa0\u2009\u202f\u200b\u202a\ufeff([{<-–—―/:;,\n*•>|=~_“”\"‘'«…")
AFTER_CLOSE = frozenset(" \t\xa0\u2009\u202f\u200b)]}>-–—―/:;,.?!\n*…”\"’'»|")
SPACE = frozenset(" \t\xa0\u2009\u202f\u200b\u202a\ufeff\n\r")
# 'tis, 'em, '90s: an apostrophe stands for letters left out.
ELISION = re.compile(
    r"['’‘](?:\d0?s\b|\d\ds?\b|tis\b|twas\b|em\b|n['’]|til\b|cause\b|round\b|bout\b|nough\b|cos\b|ere\b)", re.I
)
FEET_AND_INCHES = re.compile(r"\d\s?['’′]\s?(?:\d{1,2}(?:[\s½¼¾-]*(?:\d/\d)?)?\s?)?$")
MEASURED_NOUN = re.compile(
    r"[ -](?:wide|long|tall|high|deep|thick|x\b|by\b|screen|tv|display|pipe|vinyl|single|diameter)", re.I
)


class Mark(NamedTuple):
    start: int
    end: int
    family: str  # double or single
    side: str  # open, close or either


def mark_positions(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Places of the code points that may be quotation marks; apostrophes between letters or digits are not."""
    is_mark, is_apostrophe, is_word = _tables()
    clipped = np.minimum(codes, TABLE - 1)
    places = np.flatnonzero(is_mark[clipped])
    before = clipped[np.maximum(places - 1, 0)]
    after = clipped[np.minimum(places + 1, len(codes) - 1)]
    inner = is_apostrophe[clipped[places]] & is_word[before] & is_word[after] & (places > 0) & (places < len(codes) - 1)
    return places[~inner]


@cache
def _tables() -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    is_mark = class_table(TABLE, [(1, GLYPHS)]).astype(np.bool_)
    is_apostrophe = class_table(TABLE, [(1, "'’")]).astype(np.bool_)
    is_word = np.zeros(TABLE, np.bool_)
    is_word[:0x2000] = class_table(0x2000, [(1, str.isalnum)])
    return is_mark, is_apostrophe, is_word


def glyphs_at(text: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """Places as ranges; two single marks in a row, as typewriters and TeX write double ones, are one glyph."""
    glyphs: list[tuple[int, int]] = []
    skip = -1
    for place in places:
        if place == skip:
            continue
        pair = text[place] in "`'‘’" and text[place + 1 : place + 2] == text[place]
        glyphs.append((place, place + 2 if pair else place + 1))
        skip = place + 1 if pair else -1
    return glyphs


def classify(text: str, matches: list[tuple[int, int]], line_start: int, line_end: int) -> list[Mark]:
    """Decide from the characters on both sides whether each mark opens or closes; apostrophes and inches are left out."""
    marks: list[Mark] = []
    for start, end in matches:
        glyph = text[start:end]
        before = text[start - 1] if start > line_start else "\n"
        after = text[end] if end < line_end else "\n"
        family = "single" if glyph in SINGLE_GLYPHS else "double"
        if marks and marks[-1].end == start and marks[-1].family == family and text[start - 1] == glyph[-1]:
            # A doubled mark counts once; an empty pair of straight ones is not a doubled mark.
            edge = text[marks[-1].start - 1] if marks[-1].start > line_start else "\n"
            if glyph != '"' or after not in SPACE or edge not in SPACE:
                marks[-1] = marks[-1]._replace(end=end)
                continue
        if family == "single":
            side = None if ELISION.match(text, start) else _side_of_single(glyph, before, after)
        elif glyph == '"' and before.isdigit() and _is_inches(text, line_start, start, end):
            side = None
        else:
            side = _side_of_double(glyph, before, after)
        if side is not None:
            marks.append(Mark(start, end, family, side))
    return marks


def _side_of_single(glyph: str, before: str, after: str) -> str | None:
    """Which way a single mark turns; None where it is an apostrophe, or stands for feet."""
    if glyph == "'" and before.isdigit() and (after.isdigit() or after == " "):
        return None
    if glyph in OPEN_GLYPHS:
        return "open" if after not in SPACE else None
    if glyph == "›" or (after in AFTER_CLOSE and before not in SPACE):
        return "close"
    return "open" if before in BEFORE_OPEN and after not in SPACE else None


def _side_of_double(glyph: str, before: str, after: str) -> str:
    opens = before in BEFORE_OPEN and after not in SPACE
    closes = after in AFTER_CLOSE and before not in SPACE
    if glyph in OPEN_GLYPHS:
        return "close" if closes and not opens and before not in BEFORE_OPEN else "open"
    if glyph in CLOSE_GLYPHS:
        return "open" if opens and not closes and before in SPACE else "close"
    if opens == closes:
        return "either"
    return "open" if opens else "close"


def _is_inches(text: str, line_start: int, start: int, end: int) -> bool:
    window = text[max(line_start, start - 8) : start]
    if FEET_AND_INCHES.search(window) and ("'" in window or "’" in window or "′" in window):
        return True
    return bool(MEASURED_NOUN.match(text, end))
