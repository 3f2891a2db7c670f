"""One compiled pass over the code points of a batch of lines: classes of characters, words, marks at the ends.

Nothing here knows a script: letters, digits and marks are known by their Unicode class, and a character of Chinese,
Japanese or Korean counts as half a word.
"""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines import columns
from assets.articles.lines.line_words import (
    BRACKET,
    BULLET,
    CASELESS,
    COLON,
    COMMA,
    DASH,
    DIGIT,
    HANDLE,
    LOWER,
    N_CLASSES,
    OTHER,
    QUOTE,
    RIGHTS,
    SLASH,
    SPACE,
    STOP,
    UPPER,
    WIDE,
    WIDE_PLANES,
    Page,
    Word,
    class_of,
    is_of_word,
    read_word,
)
from assets.text.code_points import looked_up
from assets.text.compiled import compiled, reading
from assets.text.hashing import FNV_OFFSET, combined, fnv_step

LONG_WORD = 5
SHORT_WORD = 3
YEAR_DIGITS, FIRST_YEAR, LAST_YEAR = 4, 1900, 2039
HOUR_DIGITS = 2
MOST_WORD_LENGTH, MOST_LONGEST_WORD = 25.0, 40
BLANK, FULL_STOP, ELLIPSIS, QUESTION_MARK, WIDE_QUESTION_MARK, SOLIDUS, COLON_SIGN = map(ord, " .…?？/:")
LAST_NARROW = 0x3000  # a stop beyond this needs no space after it
# What is counted in a line beside the classes of its code points, and where its last ellipsis ends.
(
    WORDS, LETTERS, LONGEST, CAPITALISED, ALL_CAPS, LOWER_WORDS, SHORT_WORDS, GLUED, YEARS, TIMES, SENTENCE_BREAKS, SPACED_DASHES,
    ADDRESSES, ELLIPSIS_AT,
) = range(14)  # fmt: skip
N_TALLIES = 14


class Lexicon(NamedTuple):
    """Sorted hashes of words, and the kinds of boilerplate each is of as bits."""

    hashes: NDArray[np.uint64]
    kinds: NDArray[np.int32]


class Scanned(NamedTuple):
    """What ``scan`` fills: features and a hash of each line; the words of line ``i`` are ``words[word_starts[i]:word_starts[i + 1]]``."""

    features: NDArray[np.float32]
    line_hashes: NDArray[np.uint64]
    words: NDArray[np.uint64]
    is_long: NDArray[np.bool_]
    word_starts: NDArray[np.int64]


class _Line(NamedTuple):
    """A line: its code points from ``start`` to ``end``; what is counted: classes, words of boilerplate by kind, the rest."""

    start: int
    end: int
    counts: NDArray[np.int32]
    kinds: NDArray[np.int32]
    tally: NDArray[np.int64]


class _Read(NamedTuple):
    """What is known after a line was read: its hash, and how many words the batch has up to here."""

    hash: np.uint64
    n_words: int


class _Ends(NamedTuple):
    """A line's first code point, its class; its last one under closing quotes and brackets, and whether a quote closes it."""

    first_class: int
    last: int
    last_class: int
    quoted: bool


@compiled
def scan(page: Page, known: Lexicon, scanned: Scanned) -> int:
    """Fill the features before COPIES and collect each line's word hashes; returns the number of words."""
    counts = np.zeros(N_CLASSES, np.int32)
    kinds = np.zeros(columns.N_KINDS, np.int32)
    tally = np.zeros(N_TALLIES, np.int64)
    n_words = 0
    for i in range(len(page.starts) - 1):
        counts[:], kinds[:], tally[:] = 0, 0, 0
        tally[ELLIPSIS_AT] = -1
        line = _Line(page.starts[i], page.starts[i + 1] - 1, counts, kinds, tally)
        scanned.word_starts[i] = n_words
        scanned.line_hashes[i], n_words = _read_line(page, known, line, scanned, n_words)
        _write(page, line, scanned.features[i])
    scanned.word_starts[len(page.starts) - 1] = n_words
    return n_words


@reading
def _read_line(page: Page, known: Lexicon, line: _Line, scanned: Scanned, n_words: int) -> _Read:
    """Count what is in a line and collect its words."""
    line_hash = FNV_OFFSET
    before = np.uint64(0)  # the hash of the wide character before, 0 where there is none
    previous = SPACE
    i = line.start
    while i < line.end:
        point = page.points[i]
        kind = looked_up(page.classes, point, WIDE if WIDE_PLANES[0] <= point < WIDE_PLANES[1] else OTHER)
        if is_of_word(kind):
            word = read_word(page, i, line.end, line.counts)
            _count_word(page, line, word)
            _count_kinds(known, word.hash, line.kinds)
            scanned.words[n_words] = word.hash
            scanned.is_long[n_words] = word.size >= LONG_WORD and word.digits == 0
            n_words += 1
            line_hash = combined(line_hash, word.hash)
            before = np.uint64(0)
            previous = word.last
            i = word.end
            continue
        line.counts[kind] += 1
        if kind == WIDE:
            if before != 0:
                pair = fnv_step(before, point)
                _count_kinds(known, pair, line.kinds)
                scanned.words[n_words] = pair
                scanned.is_long[n_words] = True
                n_words += 1
            before = fnv_step(FNV_OFFSET, point)
            line_hash = combined(line_hash, before)
        else:
            before = np.uint64(0)
            _count_mark(page, line, i, kind, previous)
        previous = kind
        i += 1
    return _Read(line_hash, n_words)


@reading
def _count_kinds(known: Lexicon, word: np.uint64, kinds: NDArray[np.int32]) -> None:
    at, end = 0, len(known.hashes)
    while at < end:
        middle = (at + end) // 2
        if known.hashes[middle] < word:
            at = middle + 1
        else:
            end = middle
    if at < len(known.hashes) and known.hashes[at] == word:
        for k in range(len(kinds)):
            kinds[k] += (known.kinds[at] >> k) & 1


@reading
def _count_word(page: Page, line: _Line, word: Word) -> None:
    tally = line.tally
    tally[WORDS] += 1
    tally[LETTERS] += word.size
    tally[LONGEST] = max(tally[LONGEST], word.size)
    tally[GLUED] += word.glued
    tally[SHORT_WORDS] += word.size <= SHORT_WORD and word.digits == 0
    if word.digits == word.size:
        tally[YEARS] += word.size == YEAR_DIGITS and FIRST_YEAR <= word.value <= LAST_YEAR
        tally[TIMES] += word.size <= HOUR_DIGITS and _minutes_follow(page, word.end, line.end)
    elif word.capitals == word.size and word.size > 1:
        tally[ALL_CAPS] += 1
        tally[CAPITALISED] += 1
    else:
        tally[CAPITALISED] += word.first == UPPER
        tally[LOWER_WORDS] += word.first == LOWER


@reading
def _minutes_follow(page: Page, i: int, end: int) -> bool:
    """09:40"""
    colon = i + 2 < end and page.points[i] == COLON_SIGN
    return colon and class_of(page.points[i + 1], page.classes) == DIGIT


@reading
def _count_mark(page: Page, line: _Line, i: int, kind: int, previous: int) -> None:
    """Count what the mark at ``i`` of a class does in its line; ``previous`` is the class before it."""
    points, tally = page.points, line.tally
    point = points[i]
    before: int = points[i - 1] if i > line.start else 0
    after: int = points[i + 1] if i + 1 < line.end else BLANK
    if kind == STOP:
        if point == ELLIPSIS or (point == FULL_STOP and before == FULL_STOP):
            tally[ELLIPSIS_AT] = i
        parted = point > LAST_NARROW or class_of(after, page.classes) == SPACE
        tally[SENTENCE_BREAKS] += i + 2 < line.end and parted and previous != UPPER
    elif kind == DASH:
        tally[SPACED_DASHES] += previous == SPACE and i + 1 < line.end and after == BLANK
    elif kind == SLASH:
        tally[ADDRESSES] += point == SOLIDUS and before == SOLIDUS


@reading
def _ends_of(page: Page, line: _Line) -> _Ends:
    points, classes, start = page.points, page.classes, line.start
    first_class = class_of(points[start], classes) if line.end > start else OTHER
    last = line.end - 1
    last_class = class_of(points[last], classes) if last >= start else OTHER
    quoted = False
    while last > start and (last_class == QUOTE or last_class == BRACKET or last_class == SPACE):
        quoted = quoted or last_class == QUOTE
        last -= 1
        last_class = class_of(points[last], classes)
    return _Ends(first_class, last, last_class, quoted)


@reading
def _write(page: Page, line: _Line, row: NDArray[np.float32]) -> None:
    """Write the features of a line that was read."""
    _write_words(line, row)
    _write_marks(line, row)
    _write_ends(page, line, _ends_of(page, line), row)
    for k in range(len(line.kinds)):
        row[columns.FIRST_KIND + k] = line.kinds[k]


@reading
def _write_words(line: _Line, row: NDArray[np.float32]) -> None:
    counts, tally = line.counts, line.tally
    cased = max(1, tally[CAPITALISED] + tally[LOWER_WORDS])
    row[columns.LENGTH] = np.log1p(line.end - line.start + counts[WIDE])
    row[columns.WORDS] = np.log1p(tally[WORDS] + counts[WIDE] // 2)
    row[columns.WORD_LENGTH] = min(tally[LETTERS] / max(1, tally[WORDS]), MOST_WORD_LENGTH)
    row[columns.LONGEST_WORD] = min(tally[LONGEST], MOST_LONGEST_WORD)
    row[columns.CAPITALISED] = tally[CAPITALISED] / cased
    row[columns.ALL_CAPS] = tally[ALL_CAPS] / cased
    row[columns.LOWER_WORDS] = tally[LOWER_WORDS]
    row[columns.SHORT_WORDS] = tally[SHORT_WORDS] / max(1, tally[WORDS])
    row[columns.GLUED] = tally[GLUED]
    row[columns.YEARS] = tally[YEARS]
    row[columns.TIMES] = tally[TIMES]


@reading
def _write_marks(line: _Line, row: NDArray[np.float32]) -> None:
    counts, tally = line.counts, line.tally
    size = max(1, line.end - line.start)
    marks = counts[STOP] + counts[COMMA] + counts[QUOTE] + counts[DASH] + counts[BRACKET]
    marks += counts[BULLET] + counts[COLON] + counts[SLASH] + counts[OTHER]
    row[columns.MARKS] = marks / size
    row[columns.DIGITS] = counts[DIGIT] / size
    row[columns.WIDE] = counts[WIDE] / size
    row[columns.CASELESS] = counts[CASELESS] / size
    row[columns.COMMAS] = counts[COMMA]
    row[columns.QUOTES] = counts[QUOTE]
    row[columns.BULLETS] = counts[BULLET]
    row[columns.SLASHES] = counts[SLASH]
    row[columns.COLONS] = counts[COLON]
    row[columns.BRACKETS] = counts[BRACKET]
    row[columns.HANDLES] = counts[HANDLE]
    row[columns.RIGHTS] = counts[RIGHTS]
    row[columns.SENTENCE_BREAKS] = tally[SENTENCE_BREAKS]
    row[columns.SPACED_DASHES] = tally[SPACED_DASHES]
    row[columns.ADDRESS] = tally[ADDRESSES]


@reading
def _write_ends(page: Page, line: _Line, ends: _Ends, row: NDArray[np.float32]) -> None:
    first, last = ends.first_class, ends.last_class
    mark = page.points[ends.last] if last == STOP else np.uint32(0)
    row[columns.ENDS_STOP] = last == STOP
    row[columns.ENDS_COLON] = last == COLON
    row[columns.ENDS_COMMA] = last == COMMA
    row[columns.ENDS_QUESTION] = mark == QUESTION_MARK or mark == WIDE_QUESTION_MARK
    row[columns.ENDS_ELLIPSIS] = line.tally[ELLIPSIS_AT] >= 0 and line.tally[ELLIPSIS_AT] == ends.last
    row[columns.ENDS_QUOTE] = ends.quoted
    row[columns.STARTS_LOWER] = first == LOWER
    row[columns.STARTS_DIGIT] = first == DIGIT
    row[columns.STARTS_QUOTE] = first == QUOTE
    row[columns.STARTS_MARK] = first >= DASH and first != BRACKET
    row[columns.STARTS_BRACKET] = first == BRACKET
