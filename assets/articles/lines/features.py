"""What can be measured of each line of a page: shape, marks, words, place."""

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines.holders import enter, is_elsewhere
from assets.articles.lines.lexicon import KINDS, LEXICON
from assets.articles.lines.scan import Lexicon, Page, Scanned, character_tables, scan, word_hash
from assets.text.characters import code_points
from assets.text.compiled import compiled
from assets.text.hashing import combined
from assets.text.tables import empty_table, slot_of, value_of

LOCAL_FEATURES = (
    "length", "words", "word_length", "longest_word", "capitalised", "all_caps", "lower_words", "digits", "marks", "sentence_breaks",
    "commas", "quotes", "ends_stop", "ends_colon", "ends_comma", "ends_question", "ends_ellipsis", "ends_quote", "starts_lower",
    "starts_digit", "starts_quote", "starts_mark", "starts_bracket", "glued", "bullets", "slashes", "colons", "brackets", "handles",
    "rights", "spaced_dashes", "address", "years", "times", "wide", "caseless", "short_words", *KINDS,
    "copies", "same_as_before", "known_words", "known_share", "place", "from_start", "from_end", "copied", "like_before", "like_after",
)  # fmt: skip
N_LOCAL = len(LOCAL_FEATURES)
Float32s = NDArray[np.float32]
Int64s = NDArray[np.int64]
UInt64s = NDArray[np.uint64]
_COPIES = LOCAL_FEATURES.index("copies")
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
def _place(
    features: Float32s, copies_at: int, line_hashes: UInt64s, words: UInt64s, word_starts: Int64s, pages: Int64s
) -> None:
    """Fill what depends on the rest of the page: copies of the line, words known from its prose, place."""
    for page in range(len(pages) - 1):
        first, last = pages[page], pages[page + 1]
        n = last - first
        if n == 0:
            continue
        n_words = word_starts[last] - word_starts[first]
        holders, lines = empty_table(n_words), empty_table(n)
        for i in range(first, last):
            slot = slot_of(lines, line_hashes[i])
            lines.keys[slot] = line_hashes[i]
            lines.values[slot] += 1
            prose = features[i, 12] > 0 and features[i, 0] > 4.4
            if prose:
                for w in range(word_starts[i], word_starts[i + 1]):
                    enter(holders, words[w], i)
        for i in range(first, last):
            f = features[i]
            f[copies_at] = value_of(lines, line_hashes[i])
            f[copies_at + 1] = 1.0 if i > first and line_hashes[i] == line_hashes[i - 1] else 0.0
            known = 0
            for w in range(word_starts[i], word_starts[i + 1]):
                known += is_elsewhere(holders, words[w], i)
            n_line = word_starts[i + 1] - word_starts[i]
            f[copies_at + 2] = np.log1p(known)
            f[copies_at + 3] = known / max(1, n_line)
            f[copies_at + 4] = (i - first) / n
            f[copies_at + 5] = np.log1p(i - first)
            f[copies_at + 6] = np.log1p(last - 1 - i)
        # Pairs of words: which lines hold each, to see what is copied from another line.
        holders.values[:] = 0
        for i in range(first, last):
            for w in range(word_starts[i], word_starts[i + 1] - 1):
                enter(holders, combined(words[w], words[w + 1]), i)
        for i in range(first, last):
            copied = 0
            for w in range(word_starts[i], word_starts[i + 1] - 1):
                copied += is_elsewhere(holders, combined(words[w], words[w + 1]), i)
            n_pairs = max(0, word_starts[i + 1] - word_starts[i] - 1)
            features[i, copies_at + 7] = copied / max(1, n_pairs)
            for side in range(2):
                j = i - 1 + 2 * side
                if first <= j < last:
                    shared = 0
                    n_line = min(30, word_starts[i + 1] - word_starts[i])
                    for w in range(word_starts[i], word_starts[i] + n_line):
                        for v in range(word_starts[j], min(word_starts[j + 1], word_starts[j] + 60)):
                            if words[w] == words[v]:
                                shared += 1
                                break
                    features[i, copies_at + 8 + side] = shared / max(1, n_line)


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
            scan(page, Lexicon(lexicon, kinds), _COPIES, scanned)
            _place(self.local, _COPIES, self.line_hashes, words, word_starts, self.pages)
        self.words, self.is_long, self.word_starts = words, is_long, word_starts
        self.indptr = np.zeros(n_lines + 1, np.int64)
        out = np.zeros(4 * len(words) + n_lines, np.uint32)
        total = _buckets(words, word_starts, self.indptr, out, N_BUCKETS) if n_lines else 0
        self.buckets = out[:total]
