"""One record of named fields (a JSON object, a CSV or Parquet row) as a document."""

from collections.abc import Mapping

from assets.documents.columns import read_fields
from assets.documents.readers.html import looks_like_markup, looks_like_page
from assets.documents.readers.ninjs import is_ninjs, ninjs_record
from assets.documents.readers.shared.markup import markup_to_text
from assets.documents.record import Record, Reject


def field_record(
    record_no: int,
    raw: bytes,
    record: Mapping[str, object],
    format_name: str,
    encoding: str,
    mapping: Mapping[str, str],
) -> Record | Reject:
    """The document in this record; a reject where no field holds its text."""
    fields = read_fields(record, mapping)
    content, content_type = fields.text, "excerpt" if fields.is_excerpt else "body"
    if content is None:
        content, content_type = fields.html, "html"
    if content is None:
        return Reject(record_no, "missing_text", _missing_text(record), len(raw))
    delivered = content_type if content_type != "html" else "body"
    if looks_like_markup(content):
        content_type = "html"
    if content_type == "html" and not looks_like_page(content):
        content, content_type = markup_to_text(content), delivered
    return Record(
        record_no, raw, format_name, encoding, content, content_type,
        fields.url, fields.outlet, fields.title, fields.published, fields.authors,
    )  # fmt: skip


def object_record(
    record_no: int,
    raw: bytes,
    record: Mapping[str, object],
    format_name: str,
    encoding: str,
    mapping: Mapping[str, str],
) -> Record | Reject:
    """The document in a JSON object: an agency's ninjs item, or named fields."""
    if is_ninjs(record):
        return ninjs_record(record_no, raw, record, encoding)
    return field_record(record_no, raw, record, format_name, encoding, mapping)


def _missing_text(record: Mapping[str, object]) -> str:
    names = ", ".join(str(name) for name in list(record)[:12]) or "none"
    return (
        f"no field of this record holds the article's text (its fields: {names}); name the field in the settings' mapping, "
        "or fetch the pages if this is a list of links"
    )
