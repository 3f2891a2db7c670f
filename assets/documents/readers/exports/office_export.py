"""Press archives export to Word and rich text too: their text is read as the text export that it is."""

import io
from typing import BinaryIO, cast

from assets.documents.readers.exports.factiva import is_factiva
from assets.documents.readers.exports.lexisnexis import is_lexisnexis
from assets.documents.source import HEAD_BYTES, Source


def export_within(source: Source, text: str) -> Source | None:
    """The text of a Word or rich text file as a source of its own, where it is an export of many articles."""
    head = text[:HEAD_BYTES]
    if not (is_lexisnexis(head) or is_factiva(head)):
        return None
    stream = cast(BinaryIO, io.BytesIO(text.encode("utf-8", "replace")))
    return Source(
        source.path, "export.txt", stream, source.modified_at, None, source.depth, source.layers, around=source
    )
