"""Parquet: one article per row."""

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
_DAMAGE = (pa.ArrowException, OSError, UnicodeDecodeError)


def _matches(head: Head) -> bool:
    return head.data.startswith(_MAGIC)


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    with source.random_access(options.max_expanded_bytes) as opened:
        try:
            # Without pre-buffering a row group is read page by page, so memory does not grow with the file.
            table = pq.ParquetFile(opened, pre_buffer=False, buffer_size=1024 * 1024)
            n_rows = [table.metadata.row_group(group).num_rows for group in range(table.num_row_groups)]
        except _DAMAGE as error:
            raise SourceError("damaged", f"the Parquet file cannot be opened: {error}; write it again") from error
        first_no = 0
        for group, n_in_group in enumerate(n_rows):
            yield from _group(table, group, first_no, n_in_group, options)
            first_no += n_in_group


def _group(table: pq.ParquetFile, group: int, first_no: int, n_rows: int, options: ReadOptions) -> Iterator[Item]:
    """The rows of one group; where it breaks, the rest of it is one reject and the next group is read."""
    record_no = first_no
    try:
        for batch in table.iter_batches(batch_size=_BATCH_ROWS, row_groups=[group], use_threads=False):
            for row in batch.to_pylist():
                yield _row(record_no, row, options)
                record_no += 1
    except _DAMAGE as error:
        detail = (
            f"rows {record_no + 1} to {first_no + n_rows} of the Parquet file cannot be read: {error}; write it again"
        )
        yield Reject(record_no, "damaged", detail, 0)


def _row(record_no: int, row: dict[str, object], options: ReadOptions) -> Item:
    raw = orjson.dumps(row, default=_plain, option=orjson.OPT_NON_STR_KEYS)
    if len(raw) > options.max_file_bytes:
        problem = oversize(f"row {record_no + 1}", len(raw), options.max_file_bytes)
        return Reject(record_no, problem.reason, problem.detail, len(raw))
    return field_record(record_no, raw, row, "parquet", "utf-8", options.mapping)


def _plain(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


FORMAT = Format("parquet", _matches, _read)
