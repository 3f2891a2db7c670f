"""Quotation marks and dashes of other languages: « », » «, „ “, ” ”, ,, ”, ‘ ’, — …; also speech that the reporter's words cut in two."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from assets.quotes.marks.glyphs import SPACE
from assets.text.languages.press import SAID, SPOKEN, Press


class Speech(NamedTuple):
    """``body[start:end]`` are words between marks or after a dash, ``body[outer_start:outer_end]`` with the marks."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    continues: bool = False
    """It goes on a quotation of the paragraph before, or after words of reporting that stand inside the marks."""
    dashed: bool = False


_OPENING = "“„‟«「『"
_CLOSING = "”»」』"
_GLYPH = re.compile(r"[“”„‟\"«»＂「」『』]|,,(?=\S)|''|``|‘‘|’’|[‘’‚‛'‹›]")
_SINGLE = frozenset("‘’‚‛'‹›")
_BEFORE_OPENING = SPACE | frozenset("([{<-–—―/:;,>|=~…*•¿¡")
_AFTER_CLOSING = SPACE | frozenset(")]}>-–—―/:;,.?!…»”*|،؛؟")
# 's avonds, 't, 'n: small words that begin with an apostrophe.
_APOSTROPHE_WORD = re.compile(r"['’‘](?:s|t|n|k|m|r|ns|tis|em|er|ie|\d\ds?)\b", re.I)
_STOPPING = frozenset(",.;:!?،؛؟")
_LEAST_SINGLE = 8
"""Letters that single marks hold at least where the language has double ones too."""
_DASH_LINE = re.compile(r"[ \t\u00a0]*[–—―-][ \t\u00a0]*(?=[^\s\d–—―-])")
_DASH = re.compile(r"(?:(?<=[\s.,!?…»”\"])[–—―-](?=\s)|(?<=\s)[–—―-](?=\S)|(?<=[,.!?…])[–—―])[ \t\u00a0]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_STOPS = " \t\u00a0\u202f\u2009,"
_LONGEST_REPORT = 140
"""Characters of the reporter's words between two dashes."""


def find_speech(body: str, press: Press | None) -> list[Speech]:
    """Everything between marks, and lines of speech after a dash, in order; none lie within another.

    Without ``press`` (the language is not supported) only what stands between marks.
    """
    found: list[Speech] = []
    begin = 0
    carried = False
    colon = False
    while begin <= len(body):
        end = body.find("\n", begin)
        end = len(body) if end < 0 else end
        if end > begin and not body[begin:end].isspace():
            marked, carried = _in_line(body, begin, end, press, carried)
            dashed = list(_dashed(body, begin, end, press, marked, colon)) if press and press.has("dashes") else []
            if dashed:
                marked = [one for one in marked if not any(d.start < one.end and one.start < d.end for d in dashed)]
            found.extend(sorted([*marked, *dashed]))
            colon = body[begin:end].rstrip().endswith(":")
        begin = end + 1
    if press is None:
        return found
    return [part for speech in found for part in _without_report(body, speech, press)]


def _in_line(body: str, begin: int, end: int, press: Press | None, carried: bool) -> tuple[list[Speech], bool]:
    """The outermost pairs of one paragraph, and whether it leaves one open for the next paragraph."""
    found: list[Speech] = []
    opened: tuple[int, int, str] | None = None
    inner = 0
    first = True
    for match in _GLYPH.finditer(body, begin, end):
        start, stop = match.span()
        glyph = match[0]
        before = body[start - 1] if start > begin else "\n"
        after = body[stop] if stop < end else "\n"
        if glyph in _SINGLE:
            if opened is None or opened[2] in _SINGLE:
                opened = _single(body, start, glyph, before, after, opened, found, press)
            continue
        if opened is not None and opened[2] in _SINGLE:
            opened = None
        if glyph == ",,":
            if before.isalnum():
                continue
            glyph = "„"
        side = _side(glyph, before, after, opened[2] if opened else "")
        if side == "open":
            if opened is None:
                opened = (start, stop, glyph)
            elif glyph not in "\"'" and glyph != opened[2]:
                inner += 1
        elif opened is not None:
            if inner and _closes_inner(glyph, opened[2]):
                inner -= 1
                continue
            found.append(_speech(body, *opened[:2], start, stop, carried and first))
            opened, inner, first = None, 0, False
        elif carried and first:
            found.append(_speech(body, begin, begin, start, stop, True))
            first = False
    if opened is None or opened[2] in _SINGLE:
        return [one for one in found if one.end > one.start], False
    found.append(_speech(body, opened[0], opened[1], end, end, carried and first))
    return [one for one in found if one.end > one.start], True


def _closes_inner(glyph: str, outer: str) -> bool:
    """Whether a closing glyph is of another kind than the one that closes the outer quotation."""
    partner = {"«": "»", "»": "«", "„": '“”"', "“": '”“"', "”": "”", '"': '"'}.get(outer, glyph)
    return glyph not in partner


def _side(glyph: str, before: str, after: str, opened: str) -> str:
    """Whether a mark opens or closes, by the characters beside it and by the mark that is open."""
    opens = before in _BEFORE_OPENING and after not in SPACE and after not in _STOPPING
    closes = after in _AFTER_CLOSING and before not in SPACE
    if glyph == "«" and not opened:
        return "open"
    if glyph in "\"＂''``‘‘’’" or (glyph == "”" and not opened):
        if opens != closes:
            return "open" if opens and not (opened and opened == glyph and after in _AFTER_CLOSING) else "close"
        return "close" if opened else "open"
    if opened == "„" and glyph in "“”":
        return "close"
    if glyph == "“" and opened == "“" and closes and not opens:
        return "close"
    if glyph in "«»" and opens != closes:
        # » « as in Danish or German books, and right to left where a keyboard turned the marks.
        return "open" if opens else "close"
    if glyph in "«»" and opened in ("«", "»") and after in _AFTER_CLOSING - SPACE:
        return "close"
    if glyph in "«»" and not opened and before in SPACE and after in SPACE and glyph == "»":
        return "close"
    return "open" if glyph in _OPENING else "close"


def _single(
    body: str, start: int, glyph: str, before: str, after: str, opened: tuple[int, int, str] | None, found: list[Speech], press: Press | None,
) -> tuple[int, int, str] | None:  # fmt: skip
    """Follow a single mark: the one that is open after it. An apostrophe neither opens nor closes."""
    if opened is None:
        begins = before in _BEFORE_OPENING and after not in SPACE and (after.isalnum() or after in "(¿¡«„“")
        return (
            (start, start + 1, glyph)
            if begins and not _APOSTROPHE_WORD.match(body, start) and glyph not in "›’"
            else None
        )
    if after in _AFTER_CLOSING and (before not in SPACE or glyph == "'"):
        if (
            before in "sxz"
            and after == " "
            and re.match(r"[^'’\n]*[^\s'’][’'](?=[\s,.;:!?]|$)", body[start + 1 : start + 200])
        ):
            return opened
        long_enough = start - opened[1] >= (1 if press and press.has("single_marks") else _LEAST_SINGLE)
        if long_enough:
            found.append(_speech(body, opened[0], opened[1], start, start + 1, False))
        return None
    return opened


def _speech(body: str, outer_start: int, start: int, end: int, outer_end: int, continues: bool) -> Speech:
    while start < end and body[start] in SPACE:
        start += 1
    while end > start and body[end - 1] in SPACE:
        end -= 1
    return Speech(start, end, outer_start, outer_end, continues)


def _dashed(body: str, begin: int, end: int, press: Press, marked: list[Speech], colon: bool) -> Iterator[Speech]:
    """Speech that a dash opens: the whole paragraph, or what comes before and after "— said X."."""
    opening = _DASH_LINE.match(body, begin, end)
    if opening is None and not any(mark in body[begin:end] for mark in ("–", "—", "―", " - ", ", -")):
        return
    inside = [(one.outer_start, one.outer_end) for one in marked]
    dashes = [
        dash.span()
        for dash in _DASH.finditer(body, opening.end() if opening else begin, end)
        if not any(a < dash.start() < b for a, b in inside)
    ]
    start, at_head = (opening.end(), True) if opening else (-1, False)
    speaking = opening is not None and (colon or any(_reports(body, stop, end, press) for _, stop in dashes))
    if opening is None:
        # A sentence of the paragraph begins with a dash: He left. – I am tired – said X.
        for number, (place, stop) in enumerate(dashes):
            sentence = body[begin:place].rstrip()
            if sentence.endswith((".", "!", "?", "…", "]")) and any(
                _reports(body, later, end, press) for _, later in dashes[number + 1 : number + 2]
            ):
                start, speaking = stop, True
                dashes = dashes[number + 1 :]
                break
    if not speaking:
        return
    place = 0
    while start >= 0:
        cut = next((n for n in range(place, len(dashes)) if _reports(body, dashes[n][1], end, press)), None)
        stop = dashes[cut][0] if cut is not None else end
        one = _speech(body, start, start, len(body[:stop].rstrip(_STOPS)), stop, not at_head)
        if one.end > one.start:
            yield one._replace(dashed=True)
        at_head = False
        if cut is None:
            return
        place = cut + 1
        # The reporter's words end at the next dash.
        start = dashes[place][1] if place < len(dashes) else -1
        place += 1


def _reports(body: str, start: int, end: int, press: Press) -> bool:
    """Whether the reporter's words begin here: a verb of saying among the first words, before a stop."""
    classes = press.classes
    for number, match in enumerate(_WORD.finditer(body, start, min(end, start + 60))):
        if number > 3 or any(mark in body[start : match.start()] for mark in '.!?;:«“„"'):
            return False
        word = press.folded(match[0])
        bits = classes.get(word, 0) or classes.get(word.partition("-")[0], 0)
        if bits & (SAID | SPOKEN):
            return True
        if number == 0 and match[0][:1].isupper() and not bits and not press.has("nouns_capital"):
            continue
    return False


@cache
def _report_inside(press_code: str, inversions: tuple[str, ...]) -> re.Pattern[str]:
    """Between commas inside the marks: a verb of saying and the pronoun that French turns round."""
    turned = "|".join(inversions) or "(?!)"
    return re.compile(
        rf",[ \u00a0](?P<report>[^,.!?;:«»“”\n–—]{{2,70}}?-(?:{turned})\b[^,.!?;:«»“”\n–—]{{0,60}})(?P<stop>[,.][ \u00a0]|[,.]?$)"
    )


def _without_report(body: str, speech: Speech, press: Press) -> Iterator[Speech]:
    """The words without those of the reporter inside the marks, which cut them in two."""
    if speech.dashed:
        yield speech
        return
    cuts: list[tuple[int, int]] = []
    start, end = speech.start, speech.end
    if press.inversions:
        pattern = _report_inside(press.code, press.inversions)
        for match in pattern.finditer(body, start, end):
            if match.start() > start + 1 and _reports(body, match.start("report"), end, press):
                cuts.append((match.start(), match.end()))
    for comma in re.finditer(r",[ \u00a0]", body[start:end]):
        place = start + comma.start()
        if cuts and place < cuts[-1][1]:
            continue
        close = re.compile(r"[,.][ \u00a0]").search(body, place + 2, end)
        stop = close.end() if close else end
        report = body[place + 2 : close.start() if close else end]
        if place > start + 1 and len(report) < _LONGEST_REPORT and _says(report, press):
            cuts.append((place, stop))
    dashes = (
        [dash.span() for dash in _DASH.finditer(body, start + 1, end)]
        if press.has("dashes") or "–" in body[start:end]
        else []
    )
    for number, (place, stop) in enumerate(dashes):
        if cuts and place < cuts[-1][1]:
            continue
        after = dashes[number + 1] if number + 1 < len(dashes) else (end, end)
        if after[0] - stop < _LONGEST_REPORT and _says(body[stop : after[0]], press, dashed=True):
            cuts.append((place, after[1]))
    if not cuts:
        yield speech
        return
    outer, continues = speech.outer_start, speech.continues
    for place, stop in sorted(cuts):
        part = _speech(body, outer, start, len(body[:place].rstrip(_STOPS)), place, continues)
        if part.end > part.start:
            yield part
        start, outer, continues = stop, stop, True
    part = _speech(body, outer, start, end, speech.outer_end, True)
    if part.end > part.start:
        yield part


def _says(report: str, press: Press, dashed: bool = False) -> bool:
    """Whether words are "said X": a finite verb first, and a name or a pronoun right after it."""
    words = [match[0] for match in _WORD.finditer(report)]
    if not 2 <= len(words) <= 16:
        return False
    bits = [press.classes.get(press.folded(word), 0) for word in words]
    place = next((n for n in range(min(3, len(words))) if bits[n] & (SAID | SPOKEN)), None)
    if place is None or words[0][:1].isupper() or (place > 0 and not dashed and not bits[0] & (1 << 5)):
        return False
    rest = words[place + 1 :]
    if not rest:
        return dashed
    if dashed:
        return True
    return rest[0][:1].isupper() and not press.has("nouns_capital")
