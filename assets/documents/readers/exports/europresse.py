"""Europresse exports: as text, each article ended by its number (``news·20260304·ABC·0123``), and as HTML, one ``<article>`` each."""

import re
from collections.abc import Iterator

from lxml import etree, html

from assets.documents.decode import decode
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.exports.article_ends import EUROPRESSE
from assets.documents.readers.exports.text_export import Piece, blocks, pieces
from assets.documents.readers.html import declared_encoding
from assets.documents.readers.shared.byline import names_in_byline
from assets.documents.readers.shared.markup import element_to_text
from assets.documents.readers.shared.paragraphs import join_blocks
from assets.documents.record import Record, Reject
from assets.documents.source import Source, SourceError
from assets.text.dates.reading import date_in

_RIGHTS = re.compile(r"^\s*(?:©|\(c\)|Copyright\b|Tous droits réservés|All rights reserved|Cet article est paru dans|This article appeared in"
                     r"|Note\(s\) ?:|Aussi paru dans|Also appeared in|La présente publication|Ce document est réservé|Visualiser l['’]article)", re.I)  # fmt: skip
_ISSUE = re.compile(r",? (?:no|n°|nº|vol)\.? ?\d.*$", re.I)
_NO_TEXT = "this article of the export has no text; export it in full"


def is_europresse(text: str) -> bool:
    """Whether a text is such an export, by its beginning."""
    return ("·" in text or "•" in text) and any(
        EUROPRESSE.match(line) for line in text.replace("\xa0", " ").splitlines()
    )


def is_between(line: str) -> bool:
    """Whether a line comes between two articles."""
    return bool(EUROPRESSE.match(line))


def _matches_text(head: Head) -> bool:
    return not head.root and is_europresse(head.text)


def _matches_html(head: Head) -> bool:
    return "DocPublicationName" in head.text and "<" in head.text


def _read_text(source: Source, options: ReadOptions) -> Iterator[Item]:
    record_no = -1
    for piece in pieces(source, options, lambda _: False, is_between):
        if not piece.is_oversize and not EUROPRESSE.match(piece.lines[-1]):
            # What the export says of itself after the last article.
            continue
        record_no += 1
        yield piece.rejected(record_no, options.max_file_bytes) if piece.is_oversize else _piece(record_no, piece)


def _piece(record_no: int, piece: Piece) -> Item:
    """Outlet and date are in one block, the title below, perhaps a byline, then the story and the rights."""
    lines = piece.lines[:-1]
    dated = next(
        (n for n, line in enumerate(lines) if len(line) < 160 and date_in(line) and _outlet_above(lines, n)), None
    )
    if dated is None:
        return Reject(
            record_no, "missing_text", "this article has no outlet and date above it; export it again", piece.n_bytes
        )
    end = next((n for n in range(dated, len(lines)) if _RIGHTS.match(lines[n])), len(lines))
    below = blocks(lines[dated + 1 : end])
    title = " ".join(below[0]) if below else None
    byline, first = _byline(below[1]) if len(below) > 2 else (None, None)
    story = below[1:] if byline is None else [first or [], *below[2:]]
    paragraphs = join_blocks([line for block in story for line in [*block, ""]])
    if not paragraphs:
        return Reject(record_no, "missing_text", _NO_TEXT, piece.n_bytes)
    return Record(
        record_no, piece.data, "europresse", piece.encoding, "\n".join(paragraphs), "body",
        outlet=_ISSUE.sub("", _outlet_above(lines, dated) or "") or None, title=title, published=date_in(lines[dated]),
        authors=names_in_byline(byline),
    )  # fmt: skip


def _outlet_above(lines: list[str], dated: int) -> str | None:
    """The line right above the date; a cover page has none there or lists what was searched."""
    above = lines[dated - 1].strip() if dated else ""
    return above if above and not above.endswith((":", ".")) and len(above) < 100 else None


def _byline(block: list[str]) -> tuple[str | None, list[str] | None]:
    """A short line by itself without a full stop is the byline."""
    line = block[0]
    is_name = (
        len(block) == 1 and len(line) < 70 and not line.endswith((".", "!", "?", "»", "”", ":")) and line[:1].isupper()
    )
    return (line, None) if is_name and len(line.split()) <= 8 else (None, None)


def _read_html(source: Source, options: ReadOptions) -> Iterator[Item]:
    raw = source.read_document(options.max_file_bytes)
    decoded = decode(raw, declared_encoding(raw))
    try:
        page = html.document_fromstring(decoded.text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("damaged", f"the page cannot be read ({error}); export it again") from error
    articles = page.xpath("//article[.//*[contains(@class, 'DocPublicationName')]]")
    for record_no, article in enumerate(articles):
        yield _article(record_no, article, decoded.encoding)


def _article(record_no: int, article: etree._Element, encoding: str) -> Item:
    raw = etree.tostring(article, method="c14n", with_tail=False)
    texts = _classed(article, "docOcurrContainer") or _classed(article, "DocText")
    paragraphs = [
        line for line in element_to_text(texts[0]).split("\n") if not (_RIGHTS.match(line) or EUROPRESSE.match(line))
    ] if texts else []  # fmt: skip
    if not any(paragraphs):
        return Reject(record_no, "missing_text", _NO_TEXT, len(raw))
    header = ", ".join(_line(found) for found in _classed(article, "DocHeader"))
    titles = [_line(found) for found in _classed(article, "titreArticle") + _classed(article, "TitreArticle")]
    authors = [_line(found) for found in _classed(article, "docAuthors") + _classed(article, "sm-margin-bottomNews")]
    published = date_in(header) or next(
        (date for found in article.xpath("./header") if (date := date_in(_line(found)))), None
    )
    outlet = _ISSUE.sub("", _line(next(iter(article.xpath(".//span[contains(@class, 'DocPublicationName')]")), None))
                        or _line(next(iter(_classed(article, "DocPublicationName")), None)))  # fmt: skip
    return Record(
        record_no, raw, "europresse", encoding, "\n".join(paragraphs), "body",
        url=next((link for link in article.xpath(".//header//a/@href") if link.startswith("http")), None),
        outlet=outlet or None, title=next((title for title in titles if title), None), published=published,
        authors=names_in_byline(next((author for author in authors if author), None)),
    )  # fmt: skip


def _classed(article: etree._Element, name: str) -> list[etree._Element]:
    return list(article.xpath(f".//*[contains(@class, '{name}')]"))


def _line(element: etree._Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


TEXT = Format("europresse", _matches_text, _read_text)
PAGES = Format("europresse", _matches_html, _read_html)
