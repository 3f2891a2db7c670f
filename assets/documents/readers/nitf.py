"""NITF 3, the News Industry Text Format of IPTC: one article per file. Source: https://iptc.org/standards/nitf/."""

from collections.abc import Iterator

from lxml import etree

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.shared.byline import names_in_byline
from assets.documents.readers.shared.markup import element_to_text, with_dateline
from assets.documents.readers.shared.xml_items import first_attribute, first_text, xml_items
from assets.documents.record import Record, Reject
from assets.documents.source import Source


def _matches(head: Head) -> bool:
    return head.root == "nitf"


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    for record_no, item in enumerate(xml_items(source, options, ("nitf",))):
        yield nitf_record(record_no, item.raw, item.element, item.encoding)


def nitf_record(record_no: int, raw: bytes, nitf: etree._Element, encoding: str) -> Record | Reject:
    """The document in a ``nitf`` element."""
    body = nitf_body(nitf)
    if not body:
        return Reject(
            record_no, "missing_text", "its body.content holds no text; ask for a feed with the full text", len(raw)
        )
    return Record(
        record_no, raw, "nitf", encoding, body, "body",
        url=first_attribute(nitf, "docdata/identified-content/classifier", "href") or first_attribute(nitf, "pubdata", "ex-ref"),
        outlet=first_attribute(nitf, "pubdata", "name") or first_text(nitf, "body.head/distributor")
        or first_attribute(nitf, "docdata/doc.copyright", "holder"),
        title=first_text(nitf, "hedline/hl1", "head/title"),
        published=first_attribute(nitf, "docdata/date.issue", "norm")
        or first_attribute(nitf, "pubdata", "date.publication")
        or first_attribute(nitf, "docdata/date.release", "norm"),
        authors=nitf_authors(nitf),
    )  # fmt: skip


def nitf_body(nitf: etree._Element) -> str:
    """The story of a ``nitf`` element, one paragraph per line, the dateline before it; captions are not part of it."""
    contents = nitf.xpath(".//*[local-name()='body.content']")
    if not contents:
        return ""
    for media in contents[0].xpath(".//*[local-name()='media']"):
        tail = media.tail
        media.clear()
        media.tail = tail
    return with_dateline(first_text(nitf, "body.head/dateline"), element_to_text(contents[0]))


def nitf_authors(nitf: etree._Element) -> tuple[str, ...]:
    """The people of the byline, by their markup where they have one."""
    people = [
        " ".join("".join(person.itertext()).split())
        for person in nitf.xpath(".//*[local-name()='byline']/*[local-name()='person']")
    ]
    return tuple(name for name in people if name) or names_in_byline(first_text(nitf, "body.head/byline"))


FORMAT = Format("nitf", _matches, _read)
