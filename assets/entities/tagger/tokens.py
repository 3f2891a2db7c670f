"""Words and marks of a batch of texts, as arrays: the tagger's view of the articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assets.text.code_points import looked_up
from assets.text.compiled import compiled

# What a code point is. Scripts without case (Arabic, Han) are LETTER.
OTHER, LOWER, UPPER, DIGIT, SPACE, NEWLINE, LETTER, MARK = range(8)

# What a token is like; also how its first letter is written.
PUNCTUATION, NUMBER, LOWERCASE, CAPITALISED, ALL_CAPS, MIXED = range(6)

_TABLE_SIZE = 0x10000
_FNV_OFFSET = np.uint64(14695981039346656037)
_FNV_PRIME = np.uint64(1099511628211)


@dataclass(frozen=True)
class Tokens:
    """Tokens of a batch.

    ``codes`` are the code points of all texts, each followed by a newline; ``starts`` and ``ends`` point into it,
    ``documents`` says which text a token stands in, ``lines`` numbers the lines over the whole batch, and ``offsets``
    is where each text begins in ``codes``. ``types`` gives each token the number of its spelling; ``examples`` has one
    token of each spelling.
    """

    codes: NDArray[np.uint32]
    offsets: NDArray[np.int64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    documents: NDArray[np.int32]
    lines: NDArray[np.int32]
    types: NDArray[np.int32]
    examples: NDArray[np.int32]
    exact: NDArray[np.uint64]
    lowered: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.starts)


@cache
def character_tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Class and lower-case form of each code point of the basic plane."""
    chars = np.arange(_TABLE_SIZE, dtype=np.uint32)
    usable = (chars < 0xD800) | (chars > 0xDFFF)
    letters = np.where(usable, chars, 0x20).astype(np.uint32).view("U1")
    classes = np.zeros(_TABLE_SIZE, dtype=np.uint8)
    classes[np.char.isalpha(letters)] = LETTER
    classes[np.char.islower(letters)] = LOWER
    classes[np.char.isupper(letters)] = UPPER
    classes[np.char.isdigit(letters)] = DIGIT
    classes[np.char.isspace(letters)] = SPACE
    classes[~usable] = OTHER
    classes[0x300:0x370] = MARK
    classes[[0x0A, 0x0D, 0x0B, 0x0C, 0x2028, 0x2029]] = NEWLINE
    classes[[0x200B, 0x200C, 0x200D, 0xFEFF]] = SPACE
    lowered = np.char.lower(letters)
    single = np.char.str_len(lowered) == 1
    lower = chars.copy()
    lower[single] = lowered[single].astype("U1").view(np.uint32)
    # Curly apostrophes and the modifier letters used for them count as the straight one.
    lower[[0x2018, 0x2019, 0x02BC, 0x02BB]] = 0x27
    return classes, lower


def tokenise(texts: Sequence[str]) -> Tokens:
    """Split texts into words and marks; a possessive ``'s`` is a token of its own, hyphens and slashes split."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    offsets = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    classes, lower = character_tables()
    starts, ends, documents, lines = _split(codes, offsets, classes, lower)
    types, examples, exact, lowered = _spellings(codes, starts, ends, lower)
    return Tokens(codes, offsets, starts, ends, documents, lines, types, examples, exact, lowered)


@compiled
def hash_codes(codes, start, end, lower, fold):  # type: ignore[no-untyped-def]
    """FNV-1a over code points, lower-cased when ``fold``."""
    value = _FNV_OFFSET
    for i in range(start, end):
        code = codes[i]
        if fold or code == 0x2019 or code == 0x2018:
            code = looked_up(lower, code, code)
        value = (value ^ np.uint64(code)) * _FNV_PRIME
    return value ^ (value >> np.uint64(29))


@compiled
def _kind(codes, classes, i):  # type: ignore[no-untyped-def]
    code = codes[i]
    return looked_up(classes, code, 6 if code >= 0x20000 and code < 0x30000 else 0)


@compiled
def _split(codes, offsets, classes, lower):  # type: ignore[no-untyped-def]
    n = len(codes)
    capacity = n // 3 + 64
    starts = np.empty(capacity, dtype=np.int32)
    ends = np.empty(capacity, dtype=np.int32)
    documents = np.empty(capacity, dtype=np.int32)
    lines = np.empty(capacity, dtype=np.int32)
    count = 0
    line = 0
    document = 0
    i = 0
    while i < n:
        while i >= offsets[document + 1]:
            document += 1
            line += 1
        kind = _kind(codes, classes, i)
        if kind == NEWLINE:
            line += 1
            i += 1
            continue
        if kind == SPACE:
            i += 1
            continue
        start = i
        if kind in (LOWER, UPPER, LETTER, DIGIT):
            i += 1
            while i < n:
                kind = _kind(codes, classes, i)
                if kind in (LOWER, UPPER, LETTER, DIGIT, MARK):
                    i += 1
                    continue
                code = codes[i]
                after = _kind(codes, classes, i + 1) if i + 1 < n else NEWLINE
                before = _kind(codes, classes, i - 1)
                if looked_up(lower, code, code) == 0x27 and after in (LOWER, UPPER):
                    # O'Brien and D'Angelo stay whole; a final 's does not.
                    final = _kind(codes, classes, i + 2) if i + 2 < n else NEWLINE
                    is_s = codes[i + 1] == 0x73 or codes[i + 1] == 0x53
                    if is_s and final not in (LOWER, UPPER, LETTER):
                        break
                    i += 2
                    continue
                if code == 0x2E and before == UPPER and after == UPPER and (i - start == 1 or codes[i - 2] == 0x2E):
                    i += 2  # U.S.
                    continue
                if (code == 0x2E or code == 0x2C) and before == DIGIT and after == DIGIT:
                    i += 2
                    continue
                break
            single = i - start == 1 and _kind(codes, classes, start) == UPPER
            dotted = i - start > 2 and codes[i - 2] == 0x2E and _kind(codes, classes, i - 1) == UPPER
            if i < n and codes[i] == 0x2E and (single or dotted):
                i += 1  # the last stop of U.S. and of an initial
        elif looked_up(lower, codes[i], codes[i]) == 0x27:
            # 's as one token
            is_s = i + 1 < n and (codes[i + 1] == 0x73 or codes[i + 1] == 0x53)
            final = _kind(codes, classes, i + 2) if i + 2 < n else NEWLINE
            attached = i > 0 and _kind(codes, classes, i - 1) != SPACE
            i += 2 if is_s and attached and final not in (LOWER, UPPER) else 1
        else:
            i += 1
            while i < n and codes[i] == codes[start] and (codes[i] == 0x2D or codes[i] == 0x2E):
                i += 1  # -- and ...
        if count == capacity:
            capacity *= 2
            starts = _grown(starts, capacity)
            ends = _grown(ends, capacity)
            documents = _grown(documents, capacity)
            lines = _grown(lines, capacity)
        starts[count] = start
        ends[count] = i
        documents[count] = document
        lines[count] = line
        count += 1
    return starts[:count].copy(), ends[:count].copy(), documents[:count].copy(), lines[:count].copy()


@compiled
def _grown(array, capacity):  # type: ignore[no-untyped-def]
    larger = np.empty(capacity, dtype=array.dtype)
    larger[: len(array)] = array
    return larger


@compiled
def _spellings(codes, starts, ends, lower):  # type: ignore[no-untyped-def]
    n = len(starts)
    size = 1024
    while size < 2 * n:
        size *= 2
    keys = np.zeros(size, dtype=np.uint64)
    values = np.full(size, -1, dtype=np.int32)
    types = np.empty(n, dtype=np.int32)
    examples = np.empty(n, dtype=np.int32)
    exact = np.empty(n, dtype=np.uint64)
    count = 0
    for i in range(n):
        key = hash_codes(codes, starts[i], ends[i], lower, False)
        slot = np.int64(key & np.uint64(size - 1))
        while values[slot] >= 0 and keys[slot] != key:
            slot = (slot + 1) & (size - 1)
        if values[slot] < 0:
            values[slot] = count
            keys[slot] = key
            examples[count] = i
            exact[count] = key
            count += 1
        types[i] = values[slot]
    lowered = np.empty(count, dtype=np.uint64)
    for t in range(count):
        i = examples[t]
        lowered[t] = hash_codes(codes, starts[i], ends[i], lower, True)
    return types, examples[:count].copy(), exact[:count].copy(), lowered
