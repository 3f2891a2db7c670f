"""Pages that hold many articles: Factiva's, the older ones of LexisNexis (``<DOCFULL>``), and ProQuest's."""

import re
from collections.abc import Iterator

from lxml import etree, html

from assets.documents.decode import decode
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.exports import article_ends
from assets.documents.readers.exports.factiva import COPYRIGHT, WORDS, factiva_record, outlet_and_date
from assets.documents.readers.exports.office_export import export_within
from assets.documents.readers.html import declared_encoding
from assets.documents.readers.shared.markup import element_to_text
from assets.documents.record import Record
from assets.documents.source import Source, SourceError

_FACTIVA = re.compile(r"articleParagraph|id=[\"']article-\w{8,}|class=[\"'](?:article )?\w\wArticle\b")
_NEXIS = re.compile(
    r"Hide XML section from browser|<DOCFULL\b|>\s*(?:Dokument|Document)?\s*\d+ (?:of|von|de|van|di|sur) \d+ DO[CK]UMENT",
    re.I,
)
_PROQUEST = re.compile(r"(?:ProQuest document ID|ProQuest-Dokument-ID|Report Information from ProQuest)", re.I)
# A headline counts itself where the page lists several: "2) Ferry strike ends".
_POSITION = re.compile(r"^\d{1,3}\)\s+")


def _is_factiva_page(head: Head) -> bool:
    return "<" in head.text and bool(_FACTIVA.search(head.text))


def _is_export_page(head: Head) -> bool:
    return (
        "<" in head.text
        and head.root in ("html", "head", "body", "")
        and bool(_NEXIS.search(head.text) or _PROQUEST.search(head.text))
    )


def _page(source: Source, options: ReadOptions) -> tuple[bytes, str, str, etree._Element]:
    raw = source.read_document(options.max_file_bytes)
    decoded = decode(raw, declared_encoding(raw))
    try:
        root = html.document_fromstring(decoded.text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("damaged", f"the page cannot be read ({error}); export it again") from error
    return raw, decoded.text, decoded.encoding, root


def _read_factiva(source: Source, options: ReadOptions) -> Iterator[Item]:
    raw, text, encoding, page = _page(source, options)
    articles = page.xpath(
        "//*[starts-with(@id, 'article-')] | //div[contains(concat(' ', @class, ' '), ' article ')]"
        "[not(ancestor::*[starts-with(@id, 'article-')])][not(ancestor::div[contains(concat(' ', @class, ' '), ' article ')])]"
    )
    articles = [article for article in articles if not any(other in articles for other in article.iterancestors())]
    articles = [
        article
        for article in articles
        if any(WORDS.match(line) or article_ends.FACTIVA.match(line) for line in _lines(article))
    ]
    if not articles:
        # A publisher's own page may name its paragraphs so too.
        export = export_within(source, element_to_text(page))
        yield export if export is not None else Record(0, raw, "html", encoding, text, "html")
        return
    for record_no, article in enumerate(articles):
        yield _article(record_no, article, encoding)


def _article(record_no: int, article: etree._Element, encoding: str) -> Item:
    raw = etree.tostring(article, method="c14n", with_tail=False)
    fields = _coded_fields(article)
    paragraphs = [
        text for p in article.xpath(".//p[contains(@class, 'articleParagraph')]") if (text := element_to_text(p))
    ]
    paragraphs = [" ".join(text.split("\n")) for text in paragraphs]
    headlines = [_line(found) for found in article.xpath(".//*[contains(@class, 'eadline')] | .//*[@id='hd']")]
    headline = next((_POSITION.sub("", text) for text in headlines if text), None)
    if fields:
        published = " ".join(fields[code] for code in ("PD", "ET") if fields.get(code)) or None
        title = headline or fields.get("HD")
        return factiva_record(
            record_no, raw, encoding, paragraphs, title, fields.get("SN"), published, fields.get("BY")
        )
    authors = [_line(found) for found in article.xpath(".//*[contains(@class, 'author')]")]
    lines = _lines(article)
    counted = next((number for number, line in enumerate(lines) if WORDS.match(line)), len(lines))
    rights = next((n for n in range(counted, len(lines)) if COPYRIGHT.match(lines[n])), None)
    first = next(
        (n for n in range(counted, len(lines)) if paragraphs and lines[n] == paragraphs[0].split("\n")[0]), None
    )
    ends = [end for end in (rights, first) if end is not None]
    outlet, published = outlet_and_date(lines[counted + 1 : min(ends, default=counted + 8)])
    return factiva_record(record_no, raw, encoding, paragraphs, headline, outlet, published, next(iter(authors), None))


def _coded_fields(article: etree._Element) -> dict[str, str]:
    """The fields of a table of codes: ``HD``, ``BY``, ``PD`` … in the first cell of each row."""
    fields: dict[str, str] = {}
    for row in article.xpath(".//tr[td or th]"):
        cells = [_line(cell) for cell in row.xpath("./td | ./th")]
        if len(cells) >= 2 and re.fullmatch(r"[A-Z]{2,3}", cells[0]):
            fields.setdefault(cells[0], " ".join(cells[1:]).strip())
    return fields if {"HD", "PD"} <= fields.keys() or {"SN", "PD"} <= fields.keys() else {}


def _lines(article: etree._Element) -> list[str]:
    return element_to_text(article).split("\n")


def _line(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _read_export(source: Source, options: ReadOptions) -> Iterator[Item]:
    raw, text, encoding, page = _page(source, options)
    # Each block of the page becomes a block of the text export.
    export = export_within(source, element_to_text(page).replace("\n", "\n\n"))
    yield export if export is not None else Record(0, raw, "html", encoding, text, "html")


FACTIVA = Format("factiva", _is_factiva_page, _read_factiva)
EXPORTS = Format("lexisnexis", _is_export_page, _read_export)
