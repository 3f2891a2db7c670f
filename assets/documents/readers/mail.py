"""Messages: newsletters as ``.eml`` files, and pages saved by a browser as MHTML."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime

from assets.documents.decode import decode
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.html import declared_encoding
from assets.documents.record import Record
from assets.documents.source import Source, SourceError

_HEADER = re.compile(r"\A(?:[A-Za-z][\w\-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_TELLING = re.compile(
    r"^(?:from|date|subject|mime-version|received|message-id|content-type|return-path|delivered-to|to):", re.I | re.M
)
_PAGE = re.compile(r"^(?:snapshot-content-location:|from:\s*<?saved by|content-type:\s*multipart/related)", re.I | re.M)
# What the standard library's parser is known to raise on headers that break the standard.
_BROKEN_HEADER = (ValueError, ArithmeticError, LookupError, AttributeError, TypeError)


def _header(head: Head) -> str:
    match = _HEADER.match(head.text.replace("\r\n", "\n"))
    return match.group() if match else ""


def _is_message(head: Head) -> bool:
    header = _header(head)
    return len({found.lower() for found in _TELLING.findall(header)}) >= (
        2 if head.ends_with(".eml") else 3
    ) or _is_page(head)


def _is_page(head: Head) -> bool:
    header = _header(head)
    return bool(_PAGE.search(header)) and (
        head.ends_with(".mht", ".mhtml") or "saved by" in header.lower() or "snapshot-content" in header.lower()
    )


def _read_page(source: Source, options: ReadOptions) -> Iterator[Item]:
    yield mail_record(0, source.read_document(options.max_file_bytes), "mhtml")


def _read_message(source: Source, options: ReadOptions) -> Iterator[Item]:
    yield mail_record(0, source.read_document(options.max_file_bytes), "email")


def mail_record(record_no: int, raw: bytes, format_name: str) -> Record:
    """The document in a message; raises ``SourceError`` where it shows no text."""
    is_page = format_name == "mhtml"
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    address = _plain(message, "Snapshot-Content-Location") or _plain(message, "Content-Location")
    part = _shown_part(message, address)
    if part is None:
        raise SourceError("missing_text", "the message has no text or HTML part; save it again with its content")
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    is_html = part.get_content_type() == "text/html"
    charset = part.get_content_charset()
    decoded = decode(data, charset or (declared_encoding(data) if is_html else None))
    url = address or _plain(part, "Content-Location")
    return Record(
        record_no, raw, format_name, decoded.encoding, decoded.text, "html" if is_html else "text",
        url=url if url and url.startswith("http") else None,
        outlet=None if is_page else _sender(message),
        title=_decoded(message, "Subject"),
        # The day a page was saved is not the day it was published.
        published=None if is_page else _date(message),
    )  # fmt: skip


def _shown_part(message: Message, address: str | None) -> Message | None:
    parts = [part for part in message.walk() if not part.is_multipart() and not _is_attachment(part)]
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    saved = [part for part in pages if address and _plain(part, "Content-Location") == address]
    texts = [part for part in parts if part.get_content_type() == "text/plain"]
    return next(iter(saved or pages or texts), None)


def _is_attachment(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except _BROKEN_HEADER:
        return False


def _plain(message: Message, name: str) -> str | None:
    value = message.get(name)
    return str(value).strip().strip("<>") or None if value is not None else None


def _decoded(message: Message, name: str) -> str | None:
    """A header with its encoded words (=?utf-8?q?…?=) read."""
    value = message.get(name)
    if value is None:
        return None
    try:
        parsed = EmailMessage(policy=email.policy.default)
        parsed[name] = " ".join(str(value).split())
        return str(parsed[name]).strip() or None
    except _BROKEN_HEADER:
        return str(value).strip() or None


def _sender(message: Message) -> str | None:
    name, address = parseaddr(_decoded(message, "From") or "")
    return name or address.partition("@")[2] or None


def _date(message: Message) -> str | None:
    value = message.get("Date")
    if value is None:
        return None
    try:
        return parsedate_to_datetime(str(value)).isoformat()
    except _BROKEN_HEADER:
        return None


MHTML = Format("mhtml", _is_page, _read_page)
EMAIL = Format("email", _is_message, _read_message)
