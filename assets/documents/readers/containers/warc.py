"""WARC and ARC crawls: one document for every page that was answered in full; every other record is a reject.

A broken record costs itself: the next is looked for and read on. warcio reads the headers, and ARC as a stream. (fastwarc is
faster, yet stops the process on streams that end early.)
"""

import io
import logging
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from assets.documents.decode import decode
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import MIB, ReadOptions
from assets.documents.readers.containers.expand import Expanding
from assets.documents.readers.containers.http_encoding import decoded_body
from assets.documents.readers.containers.warc_blocks import Block, MemberReader, warc_blocks
from assets.documents.readers.html import declared_encoding
from assets.documents.record import Record, Reject
from assets.documents.source import Source, SourceError, oversize

_DAMAGE = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
    AttributeError,
)
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
# What each kind of record that is not a page is for.
_OTHER_RECORDS = {
    "warcinfo": "describes the crawl",
    "arc_header": "describes the crawl",
    "request": "is what the crawler asked",
    "metadata": "describes another record",
    "revisit": "says that a page had not changed since another record",
    "continuation": "continues another record",
}


# The server's headers are in the record before the page.
_HEADER_BYTES = MIB
_STATUS = re.compile(r"\b\d{3}\b")


def _matches(head: Head) -> bool:
    return head.data.startswith((b"WARC/", b"filedesc://"))


def _matches_packed(head: Head) -> bool:
    """A gzip file whose first member is a WARC record."""
    if not head.data.startswith(b"\x1f\x8b\x08"):
        return False
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head.data, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    if source.head.startswith(b"WARC/"):
        yield from _blocks(cast(BinaryIO, source.stream), options)
    else:
        yield from _read_arc(source, options)


def _read_packed(source: Source, options: ReadOptions) -> Iterator[Item]:
    members = MemberReader(cast(BinaryIO, source.stream))
    yield from _blocks(cast(BinaryIO, Expanding(source, members, (), options)), options)


def _blocks(stream: BinaryIO, options: ReadOptions) -> Iterator[Item]:
    # The library prints each odd address to the terminal; the record is read nevertheless.
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    loader = ArcWarcRecordLoader(verify_http=False)
    for record_no, block in enumerate(warc_blocks(stream, options.max_file_bytes + _HEADER_BYTES)):
        yield _block_item(record_no, block, loader, options)


def _block_item(record_no: int, block: Block, loader: ArcWarcRecordLoader, options: ReadOptions) -> Item:
    if block.problem is not None:
        detail = f"record {record_no + 1} is broken: {block.problem}; fetch the archive again"
        return Reject(record_no, "damaged", detail, block.n_bytes)
    if block.data is None:
        problem = oversize("this record", block.n_bytes, options.max_file_bytes)
        return Reject(record_no, problem.reason, problem.detail, block.n_bytes)
    try:
        return _item(record_no, loader.parse_record_stream(io.BytesIO(block.data)), options)
    except SourceError as error:
        return Reject(record_no, error.reason, error.detail, block.n_bytes)
    except _DAMAGE as error:
        detail = f"record {record_no + 1} cannot be read ({error}); fetch the archive again"
        return Reject(record_no, "damaged", detail, block.n_bytes)


class _Records(ArchiveIterator):  # type: ignore[misc]
    """Without the notes on wrong lengths that the library writes to the terminal; ``err_count`` counts them."""

    INC_RECORD = ""


def _read_arc(source: Source, options: ReadOptions) -> Iterator[Item]:
    archive = _Records(source.stream)
    records = iter(archive)
    # A record is only known to be as long as it states when the next one begins where it should.
    waiting: Item | None = None
    failure: SourceError | None = None
    n_records = 0
    while failure is None:
        following: Item | None = None
        try:
            record = next(records, None)
            following = None if record is None else _arc_item(n_records, record, options)
        except SourceError as error:
            failure = error
        except _DAMAGE as error:
            detail = f"the archive breaks after record {n_records} ({error}); fetch it again"
            failure = SourceError("damaged", detail)
        if archive.err_count:
            raise SourceError("damaged", f"record {n_records} is not as long as it states; fetch the archive again")
        if waiting is not None:
            yield waiting
        if following is None and failure is None:
            return
        waiting = following
        n_records += 1
    raise failure


def _arc_item(record_no: int, record: ArcWarcRecord, options: ReadOptions) -> Item:
    item = _item(record_no, record, options)
    record.raw_stream.read()
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise SourceError("damaged", f"record {record_no + 1} ends before its stated length; fetch the archive again")
    return item


def _item(record_no: int, record: ArcWarcRecord, options: ReadOptions) -> Item:
    size = int(record.length or 0)
    if record.rec_type not in ("response", "resource", "conversion"):
        purpose = _OTHER_RECORDS.get(record.rec_type, "is not a page")
        return Reject(record_no, "not_news", f"a {record.rec_type} record {purpose}; nothing to do", size)
    status = _status(record)
    if status != "200":
        return Reject(
            record_no,
            "not_news",
            f"the server answered with status {status or 'none'} and no page; crawl it again",
            size,
        )
    written = _content_type(record)
    kind = written.partition(";")[0].strip().lower()
    is_text = kind == "text/plain"
    if kind not in _PAGE_TYPES and not is_text:
        return Reject(
            record_no,
            "not_news",
            f"the record holds {kind or 'content of no stated type'} and no page; nothing to do",
            size,
        )
    if size > options.max_file_bytes:
        problem = oversize("this page", size, options.max_file_bytes)
        return Reject(record_no, problem.reason, problem.detail, size)
    return _page(record_no, record, written, is_text, options)


def _page(record_no: int, record: ArcWarcRecord, written: str, is_text: bool, options: ReadOptions) -> Item:
    body = record.raw_stream.read(options.max_file_bytes + 1)
    if len(body) > options.max_file_bytes:
        problem = oversize("this page", None, options.max_file_bytes)
        return Reject(record_no, problem.reason, problem.detail, len(body))
    try:
        data = decoded_body(
            body, _header(record, "Transfer-Encoding"), _header(record, "Content-Encoding"), options.max_file_bytes
        )
    except SourceError as error:
        return Reject(record_no, error.reason, error.detail, len(body))
    url = record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header("uri")
    charset = written.lower().partition("charset=")[2].partition(";")[0].strip(" \"'") or None
    try:
        decoded = decode(data, charset or (None if is_text else declared_encoding(data)))
    except SourceError as error:
        return Reject(record_no, error.reason, error.detail, len(data))
    content_type = "text" if is_text else "html"
    return Record(
        record_no, data, "warc", decoded.encoding, decoded.text, content_type, url=url.strip("<>") if url else None
    )


def _status(record: ArcWarcRecord) -> str:
    if record.http_headers is None:
        return "200"
    match = _STATUS.search(record.http_headers.statusline)
    return match.group() if match else ""


def _header(record: ArcWarcRecord, name: str) -> str:
    return (record.http_headers.get_header(name) if record.http_headers is not None else None) or ""


def _content_type(record: ArcWarcRecord) -> str:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    return headers.get_header("Content-Type") or ""


FORMAT = Format("warc", _matches, _read)
PACKED = Format("warc", _matches_packed, _read_packed)
