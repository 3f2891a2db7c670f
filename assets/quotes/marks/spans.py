"""Quotation marks: which belong together.

A paragraph is a line of the body. Marks pair within a line; a quotation that runs over several paragraphs gives one span
per paragraph, the later ones flagged ``continues``. Marks that are missing, doubled or turned the wrong way are repaired
here, before anything asks who speaks.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from assets.quotes.marks.glyphs import SPACE, Mark, classify, glyphs_at, mark_positions
from assets.text.languages.verbs import finite_verbs_of_saying


class MarkedSpan(NamedTuple):
    """Words between marks: ``text[start:end]`` without the marks, ``text[outer_start:outer_end]`` with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    level: int  # 0 outermost, 1 a quotation within a quotation
    single: bool  # single marks
    continues: bool  # goes on a quotation left open in the paragraph before
    repaired: bool  # a mark is missing or the wrong way round


class _Carried(NamedTuple):
    """Whether the paragraph before left a quotation open, by the kind of its marks."""

    double: bool
    single: bool


_NOTHING = _Carried(False, False)


class _Open(NamedTuple):
    start: int
    end: int
    single: bool
    continues: bool
    repaired: bool


NEXT_PARAGRAPH = re.compile(r"\s+(?P<mark>['‘‚‹])(?=\w)")
# Said: 'We wait …, or the head of a paragraph.
LEADS_IN = re.compile(r"(?:[:,]\s+|\n|\A)\Z")
SENTENCE_END = re.compile(r"[.?!…][)\]]?\s+")


@cache
def _forgotten_closes() -> re.Pattern[str]:
    """Where the closing mark was forgotten, the words end before the reporter's own "he said"."""
    say = "|".join(finite_verbs_of_saying())
    name = r"[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,3}"
    return re.compile(rf"[,.?!…]['’]?(?=\s+(?:(?:he|she|they|it|{name})\s+(?:{say})|(?:{say})\s+(?:[A-Z]|the\s))\b)")


def find_marked_spans(text: str) -> list[MarkedSpan]:
    """Every stretch between quotation marks, outermost and nested, in order of ``start``; offsets are code points.

    Spans of one level never overlap, and a nested span lies inside a span of the level above.
    """
    return pair_marks(
        text, mark_positions(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)).tolist()
    )


def pair_marks(text: str, places: Sequence[int]) -> list[MarkedSpan]:
    """The spans between the marks at ``places`` (rising) of ``text``, as ``find_marked_spans`` gives them."""
    spans: list[MarkedSpan] = []
    carried = _NOTHING
    line_end = 0
    index = 0
    while index < len(places):
        line_start = text.rfind("\n", 0, places[index]) + 1
        if carried and line_start > line_end and not text[line_end:line_start].isspace():
            carried = _NOTHING
        line_end = text.find("\n", places[index])
        if line_end < 0:
            line_end = len(text)
        first = index
        while index < len(places) and places[index] < line_end:
            index += 1
        marks = classify(text, glyphs_at(text, places[first:index]), line_start, line_end)
        line_spans, carried = _pair_line(text, marks, line_start, line_end, carried)
        spans.extend(line_spans)
    spans = [span for span in spans if span.end > span.start]
    spans.sort(key=lambda span: (span.start, -span.end))
    return _levels(spans)


def _pair_line(
    text: str, marks: list[Mark], line_start: int, line_end: int, carried: _Carried
) -> tuple[list[MarkedSpan], _Carried]:
    """Pair the marks of one paragraph; also says whether it leaves a quotation open for the next."""
    doubles = [mark for mark in marks if mark.family == "double"]
    spans, left_open = _pair_doubles(text, doubles, line_start, line_end, carried.double)
    singles = [mark for mark in marks if mark.family == "single"]
    if not singles:
        return spans, _Carried(left_open, False)
    inner = _pair_singles(text, singles, line_end, spans)
    if carried.single and inner and inner[0].outer_start == line_start:
        inner[0] = inner[0]._replace(continues=True)
    lost = _left_open(text, singles, line_end, [*spans, *inner])
    if lost is not None:
        at_head = lost.start == line_start
        opened = _Open(lost.start, lost.end, True, carried.single and at_head, False)
        inner.append(_span(text, opened, line_end, line_end, True))
    return [*spans, *inner], _Carried(left_open, lost is not None)


def _left_open(text: str, marks: list[Mark], line_end: int, paired: list[MarkedSpan]) -> Mark | None:
    """The single mark whose words go on in the next paragraph, which opens with such a mark again; see `_pair_singles`."""
    after = NEXT_PARAGRAPH.match(text, line_end)
    if after is None or text[line_end - 1] not in ".?!…":
        return None
    last = marks[-1]
    opens = (
        last.side == "open"
        and text[last.start : last.end] == after["mark"]
        and LEADS_IN.search(text[max(0, last.start - 3) : last.start])
    )
    covered = any(span.outer_end > last.start for span in paired)
    return last if opens and not covered else None


def _pair_doubles(
    text: str, marks: list[Mark], line_start: int, line_end: int, carried: bool
) -> tuple[list[MarkedSpan], bool]:
    spans: list[MarkedSpan] = []
    stack: list[_Open] = []
    free_from = line_start  # where a quotation whose opening mark is missing may begin
    head = _head_of(text, line_start, marks[-1].start) if marks else line_start
    closes_ahead = _closes_before_next_open(marks)
    for mark, n_ahead in zip(marks, closes_ahead, strict=True):
        at_head = mark.start <= head
        if _opens(text, mark, bool(stack), n_ahead, at_head and mark.end < line_end):
            nested = bool(stack) and n_ahead >= 2
            if stack and not nested:
                lost = stack.pop()
                close = _forgotten_close(text, lost.end, mark.start)
                if close is not None:
                    spans.append(_span(text, lost, close, close, True))
            stack.append(_Open(mark.start, mark.end, False, carried and at_head and not nested, False))
        elif stack:
            spans.append(_span(text, stack.pop(), mark.start, mark.end, False))
            if not stack:
                free_from = mark.end
        else:
            goes_on = carried and free_from == line_start
            start = _forgotten_open(text, free_from, mark.start, goes_on)
            if start is not None:
                spans.append(_span(text, _Open(start, start, False, goes_on, True), mark.start, mark.end, True))
            free_from = mark.end
    left_open = False
    if stack:
        lost = stack[0]
        close = _forgotten_close(text, lost.end, line_end)
        if close is None:
            close = line_end
            left_open = True
        spans.append(_span(text, lost, close, close, True))
    return spans, left_open


def _opens(text: str, mark: Mark, within: bool, n_ahead: int, begins_line: bool) -> bool:
    """Whether a mark opens, given whether it stands ``within`` others and how many marks follow before one that opens."""
    if mark.side == "either":
        return not within
    if mark.side == "close":
        return not within and begins_line  # a closing glyph at the head of a paragraph
    # A straight mark within others that no other mark will close, and that stands right after a word.
    return not (within and n_ahead == 0 and text[mark.start] == '"' and text[mark.start - 1] not in " \t\xa0(")


def _closes_before_next_open(marks: list[Mark]) -> list[int]:
    """How many marks follow each before one that opens."""
    counts = [0] * len(marks)
    for index in range(len(marks) - 2, -1, -1):
        counts[index] = 0 if marks[index + 1].side == "open" else counts[index + 1] + 1
    return counts


def _head_of(text: str, start: int, end: int) -> int:
    """Where the words of a paragraph begin: before it stands nothing but spaces and marks that set nothing apart."""
    while start < end and not text[start].isalnum() and text[start] not in '”"“':
        start += 1
    return start


def _forgotten_close(text: str, start: int, end: int) -> int | None:
    match = _forgotten_closes().search(text, start, end)
    return match.end() if match else None


def _forgotten_open(text: str, start: int, end: int, carried: bool) -> int | None:
    """Where a quotation begins whose opening mark is missing: the head of the paragraph, or the sentence after the last one."""
    if text[end - 1] not in ",.?!…" and not carried:
        return None
    body = text[start:end]
    if not body.strip():
        return None
    offset = len(body) - len(body.lstrip())
    if start > 0 and text[start - 1] != "\n":
        match = SENTENCE_END.search(body)
        if match is None or match.end() >= len(body):
            return None
        offset = match.end()
    return start + offset


def _pair_singles(text: str, marks: list[Mark], line_end: int, doubles: list[MarkedSpan]) -> list[MarkedSpan]:
    """Single marks need both ends, but for words that go on in the next paragraph: an apostrophe is too like a closing mark."""
    spans: list[MarkedSpan] = []
    limits = _limits(text, marks, line_end, doubles)
    index = 0
    while index < len(marks):
        opening, limit = marks[index], limits[index]
        index += 1
        if opening.side != "open":
            continue
        chosen = -1
        for ahead in range(index, len(marks)):
            closing = marks[ahead]
            if closing.start >= limit or closing.side == "open":
                break
            before, after = text[closing.start - 1], text[closing.end] if closing.end < line_end else "\n"
            certain = before in ",.?!…" or after in ',.?!;:)”"»\n' or before not in "sSzZxX"
            if certain:
                chosen = ahead
                break
            if chosen < 0:
                chosen = ahead
        if chosen >= 0 and marks[chosen].start > opening.end:
            opened = _Open(opening.start, opening.end, True, False, False)
            spans.append(_span(text, opened, marks[chosen].start, marks[chosen].end, False))
            index = chosen + 1
    return spans


def _limits(text: str, marks: list[Mark], line_end: int, doubles: list[MarkedSpan]) -> list[int]:
    """Where the words that each single mark opens end at the latest: within the double span around it, or before the next one.

    A double span that some single mark closes after may be nested. ``doubles`` are in order, but for one within another, which
    comes first.
    """
    outer = [
        double
        for number, double in enumerate(doubles, 1)
        if number == len(doubles) or double.outer_start < doubles[number].outer_start
    ]
    starts = [double.outer_start for double in outer]
    last_close = max((mark.start for mark in marks if _surely_closes(text, mark)), default=-1)
    not_nested = bisect_right([double.outer_end for double in outer], last_close)
    limits: list[int] = []
    for mark in marks:
        after = bisect_right(starts, mark.start)
        if after and outer[after - 1].start <= mark.start < outer[after - 1].end:
            limits.append(outer[after - 1].end)
        else:
            limits.append(starts[max(after, not_nested)] if max(after, not_nested) < len(starts) else line_end)
    return limits


def _surely_closes(text: str, mark: Mark) -> bool:
    return mark.side == "close" and text[mark.start - 1] in ',.?!…"”'


def _span(text: str, opened: _Open, close_start: int, close_end: int, repaired: bool) -> MarkedSpan:
    start, end = opened.end, close_start
    while start < end and text[start] in SPACE:
        start += 1
    while end > start and text[end - 1] in SPACE:
        end -= 1
    return MarkedSpan(
        start, end, opened.start, close_end, 0, opened.single, opened.continues, repaired or opened.repaired
    )


def _levels(spans: list[MarkedSpan]) -> list[MarkedSpan]:
    """Number the nesting; spans that cross (broken marks) lose the later one."""
    levelled: list[MarkedSpan] = []
    open_ends: list[int] = []
    for span in spans:
        while open_ends and open_ends[-1] <= span.start:
            open_ends.pop()
        if open_ends and span.end > open_ends[-1]:
            continue
        levelled.append(span._replace(level=len(open_ends)))
        open_ends.append(span.end)
    return levelled
