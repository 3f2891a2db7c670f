"""The records of a WARC file as blocks of bytes, one at a time; a broken one is reported and the next is looked for."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from assets.documents.source import BUFFER_BYTES

_BEGIN = re.compile(rb"WARC/\d+\.\d+[ \t]*\r?\n")
_BEGIN_WITHIN = re.compile(rb"(?<=\n)WARC/\d+\.\d+[ \t]*\r?\n")
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d+)[ \t]*\r?$", re.I | re.M)
_LONGEST_HEADER = 256 * 1024
_LONGEST_LINE = 64 * 1024
_LONGEST_BEGIN = 32
_COMPACTED_FROM = 1024 * 1024
_WRONG_LENGTH = "its length is not the one it states"
# Takes the place of a member that does not expand; it is never a line of a record.
_BROKEN_MEMBER = b"\n\x00\n"
_MEMBER = b"\x1f\x8b\x08"


@dataclass
class Block:
    """One record: its bytes, from the header on; none where it is over the limit or broken, which ``problem`` then names."""

    n_bytes: int
    data: bytes | None = None
    problem: str | None = None


class _Reader:
    """A stream that can be looked into before it is taken from."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self._position = 0

    def ahead(self, size: int) -> int:
        """How many of the next ``size`` bytes there are; they are held then."""
        if self._position > _COMPACTED_FROM:
            del self._buffer[: self._position]
            self._position = 0
        while (n_held := len(self._buffer) - self._position) < size:
            piece = self._stream.read(BUFFER_BYTES)
            if not piece:
                return n_held
            self._buffer += piece
        return size

    def take(self, size: int) -> bytes:
        """The next bytes, at most ``size``."""
        end = self._position + self.ahead(size)
        data = bytes(memoryview(self._buffer)[self._position : end])
        self._position = end
        return data

    def peek(self, start: int, end: int) -> bytes:
        """The bytes between two places ahead, as far as there are any."""
        n_ahead = self.ahead(end)
        return bytes(memoryview(self._buffer)[self._position + start : self._position + n_ahead])

    def find(self, pattern: re.Pattern[bytes], size: int) -> int | None:
        """How far ahead, within the next ``size`` bytes, the pattern begins."""
        end = self._position + self.ahead(size)
        match = pattern.search(self._buffer, self._position, end)
        return match.start() - self._position if match else None

    def readline(self) -> bytes:
        """The next line with its end, or as much of an overlong one as is looked at."""
        size = 1024
        while True:
            n_ahead = self.ahead(size)
            end = self._buffer.find(b"\n", self._position, self._position + n_ahead) + 1
            if end or n_ahead < size or size >= _LONGEST_LINE:
                return self.take(end - self._position if end else n_ahead)
            size *= 4


def warc_blocks(stream: BinaryIO, limit: int) -> Iterator[Block]:
    """All records in their order; ``limit`` bounds the bytes that are held of one."""
    reader = _Reader(stream)
    while line := reader.readline():
        if _BEGIN.fullmatch(line):
            block = _block(reader, line, limit)
            if block.problem is not None:
                block.n_bytes += _pass_to_next(reader)
            yield block
        elif line.strip():
            yield Block(len(line) + _pass_to_next(reader), problem="not a record")


def _pass_to_next(reader: _Reader) -> int:
    """Go to where the next record begins; how far that is."""
    n_passed = 0
    while reader.find(_BEGIN, _LONGEST_BEGIN) != 0 and (line := reader.readline()):
        n_passed += len(line)
    return n_passed


def _block(reader: _Reader, first: bytes, limit: int) -> Block:
    header = first
    while True:
        if reader.find(_BEGIN, _LONGEST_BEGIN) == 0 or len(header) > _LONGEST_HEADER:
            return Block(len(header), problem="its header does not end")
        line = reader.readline()
        if not line:
            return Block(len(header), problem="the file ends within its header")
        header += line
        if not line.strip():
            break
    stated = _LENGTH.search(header)
    if stated is None:
        return Block(len(header), problem="its header states no length")
    length = int(stated.group(1))
    if length > limit:
        n_passed = _pass_over(reader, length)
        problem = "the file ends before its stated length" if n_passed < length else None
        return Block(len(header) + n_passed, problem=problem)
    n_ahead = reader.ahead(length)
    if n_ahead == length and _ends_at(reader, length):
        return Block(len(header) + length, header + reader.take(length))
    # Where the next record begins within it, reading goes on there; else after what it states.
    inner = reader.find(_BEGIN_WITHIN, length + _LONGEST_BEGIN)
    n_passed = len(reader.take(length if inner is None else inner))
    problem = "the file ends before its stated length" if inner is None and n_ahead < length else _WRONG_LENGTH
    return Block(len(header) + n_passed, problem=problem)


def _ends_at(reader: _Reader, length: int) -> bool:
    """Whether a record's end follows after ``length`` bytes; some writers end it with fewer line ends."""
    behind = reader.peek(length, length + _LONGEST_BEGIN)
    following = behind.lstrip(b"\r\n")
    return behind.startswith(b"\r\n\r\n") or following.startswith(b"WARC/") or b"WARC/".startswith(following)


def _pass_over(reader: _Reader, length: int) -> int:
    n_passed = 0
    while n_passed < length and (data := reader.take(min(length - n_passed, BUFFER_BYTES))):
        n_passed += len(data)
    return n_passed


class MemberReader:
    """A gzip file of many members, one per record as crawls write them; a broken member ends early and the next is read on.

    A mark that no record contains is put where it broke, so that the record is reported as broken and the next is found.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._input = b""
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._is_inside = False

    def read(self, size: int) -> bytes:
        while True:
            if not self._input:
                self._input = self._stream.read(BUFFER_BYTES)
            if not self._input:
                return b""
            if not self._is_inside and not self._begin():
                continue
            try:
                data = self._inflater.decompress(self._input, size)
            except zlib.error:
                self._is_inside = False
                self._input = self._input[1:]
                return _BROKEN_MEMBER
            if self._inflater.eof:
                self._is_inside = False
                self._input = self._inflater.unused_data
            else:
                self._input = self._inflater.unconsumed_tail
            if data:
                return data

    def _begin(self) -> bool:
        """Find the next member; what only looks like one is passed over, since it does not expand."""
        start = self._input.find(_MEMBER)
        if start < 0:
            rest = self._input[-2:]
            more = self._stream.read(BUFFER_BYTES)
            self._input = rest + more if more else b""
            return False
        self._input = self._input[start:]
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._is_inside = True
        return True
