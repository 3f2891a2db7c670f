"""WARC and ARC crawls: one document for every page that was answered in full; every other record is a reject.

warcio reads both formats as streams. (fastwarc is faster, yet stops the process on streams that end early.)
"""

import zlib
from collections.abc import Iterator

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from assets.documents.decode import decode
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
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
# What each kind of record that is no page is for.
_OTHER_RECORDS = {
    "warcinfo": "describes the crawl",
    "arc_header": "describes the crawl",
    "request": "is what the crawler asked",
    "metadata": "describes another record",
    "revisit": "says that a page had not changed since another record",
    "continuation": "continues another record",
}


def _matches(head: Head) -> bool:
    return head.data.startswith((b"WARC/", b"filedesc://"))


class _Records(ArchiveIterator):
    """Without the notes on wrong lengths that the library writes to the terminal; ``err_count`` counts them."""

    INC_RECORD = ""


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
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
            following = None if record is None else _item(n_records, record, options)
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


def _item(record_no: int, record: ArcWarcRecord, options: ReadOptions) -> Item:
    size = int(record.length or 0)
    if record.rec_type not in ("response", "resource", "conversion"):
        purpose = _OTHER_RECORDS.get(record.rec_type, "is no page")
        return Reject(record_no, "not_news", f"a {record.rec_type} record {purpose}; nothing to do", size)
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
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
    # Read through the content encoding (gzip, brotli, chunks), so that a small record cannot grow without end.
    data = record.content_stream().read(options.max_file_bytes + 1)
    if len(data) > options.max_file_bytes:
        problem = oversize("this page", None, options.max_file_bytes)
        return Reject(record_no, problem.reason, problem.detail, len(data))
    # What the content encoding left over (the last chunk's mark) is read too; what is still owed then is missing.
    record.raw_stream.read()
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise SourceError("damaged", f"record {record_no + 1} ends before its stated length; fetch the archive again")
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


def _content_type(record: ArcWarcRecord) -> str:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    return headers.get_header("Content-Type") or ""


FORMAT = Format("warc", _matches, _read)
