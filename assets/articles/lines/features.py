"""What can be measured of each line of a page: shape, marks, words, place."""

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines.lexicon import KINDS, LEXICON
from assets.articles.lines.scan import character_tables, code_points, mix, scan, word_hash
from assets.text.compiled import compiled

LOCAL_FEATURES = (
    "length", "words", "word_length", "longest_word", "capitalised", "all_caps", "lower_words", "digits", "marks", "sentence_breaks",
    "commas", "quotes", "ends_stop", "ends_colon", "ends_comma", "ends_question", "ends_ellipsis", "ends_quote", "starts_lower",
    "starts_digit", "starts_quote", "starts_mark", "starts_bracket", "glued", "bullets", "slashes", "colons", "brackets", "handles",
    "rights", "spaced_dashes", "address", "years", "times", "wide", "caseless", "short_words", *KINDS,
    "copies", "same_as_before", "known_words", "known_share", "place", "from_start", "from_end", "copied", "like_before", "like_after",
)  # fmt: skip
N_LOCAL = len(LOCAL_FEATURES)
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
def _place(features, copies_at, line_hashes, words, word_starts, pages):  # type: ignore[no-untyped-def]
    """Fill what depends on the rest of the page: copies of the line, words known from its prose, place."""
    for page in range(len(pages) - 1):
        first, last = pages[page], pages[page + 1]
        n = last - first
        if n == 0:
            continue
        n_words = word_starts[last] - word_starts[first]
        size = 16
        while size < 2 * (n_words + n):
            size *= 2
        mask = np.uint64(size - 1)
        keys = np.zeros(size, np.uint64)
        values = np.zeros(size, np.int32)
        line_keys = np.zeros(size, np.uint64)
        line_values = np.zeros(size, np.int32)
        for i in range(first, last):
            h = line_hashes[i] | np.uint64(1)
            slot = h & mask
            while line_keys[slot] != 0 and line_keys[slot] != h:
                slot = (slot + np.uint64(1)) & mask
            line_keys[slot] = h
            line_values[slot] += 1
            prose = features[i, 12] > 0 and features[i, 0] > 4.4
            if prose:
                for w in range(word_starts[i], word_starts[i + 1]):
                    k = words[w] | np.uint64(1)
                    s = (k ^ (k >> np.uint64(29))) & mask
                    while keys[s] != 0 and keys[s] != k:
                        s = (s + np.uint64(1)) & mask
                    keys[s] = k
                    if values[s] == 0:
                        values[s] = i + 1
                    elif values[s] != i + 1:
                        values[s] = -1
        for i in range(first, last):
            f = features[i]
            h = line_hashes[i] | np.uint64(1)
            slot = h & mask
            while line_keys[slot] != h:
                slot = (slot + np.uint64(1)) & mask
            f[copies_at] = line_values[slot]
            f[copies_at + 1] = 1.0 if i > first and line_hashes[i] == line_hashes[i - 1] else 0.0
            known = 0
            for w in range(word_starts[i], word_starts[i + 1]):
                k = words[w] | np.uint64(1)
                s = (k ^ (k >> np.uint64(29))) & mask
                while keys[s] != 0 and keys[s] != k:
                    s = (s + np.uint64(1)) & mask
                if keys[s] == k and values[s] != i + 1:
                    known += 1
            n_line = word_starts[i + 1] - word_starts[i]
            f[copies_at + 2] = np.log1p(known)
            f[copies_at + 3] = known / max(1, n_line)
            f[copies_at + 4] = (i - first) / n
            f[copies_at + 5] = np.log1p(i - first)
            f[copies_at + 6] = np.log1p(last - 1 - i)
        # Pairs of words: which lines hold each, to see what is copied from another line.
        keys[:] = 0
        values[:] = 0
        for i in range(first, last):
            for w in range(word_starts[i], word_starts[i + 1] - 1):
                k = mix(words[w], words[w + 1]) | np.uint64(1)
                s = k & mask
                while keys[s] != 0 and keys[s] != k:
                    s = (s + np.uint64(1)) & mask
                keys[s] = k
                if values[s] == 0:
                    values[s] = i + 1
                elif values[s] != i + 1:
                    values[s] = -1
        for i in range(first, last):
            copied = 0
            for w in range(word_starts[i], word_starts[i + 1] - 1):
                k = mix(words[w], words[w + 1]) | np.uint64(1)
                s = k & mask
                while keys[s] != k:
                    s = (s + np.uint64(1)) & mask
                if values[s] == -1:
                    copied += 1
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
def _buckets(words, word_starts, features, indptr, out, n_buckets):  # type: ignore[no-untyped-def]
    """Hashed words of each line: which words, which stand first and last, which pairs; long lines only at their ends."""
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
            out[total] = mix(h, np.uint64(1)) & mask
            total += 1
            if j < 2:
                out[total] = mix(h, np.uint64(2 + j)) & mask
                total += 1
            if j >= n - 2:
                out[total] = mix(h, np.uint64(4 + n - 1 - j)) & mask
                total += 1
            if j + 1 < n:
                out[total] = mix(mix(h, words[a + j + 1]), np.uint64(7)) & mask
                total += 1
        out[total] = mix(np.uint64(8), np.uint64(min(n, 12))) & mask
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
            scan(
                points,
                starts,
                classes,
                lower,
                lexicon,
                kinds,
                self.local,
                _COPIES,
                self.line_hashes,
                words,
                is_long,
                word_starts,
            )
            _place(self.local, _COPIES, self.line_hashes, words, word_starts, self.pages)
        self.words, self.is_long, self.word_starts = words, is_long, word_starts
        self.indptr = np.zeros(n_lines + 1, np.int64)
        out = np.zeros(4 * len(words) + n_lines, np.uint32)
        total = _buckets(words, word_starts, self.local, self.indptr, out, N_BUCKETS) if n_lines else 0
        self.buckets = out[:total]
