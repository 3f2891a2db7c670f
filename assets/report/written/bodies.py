"""The text of articles as HTML with its marks: quotations, speakers and names, for some thousand articles at once.

All bodies stand behind each other as one text, in which every place is one number. It is cut at the ends of lines and marks;
what a mark or a link covers are some of these stretches, and each begins and ends with tags. Everything but the tags is escaped.
"""

import sys
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl
from markupsafe import escape

CUT = "\0"
"""Stands between words that are escaped together; a body that holds it is shown with the sign for what cannot be shown."""
CLOSING_MARKS = '"”’»'
SPAN: dict[str, pl.DataType] = {"body": pl.Int64(), "start": pl.Int64(), "end": pl.Int64(), "opening": pl.String()}
LINKS = SPAN
MARKS = {**SPAN, "again": pl.String(), "after": pl.String()}
"""Stretches of bodies, which have numbers, in code points, with the tag that opens each.

A mark that another one or the end of a line cuts is opened ``again``, without its anchor. ``after`` is HTML that comes after
a mark, and after the mark that closes a quotation.
"""
Tagged = tuple[str, str]
"""A tag with the words that follow it, which are not escaped yet."""
Places = npt.NDArray[np.int64]
LINK_ENDS, MARK_ENDS, AFTER, LINE, MARK, LINK = range(6)
"""The order of tags at one place."""
WHITE = np.array([chr(code).isspace() for code in range(0x3002)])
"""Whether a letter is white space; none after these is."""
assert not any(map(str.isspace, map(chr, range(WHITE.size, sys.maxunicode))))


class Tags:
    """Tags with their places, in any order."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._parts: list[tuple[Places, int, Places, Places]] = []

    def add(self, names: Sequence[str], places: Places, order: int, ranks: Places, which: Places | int = 0) -> None:
        """Tags at places, each ``which`` of the names; those of one order at one place stand by rank."""
        self._parts.append((places, order, ranks, np.broadcast_to(np.int64(len(self.names)) + which, places.shape)))
        self.names += names

    def sorted(self) -> tuple[Places, Places, list[str]]:
        """Their places, orders and names, as they stand."""
        places, orders, ranks, which = (
            np.concatenate(parts)
            for parts in zip(*((at, np.full(at.shape, o), r, w) for at, o, r, w in self._parts), strict=True)
        )
        order = np.lexsort((ranks, orders, places))
        return places[order], orders[order], [self.names[at] for at in which[order].tolist()]


class Stretches:
    """The lines of a text that hold more than white space, cut at places, and what covers the parts."""

    def __init__(self, letters: npt.NDArray[np.uint32]) -> None:
        ends = np.flatnonzero(letters == ord("\n"))
        starts = np.concatenate([[0], ends[:-1] + 1])
        is_shown = np.add.reduceat(~WHITE[np.minimum(letters, WHITE.size - 1)], starts) > 0
        self.starts, self.ends = starts[is_shown], ends[is_shown]

    def holds(self, places: Places) -> npt.NDArray[np.bool_]:
        """Whether each place is in a line, or at an end of it."""
        if not self.starts.size:
            return np.zeros(places.shape, np.bool_)
        line = np.searchsorted(self.starts, places, "right") - 1
        return (line >= 0) & (places <= self.ends[line])

    def cut(self, *places: Places) -> None:
        found = np.unique(np.concatenate([self.starts, self.ends, *places]))
        found = found[self.holds(found)]
        is_start = ~np.isin(found, self.ends, assume_unique=True)
        self.lefts, self.rights = found[is_start], found[1:][is_start[:-1]]

    def covered(self, starts: Places, ends: Places) -> tuple[Places, Places]:
        """Spans by the stretches that have a part of them: the number of the span, the number of the stretch."""
        first = np.searchsorted(self.rights, starts, "right")
        n = np.maximum(np.searchsorted(self.lefts, ends, "left") - first, 0)
        span = np.repeat(np.arange(len(n)), n)
        return span, np.arange(len(span)) - np.repeat(np.cumsum(n) - n, n) + np.repeat(first, n)


def marked_bodies(bodies: Sequence[str], marks: pl.DataFrame, links: pl.DataFrame) -> list[str]:
    """Each body as paragraphs, with marks (``MARKS``) and links (``LINKS``) to its number.

    Links of one body must not overlap each other (see :func:`apart`); marks may overlap anything.
    """
    if not bodies:
        return []
    whole = "\n".join([*bodies, ""]).replace(CUT, "\ufffd")
    letters = np.frombuffer(whole.encode("utf-32-le"), np.uint32)
    ends = np.cumsum([len(body) + 1 for body in bodies])
    offsets = np.concatenate([[0], ends[:-1]])
    lines, tags = Stretches(letters), Tags()
    marks, links = (_placed(spans, offsets, ends - 1) for spans in (marks, links))
    mark_starts, mark_ends = (marks[name].to_numpy() for name in ("start", "end"))
    # What comes after a mark stands after the closing quotation mark, on the line on which the mark ends.
    after = mark_ends + np.isin(letters[mark_ends], [ord(mark) for mark in CLOSING_MARKS])
    has_after = (marks["after"] != "").to_numpy() & lines.holds(mark_ends) & ~np.isin(mark_ends, lines.starts)
    lines.cut(mark_starts, mark_ends, after[has_after])

    none = np.zeros(len(lines.starts), np.int64)
    tags.add(["<p>"], lines.starts, LINE, none)
    tags.add(["</p>\n"], lines.ends, LINE, none)
    span, stretch = lines.covered(mark_starts, mark_ends)
    begins = lines.lefts[stretch] == mark_starts[span]
    tags.add(marks["opening"].to_list(), lines.lefts[stretch][begins], MARK, span[begins], span[begins])
    tags.add(marks["again"].to_list(), lines.lefts[stretch][~begins], MARK, span[~begins], span[~begins])
    tags.add(["</mark>"], lines.rights[stretch], MARK_ENDS, span)
    ranks = np.flatnonzero(has_after)
    tags.add(marks["after"].to_list(), after[ranks], AFTER, ranks, ranks)
    starts, stops = (links[name].to_numpy() for name in ("start", "end"))
    span, stretch = lines.covered(starts, stops)
    tags.add(links["opening"].to_list(), np.maximum(starts[span], lines.lefts[stretch]), LINK, span, span)
    tags.add(["</a>"], np.minimum(stops[span], lines.rights[stretch]), LINK_ENDS, span)

    places, orders, names = tags.sorted()
    # Between the end of a line and the next nothing is shown.
    until = np.append(places[1:], places[-1:])
    until = np.where((orders == LINE) & np.isin(places, lines.ends), places, until)
    words = [whole[start:end] for start, end in zip(places.tolist(), until.tolist(), strict=True)]
    html = with_words(list(zip(names, words, strict=True)))
    cuts = np.searchsorted(places, [*offsets, len(whole)]).tolist()
    return ["".join(html[first:last]) for first, last in pairwise(cuts)]


def with_words(tagged: Sequence[Tagged]) -> list[str]:
    """Each tag with its words, escaped all at once: that costs as much as for a few. No word may hold ``CUT``."""
    if not tagged:
        return []
    words = str(escape(CUT.join([words for _, words in tagged]))).split(CUT)
    return [tag + shown for (tag, _), shown in zip(tagged, words, strict=True)]


def _placed(spans: pl.DataFrame, offsets: Places, ends: Places) -> pl.DataFrame:
    """Spans by their places in the whole text, the first and longest first; none goes on beyond its body."""
    body = spans["body"].to_numpy()
    return (
        spans.with_columns(
            start=pl.Series(spans["start"].to_numpy() + offsets[body], dtype=pl.Int64),
            end=pl.Series(np.minimum(spans["end"].to_numpy() + offsets[body], ends[body]), dtype=pl.Int64),
        )
        .filter(pl.col("start") < pl.col("end"))
        .sort("start", "end", descending=[False, True], maintain_order=True)
    )


def apart(spans: pl.DataFrame) -> pl.DataFrame:
    """The links without those that overlap one that comes before them in the frame and stays."""
    bodies, starts, ends = (spans[name].to_numpy() for name in ("body", "start", "end"))
    far = int(ends.max(initial=0)) + 1
    first, last = bodies * far + starts, bodies * far + ends
    order = np.lexsort((last, first))
    # Most overlap none: what begins after everything before it has ended begins a group.
    reached = np.maximum.accumulate(last[order])
    group = np.cumsum(np.append(True, first[order][1:] >= reached[:-1])[: len(order)])
    is_alone = np.empty(len(order), np.bool_)
    is_alone[order] = np.bincount(group)[group] == 1
    crowded = np.flatnonzero(~is_alone)
    is_alone[crowded] = _first_come(first[crowded].tolist(), last[crowded].tolist())
    return spans.filter(pl.Series(is_alone))


def _first_come(starts: Sequence[int], ends: Sequence[int]) -> list[bool]:
    """Whether each span overlaps none before it that was kept."""
    kept_starts: list[int] = []
    kept_ends: list[int] = []
    found = []
    for start, end in zip(starts, ends, strict=True):
        at = bisect_left(kept_starts, start)
        is_apart = (at == 0 or kept_ends[at - 1] <= start) and (at == len(kept_starts) or kept_starts[at] >= end)
        if is_apart:
            kept_starts.insert(at, start)
            kept_ends.insert(at, end)
        found.append(is_apart)
    return found
