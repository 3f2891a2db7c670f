"""Plain text: one article, typed, pasted or saved from a browser with its menus and all."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from assets.documents.decode import decode
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.shared.unknown_bundle import refuse_bundle
from assets.documents.record import Record
from assets.documents.source import Source, SourceError

# Files about the files beside them.
_ABOUT = frozenset(["readme", "license", "licence", "copying", "changelog", "contributing"])


def _matches(head: Head) -> bool:
    return bool(head.text) and (not head.root or head.ends_with(".txt", ".text", ".md"))


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    if PurePosixPath(source.name).stem.lower() in _ABOUT:
        raise SourceError(
            "not_news", "by its name this file is about the files beside it; rename it if it is an article"
        )
    raw = source.read_document(options.max_file_bytes)
    decoded = decode(raw)
    refuse_bundle(decoded.text)
    yield Record(0, raw, "text", decoded.encoding, decoded.text, "text")


FORMAT = Format("text", _matches, _read)
