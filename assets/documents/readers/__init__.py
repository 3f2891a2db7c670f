"""One reader per file, one line per format: the first that knows a source's first bytes reads it."""

from assets.documents.readers import csv_rows, gzip_stream, html, jsonl, parquet, text
from assets.documents.record import Format

# Order matters: what is certain by its first bytes stands before what is told by shape, and plain text is last.
FORMATS: tuple[Format, ...] = (
    gzip_stream.FORMAT,
    parquet.FORMAT,
    html.FORMAT,
    jsonl.FORMAT,
    csv_rows.FORMAT,
    text.FORMAT,
)
