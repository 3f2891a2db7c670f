"""Words and marks of a batch of texts, as arrays: the tagger's view of the articles."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.text.characters import APOSTROPHE, BASIC_PLANE, LINE_BREAKS, Rule, class_table, lower_table
from assets.text.code_points import looked_up
from assets.text.compiled import compiled, inlined, reading
from assets.text.hashing import FNV_OFFSET, fnv_folded, fnv_step
from assets.text.tables import empty_table, slot_of

# What a code point is. Scripts without case (Arabic, Han) are LETTER.
OTHER, LOWER, UPPER, DIGIT, SPACE, NEWLINE, LETTER, MARK = range(8)

# What a token is like; also how its first letter is written.
PUNCTUATION, NUMBER, LOWERCASE, CAPITALISED, ALL_CAPS, MIXED = range(6)

APOSTROPHES = "‘’ʼʻ"  # curly ones, and the modifier letters used for them
LEFT_QUOTE, RIGHT_QUOTE = ord("‘"), ord("’")
STOP, COMMA, HYPHEN = ord("."), ord(","), ord("-")
SMALL_S, CAPITAL_S = ord("s"), ord("S")
IDEOGRAPHS = (0x20000, 0x30000)  # code points beyond the tables that are letters
EARLIEST_ROOM = 64


class Tokens(NamedTuple):
    """Tokens of a batch.

    ``codes`` are the code points of all texts, each followed by a newline; ``starts`` and ``ends`` point into it,
    ``documents`` says which text a token is in, ``lines`` numbers the lines over the whole batch, and ``offsets``
    is where each text begins in ``codes``. ``types`` gives each token the number of its spelling; ``examples`` has one
    token of each spelling, ``exact`` and ``lowered`` its hash, as written and in lower case.
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

    @property
    def n(self) -> int:
        return len(self.starts)


class Places(NamedTuple):
    """Where tokens are: as in ``Tokens``."""

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    documents: NDArray[np.int32]
    lines: NDArray[np.int32]


class Characters(NamedTuple):
    """Class and lower case of each code point of the basic plane."""

    classes: NDArray[np.uint8]
    lower: NDArray[np.uint32]


@cache
def character_tables() -> Characters:
    """What every code point is to the tagger; apostrophes of all kinds count as the straight one."""
    rules: list[tuple[int, Rule]] = [
        (LETTER, str.isalpha),
        (LOWER, str.islower),
        (UPPER, str.isupper),
        (DIGIT, str.isdigit),
        (SPACE, str.isspace),
        (MARK, "".join(map(chr, range(0x300, 0x370)))),
        (NEWLINE, LINE_BREAKS),
        (SPACE, "\u200b\u200c\u200d\ufeff"),
    ]
    lower = lower_table(BASIC_PLANE, APOSTROPHES)
    lower[ord("İ")] = ord("i")  # without its dot, which would be a second code point
    return Characters(class_table(BASIC_PLANE, rules), lower)


def tokenise(texts: Sequence[str]) -> Tokens:
    """Split texts into words and marks; a possessive ``'s`` is a token of its own, hyphens and slashes split."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    offsets = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    characters = character_tables()
    places = _split(codes, offsets, characters)
    spellings = _spellings(codes, places.starts, places.ends, characters.lower)
    return Tokens(codes, offsets, *places, *spellings)


@reading
def hash_codes(codes: NDArray[np.uint32], start: int, end: int, lower: NDArray[np.uint32], fold: bool) -> np.uint64:
    """Hash of code points, lower-cased when ``fold``."""
    value = FNV_OFFSET
    for i in range(start, end):
        code = codes[i]
        if fold or code in (RIGHT_QUOTE, LEFT_QUOTE):
            code = looked_up(lower, code, code)
        value = fnv_step(value, code)
    return fnv_folded(value)


@reading
def _kind(codes: NDArray[np.uint32], classes: NDArray[np.uint8], i: int) -> int:
    """Class of the code point at ``i``; a line ends where the text does."""
    if i >= len(codes):
        return NEWLINE
    code = codes[i]
    kind: int = looked_up(classes, code, LETTER if IDEOGRAPHS[0] <= code < IDEOGRAPHS[1] else OTHER)
    return kind


@inlined
def _is_straight(codes: NDArray[np.uint32], lower: NDArray[np.uint32], i: int) -> bool:
    """Whether an apostrophe of any kind is at ``i``."""
    return bool(looked_up(lower, codes[i], codes[i]) == APOSTROPHE)


@inlined
def _is_s(codes: NDArray[np.uint32], i: int) -> bool:
    return i < len(codes) and (codes[i] == SMALL_S or codes[i] == CAPITAL_S)


@inlined
def _joined(
    codes: NDArray[np.uint32], classes: NDArray[np.uint8], lower: NDArray[np.uint32], start: int, i: int
) -> bool:
    """Whether the mark at ``i`` and the character after it belong to the word that began at ``start``."""
    code = codes[i]
    after = _kind(codes, classes, i + 1)
    before = _kind(codes, classes, i - 1)
    if _is_straight(codes, lower, i) and after in (LOWER, UPPER):
        # O'Brien and D'Angelo stay whole; a final 's does not.
        return not _is_s(codes, i + 1) or _kind(codes, classes, i + 2) in (LOWER, UPPER, LETTER)
    if code == STOP and before == UPPER and after == UPPER and (i - start == 1 or codes[i - 2] == STOP):
        return True  # U.S.
    return (code in (STOP, COMMA)) and before == DIGIT and after == DIGIT


@reading
def _word_end(codes: NDArray[np.uint32], characters: Characters, start: int) -> int:
    """Where the word ends that begins at ``start``."""
    classes, lower = characters.classes, characters.lower
    i = start + 1
    while i < len(codes):
        if _kind(codes, classes, i) in (LOWER, UPPER, LETTER, DIGIT, MARK):
            i += 1
        elif _joined(codes, classes, lower, start, i):
            i += 2
        else:
            break
    single = i - start == 1 and _kind(codes, classes, start) == UPPER
    dotted = i - start > 2 and codes[i - 2] == STOP and _kind(codes, classes, i - 1) == UPPER
    if i < len(codes) and codes[i] == STOP and (single or dotted):
        i += 1  # the last stop of U.S. and of an initial
    return i


@reading
def _mark_end(codes: NDArray[np.uint32], characters: Characters, start: int) -> int:
    """The end of the mark that starts at ``start``: 's, -- and ... are one each."""
    classes = characters.classes
    if _is_straight(codes, characters.lower, start):
        attached = start > 0 and _kind(codes, classes, start - 1) != SPACE
        clitic = _is_s(codes, start + 1) and attached and _kind(codes, classes, start + 2) not in (LOWER, UPPER)
        return start + 2 if clitic else start + 1
    i = start + 1
    while i < len(codes) and codes[i] == codes[start] and (codes[i] == HYPHEN or codes[i] == STOP):
        i += 1
    return i


@compiled
def _split(codes: NDArray[np.uint32], offsets: NDArray[np.int64], characters: Characters) -> Places:
    n = len(codes)
    capacity = n // 3 + EARLIEST_ROOM
    places = _room_for_places(capacity)
    classes = characters.classes
    count = 0
    line = 0
    document = 0
    i = 0
    while i < n:
        while i >= offsets[document + 1]:
            document += 1
            line += 1
        kind = _kind(codes, classes, i)
        if kind in (NEWLINE, SPACE):
            line += kind == NEWLINE
            i += 1
            continue
        start = i
        is_word = kind in (LOWER, UPPER, LETTER, DIGIT)
        i = _word_end(codes, characters, start) if is_word else _mark_end(codes, characters, start)
        if count == capacity:
            capacity *= 2
            places = _grown(places, capacity)
        places.starts[count] = start
        places.ends[count] = i
        places.documents[count] = document
        places.lines[count] = line
        count += 1
    return _grown(places, count)


@compiled
def _room_for_places(n: int) -> Places:
    return Places(np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32))


@compiled
def _grown(places: Places, n: int) -> Places:
    """The same places with room for ``n``, which may also be fewer."""
    larger = _room_for_places(n)
    kept = min(n, len(places.starts))
    larger.starts[:kept] = places.starts[:kept]
    larger.ends[:kept] = places.ends[:kept]
    larger.documents[:kept] = places.documents[:kept]
    larger.lines[:kept] = places.lines[:kept]
    return larger


@compiled
def _spellings(
    codes: NDArray[np.uint32], starts: NDArray[np.int32], ends: NDArray[np.int32], lower: NDArray[np.uint32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint64], NDArray[np.uint64]]:
    """The ``types``, ``examples``, ``exact`` and ``lowered`` of ``Tokens``."""
    n = len(starts)
    table = empty_table(n)  # number of the spelling + 1
    types = np.empty(n, dtype=np.int32)
    examples = np.empty(n, dtype=np.int32)
    exact = np.empty(n, dtype=np.uint64)
    count = 0
    for i in range(n):
        key = hash_codes(codes, starts[i], ends[i], lower, False)
        slot = slot_of(table, key)
        if table.values[slot] == 0:
            table.keys[slot] = key
            table.values[slot] = count + 1
            examples[count] = i
            exact[count] = key
            count += 1
        types[i] = table.values[slot] - 1
    lowered = np.empty(count, dtype=np.uint64)
    for t in range(count):
        i = examples[t]
        lowered[t] = hash_codes(codes, starts[i], ends[i], lower, True)
    return types, examples[:count].copy(), exact[:count].copy(), lowered
