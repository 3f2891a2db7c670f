"""The story in a web page.

Accurate: every text block of the page is scored by a trained classifier, from its words, its place in the page's
structure, its neighbours, and what two general extractors (trafilatura and resiliparse) and the page's own JSON-LD say.
Fast: the page's text as resiliparse reads it, cleaned as pasted text is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from assets.articles.html.features import squeeze
from assets.articles.html.model import block_scores
from assets.articles.html.page import Page
from assets.articles.html.reasons import block_reason
from assets.articles.html.story import assemble, page_features
from assets.articles.html.units import block_roles
from assets.articles.lines.named import named_lines
from assets.articles.lines.repeats import end_lines, fold_line
from assets.articles.walls import is_offer

HtmlMode = Literal["accurate", "fast"]
OTHER_SPACES = ("\t", "\u00a0", *map(chr, range(0x2000, 0x200B)), "\u202f", "\u205f", "\u3000")


@dataclass(frozen=True)
class CleanedHtml:
    """``body`` has one paragraph per line; ``kept`` holds (line number, text) of these lines in the page's text.

    ``removed`` holds (line number, text, reason) of everything else; ``line_roles`` has one entry per line of the body,
    ``ends`` has the lines, spaces folded, that are boilerplate if other stories end with them, with the lines above.
    """

    body: str
    kept: list[tuple[int, str]]
    removed: list[tuple[int, str, str]]
    line_roles: tuple[str, ...] = ()
    ends: tuple[tuple[str, str], ...] = ()


def tidy(text: str) -> str:
    """One paragraph per line: runs of spaces become one, blank lines go, the rest is untouched."""
    for space in OTHER_SPACES:
        text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    lines = map(str.strip, text.splitlines())
    return "\n".join(filter(None, lines))


def clean_html(
    page: Page, url: str | None, title: str | None, authors: Sequence[str] = (), repeated: Collection[str] = ()
) -> CleanedHtml:
    """The body of a page; ``title`` is its headline: the line that prints it, or the page's ``h1``, gets that name.

    A line that is just the name of one of its ``authors`` is a byline wherever it is; ``repeated`` has lines
    that other stories of its outlet end with too.
    """
    blocks, features = page_features(page, url)
    if not blocks:
        return CleanedHtml("", [], [])
    kept = assemble(blocks, block_scores(features))
    named = dict.fromkeys((squeeze(text) for text in (title, page.heading) if text), "title")
    named |= dict.fromkeys(map(squeeze, authors), "byline")
    named.pop("", None)
    story = [
        number
        for place, number in enumerate(kept)
        if not (reason := named.get(squeeze(blocks[number].text))) or (reason == "title" and place > 0)
    ]
    kept = story or kept
    told = named_lines([block.text for block in blocks])
    kept = [number for number in kept if not told[number]]
    while len(kept) > 1 and is_offer(blocks[kept[-1]].text):
        kept.pop()
    places, above = end_lines([blocks[number].text for number in kept])
    ends = {kept[place]: fold_line(blocks[kept[place]].text) for place in places}
    kept = [number for number in kept if ends.get(number) not in repeated]
    inside = set(kept)
    removed = [
        (
            number,
            block.text,
            "repeated" if number in ends else named.get(squeeze(block.text)) or told[number] or block_reason(block),
        )
        for number, block in enumerate(blocks)
        if number not in inside
    ]
    lines = [(number, blocks[number].text) for number in kept]
    return CleanedHtml(
        "\n".join(text for _, text in lines), lines, removed, tuple(block_roles(blocks, kept)),
        tuple((line, above) for line in sorted(set(ends.values()))),
    )  # fmt: skip
