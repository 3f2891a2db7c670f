"""Text as HTML with its marks: the words of a wording that differ, the quotations and names in a body."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from assets.statements.wording import word_diff


@dataclass(frozen=True)
class Span:
    """A marked stretch of a body, in code points: what it is, where it leads and what a reader is told of it."""

    start: int
    end: int
    kind: str
    link: str | None
    title: str
    anchor: str | None = None


def marked_wording(reference: str, wording: str) -> Markup:
    """The wording with what it drops, adds and replaces against the reference marked by ``del`` and ``ins``."""
    parts = []
    for edit in word_diff(reference, wording):
        dropped = Markup('<del title="dropped">{}</del>').format(edit.reference_words)
        added = Markup('<ins title="added">{}</ins>').format(edit.words)
        match edit.op:
            case "kept":
                parts.append(escape(edit.words))
            case "dropped":
                parts.append(dropped)
            case "added":
                parts.append(added)
            case _:
                parts.append(dropped + " " + added)
    return Markup(" ").join(parts)


def marked_paragraphs(body: str, spans: Iterable[Span]) -> list[Markup]:
    """The body's lines as HTML; a quotation is a ``mark``, a name a link; spans may overlap and are cut at each other."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    lines: list[Markup] = []
    line_start = 0
    for line in body.split("\n"):
        line_end = line_start + len(line)
        lines.append(_marked(body, line_start, line_end, ordered))
        line_start = line_end + 1
    return lines


def _marked(body: str, start: int, end: int, spans: Sequence[Span]) -> Markup:
    here = [span for span in spans if span.start < end and span.end > start]
    cuts = sorted({start, end, *(cut for span in here for cut in (span.start, span.end) if start < cut < end)})
    pieces = Markup("")
    for left, right in pairwise(cuts):
        piece = escape(body[left:right])
        covering = [span for span in here if span.start <= left and span.end >= right]
        for span in sorted(covering, key=lambda span: span.kind):
            piece = _wrapped(piece, span, is_first=left == max(span.start, start))
        pieces += piece
    return pieces


def _wrapped(piece: Markup, span: Span, is_first: bool) -> Markup:
    if span.kind == "entity":
        return (
            Markup('<a class="name" href="{}" title="{}">{}</a>').format(span.link, span.title, piece)
            if span.link
            else piece
        )
    anchor = Markup(' id="{}"').format(span.anchor) if span.anchor and is_first else Markup("")
    mark = Markup('<mark class="{}"{} title="{}">{}</mark>').format(span.kind, anchor, span.title, piece)
    return mark
