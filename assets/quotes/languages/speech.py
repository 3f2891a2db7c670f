"""Everything in a body that is set apart as speech: between marks, after a dash, and cut in two by the reporter's words."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from assets.quotes.languages.marks import Line, Speech, glyphs_of, speech
from assets.quotes.languages.vocabulary import classes_of
from assets.text.languages.press import ADVERB, ARTICLE, AUXILIARY, FEMININE, MASCULINE, SAID, SPOKEN, Press

_DASH_LINE = re.compile(r"[ \t\u00a0]*[–—―-][ \t\u00a0]*(?=[^\s\d–—―-])")
# The mark first and then what stands before it: a search for one character is fast.
_DASH = re.compile(r"[–—―-](?:(?<=[\s.,!?…»”\"].)(?=\s)|(?<=\s.)(?=\S)|(?<=[,.!?…][–—―]))[ \t\u00a0]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_COMMA = re.compile(r",[ \u00a0]")
_STOP = re.compile(r"[,.][ \u00a0]")
_STOPS = " \t\u00a0\u202f\u2009,"
_SENTENCE_ENDS = (".", "!", "?", "…", "]")
_LONGEST_REPORT = 140
"""Characters of the reporter's words between two dashes."""
_FIRST_WORDS = 60
"""Characters in which a report has its verb."""
_MOST_WORDS = 16


def find_speech(body: str, press: Press | None) -> list[Speech]:
    """Everything between marks, and lines of speech after a dash, in order; none lie within another.

    Without ``press`` (the language is not supported) only what stands between marks.
    """
    found: list[Speech] = []
    single_marks = press is not None and press.has("single_marks")
    carried = colon = False
    has_dashes = press is not None and press.has("dashes")
    glyphs = glyphs_of(body)
    n_glyphs = len(glyphs)
    first = after = begin = 0
    for line in body.split("\n"):
        end = begin + len(line)
        if line and not line.isspace():
            while after < n_glyphs and glyphs[after][0] < end:
                after += 1
            its, first = glyphs[first:after], after
            marked, carried = Line(body, begin, end, single_marks, carried).pairs(its) if its else ([], False)
            dashed = Dashes(body, begin, end, press, marked).speech(colon) if press and has_dashes else []
            if dashed:
                marked = [one for one in marked if not any(d.start < one.end and one.start < d.end for d in dashed)]
            found.extend(sorted([*marked, *dashed]) if marked or dashed else ())
            colon = line.rstrip().endswith(":")
        begin = end + 1
    return [part for one in found for part in _without_report(body, one, press)] if press else found


class Dashes:
    """Speech that dashes open in one paragraph, up to the reporter's words: — Words, — said X. — Words."""

    def __init__(self, body: str, begin: int, end: int, press: Press, marked: list[Speech]) -> None:
        self.body, self.begin, self.end, self.press = body, begin, end, press
        self.opening = _DASH_LINE.match(body, begin, end)
        self.places = [
            dash.span()
            for dash in _DASH.finditer(body, self.opening.end() if self.opening else begin, end)
            if not any(one.outer_start < dash.start() < one.outer_end for one in marked)
        ]

    def speech(self, colon: bool) -> list[Speech]:
        """What is said; ``colon`` says that the paragraph before announces it."""
        if self.opening and ((colon and self._is_sentence()) or any(self._reports(stop) for _, stop in self.places)):
            return list(self._parts(self.opening.end(), 0))
        if not self.opening:
            for number, (place, stop) in enumerate(self.places[:-1]):
                # A sentence of the paragraph begins with a dash: He left. – I am tired – said X.
                if self.body[self.begin : place].rstrip().endswith(_SENTENCE_ENDS) and self._reports(
                    self.places[number + 1][1]
                ):
                    return list(self._parts(stop, number + 1))
        return []

    def _is_sentence(self) -> bool:
        """Whether the paragraph is a sentence, rather than an entry of a list."""
        first = self.body[self.opening.end()] if self.opening else ""
        return not first.islower() and self.body[self.begin : self.end].rstrip(' »”"').endswith(_SENTENCE_ENDS)

    def _reports(self, start: int) -> bool:
        return _begins_report(self.body, start, self.end, self.press)

    def _parts(self, start: int, place: int) -> Iterator[Speech]:
        """The words from ``start`` on, without those of the reporter, which end at the next dash."""
        continues = False
        while start >= 0:
            cut = next((n for n in range(place, len(self.places)) if self._reports(self.places[n][1])), None)
            stop = self.places[cut][0] if cut is not None else self.end
            one = speech(self.body, start, start, len(self.body[:stop].rstrip(_STOPS)), stop, continues)
            if one.end > one.start:
                yield one._replace(dashed=True)
            if cut is None:
                return
            continues = True
            place = cut + 1
            start = self.places[place][1] if place < len(self.places) else -1
            place += 1


def _begins_report(body: str, start: int, end: int, press: Press) -> bool:
    """Whether the reporter's words begin here: a verb of saying among the first words, before a stop."""
    for number, match in enumerate(_WORD.finditer(body, start, min(end, start + _FIRST_WORDS))):
        if number > 3 or any(mark in body[start : match.start()] for mark in '.!?;:«“„"'):
            return False
        word = press.folded(match[0])
        if (press.classes.get(word, 0) or press.classes.get(word.partition("-")[0], 0)) & (SAID | SPOKEN):
            return True
    return False


def _without_report(body: str, one: Speech, press: Press) -> Iterator[Speech]:
    """The words without those of the reporter inside the marks, which cut them in two."""
    if one.dashed:
        yield one
        return
    cuts = _cuts(body, one.start, one.end, press)
    if not cuts:
        yield one
        return
    outer, start, continues = one.outer_start, one.start, one.continues
    for place, stop in cuts:
        part = speech(body, outer, start, len(body[:place].rstrip(_STOPS)), place, continues)
        if part.end > part.start:
            yield part
        start, outer, continues = stop, stop, True
    part = speech(body, outer, start, one.end, one.outer_end, continues)
    if part.end > part.start:
        yield part


def _cuts(body: str, start: int, end: int, press: Press) -> list[tuple[int, int]]:
    """Where the reporter's words stand inside the marks, with the comma or the dash before and after them."""
    cuts = [
        (match.start(), match.end())
        for match in (_turned(press.inversions).finditer(body, start, end) if press.inversions else ())
        if match.start() > start + 1 and _begins_report(body, match.start("report"), end, press)
    ]
    # Where every noun has a capital, none shows the name of who said it.
    for comma in () if press.has("nouns_capital") else _COMMA.finditer(body, start + 2, end):
        close = _STOP.search(body, comma.end(), end)
        report = body[comma.end() : close.start() if close else end]
        if len(report) < _LONGEST_REPORT and _says(report, press, dashed=False):
            if close and close[0][0] == "," and _names_a_post(body, close.end(), end, press):
                close = _STOP.search(body, close.end(), end)
            cuts.append((comma.start(), close.end() if close else end))
    dashes = [dash.span() for dash in _DASH.finditer(body, start + 1, end)]
    for number, (place, stop) in enumerate(dashes):
        after = dashes[number + 1] if number + 1 < len(dashes) else (end, end)
        if after[0] - stop < _LONGEST_REPORT and _says(body[stop : after[0]], press, dashed=True):
            cuts.append((place, after[1]))
    apart: list[tuple[int, int]] = []
    for cut in sorted(cuts):
        if not apart or cut[0] >= apart[-1][1]:
            apart.append(cut)
    return apart


def _names_a_post(body: str, start: int, end: int, press: Press) -> bool:
    """Whether what goes on after the speaker's name is the speaker's post: mayor of the town, the head of the port."""
    for word in (match[0] for match in islice(_WORD.finditer(body, start, end), 2)):
        bits = classes_of(word, press.code)
        if word[:1].isupper() or bits & (MASCULINE | FEMININE):
            return bool(bits & (MASCULINE | FEMININE)) and not word[:1].isupper()
        if not bits & ARTICLE:
            return False
    return False


@cache
def _turned(inversions: tuple[str, ...]) -> re.Pattern[str]:
    """Between commas inside the marks: a verb of saying and the pronoun that French turns round."""
    words = rf"[^,.!?;:«»“”\n–—]{{2,70}}?-(?:{'|'.join(inversions)})\b[^,.!?;:«»“”\n–—]{{0,60}}"
    return re.compile(rf",[ \u00a0](?P<report>{words})(?:[,.][ \u00a0]|[,.]?$)")


def _says(report: str, press: Press, dashed: bool) -> bool:
    """Whether words are "said X": a finite verb first, and between commas a name right after it."""
    words = _WORD.findall(report)
    if not 2 <= len(words) <= _MOST_WORDS or words[0][:1].isupper():
        return False
    bits = [classes_of(word, press.code) for word in words[:3]]
    place = next((n for n, of_word in enumerate(bits) if of_word & (SAID | SPOKEN)), None)
    if place is None or dashed:
        return place is not None
    if place and not bits[0] & (AUXILIARY | ADVERB):
        return False
    rest = words[place + 1 :]
    return bool(rest) and rest[0][:1].isupper()
