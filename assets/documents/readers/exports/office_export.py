"""Press archives export to Word, rich text and HTML too: their text is read as the text export that it is."""

import io
import re
from typing import BinaryIO, cast

from assets.documents.readers.exports.europresse import is_europresse
from assets.documents.readers.exports.factiva import is_factiva
from assets.documents.readers.exports.lexisnexis import is_lexisnexis
from assets.documents.readers.exports.proquest import is_proquest
from assets.documents.source import HEAD_BYTES, Source, Within

# A cover page that lists hundreds of headlines is before the first article.
JUDGED_CHARACTERS = 4 * HEAD_BYTES
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_WIDEST_WRAPPED = 110


def export_within(source: Source, text: str) -> Source | None:
    """The text of an office file or a page as a source of its own, where it is an export of many articles."""
    head = text[:JUDGED_CHARACTERS]
    if not any(is_export(head) for is_export in (is_proquest, is_lexisnexis, is_factiva, is_europresse)):
        return None
    return export_source(source, _paragraphs_apart(text))


def export_source(source: Source, text: str) -> Source:
    """A text export inside a source, as a source."""
    stream = cast(BinaryIO, io.BytesIO(text.encode("utf-8", "replace")))
    within = Within(source, source.depth, source.layers)
    return Source(source.path, "export.txt", stream, source.modified_at, within=within)


def _paragraphs_apart(text: str) -> str:
    """A blank line between paragraphs, as in the exports that are text; lines that a page's width broke stay together."""
    lines = [line.strip() for line in text.split("\n")]
    long = [line for line in lines if len(line) >= 40]
    n_ended = sum(bool(_SENTENCE_END.search(line)) for line in long)
    is_wrapped = max(map(len, long), default=0) <= _WIDEST_WRAPPED and 2 * n_ended < len(long)
    return text if is_wrapped else "\n\n".join(lines)
