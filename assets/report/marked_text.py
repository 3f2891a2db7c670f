"""Text as HTML with its marks: the words of a wording that differ, the quotations and names in a body.

Everything that comes from an article passes ``escape`` here; what these functions return is safe in a page.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from markupsafe import Markup, escape
from rapidfuzz.distance import Indel

from assets.statements.wording import WORD

SPECIAL = re.compile("[&<>\"']")
CUT = "\0"
"""Stands between words that are escaped together; a body that holds it is shown with the sign for what cannot be shown."""
CLOSING_MARKS = '"”’»'
HANGING = " \t\n,"
"""What hangs at the end of a quotation only because the sentence goes on."""


class Span(NamedTuple):
    """A stretch of a body, in code points, with the tag that opens it: a link (``a``) or a mark (``mark``).

    A mark that another one cuts is opened ``again``, without its anchor. ``after`` is HTML that comes after a mark, and
    after the mark that closes a quotation.
    """

    start: int
    end: int
    opening: str
    is_link: bool = False
    again: str = ""
    after: str = ""


def displayed(quotation: str) -> str:
    """The words of a quotation as a page shows them: without the comma that leads on to the rest of the sentence."""
    return quotation.strip().rstrip(HANGING)


def marked_wording(reference: str, wording: str) -> Markup:
    """The wording as printed, with what it drops of the reference in ``del`` and what it adds in ``ins``.

    Words are compared without regard to case and apostrophe. Without its ``del`` elements, and the space that follows
    or precedes each, the text is ``wording``, punctuation included.
    """
    if reference == wording:
        return Markup(as_html(wording))
    old, new = list(WORD.finditer(reference)), list(WORD.finditer(wording))
    html, at = "", 0
    for is_kept, blocks in groupby(
        Indel.opcodes([_plain(word[0]) for word in old], [_plain(word[0]) for word in new]),
        key=lambda block: block.tag == "equal",
    ):
        run = list(blocks)
        left_out = _stretch(reference, old[run[0].src_start : run[-1].src_end])
        put_in = new[run[0].dest_start : run[-1].dest_end]
        if is_kept:
            html += as_html(wording[at : put_in[-1].end()])
        elif not put_in:
            html += f" <del>{left_out}</del>" if html else f"<del>{left_out}</del> "
            continue
        else:
            dropped = f"<del>{left_out}</del> " if left_out else ""
            html += f"{as_html(wording[at : put_in[0].start()])}{dropped}<ins>{_stretch(wording, put_in)}</ins>"
        at = put_in[-1].end()
    return Markup(html + as_html(wording[at:]))


def _stretch(text: str, words: Sequence[re.Match[str]]) -> str:
    return as_html(text[words[0].start() : words[-1].end()]) if words else ""


def as_html(text: str) -> str:
    """Escaped, as a plain ``str``: what it is joined with is HTML already. Most words need no escape."""
    return str(escape(text)) if SPECIAL.search(text) else text


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def marked_paragraphs(body: str, spans: Sequence[Span]) -> list[str]:
    """The lines of a body that hold text, as HTML.

    Links must not overlap each other (see :func:`apart`); marks may overlap anything.
    """
    body = body.replace(CUT, "\ufffd")
    marks = sorted((span for span in spans if not span.is_link), key=lambda span: (span.start, -span.end))
    links = sorted(span for span in spans if span.is_link)
    tags: list[str] = []
    words: list[str] = []
    ends = [0]
    start = 0
    for line in body.split("\n"):
        end = start + len(line)
        # A mark may go on over several lines; what has ended before this one is of no more use.
        marks, links = _from(marks, start), _from(links, start)
        if line and not line.isspace():
            pieces = list(_pieces(body, start, end, _within(marks, start, end), _within(links, start, end)))
            tags += [tag for tag, _ in pieces]
            words += [piece for _, piece in pieces]
            ends.append(len(tags))
        start = end + 1
    # One escape for all words: it costs as much as for a few.
    written = str(escape(CUT.join(words))).split(CUT)
    html = [part for pair in zip(tags, written, strict=False) for part in pair]
    return ["".join(html[2 * first : 2 * last]) for first, last in pairwise(ends)]


def _from(spans: list[Span], start: int) -> list[Span]:
    """Spans in order without the first ones that end by ``start``."""
    at = 0
    while at < len(spans) and spans[at].end <= start:
        at += 1
    return spans[at:] if at else spans


def apart(spans: Sequence[Span]) -> list[Span]:
    """Of spans that overlap, the one that comes first in the sequence."""
    kept: list[Span] = []
    starts: list[int] = []
    ends: list[int] = []
    for span in spans:
        at = bisect_left(starts, span.start)
        if (at == 0 or ends[at - 1] <= span.start) and (at == len(starts) or starts[at] >= span.end):
            kept.append(span)
            starts.insert(at, span.start)
            ends.insert(at, span.end)
    return kept


def _within(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The spans, of some in order, that have a part between two places."""
    found = []
    for span in spans:
        if span.start >= end:
            break
        if span.end > start:
            found.append(span)
    return found


def _pieces(body: str, start: int, end: int, marks: Sequence[Span], links: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """A line as tags, each with the words that follow it, which are not escaped yet."""
    if not marks and not links:
        yield "", body[start:end]
        return
    notes = [(_after_closing_mark(body, span.end), span.after) for span in marks if span.after and span.end <= end]
    inner = {cut for span in marks for cut in (span.start, span.end)} | {at for at, _ in notes}
    cuts = sorted({start, end, *(cut for cut in inner if start < cut < end)})
    tags = ""
    for left, right in pairwise(cuts):
        covering = [span for span in marks if span.start <= left and span.end >= right]
        for span in covering:
            tags += span.opening if span.start == left else span.again
        at = left
        for span in _within(links, left, right):
            first, last = max(span.start, left), min(span.end, right)
            if first > at:
                yield tags, body[at:first]
                tags = ""
            yield tags + span.opening, body[first:last]
            tags, at = "</a>", last
        if at < right:
            yield tags, body[at:right]
            tags = ""
        tags += "</mark>" * len(covering) + "".join(after for place, after in notes if place == right)
    if tags:
        yield tags, ""


def _after_closing_mark(body: str, at: int) -> int:
    return at + 1 if body[at : at + 1] in CLOSING_MARKS and at < len(body) else at
