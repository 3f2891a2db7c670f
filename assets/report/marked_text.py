"""Text as HTML with its marks: the words of a wording that differ, the quotations and names in a body.

Everything that comes from an article passes ``escape`` here; what these functions return is safe in a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape
from rapidfuzz.distance import Indel

from assets.statements.wording import WORD

HANGING = " \t\n,"
"""What hangs at the end of a quotation only because the sentence goes on."""


@dataclass(frozen=True)
class Span:
    """A stretch of a body, in code points, with its CSS class.

    With a ``link`` it is an ``a`` around those words; without, a ``mark``, followed by ``after``.
    """

    start: int
    end: int
    kind: str
    link: str | None = None
    title: str = ""
    anchor: str | None = None
    after: Markup = Markup("")


def displayed(quotation: str) -> str:
    """The words of a quotation as a page shows them: without the comma that leads on to the rest of the sentence."""
    return quotation.strip().rstrip(HANGING)


def marked_wording(reference: str, wording: str) -> Markup:
    """The wording as printed, with what it drops of the reference in ``del`` and what it adds in ``ins``.

    Words are compared without regard to case and apostrophe. Without its ``del`` elements the text is ``wording``.
    """
    old, new = list(WORD.finditer(reference)), list(WORD.finditer(wording))
    opcodes = Indel.opcodes([_plain(word[0]) for word in old], [_plain(word[0]) for word in new])
    html, at, dropped = "", 0, ""
    for block in opcodes:
        if block.tag == "delete":
            dropped = _del(reference[old[block.src_start].start() : old[block.src_end - 1].end()])
            if block.dest_start == len(new):
                html += f" {dropped}" if html else dropped
                dropped = ""
            elif block.dest_start and _follows_as_kept(opcodes, block):
                html += f" {dropped}"
                dropped = ""
            continue
        start, end = new[block.dest_start].start(), new[block.dest_end - 1].end()
        html += escape(wording[at:start]) + (f"{dropped} " if dropped else "")
        words = escape(wording[start:end])
        html += f"<ins>{words}</ins>" if block.tag == "insert" else words
        at, dropped = end, ""
    return Markup(html + escape(wording[at:]))


def _follows_as_kept(opcodes: Sequence, block) -> bool:
    """Whether the words after a dropped run stand in both; else it is replaced and stands before its replacement."""
    return any(
        other.tag == "equal" and other.src_start == block.src_end and other.dest_start == block.dest_end
        for other in opcodes
    )


def _del(words: str) -> str:
    return f"<del>{escape(words)}</del>"


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
        if line.strip():
            lines.append(Markup(_marked(body, start, end, _within(marks, start, end), _within(links, start, end))))
        start = end + 1
    return lines


def apart(spans: Sequence[Span]) -> list[Span]:
    """Of spans that overlap, the one that comes first in the sequence."""
    kept: list[Span] = []
    for span in spans:
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return kept


def _within(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    return [span for span in spans if span.start < end and span.end > start]


def _marked(body: str, start: int, end: int, marks: Sequence[Span], links: Sequence[Span]) -> str:
    cuts = sorted({start, end, *(cut for span in marks for cut in (span.start, span.end) if start < cut < end)})
    html = ""
    for left, right in pairwise(cuts):
        piece = _linked(body, left, right, _within(links, left, right))
        covering = [span for span in marks if span.start <= left and span.end >= right]
        for span in reversed(covering):
            anchor = f' id="{escape(span.anchor)}"' if span.anchor and span.start == left else ""
            piece = f'<mark class="{escape(span.kind)}"{anchor} title="{escape(span.title)}">{piece}</mark>'
        html += piece + "".join(str(span.after) for span in covering if span.end == right)
    return html


def _linked(body: str, start: int, end: int, links: Sequence[Span]) -> str:
    html = ""
    for span in links:
        left, right = max(span.start, start), min(span.end, end)
        html += escape(body[start:left])
        html += (
            f'<a class="{escape(span.kind)}" href="{escape(span.link)}" title="{escape(span.title)}">'
            f"{escape(body[left:right])}</a>"
        )
        start = right
    return html + escape(body[start:end])
