"""NewsML-G2 and NewsML 1, as agencies send their items. Source: https://iptc.org/standards/newsml-g2/.

What agencies do with it: Reuters puts its desk into ``located``, so that is never taken for a dateline; AFP writes place and
agency into ``dateline`` and leaves them out of the text, so it is put back before the first paragraph.
"""

from collections.abc import Iterator

from lxml import etree

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.html import looks_like_markup
from assets.documents.readers.nitf import nitf_authors, nitf_body
from assets.documents.readers.shared.byline import names_in_byline
from assets.documents.readers.shared.markup import element_to_text, markup_to_text, with_dateline
from assets.documents.readers.shared.xml_items import (
    XmlItem,
    find_all,
    first_attribute,
    first_text,
    local_name,
    xml_items,
)
from assets.documents.record import Record, Reject
from assets.documents.source import Source

_ITEMS = ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "NewsItem")


def _matches(head: Head) -> bool:
    return head.root in ("newsmessage", "newsml", *(name.lower() for name in _ITEMS))


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    for record_no, item in enumerate(xml_items(source, options, _ITEMS)):
        yield _record(record_no, item)


def _record(record_no: int, item: XmlItem) -> Item:
    element, n_bytes = item.element, len(item.raw)
    name = local_name(element)
    if name not in ("newsItem", "NewsItem"):
        return Reject(record_no, "not_news", f"a {name} lists other items and holds no article", n_bytes)
    status = (
        first_attribute(element, "itemMeta/pubStatus", "qcode")
        or first_attribute(element, "Status", "FormalName")
        or ""
    )
    if status.lower().endswith(("canceled", "cancelled", "withheld")):
        return Reject(record_no, "not_news", f"the agency has withdrawn this item (status {status})", n_bytes)
    kind = (first_attribute(element, "itemMeta/itemClass", "qcode") or "text").rpartition(":")[2]
    if kind not in ("text", "composite"):
        return Reject(record_no, "not_news", f"this item is of class {kind!r} and holds no article", n_bytes)
    body = _body(element)
    if not body:
        return Reject(
            record_no,
            "missing_text",
            "this item holds no text, only its description; fetch the item it points to",
            n_bytes,
        )
    dateline = first_text(element, "contentMeta/dateline", "NewsLines/DateLine")
    return Record(
        record_no, item.raw, "newsml", item.encoding, with_dateline(dateline, body), "body",
        url=_address(element), outlet=_outlet(element),
        title=first_text(element, "contentMeta/headline", "NewsLines/HeadLine", "hedline/hl1", "itemMeta/title"),
        published=first_text(
            element, "itemMeta/firstCreated", "contentMeta/contentCreated", "itemMeta/versionCreated",
            "NewsManagement/FirstCreated", "NewsManagement/ThisRevisionCreated",
        ),
        authors=_authors(element),
    )  # fmt: skip


def _body(element: etree._Element) -> str:
    for content in find_all(element, "contentSet/inlineXML") + find_all(element, "ContentItem/DataContent"):
        nitf = content.xpath("./*[local-name()='nitf']")
        if nitf and (story := nitf_body(nitf[0])):
            return story
        html_bodies = content.xpath(".//*[local-name()='body']")
        if story := element_to_text(html_bodies[0] if html_bodies else content):
            return markup_to_text(story) if looks_like_markup(story) else story
    for content in find_all(element, "contentSet/inlineData"):
        text = "".join(content.itertext())
        if text.strip():
            return markup_to_text(text) if looks_like_markup(text) else text.strip()
    return ""


def _authors(element: etree._Element) -> tuple[str, ...]:
    by = first_text(element, "contentMeta/by", "NewsLines/ByLine")
    if by:
        return names_in_byline(by)
    people = [
        creator for creator in find_all(element, "contentMeta/creator")
        if not (creator.get("role") or "").endswith("desk") and "person" in (creator.get("type") or "cpnat:person")
    ]  # fmt: skip
    names = tuple(name for creator in people if (name := first_text(creator, "name")))
    return names or nitf_authors(element)


def _outlet(element: etree._Element) -> str | None:
    """Who sends the item: by name, else by the last part of the provider's code (``nprov:REUTERS``)."""
    named = first_text(
        element,
        "itemMeta/provider/name",
        "contentMeta/creditline",
        "contentMeta/infoSource/name",
        "NewsLines/CreditLine",
    )
    code = (
        first_attribute(element, "itemMeta/provider", "qcode")
        or first_attribute(element, "itemMeta/provider", "uri")
        or ""
    )
    literal = first_attribute(element, "itemMeta/provider", "literal") or first_attribute(
        element, "AdministrativeMetadata/Provider/Party", "FormalName"
    )
    return named or literal or code.replace("/", ":").rpartition(":")[2] or None


def _address(element: etree._Element) -> str | None:
    addresses = [
        first_attribute(element, "itemMeta/link", "href"),
        first_attribute(element, "contentMeta/link", "href"),
        element.get("guid"),
    ]
    return next((address for address in addresses if address and address.startswith("http")), None)


FORMAT = Format("newsml", _matches, _read)
