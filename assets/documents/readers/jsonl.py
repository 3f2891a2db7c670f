"""JSON lines: one object per line."""

from collections.abc import Iterator

import orjson

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.lines import LongLine, bounded_lines, decode_piece, open_text
from assets.documents.options import ReadOptions
from assets.documents.readers.shared.field_record import object_record
from assets.documents.record import Reject
from assets.documents.source import Source, oversize


def _matches(head: Head) -> bool:
    text = head.text.lstrip()
    if text[:1] != "{":
        return False
    first, newline, rest = text.partition("\n")
    if head.ends_with(".jsonl", ".ndjson", ".jsonlines"):
        return first.strip() != "{"
    return bool(newline) and _is_object(first) and rest.lstrip()[:1] == "{"


def _is_object(line: str) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    text = open_text(source)
    record_no = -1
    for line in bounded_lines(text.stream, options.max_file_bytes):
        if isinstance(line, LongLine):
            record_no += 1
            problem = oversize(f"line {record_no + 1}", line.n_bytes, options.max_file_bytes)
            yield Reject(record_no, problem.reason, problem.detail, line.n_bytes)
            continue
        line = line.strip()
        if line:
            record_no += 1
            yield _record(record_no, line, *decode_piece(line, text), options)


def _record(record_no: int, line: bytes, content: str, encoding: str, options: ReadOptions) -> Item:
    try:
        record = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        return Reject(
            record_no,
            "malformed_record",
            f"line {record_no + 1} is not JSON: {error}; correct or delete the line",
            len(line),
        )
    if not isinstance(record, dict):
        return Reject(
            record_no,
            "malformed_record",
            f"line {record_no + 1} is not a JSON object; each line must be one",
            len(line),
        )
    return object_record(record_no, line, record, "jsonl", encoding, options.mapping)


FORMAT = Format("jsonl", _matches, _read)
