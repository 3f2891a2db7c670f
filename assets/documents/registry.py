"""Every format that is read, one line each: the first that knows a source's first bytes reads it."""

from assets.documents.format import Format
from assets.documents.readers import (
    csv_rows,
    docx,
    epub,
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
    spreadsheet,
    text,
)
from assets.documents.readers.containers import compressed, mbox, tar_archive, warc, zip_archive
from assets.documents.readers.exports import europresse, factiva, lexisnexis, press_html, proquest

# Order matters: formats known by their first bytes come before those known by their shape; plain text is last.
FORMATS: tuple[Format, ...] = (
    warc.PACKED,
    *compressed.FORMATS,
    epub.FORMAT,
    spreadsheet.FORMAT,
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
    mbox.FORMAT,
    mail.MHTML,
    mail.EMAIL,
    europresse.PAGES,
    press_html.FACTIVA,
    press_html.EXPORTS,
    html.FORMAT,
    jsonl.FORMAT,
    json_values.FORMAT,
    proquest.FORMAT,
    lexisnexis.FORMAT,
    factiva.FORMAT,
    europresse.TEXT,
    csv_rows.FORMAT,
    text.FORMAT,
)
