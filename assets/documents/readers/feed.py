"""RSS and Atom files: one document per item, from its full content where the feed has it, else from its summary."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from assets.documents.decode import as_mixed
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.html import declared_encoding, looks_like_markup, looks_like_page
from assets.documents.readers.shared.byline import names_in_byline
from assets.documents.readers.shared.markup import markup_to_text
from assets.documents.readers.shared.xml_items import refuse_entities
from assets.documents.record import Record, Reject
from assets.documents.source import Source, SourceError

# What the library is known to raise on damaged feeds.
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


def _matches(head: Head) -> bool:
    return head.root in ("rss", "feed") or (head.root == "rdf" and "purl.org/rss" in head.text)


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    raw = source.read_document(options.max_file_bytes)
    yield from feed_items(raw)


def feed_items(raw: bytes) -> Iterator[Item]:
    """The items of a feed; raises ``SourceError`` where it has none that can be read."""
    # Imported where it is needed, as in the PDF reader.
    import feedparser

    # A detector of encodings that some other package may have brought must not change what is read here.
    feedparser.encodings.lazy_chardet_encoding = None
    refuse_entities(raw)
    raw = _mended(raw)
    # Neither dates nor markup are touched: both are read later, by the rooms that know them.
    try:
        parsed = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
    except _DAMAGE as error:
        raise SourceError("malformed_record", f"the feed cannot be read ({error}); fetch it again") from error
    if not parsed.entries:
        if parsed.bozo:
            detail = f"the feed is not well-formed XML ({parsed.bozo_exception}); fetch it again"
            raise SourceError("malformed_record", detail)
        raise SourceError("empty", "the feed has no items; nothing to do")
    outlet = _line(parsed.feed.get("title"))
    encoding = (parsed.get("encoding") or "utf-8").lower()
    for record_no, entry in enumerate(parsed.entries):
        yield _record(record_no, entry, outlet, encoding)
    if parsed.bozo and not isinstance(parsed.bozo_exception, feedparser.CharacterEncodingOverride):
        detail = f"the feed breaks after item {len(parsed.entries)} ({parsed.bozo_exception}); fetch it again"
        raise SourceError("damaged", detail)


def _mended(raw: bytes) -> bytes:
    """A feed in UTF-8 with single wrong bytes, which the library would read in another encoding as a whole."""
    if (declared_encoding(raw) or "utf-8").lower() not in ("utf-8", "utf8"):
        return raw
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        mixed = as_mixed(raw)
        return mixed.text.encode("utf-8", "replace") if mixed is not None else raw
    return raw


def _record(record_no: int, entry: Mapping[str, Any], outlet: str | None, encoding: str) -> Item:
    contents = [part.get("value") or "" for part in entry.get("content") or []]
    full = max(contents, key=len, default="")
    text = full if full.strip() else entry.get("summary") or ""
    authors = [name for author in entry.get("authors") or [] for name in names_in_byline(author.get("name"))]
    fields: dict[str, Any] = {
        "id": entry.get("id"), "link": entry.get("link"), "title": _line(entry.get("title")),
        # Atom's "updated" is when an item was last changed, which is not a date of publication.
        "published": dict(entry).get("published"), "authors": authors, "text": text,
        "outlet": _line((entry.get("source") or {}).get("title")) or outlet,
    }  # fmt: skip
    raw = orjson.dumps(fields)
    if not text.strip():
        return Reject(
            record_no,
            "missing_text",
            f"this item has only a headline; fetch its page {fields['link'] or ''}".strip(),
            len(raw),
        )
    is_page = looks_like_page(text)
    content = text if is_page or not (looks_like_markup(text) or "&" in text or "<" in text) else markup_to_text(text)
    kind = "html" if is_page else "body" if full.strip() else "excerpt"
    return Record(
        record_no, raw, "feed", encoding, content, kind, fields["link"], fields["outlet"],
        fields["title"], fields["published"], tuple(authors),
    )  # fmt: skip


def _line(value: str | None) -> str | None:
    """A title as plain text; feeds put markup into it."""
    if not value:
        return None
    return " ".join((markup_to_text(value) if "<" in value or "&" in value else value).split()) or None


FORMAT = Format("feed", _matches, _read)
