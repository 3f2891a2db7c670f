"""Elements of an XML stream one at a time, with entities never expanded and nothing ever fetched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from lxml import etree

from assets.documents.lines import mended_stream, open_text
from assets.documents.options import ReadOptions
from assets.documents.source import BUFFER_BYTES, Source, SourceError, oversize

_OWN_ENTITIES = (b"amp", b"lt", b"gt", b"quot", b"apos")
_ENTITY_DECLARED = re.compile(rb"<!ENTITY\s+[^%\s]")
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_DECLARED = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:\-]+)")
# Bytes kept back at the end of a piece, so that no entity or declaration is cut.
_OVERLAP = 64


@dataclass(frozen=True, slots=True)
class XmlItem:
    """One element, its canonical bytes (the same however the file was laid out), and the encoding of its file."""

    element: etree._Element
    raw: bytes
    encoding: str


def xml_items(source: Source, options: ReadOptions, names: tuple[str, ...]) -> Iterator[XmlItem]:
    """Every outermost element with one of the local ``names``; an element is only valid until the next is asked for.

    Raises ``SourceError``: ``unsafe_markup`` for declared entities (the billion-laughs attack), ``malformed_record`` where
    the XML breaks; elements before that place have been delivered.
    """
    text = open_text(source)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        encoding="utf-8" if text.original.startswith(("utf-16", "utf-32")) else None,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    n_items = n_since = 0
    outermost: etree._Element | None = None
    try:
        declared = _DECLARED.match(source.head)
        is_utf8 = declared is None or declared.group(1).lower() in (b"utf-8", b"utf8")
        for piece in _pieces((mended_stream(text) if is_utf8 else text.stream).read):
            n_since += len(piece)
            parser.feed(piece)
            for event, element in parser.read_events():
                if local_name(element) not in names:
                    continue
                if event == "start":
                    outermost = element if outermost is None else outermost
                elif element is outermost:
                    yield _item(element, options)
                    outermost = None
                    n_items += 1
                    n_since = 0
                    _forget(element)
            if n_since > options.max_file_bytes:
                raise oversize(f"item {n_items + 1}", None, options.max_file_bytes)
        parser.close()
    except etree.LxmlError as error:
        raise SourceError(
            "malformed_record",
            f"the XML breaks after {n_items} items ({error}); correct it there or fetch it again",
        ) from error


def refuse_entities(data: bytes) -> None:
    """Raise where XML declares entities of its own."""
    if _ENTITY_DECLARED.search(data):
        raise SourceError(
            "unsafe_markup",
            "the XML declares entities, which are never expanded because they can grow without end; write them out",
        )


def _pieces(read: object) -> Iterator[bytes]:
    rest = b""
    while data := read(BUFFER_BYTES):  # type: ignore[operator]
        data = rest + data
        refuse_entities(data)
        cut = max(len(data) - _OVERLAP, 0)
        # An entity that begins before the cut may end after it.
        ampersand = data.rfind(b"&", max(cut - _OVERLAP, 0), cut)
        if ampersand >= 0 and b";" not in data[ampersand:cut]:
            cut = ampersand
        rest = data[cut:]
        yield _ENTITY.sub(_number, data[:cut])
    yield _ENTITY.sub(_number, rest)


def _number(match: re.Match[bytes]) -> bytes:
    """An entity of HTML, which XML does not know without a DTD, as character numbers."""
    name = match.group(1)
    characters = html5.get(name.decode("ascii") + ";")
    if name in _OWN_ENTITIES or characters is None:
        return match.group()
    return "".join(f"&#{ord(character)};" for character in characters).encode("ascii")


def _item(element: etree._Element, options: ReadOptions) -> XmlItem:
    raw = etree.tostring(element, method="c14n", with_comments=False)
    if len(raw) > options.max_file_bytes:
        raise oversize("this item", len(raw), options.max_file_bytes)
    encoding = element.getroottree().docinfo.encoding or "utf-8"
    return XmlItem(element, raw, encoding.lower())


def _forget(element: etree._Element) -> None:
    """Free what has been read; without this the tree grows with the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace or prefix."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def first_text(element: etree._Element, *paths: str) -> str | None:
    """The text of the first element found, by local names (``head/docdata``), space collapsed."""
    for path in paths:
        for found in find_all(element, path):
            text = " ".join("".join(found.itertext()).split())
            if text:
                return text
    return None


def first_attribute(element: etree._Element, path: str, attribute: str) -> str | None:
    """The attribute of the first element found that has it."""
    return next((value for found in find_all(element, path) if (value := found.get(attribute))), None)


def find_all(element: etree._Element, path: str) -> list[etree._Element]:
    """Elements at a path of local names below the element, at any depth for the first step."""
    steps = "/".join(f"*[local-name()='{name}']" for name in path.split("/"))
    return list(element.xpath(f".//{steps}"))
