"""EPUB: a book's chapters or a newspaper issue's articles, one document each, in the order of the spine (EPUB 2 and 3)."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree, html

from assets.documents.decode import decode
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.html import declared_encoding
from assets.documents.readers.shared.byline import is_byline, names_in_byline
from assets.documents.readers.shared.markup import element_to_text
from assets.documents.readers.shared.xml_items import find_all, first_text, refuse_entities
from assets.documents.record import Record, Reject
from assets.documents.source import Source, SourceError, oversize

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_PAGE_NAMES = (".xhtml", ".html", ".htm")
# Pages about the book, by their name, by what the book says of them, and by their own mark (epub:type).
_ABOUT_NAME = re.compile(
    r"^(?:cover|title-?_?page|toc|nav|contents|table-?_?of-?_?contents|copyright|colophon|imprint|masthead|landmarks)(?:[-_]?\d+)?$",
    re.I,
)
_ABOUT_TYPE = re.compile(
    r"\b(?:cover|titlepage|title-page|toc|landmarks|loi|lot|copyright-page|colophon|halftitlepage|page-list)\b"
)
_ISSUE_DATE = re.compile(r"\s*[\[(][^\])]*\d[^\])]*[\])]\s*$|(?:,\s+(?:\w+,?\s+)?|\s+)\d{1,2}\.?\s+\w+\s+\d{4}$")
_MAKERS = frozenset(["calibre", "unknown"])
_LONGEST_RUBRIC = 200
_MAX_PACKAGE_BYTES = 16 * 1024 * 1024


@dataclass
class _Book:
    """What the package says: the pages in reading order, those that are about the book, and whose book it is."""

    pages: list[str] = field(default_factory=list)
    about: set[str] = field(default_factory=set)
    outlet: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()


def _matches(head: Head) -> bool:
    return head.data.startswith(b"PK\x03\x04") and (
        b"mimetypeapplication/epub" in head.data[:256]
        or (head.ends_with(".epub") and b"META-INF/container.xml" in head.data)
    )


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    with source.random_access(options.max_expanded_bytes) as opened:
        try:
            package = zipfile.ZipFile(opened)
        except _DAMAGE as error:
            raise SourceError("damaged", f"the e-book cannot be opened ({error}); fetch it again") from error
        with package:
            book = _book(package)
            if not book.pages:
                raise SourceError("empty", "the e-book has no page; fetch it again")
            for record_no, page in enumerate(book.pages):
                yield _page(record_no, package, page, book, options)


def _book(package: zipfile.ZipFile) -> _Book:
    container = _xml(package, "META-INF/container.xml")
    path = (
        next((found.get("full-path") for found in find_all(container, "rootfile")), None)
        if container is not None
        else None
    )
    root = _xml(package, path) if path else None
    if path is None or root is None:
        return _Book(_by_name(package))
    folder = posixpath.dirname(path)
    items = {item.get("id"): item for item in find_all(root, "manifest/item")}
    book = _Book()
    for reference in find_all(root, "spine/itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and item.get("media-type") in _PAGES:
            book.pages.append(_place(folder, item.get("href") or ""))
    about = [item.get("href") for item in items.values() if "nav" in (item.get("properties") or "").split()]
    about += [
        found.get("href") for found in find_all(root, "guide/reference") if _ABOUT_TYPE.search(found.get("type") or "")
    ]
    book.about = {_place(folder, href) for href in about if href}
    book.pages = book.pages or _by_name(package)
    publisher = first_text(root, "metadata/publisher")
    title = first_text(root, "metadata/title")
    is_named = publisher is not None and publisher.lower() not in _MAKERS
    book.outlet = publisher if is_named else (_ISSUE_DATE.sub("", title) or None) if title else None
    book.published = _published(root)
    book.authors = _authors(root)
    return book


def _published(root: etree._Element) -> str | None:
    """The date of publication; EPUB 2 names other events too (creation, modification)."""
    dates = [
        (_attribute(found, "event"), "".join(found.itertext()).strip()) for found in find_all(root, "metadata/date")
    ]
    dates = [(event, date) for event, date in dates if date and event in ("", "publication", "original-publication")]
    return min(dates)[1] if dates and not any(event for event, _ in dates) else next((d for e, d in dates if e), None)


def _authors(root: etree._Element) -> tuple[str, ...]:
    names = [
        "".join(found.itertext()) for found in find_all(root, "metadata/creator")
        if _attribute(found, "role") in ("", "aut")
    ]  # fmt: skip
    found = [name for written in names for name in names_in_byline(written)]
    return tuple(name for name in found if name.lower() not in _MAKERS)


def _attribute(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _xml(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part of the package; none where it is missing or no XML, so that the pages are found by their names."""
    try:
        with package.open(name) as opened:
            data = opened.read(_MAX_PACKAGE_BYTES)
    except _DAMAGE:
        return None
    refuse_entities(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    return etree.fromstring(data, parser) if data.strip() else None


def _place(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _by_name(package: zipfile.ZipFile) -> list[str]:
    return [name for name in package.namelist() if name.lower().endswith(_PAGE_NAMES)]


def _page(record_no: int, package: zipfile.ZipFile, name: str, book: _Book, options: ReadOptions) -> Item:
    try:
        with package.open(name) as opened:
            raw = opened.read(options.max_file_bytes + 1)
    except KeyError:
        return Reject(record_no, "damaged", f"the e-book lists {name!r} and does not hold it; fetch it again", 0)
    except _DAMAGE as error:
        return Reject(record_no, "damaged", f"the page {name!r} cannot be unpacked ({error}); fetch it again", 0)
    if len(raw) > options.max_file_bytes:
        problem = oversize(f"the page {name!r}", None, options.max_file_bytes)
        return Reject(record_no, problem.reason, problem.detail, len(raw))
    try:
        decoded = decode(raw, declared_encoding(raw))
    except SourceError as error:
        # Pages of a book with digital rights are encrypted.
        detail = f"the page {name!r} is not text ({error.detail}); an e-book with copy protection cannot be read"
        return Reject(record_no, "unreadable", detail, len(raw))
    try:
        root = html.document_fromstring(decoded.text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Reject(record_no, "empty", f"the page {name!r} holds nothing; nothing to do", len(raw))
    url = _downloaded_from(root)
    title, text = _title_and_text(root)
    if name in book.about or _is_about(name, root, text):
        return Reject(
            record_no, "not_news", f"the page {name!r} is the e-book's cover or contents; nothing to do", len(raw)
        )
    if not text:
        return Reject(
            record_no, "missing_text", f"the page {name!r} holds a heading or a picture only; nothing to do", len(raw)
        )
    first, _, rest = text.partition("\n")
    authors = names_in_byline(first) if rest and is_byline(first) else ()
    return Record(
        record_no, raw, "epub", decoded.encoding, rest if authors else text, "body",
        url, book.outlet, title, book.published, authors or book.authors,
    )  # fmt: skip


def _downloaded_from(root: etree._Element) -> str | None:
    """The address in the bars that calibre puts around an article; the bars are taken out."""
    url = None
    for bar in root.xpath("//*[contains(@class, 'calibre_navbar') or contains(@class, 'calibre_feed_navbar')]"):
        url = url or next((link for link in bar.xpath(".//a/@href") if link.startswith("http")), None)
        bar.drop_tree()
    return url


def _title_and_text(root: etree._Element) -> tuple[str | None, str]:
    """The heading and the text below it; a rubric above it is not part of the story."""
    body = next(iter(root.xpath("//body")), root)
    headings = [found for level in ("h1", "h2", "h3") for found in body.xpath(f".//{level}") if _text(found)]
    lines = element_to_text(body).split("\n")
    if headings:
        title = _text(headings[0])
        below = next((number for number, line in enumerate(lines) if line == title), None)
        if below is not None and sum(map(len, lines[:below])) <= _LONGEST_RUBRIC:
            lines = lines[below + 1 :]
        return title, "\n".join(lines)
    return next((text for found in root.xpath("//title") if (text := _text(found))), None), "\n".join(lines)


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _is_about(name: str, root: etree._Element, text: str) -> bool:
    stem = posixpath.splitext(posixpath.basename(name))[0]
    kinds = [
        value for element in root.xpath("//body | //body/* | //body/section/*")
        for key, value in element.attrib.items() if _name(key) == "type"
    ]  # fmt: skip
    if any(_ABOUT_TYPE.search(kind) for kind in kinds) or (_ABOUT_NAME.match(stem) and len(text) < 20_000):
        return True
    links = root.xpath("//body//a[@href and not(starts-with(@href, 'http'))]")
    n_linked = sum(len(" ".join("".join(link.itertext()).split())) for link in links)
    return len(links) >= 2 and n_linked > 0.6 * len(text)


def _name(attribute: str) -> str:
    """An attribute's name without its namespace or prefix."""
    return attribute.rpartition("}")[2].rpartition(":")[2]


FORMAT = Format("epub", _matches, _read)
