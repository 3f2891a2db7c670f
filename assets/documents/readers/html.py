"""HTML and XHTML pages."""

import re
from collections.abc import Iterator

from assets.documents.decode import decode
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.shared.unknown_bundle import refuse_bundle_page
from assets.documents.record import Record
from assets.documents.source import Source

_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.I)
_FRAGMENT = re.compile(r"</?(?:p|div|article|span|a|h[1-6]|br|ul|table|section|meta|title|script|link)\b[^>]*>", re.I)
# How a page names its encoding (HTML5, HTML 4, XHTML); looked for in the first bytes only, as browsers do.
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:\-]+)|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:\-]+)", re.I
)
_DECLARATION_BYTES = 8192
_NOT_SHOWN = re.compile(
    r"<(script|style|noscript|template|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|([^<]+)|<", re.S | re.I
)
_LETTER = re.compile(r"[^\W\d_]")


def declared_encoding(raw: bytes) -> str | None:
    """The encoding that the page itself states."""
    match = _DECLARED.search(raw[:_DECLARATION_BYTES])
    return (match.group(1) or match.group(2)).decode("ascii") if match else None


def shows_words(markup: str) -> bool:
    """Whether the page shows any word: in its visible part, or as an article in its linked data."""
    if any(
        (shown := match.group(2)) and _LETTER.search(shown.replace("&nbsp;", ""))
        for match in _NOT_SHOWN.finditer(markup)
    ):
        return True
    return '"articleBody"' in markup


def looks_like_page(text: str) -> bool:
    """Whether a text is a whole page's markup."""
    return bool(_PAGE.search(text, 0, 4096))


def looks_like_markup(text: str) -> bool:
    """Whether a text is markup, a page or a piece of one, rather than prose with a stray angle bracket."""
    return len(_FRAGMENT.findall(text, 0, 20_000)) >= 2


def _matches(head: Head) -> bool:
    if head.root in ("html", "head", "body"):
        return True
    starts_with_tag = head.text.lstrip()[:1] == "<"
    if starts_with_tag and _PAGE.search(head.text):
        return True
    if head.ends_with(".html", ".htm", ".xhtml"):
        return bool(_FRAGMENT.search(head.text))
    return starts_with_tag and len(_FRAGMENT.findall(head.text)) >= 10


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    raw = source.read_document(options.max_file_bytes)
    decoded = decode(raw, declared_encoding(raw))
    refuse_bundle_page(decoded.text)
    yield Record(0, raw, "html", decoded.encoding, decoded.text, "html")


FORMAT = Format("html", _matches, _read)
