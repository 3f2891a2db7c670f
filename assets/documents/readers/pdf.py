"""PDF: one article per file, the lines of its pages joined to paragraphs; or the export of a press archive."""

import io
import logging
from collections.abc import Iterator

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.exports.pdf_export import pdf_export
from assets.documents.readers.shared.paragraphs import join_wrapped
from assets.documents.readers.shared.unknown_bundle import refuse_bundle
from assets.documents.record import Record
from assets.documents.source import Source, SourceError

# What the library is known to raise on damaged files beside its own errors.
_DAMAGE = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
    OSError,
    ArithmeticError,
    NotImplementedError,
    AssertionError,
)


def _matches(head: Head) -> bool:
    return b"%PDF-" in head.data[:1024]


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    # Imported where it is needed: it costs every start half a second, and few corpora hold a PDF.
    import pypdf
    from pypdf.errors import PyPdfError

    raw = source.read_document(options.max_file_bytes)
    # The library reports each oddity of a file; the reject or the text says what counts.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("unreadable", "the PDF is locked with a password; save it without one")
        pages = [page.extract_text().split("\n") for page in reader.pages]
    except SourceError:
        raise
    except (PyPdfError, *_DAMAGE) as error:
        raise SourceError(
            "damaged", f"the PDF cannot be read ({type(error).__name__}: {error}); save it again"
        ) from error
    text = "\n".join(line for page in pages for line in join_wrapped(page))
    if not text.strip():
        raise SourceError("wordless", f"its {len(pages)} pages are pictures without text; run OCR on it first")
    export = pdf_export(source, pages)
    if export is not None:
        yield export
        return
    refuse_bundle(text)
    yield Record(0, raw, "pdf", "utf-8", text, "text")


FORMAT = Format("pdf", _matches, _read)
