"""What can be measured of each line of a page: shape, marks, words, place."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines import columns
from assets.articles.lines.columns import N_LOCAL
from assets.articles.lines.holders import enter, is_elsewhere
from assets.articles.lines.lexicon import KINDS, LEXICON
from assets.articles.lines.line_words import Page, character_tables, word_hash
from assets.articles.lines.scan import Lexicon, Scanned, scan
from assets.text.characters import code_points
from assets.text.compiled import compiled, reading
from assets.text.hashing import combined
from assets.text.tables import Table, empty_table, slot_of, value_of

Int64s = NDArray[np.int64]
UInt64s = NDArray[np.uint64]
BUCKET_BITS = 15
N_BUCKETS = 1 << BUCKET_BITS
PROSE_LENGTH = 4.4  # log of the code points of a line that is prose if it ends like a sentence
MOST_WORDS, MOST_NEIGHBOUR_WORDS = 30, 60  # compared of a line and of its neighbour


@functools.cache
def _lexicon() -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Sorted hashes of the lexicon's words, and for each the kinds it belongs to as bits."""
    kinds: dict[int, int] = {}
    for number, kind in enumerate(KINDS):
        for word in LEXICON[kind].split():
            key = int(word_hash(code_points(word)))
            kinds[key] = kinds.get(key, 0) | 1 << number
    keys = sorted(kinds)
    return np.array(keys, np.uint64), np.array([kinds[key] for key in keys], np.int32)


class Lines(NamedTuple):
    """Features and hashes of all lines of a batch; the words of line ``i`` are ``words[word_starts[i]:word_starts[i + 1]]``."""

    features: NDArray[np.float32]
    hashes: NDArray[np.uint64]
    words: NDArray[np.uint64]
    word_starts: NDArray[np.int64]


@compiled
def _place(lines: Lines, pages: NDArray[np.int64]) -> None:
    """Fill the features from COPIES on; ``pages`` are the first lines of the pages."""
    for page in range(len(pages) - 1):
        first, last = pages[page], pages[page + 1]
        if first == last:
            continue
        copies = empty_table(last - first)
        holders = empty_table(lines.word_starts[last] - lines.word_starts[first])
        _enter_prose(lines, first, last, copies, holders)
        for i in range(first, last):
            _write_place(lines, i, first, last, copies, holders)
        holders.values[:] = 0
        _enter_pairs(lines, first, last, holders)
        for i in range(first, last):
            row = lines.features[i]
            row[columns.COPIED] = _copied_share(lines, i, holders)
            if i > first:
                row[columns.LIKE_BEFORE] = _shared(lines, i, i - 1)
            if i + 1 < last:
                row[columns.LIKE_AFTER] = _shared(lines, i, i + 1)


@reading
def _enter_prose(lines: Lines, first: int, last: int, copies: Table, holders: Table) -> None:
    """Count equal lines, and note which lines of prose hold each word."""
    for i in range(first, last):
        slot = slot_of(copies, lines.hashes[i])
        copies.keys[slot] = lines.hashes[i]
        copies.values[slot] += 1
        if lines.features[i, columns.ENDS_STOP] > 0 and lines.features[i, columns.LENGTH] > PROSE_LENGTH:
            for w in range(lines.word_starts[i], lines.word_starts[i + 1]):
                enter(holders, lines.words[w], i)


@reading
def _write_place(lines: Lines, i: int, first: int, last: int, copies: Table, holders: Table) -> None:
    row = lines.features[i]
    known = 0
    for w in range(lines.word_starts[i], lines.word_starts[i + 1]):
        known += is_elsewhere(holders, lines.words[w], i)
    row[columns.COPIES] = value_of(copies, lines.hashes[i])
    row[columns.SAME_AS_BEFORE] = i > first and lines.hashes[i] == lines.hashes[i - 1]
    row[columns.KNOWN_WORDS] = np.log1p(known)
    row[columns.KNOWN_SHARE] = known / max(1, lines.word_starts[i + 1] - lines.word_starts[i])
    row[columns.PLACE] = (i - first) / (last - first)
    row[columns.FROM_START] = np.log1p(i - first)
    row[columns.FROM_END] = np.log1p(last - 1 - i)


@reading
def _enter_pairs(lines: Lines, first: int, last: int, holders: Table) -> None:
    """Note which lines hold each pair of words, to see what is copied from another line."""
    for i in range(first, last):
        for w in range(lines.word_starts[i], lines.word_starts[i + 1] - 1):
            enter(holders, combined(lines.words[w], lines.words[w + 1]), i)


@reading
def _copied_share(lines: Lines, i: int, holders: Table) -> float:
    """The share of a line's pairs of words that another line has, too."""
    copied = 0
    for w in range(lines.word_starts[i], lines.word_starts[i + 1] - 1):
        copied += is_elsewhere(holders, combined(lines.words[w], lines.words[w + 1]), i)
    share: float = copied / max(1, lines.word_starts[i + 1] - lines.word_starts[i] - 1)
    return share


@reading
def _shared(lines: Lines, i: int, neighbour: int) -> float:
    """The share of a line's first words that are among its neighbour's."""
    starts = lines.word_starts
    n = min(MOST_WORDS, starts[i + 1] - starts[i])
    stop = min(starts[neighbour + 1], starts[neighbour] + MOST_NEIGHBOUR_WORDS)
    shared = 0
    for w in range(starts[i], starts[i] + n):
        shared += _is_among(lines.words, lines.words[w], starts[neighbour], stop)
    share: float = shared / max(1, n)
    return share


@reading
def _is_among(words: NDArray[np.uint64], word: np.uint64, start: int, stop: int) -> bool:
    for v in range(start, stop):  # noqa: SIM110 - compiled code has no generators
        if words[v] == word:
            return True
    return False


@compiled
def _buckets(words: UInt64s, word_starts: Int64s, indptr: Int64s, out: NDArray[np.uint32], n_buckets: int) -> int:
    """Hashed words of each line: which words, which are first and last, which pairs; long lines only at their ends."""
    mask = np.uint64(n_buckets - 1)
    total = 0
    for i in range(len(word_starts) - 1):
        indptr[i] = total
        a, b = word_starts[i], word_starts[i + 1]
        n = b - a
        for j in range(n):
            if 8 <= j < n - 6:
                continue
            h = words[a + j]
            out[total] = combined(h, np.uint64(1)) & mask
            total += 1
            if j < 2:
                out[total] = combined(h, np.uint64(2 + j)) & mask
                total += 1
            if j >= n - 2:
                out[total] = combined(h, np.uint64(4 + n - 1 - j)) & mask
                total += 1
            if j + 1 < n:
                out[total] = combined(combined(h, words[a + j + 1]), np.uint64(7)) & mask
                total += 1
        out[total] = combined(np.uint64(8), np.uint64(min(n, 12))) & mask
        total += 1
    indptr[len(word_starts) - 1] = total
    return total


class LineFeatures:
    """Features of the lines of a batch of pages.

    ``local`` is float32 (lines, N_LOCAL); ``buckets[indptr[i]:indptr[i + 1]]`` are the hashed words of line i;
    ``pages[p]:pages[p + 1]`` are the lines of page p; ``words`` and ``is_long`` are cut into lines by ``word_starts``.
    """

    def __init__(self, pages: Sequence[Sequence[str]]) -> None:
        classes, lower = character_tables()
        lexicon, kinds = _lexicon()
        text = "\n".join([line for page in pages for line in page]) + "\n"
        points = code_points(text)
        sizes = np.fromiter((len(line) for page in pages for line in page), np.int64)
        n_lines = len(sizes)
        starts = np.zeros(n_lines + 1, np.int64)
        np.cumsum(sizes + 1, out=starts[1:])
        self.pages = np.zeros(len(pages) + 1, np.int64)
        np.cumsum([len(page) for page in pages], out=self.pages[1:])
        self.local = np.zeros((n_lines, N_LOCAL), np.float32)
        self.line_hashes = np.zeros(n_lines, np.uint64)
        words = np.zeros(len(points) + 1, np.uint64)
        is_long = np.zeros(len(points) + 1, np.bool_)
        word_starts = np.zeros(n_lines + 1, np.int64)
        if n_lines:
            page = Page(points, starts, classes, lower)
            scanned = Scanned(self.local, self.line_hashes, words, is_long, word_starts)
            scan(page, Lexicon(lexicon, kinds), scanned)
            _place(Lines(self.local, self.line_hashes, words, word_starts), self.pages)
        self.words, self.is_long, self.word_starts = words, is_long, word_starts
        self.indptr = np.zeros(n_lines + 1, np.int64)
        out = np.zeros(4 * len(words) + n_lines, np.uint32)
        total = _buckets(words, word_starts, self.indptr, out, N_BUCKETS) if n_lines else 0
        self.buckets = out[:total]
