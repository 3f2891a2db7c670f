"""Every format that is read, one line each: the first that knows a source's first bytes reads it."""

from assets.documents.format import Format
from assets.documents.readers import (
    csv_rows,
    docx,
    feed,
    html,
    json_values,
    jsonl,
    mail,
    newsml,
    nitf,
    parquet,
    pdf,
    rtf,
    text,
)
from assets.documents.readers.containers import compressed, tar_archive, warc, zip_archive
from assets.documents.readers.exports import factiva, lexisnexis

# Order matters: what is certain by its first bytes stands before what is told by shape, and plain text is last.
FORMATS: tuple[Format, ...] = (
    *compressed.FORMATS,
    docx.FORMAT,
    zip_archive.FORMAT,
    tar_archive.FORMAT,
    parquet.FORMAT,
    pdf.FORMAT,
    rtf.FORMAT,
    warc.FORMAT,
    newsml.FORMAT,
    nitf.FORMAT,
    feed.FORMAT,
    mail.MHTML,
    mail.EMAIL,
    html.FORMAT,
    jsonl.FORMAT,
    json_values.FORMAT,
    lexisnexis.FORMAT,
    factiva.FORMAT,
    csv_rows.FORMAT,
    text.FORMAT,
)
