"""Word documents (.docx): one article per file, one paragraph per line."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from lxml import etree

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.exports.office_export import export_within
from assets.documents.readers.shared.unknown_bundle import refuse_bundle
from assets.documents.record import Record
from assets.documents.source import Source, SourceError, oversize

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    AttributeError,
    RuntimeError,
    NotImplementedError,
)


def _matches(head: Head) -> bool:
    return head.data.startswith(b"PK\x03\x04") and (b"word/" in head.data or head.ends_with(".docx"))


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    # Imported where it is needed, as in the PDF reader.
    from docx.opc.exceptions import OpcError

    with source.random_access(options.max_file_bytes) as opened:
        raw = opened.read(options.max_file_bytes + 1)
        if len(raw) > options.max_file_bytes:
            raise oversize("this document", None, options.max_file_bytes)
        opened.seek(0)
        try:
            with zipfile.ZipFile(opened) as package:
                n_expanded = sum(part.file_size for part in package.infolist())
            if n_expanded > options.max_file_bytes:
                raise oversize("the unpacked document", n_expanded, options.max_file_bytes)
            opened.seek(0)
            text = _text(opened)
        except SourceError:
            raise
        except (OpcError, *_DAMAGE) as error:
            raise SourceError("damaged", f"the Word document cannot be opened ({error}); save it again") from error
    export = export_within(source, text)
    if export is not None:
        yield export
        return
    refuse_bundle(text)
    yield Record(0, raw, "docx", "utf-8", text, "text")


def _text(opened: IO[bytes]) -> str:
    import docx
    from docx.table import Table

    lines: list[str] = []
    for block in docx.Document(opened).iter_inner_content():
        if isinstance(block, Table):
            lines += [" ".join(dict.fromkeys(cell.text for cell in row.cells)) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


FORMAT = Format("docx", _matches, _read)
