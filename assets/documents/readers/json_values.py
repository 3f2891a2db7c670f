"""JSON: an array of articles, an answer of an interface that wraps one, one article, or values one after another."""

import codecs
import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import BinaryIO

import orjson

from assets.documents.columns import read_fields
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.lines import mended_stream, open_text
from assets.documents.options import ReadOptions
from assets.documents.readers.ninjs import is_ninjs
from assets.documents.readers.shared.field_record import object_record
from assets.documents.record import Reject
from assets.documents.source import BUFFER_BYTES, Source, SourceError, oversize

# An object that wraps a list of records, by the names that interfaces give the list: {"status": "ok", "articles": [{…
_WRAPPED = re.compile(
    r'\{(?:[^\[\]{}]|\{[^\[\]{}]*\})*?"(?:articles|posts|stories|results|items|documents|docs|data|hits|news|entries|value|records)"'
    r"\s*:\s*(?=\[\s*\{)"
)
_HAS_TEXT = re.compile(r'"(?:text|body|content|maintext|article_?body|html|body_\w+|versioncreated)"\s*:', re.I)
_OPENING = re.compile(r'\{\s*("(?:[^"\\]|\\.)*")\s*:')
_LONGEST_OPENING = 1024
_GAP = re.compile(r"[\s,]*")
# A value that stops this near to the end of what was read may only be cut; so may a string that is still open.
_CUT_CHARACTERS = 32


def _matches(head: Head) -> bool:
    text = head.text.lstrip()
    if text[:1] == "{":
        return head.ends_with(".json", ".geojson") or bool(re.match(r'\{\s*(?:"|\})', text))
    return text[:1] == "[" and (head.ends_with(".json") or bool(re.match(r"\[\s*(?:\{|\])", text)))


class _Values:
    """Values of a stream of JSON text, one at a time, however many there are."""

    def __init__(self, stream: BinaryIO, encoding: str, limit: int) -> None:
        self._stream, self._limit = stream, limit
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._scan = JSONDecoder(strict=False).raw_decode
        self._text = ""
        self._position = 0
        self._ended = False
        self.n_values = 0

    def peek(self) -> str:
        """The next character that is not a space or comma; empty at the end."""
        while True:
            self._position = _GAP.match(self._text, self._position).end()  # type: ignore[union-attr]
            if self._position < len(self._text) or not self._more(BUFFER_BYTES):
                return self._text[self._position : self._position + 1]

    def skip(self, n_characters: int) -> None:
        """Pass over what was peeked at."""
        self._position += n_characters

    def start_of_records(self) -> int:
        """How many characters come before an array of records that an object wraps; 0 where it wraps none."""
        while len(self._text) - self._position < BUFFER_BYTES and self._more(BUFFER_BYTES):
            pass
        match = _WRAPPED.match(self._text, self._position, self._position + BUFFER_BYTES)
        return match.end() - self._position + 1 if match and not _HAS_TEXT.search(match.group()) else 0

    def next(self) -> tuple[object, bytes]:
        """The next value and the bytes it was written in (as UTF-8)."""
        wanted = BUFFER_BYTES
        while True:
            try:
                value, end = self._scan(self._text, self._position)
            except JSONDecodeError as error:
                is_cut = error.msg.startswith("Unterminated") or error.pos > len(self._text) - _CUT_CHARACTERS
                if not is_cut or not self._more(wanted):
                    raise self._malformed(error) from error
            except RecursionError as error:
                raise SourceError(
                    "malformed_record", f"value {self.n_values + 1} is nested too deeply to read; delete it"
                ) from error
            else:
                if end < len(self._text) or self._ended or isinstance(value, dict | list):
                    raw = self._text[self._position : end].encode("utf-8", "replace")
                    self._position = end
                    self.n_values += 1
                    return value, raw
                self._more(wanted)
            wanted *= 2

    def pass_over(self) -> int | None:
        """Go to the next record of the list after one that is broken: it opens with the same member; how far that is.

        None where there is none, so that nothing that follows can be read.
        """
        opening = _OPENING.match(self._text, self._position)
        if opening is None:
            return None
        following = re.compile(r"\}\s*,\s*(?=" + r"\{\s*" + re.escape(opening.group(1)) + r"\s*:)")
        n_passed = 0
        while True:
            match = following.search(self._text, self._position + 1)
            if match is not None:
                n_passed += match.end() - self._position
                self._position = match.end()
                self.n_values += 1
                return n_passed
            # What may be the beginning of it at the end is looked at again with what follows.
            kept = max(len(self._text) - _LONGEST_OPENING, self._position)
            n_passed += kept - self._position
            self._position = kept
            if not self._more(BUFFER_BYTES):
                return None

    def _more(self, size: int) -> bool:
        if self._ended:
            return False
        self._text, self._position = self._text[self._position :], 0
        if len(self._text) > self._limit:
            raise oversize(f"value {self.n_values + 1}", None, self._limit)
        data = self._stream.read(size)
        self._ended = not data
        self._text += self._decoder.decode(data, not data)
        return bool(data)

    def _malformed(self, error: JSONDecodeError) -> SourceError:
        reason = "damaged" if self._ended and error.pos > len(self._text) - _CUT_CHARACTERS else "malformed_record"
        return SourceError(
            reason,
            f"the JSON cannot be read after {self.n_values} values ({error.msg}); correct it there or fetch it again",
        )


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    text = open_text(source)
    values = _Values(mended_stream(text), text.encoding, options.max_file_bytes)
    record_no = -1
    inside = False
    while character := values.peek():
        if character == "[" and not inside:
            values.skip(1)
            inside = True
            continue
        if character == "]" and inside:
            values.skip(1)
            return
        if character == "{" and not inside and (skipped := values.start_of_records()):
            values.skip(skipped)
            inside = True
            continue
        try:
            value, raw = values.next()
        except SourceError as error:
            n_passed = values.pass_over() if inside and error.reason == "malformed_record" else None
            if n_passed is None:
                raise
            record_no += 1
            yield Reject(record_no, error.reason, f"record {record_no + 1}: {error.detail}", n_passed)
            continue
        for record, record_raw in [(value, raw)] if inside else _records(value, raw, options):
            record_no += 1
            yield _document(record_no, record, record_raw, text.original, options)
    if inside:
        raise SourceError(
            "damaged", f"the list of records breaks off after record {record_no + 1}; fetch the file again"
        )


def _records(value: object, raw: bytes, options: ReadOptions) -> Iterator[tuple[object, bytes]]:
    """The records of one value: itself, or the longest list of objects within it where it has no text of its own."""
    if isinstance(value, dict) and not is_ninjs(value):
        fields = read_fields(value, options.mapping)
        if fields.text is None and fields.html is None:
            lists = [found for found in _lists(value, 0) if found]
            if lists:
                yield from ((record, orjson.dumps(record)) for record in max(lists, key=len))
                return
    yield value, raw


def _lists(value: dict[str, object], depth: int) -> Iterator[list[object]]:
    for inner in value.values():
        if isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
            yield inner
        elif isinstance(inner, dict) and depth < 2:
            yield from _lists(inner, depth + 1)


def _document(record_no: int, record: object, raw: bytes, encoding: str, options: ReadOptions) -> Item:
    if not isinstance(record, dict):
        detail = f"value {record_no + 1} is not a JSON object; each article must be one"
        return Reject(record_no, "malformed_record", detail, len(raw))
    return object_record(record_no, raw, record, "json", encoding, options.mapping)


FORMAT = Format("json", _matches, _read)
