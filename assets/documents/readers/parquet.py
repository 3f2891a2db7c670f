"""Parquet: one article a row."""

from collections.abc import Iterator

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.shared.field_record import field_record
from assets.documents.record import Reject
from assets.documents.source import Source, SourceError, oversize

_MAGIC = b"PAR1"
_BATCH_ROWS = 64


def _matches(head: Head) -> bool:
    return head.data.startswith(_MAGIC)


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    with source.random_access(options.max_expanded_bytes) as opened:
        record_no = -1
        try:
            # Without pre-buffering a row group is read page by page, so memory does not grow with the file.
            table = pq.ParquetFile(opened, pre_buffer=False, buffer_size=1024 * 1024)
            for batch in table.iter_batches(batch_size=_BATCH_ROWS, use_threads=False):
                for row in batch.to_pylist():
                    record_no += 1
                    yield _row(record_no, row, options)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise SourceError(
                "damaged", f"the Parquet file cannot be read after row {record_no + 1}: {error}; write it again"
            ) from error


def _row(record_no: int, row: dict[str, object], options: ReadOptions) -> Item:
    raw = orjson.dumps(row, default=_plain, option=orjson.OPT_NON_STR_KEYS)
    if len(raw) > options.max_file_bytes:
        problem = oversize(f"row {record_no + 1}", len(raw), options.max_file_bytes)
        return Reject(record_no, problem.reason, problem.detail, len(raw))
    return field_record(record_no, raw, row, "parquet", "utf-8", options.mapping)


def _plain(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


FORMAT = Format("parquet", _matches, _read)
