"""A piece of markup, as feeds and agencies deliver bodies, as plain text: one paragraph per line."""

import re

from lxml import etree, html

from assets.text.languages.language import words

_BLOCKS = words("""
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
    hl1 hl2 block
""")
_NOT_SHOWN = frozenset(["script", "style", "template", "noscript", "iframe", "svg", "object"])
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")


def markup_to_text(markup: str) -> str:
    """Plain text of a piece of HTML: one block per line, entities resolved, space collapsed, scripts left out."""
    if not markup.strip():
        return ""
    try:
        root = _parsed(markup)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return _SPACE.sub(" ", re.sub(r"<[^>]*>", " ", markup)).strip()
    return element_to_text(root)


def _parsed(markup: str) -> etree._Element:
    try:
        return html.fragment_fromstring(markup, create_parent="div")
    except AssertionError:
        # lxml relies on a page having one body; damaged markup may have none.
        return html.document_fromstring(markup)


def element_to_text(root: etree._Element) -> str:
    """Plain text of an element, one block per line; names are compared without their namespace."""
    pieces: list[str] = []
    _collect(root, pieces)
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(root: etree._Element, pieces: list[str]) -> None:
    skipping: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if skipping is None:
                pieces.append(_SPACE.sub(" ", element.tail or ""))
            continue
        name = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping is None and name in _NOT_SHOWN:
                skipping = element
            if skipping is None:
                if name in _BLOCKS or name == "br":
                    pieces.append("\n")
                pieces.append(_SPACE.sub(" ", element.text or ""))
            continue
        if skipping is element:
            skipping = None
        if skipping is None:
            if name in _BLOCKS:
                pieces.append("\n")
            if element is not root:
                pieces.append(_SPACE.sub(" ", element.tail or ""))


def with_dateline(dateline: str | None, body: str) -> str:
    """The body with its dateline before the first paragraph, as a paper prints it, unless it already has it."""
    if not dateline or not body or body.startswith(dateline.rstrip(" -–—")[:12]):
        return body
    return f"{dateline.rstrip(' -–—')} - {body}"
