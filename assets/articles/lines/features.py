"""What can be measured of each line of a page: shape, marks, words, place."""

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines.characters import character_tables
from assets.articles.lines.columns import N_LOCAL
from assets.articles.lines.lexicon import KINDS, LEXICON
from assets.articles.lines.line_words import Page, word_hash
from assets.articles.lines.page_features import Lines, place
from assets.articles.lines.scan import Lexicon, Scanned, scan
from assets.text.characters import code_points
from assets.text.compiled import compiled
from assets.text.hashing import combined

Int64s = NDArray[np.int64]
UInt64s = NDArray[np.uint64]
BUCKET_BITS = 15
N_BUCKETS = 1 << BUCKET_BITS


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
            place(Lines(self.local, self.line_hashes, words, word_starts), self.pages)
        self.words, self.is_long, self.word_starts = words, is_long, word_starts
        self.indptr = np.zeros(n_lines + 1, np.int64)
        out = np.zeros(4 * len(words) + n_lines, np.uint32)
        total = _buckets(words, word_starts, self.indptr, out, N_BUCKETS) if n_lines else 0
        self.buckets = out[:total]
