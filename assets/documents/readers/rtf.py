"""Rich text (.rtf): one article per file, one paragraph per line."""

from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.exports.office_export import export_within
from assets.documents.readers.shared.unknown_bundle import refuse_bundle
from assets.documents.record import Record
from assets.documents.source import Source, SourceError

_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, OverflowError)


def _matches(head: Head) -> bool:
    return head.data.lstrip()[:5] == b"{\\rtf"


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    raw = source.read_document(options.max_file_bytes)
    try:
        # Rich text is ASCII with escapes; writers that put bytes into it mean Windows-1252 unless the file says otherwise.
        text = rtf_to_text(raw.decode("cp1252", "replace"), errors="replace")
    except _DAMAGE as error:
        raise SourceError("damaged", f"the rich text cannot be read ({error}); save it again") from error
    export = export_within(source, text)
    if export is not None:
        yield export
        return
    refuse_bundle(text)
    yield Record(0, raw, "rtf", "cp1252", text, "text")


FORMAT = Format("rtf", _matches, _read)
