"""Text as HTML with its marks: the words of a wording that differ, the quotations and names in a body.

Everything that comes from an article passes ``escape`` here; what these functions return is safe in a page.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from markupsafe import Markup, escape
from rapidfuzz.distance import Indel

from assets.statements.wording import WORD

SPECIAL = re.compile("[&<>\"']")
CLOSING_MARKS = '"”’»'
HANGING = " \t\n,"
"""What hangs at the end of a quotation only because the sentence goes on."""


class Span(NamedTuple):
    """A stretch of a body, in code points, with its CSS class.

    With a ``link`` it is an ``a`` around those words; without, a ``mark``. ``after`` is HTML that comes after it, and
    after the mark that closes a quotation.
    """

    start: int
    end: int
    kind: str
    link: str | None = None
    title: str = ""
    anchor: str | None = None
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


def marked_paragraphs(body: str, spans: Sequence[Span]) -> list[Markup]:
    """The lines of a body that hold text, as HTML.

    Spans with a link must not overlap each other (see :func:`apart`); marks may overlap anything.
    """
    marks = sorted((span for span in spans if not span.link), key=lambda span: (span.start, -span.end))
    links = sorted((span for span in spans if span.link), key=lambda span: span.start)
    lines = []
    start = 0
    for line in body.split("\n"):
        end = start + len(line)
        # A mark may go on over several lines; what has ended before this one is of no more use.
        marks, links = _from(marks, start), _from(links, start)
        if line.strip():
            lines.append(Markup(_marked(body, start, end, _within(marks, start, end), _within(links, start, end))))
        start = end + 1
    return lines


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


def _marked(body: str, start: int, end: int, marks: Sequence[Span], links: Sequence[Span]) -> str:
    if not marks and not links:
        return as_html(body[start:end])
    notes = [(_after_closing_mark(body, span.end), span.after) for span in marks if span.after and span.end <= end]
    inner = {cut for span in marks for cut in (span.start, span.end)} | {at for at, _ in notes}
    cuts = sorted({start, end, *(cut for cut in inner if start < cut < end)})
    html = ""
    for left, right in pairwise(cuts):
        piece = _linked(body, left, right, _within(links, left, right))
        covering = [span for span in marks if span.start <= left and span.end >= right]
        for span in reversed(covering):
            anchor = f' id="{as_html(span.anchor)}"' if span.anchor and span.start == left else ""
            piece = f'<mark class="{as_html(span.kind)}"{anchor} title="{as_html(span.title)}">{piece}</mark>'
        html += piece + "".join(after for at, after in notes if at == right)
    return html


def _after_closing_mark(body: str, at: int) -> int:
    return at + 1 if body[at : at + 1] in CLOSING_MARKS and at < len(body) else at


def _linked(body: str, start: int, end: int, links: Sequence[Span]) -> str:
    html = ""
    for span in links:
        left, right = max(span.start, start), min(span.end, end)
        html += as_html(body[start:left])
        html += (
            f'<a class="{as_html(span.kind)}" href="{as_html(span.link or "")}" title="{as_html(span.title)}">'
            f"{as_html(body[left:right])}</a>"
        )
        start = right
    return html + as_html(body[start:end])
