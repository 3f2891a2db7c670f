"""Mailboxes (mbox): one document per mail. A mail begins with a line ``From sender date``; within it, such lines are escaped."""

import re
from collections.abc import Iterator

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.lines import LongLine, bounded_lines
from assets.documents.options import ReadOptions
from assets.documents.readers.mail import mail_record
from assets.documents.record import Reject
from assets.documents.source import Source, SourceError, oversize

# A sender, a day and a time, a year: "From now on the boats sail hourly" has none of them.
_BEGIN = re.compile(rb"From (?:\S+ +|.{0,200}@\S* +)?(?=.*\d{1,2}:\d\d)(?=.*\b(?:19|20)\d\d\b)[^\n]{10,200}\r?\n?")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_ESCAPED = re.compile(rb"^>(>*From )", re.M)


def _matches(head: Head) -> bool:
    first, _, rest = head.data.lstrip(b"\r\n").partition(b"\n")
    return first.startswith(b"From ") and bool(_BEGIN.fullmatch(first + b"\n") and _HEADER.match(rest.lstrip(b">")))


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    mail: list[bytes] = []
    waiting: bytes | None = None
    n_bytes = 0
    record_no = -1
    for line in bounded_lines(source.stream, options.max_file_bytes):
        if waiting is not None:
            # It begins a mail where a header is below it, else it is a line of this one.
            if not isinstance(line, LongLine) and _HEADER.match(line.lstrip(b">")):
                if n_bytes:
                    record_no += 1
                    yield _mail(record_no, mail, n_bytes, options)
                mail, n_bytes = [], 0
            else:
                n_bytes += len(waiting)
                mail.append(waiting)
            waiting = None
        if isinstance(line, LongLine):
            n_bytes += line.n_bytes
        elif line.startswith(b"From ") and _BEGIN.fullmatch(line):
            waiting = line
            continue
        elif line.strip() or n_bytes:
            n_bytes += len(line)
            mail.append(line)
        if n_bytes > options.max_file_bytes:
            mail.clear()
    if waiting is not None:
        n_bytes += len(waiting)
        mail.append(waiting)
    if n_bytes:
        yield _mail(record_no + 1, mail, n_bytes, options)


def _mail(record_no: int, lines: list[bytes], n_bytes: int, options: ReadOptions) -> Item:
    if n_bytes > options.max_file_bytes:
        problem = oversize(f"mail {record_no + 1}", n_bytes, options.max_file_bytes)
        return Reject(record_no, problem.reason, problem.detail, n_bytes)
    raw = _ESCAPED.sub(rb"\1", b"".join(lines).rstrip(b"\r\n") + b"\n")
    try:
        return mail_record(record_no, raw, "mbox")
    except SourceError as error:
        return Reject(record_no, error.reason, error.detail, n_bytes)


FORMAT = Format("mbox", _matches, _read)
