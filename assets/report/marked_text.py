"""A wording as HTML with its marks: the words that differ from another's.

Everything that comes from an article passes ``escape`` here; what these functions return is safe in a page.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup, escape
from rapidfuzz.distance import Indel

from assets.statements.wording import WORD

SPECIAL = re.compile("[&<>\"']")
HANGING = " \t\n,"
"""What hangs at the end of a quotation only because the sentence goes on."""


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
