"""Quotation marks of other languages: « », » «, „ “, ” ”, ,, ”, ‘ ’; which open and which close is told by what stands beside them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assets.quotes.marks.glyphs import SPACE


class Speech(NamedTuple):
    """``body[start:end]`` are words between marks or after a dash, ``body[outer_start:outer_end]`` with the marks."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    continues: bool = False
    """It goes on a quotation of the paragraph before, or after words of reporting that stand inside the marks."""
    dashed: bool = False


class _Opened(NamedTuple):
    """An opening mark that no mark has closed yet."""

    start: int
    end: int
    glyph: str


_OPENING = "“„‟«「『"
_DOUBLED = r"(?:(?<=')'|(?<=`)`|(?<=‘)‘|(?<=’)’)?"
_GLYPH = re.compile(rf"[“”„‟\"«»＂「」『』‘’‚‛'‹›`]{_DOUBLED}")
_GLYPH_OR_COMMAS = re.compile(rf"[“”„‟\"«»＂「」『』‘’‚‛'‹›`]{_DOUBLED}|,,(?=\S)")
"""The same, slower, for texts that write „ as two commas."""
_NO_GLYPH = "`"
_EITHER = frozenset(('"', "＂", "''", "``", "‘‘", "’’"))
_SINGLE = frozenset("‘’‚‛'‹›")
_BEFORE_OPENING = SPACE | frozenset("([{<-–—―/:;,>|=~…*•¿¡")
_AFTER_CLOSING = SPACE | frozenset(")]}>-–—―/:;,.?!…»”*|،؛؟")
_STOPPING = frozenset(",.;:!?،؛؟")
# 's avonds, 't, 'n: small words that begin with an apostrophe.
_APOSTROPHE_WORD = re.compile(r"['’‘](?:s|t|n|k|m|r|ns|tis|em|er|ie|\d\ds?)\b", re.I)
# A mark further on in the line that closes more surely than an apostrophe after s: the drivers' union.
_CLOSES_LATER = re.compile(r"[^'’\n]*[^\s'’][’'](?=[\s,.;:!?]|$)")
_LOOK_AHEAD = 200
_LEAST_SINGLE = 8
"""Letters that single marks hold at least where the language has double ones."""
_PARTNERS = {"«": "»", "»": "«", "„": '“”"', "“": '”“"', "”": "”", '"': '"'}


def glyphs_of(body: str) -> list[tuple[int, int]]:
    """Where the marks of a body stand, two single ones that mean a double one together, apostrophes included."""
    glyph = _GLYPH_OR_COMMAS if ",," in body else _GLYPH
    return [match.span() for match in glyph.finditer(body) if match[0] != _NO_GLYPH]


class Line:
    """Pairs the marks of one paragraph; a mark left open is carried into the next one."""

    def __init__(self, body: str, begin: int, end: int, single_marks: bool, carried: bool) -> None:
        self.body, self.begin, self.end = body, begin, end
        self.least_single = 1 if single_marks else _LEAST_SINGLE
        self.carried = carried
        self.found: list[Speech] = []
        self.opened: _Opened | None = None
        self.inner = 0

    def pairs(self, glyphs: Sequence[tuple[int, int]]) -> tuple[list[Speech], bool]:
        """The outermost pairs, and whether the paragraph leaves one open; ``glyphs`` are its marks."""
        for start, stop in glyphs:
            glyph = self.body[start:stop]
            before = self.body[start - 1] if start > self.begin else "\n"
            after = self.body[stop] if stop < self.end else "\n"
            if glyph in _SINGLE:
                self._take_single(glyph, start, before, after)
            elif glyph != ",," or not before.isalnum():
                self._take(glyph if glyph != ",," else "„", start, stop, before, after)
        left_open = self.opened is not None and self.opened.glyph not in _SINGLE
        if self.opened is not None and left_open:
            self._add(self.opened.start, self.opened.end, self.end, self.end)
        return [one for one in self.found if one.end > one.start], left_open

    def _take(self, glyph: str, start: int, stop: int, before: str, after: str) -> None:
        """Follow a double mark."""
        if self.opened is not None and self.opened.glyph in _SINGLE:
            self.opened = None
        opened = self.opened.glyph if self.opened else ""
        if _side(glyph, before, after, opened) == "open":
            if self.opened is None:
                self.opened = _Opened(start, stop, glyph)
            elif glyph not in _EITHER and glyph != opened:
                self.inner += 1
        elif self.opened is not None:
            if self.inner and glyph not in _PARTNERS.get(opened, glyph):
                self.inner -= 1
                return
            self._add(self.opened.start, self.opened.end, start, stop)
            self.opened, self.inner = None, 0
        elif self.carried:
            self._add(self.begin, self.begin, start, stop)

    def _take_single(self, glyph: str, start: int, before: str, after: str) -> None:
        """Follow a single mark; within double ones it is none, and an apostrophe neither opens nor closes."""
        if self.opened is None:
            begins = before in _BEFORE_OPENING and after not in SPACE and (after.isalnum() or after in "(¿¡«„“")
            if begins and glyph not in "›’" and not _APOSTROPHE_WORD.match(self.body, start):
                self.opened = _Opened(start, start + 1, glyph)
            return
        if self.opened.glyph not in _SINGLE or after not in _AFTER_CLOSING or (before in SPACE and glyph != "'"):
            return
        ahead = self.body[start + 1 : min(self.end, start + _LOOK_AHEAD)]
        if before in "sxz" and after == " " and _CLOSES_LATER.match(ahead):
            return
        if start - self.opened.end >= self.least_single:
            self._add(self.opened.start, self.opened.end, start, start + 1)
        self.opened = None

    def _add(self, outer_start: int, start: int, end: int, outer_end: int) -> None:
        self.found.append(speech(self.body, outer_start, start, end, outer_end, self.carried))
        self.carried = False


def _side(glyph: str, before: str, after: str, opened: str) -> str:
    """Whether a mark opens or closes, by the characters beside it and by the mark that is open."""
    if glyph == "«" and not opened:
        return "open"
    opens = before in _BEFORE_OPENING and after not in SPACE and after not in _STOPPING
    closes = after in _AFTER_CLOSING and before not in SPACE
    if glyph in _EITHER or (glyph == "”" and not opened):
        if opens == closes:
            return "close" if opened else "open"
        return "open" if opens else "close"
    if glyph in "«»":
        return _side_of_guillemet(glyph, after, opened, opens, closes)
    if (opened == "„" and glyph in "“”") or (glyph == opened == "“" and closes and not opens):
        return "close"
    return "open" if glyph in _OPENING else "close"


def _side_of_guillemet(glyph: str, after: str, opened: str, opens: bool, closes: bool) -> str:
    """» « as in Danish or German books; right to left a keyboard may have turned the marks."""
    if opens != closes:
        return "open" if opens else "close"
    if opened in ("«", "»") and after in _STOPPING:
        return "close"
    return "open" if glyph == "«" else "close"


def speech(body: str, outer_start: int, start: int, end: int, outer_end: int, continues: bool) -> Speech:
    """The words without the spaces at both ends."""
    while start < end and body[start] in SPACE:
        start += 1
    while end > start and body[end - 1] in SPACE:
        end -= 1
    return Speech(start, end, outer_start, outer_end, continues)
