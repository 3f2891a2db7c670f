"""What can be measured of each line of a page: shape, marks, words, place.  One compiled pass over the code points.

Nothing here knows a script: letters, digits and marks are told by their Unicode class, and a character of Chinese,
Japanese or Korean counts as half a word.
"""

import functools
import unicodedata
from collections.abc import Sequence

import numba
import numpy as np
from numpy.typing import NDArray

from assets.articles.text_lexicon import KINDS, LEXICON

(
    SPACE,
    LOWER,
    UPPER,
    CASELESS,
    DIGIT,
    WIDE,
    STOP,
    COMMA,
    QUOTE,
    DASH,
    BRACKET,
    BULLET,
    RIGHTS,
    HANDLE,
    SLASH,
    COLON,
    OTHER,
) = range(17)
_SPECIAL = {
    STOP: ".!?…。！？।؟．‼⁇۔",
    COMMA: ",;،、，；",
    COLON: ":：",
    QUOTE: "\"'“”„‟«»‹›‘’‚「」『』《》",
    DASH: "-–—―−",
    BRACKET: "()[]{}（）【】［］",
    BULLET: "|•·▪●■▶►▸▾▼▲→←↑↓>✓★☆‣◦｜＞+×",
    RIGHTS: "©®™",
    HANDLE: "@#",
    SLASH: "/\\／_=",
}
_WIDE_NAMES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")

LOCAL_FEATURES = (
    "length", "words", "word_length", "longest_word", "capitalised", "all_caps", "lower_words", "digits", "marks", "sentence_breaks",
    "commas", "quotes", "ends_stop", "ends_colon", "ends_comma", "ends_question", "ends_ellipsis", "ends_quote", "starts_lower",
    "starts_digit", "starts_quote", "starts_mark", "starts_bracket", "glued", "bullets", "slashes", "colons", "brackets", "handles",
    "rights", "spaced_dashes", "address", "years", "times", "wide", "caseless", "short_words", *KINDS,
    "copies", "same_as_before", "known_words", "known_share", "place", "from_start", "from_end", "copied", "like_before", "like_after",
)  # fmt: skip
N_LOCAL = len(LOCAL_FEATURES)
_KIND_0 = LOCAL_FEATURES.index(KINDS[0])
_COPIES = LOCAL_FEATURES.index("copies")
BUCKET_BITS = 15
N_BUCKETS = 1 << BUCKET_BITS
LONG_WORD = 5


@functools.cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Class and lower case of each code point of the Basic Multilingual Plane."""
    classes = np.full(0x10000, OTHER, np.uint8)
    lower = np.arange(0x10000, dtype=np.uint32)
    for point in range(0x10000):
        character = chr(point)
        category = unicodedata.category(character)
        if category[0] in "LM":
            if point >= 0x1100 and unicodedata.name(character, "").startswith(_WIDE_NAMES):
                classes[point] = WIDE
            else:
                classes[point] = LOWER if category == "Ll" else UPPER if category in ("Lu", "Lt") else CASELESS
            small = character.lower()
            if len(small) == 1:
                lower[point] = ord(small)
        elif category == "Nd":
            classes[point] = DIGIT
        elif category[0] == "Z" or character in "\t\r\n\x0b\x0c":
            classes[point] = SPACE
    for cls, characters in _SPECIAL.items():
        for character in characters:
            classes[ord(character)] = cls
    return classes, lower


@functools.cache
def _lexicon() -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Sorted hashes of the lexicon's words, and for each the kinds it belongs to as bits."""
    kinds: dict[int, int] = {}
    for number, kind in enumerate(KINDS):
        for word in LEXICON[kind].split():
            key = int(word_hash(_points(word)))
            kinds[key] = kinds.get(key, 0) | 1 << number
    keys = sorted(kinds)
    return np.array(keys, np.uint64), np.array([kinds[key] for key in keys], np.int32)


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@numba.njit(cache=True)
def word_hash(points: NDArray[np.uint32]) -> np.uint64:
    """FNV-1a over code points (Fowler, Noll and Vo 1991)."""
    h = np.uint64(14695981039346656037)
    for point in points:
        h = (h ^ np.uint64(point)) * np.uint64(1099511628211)
    return h


@numba.njit(cache=True)
def _mix(a: np.uint64, b: np.uint64) -> np.uint64:
    h = (a ^ (b + np.uint64(0x9E3779B97F4A7C15) + (a << np.uint64(6)) + (a >> np.uint64(2)))) * np.uint64(
        0xFF51AFD7ED558CCD
    )
    return h ^ (h >> np.uint64(32))


@numba.njit(cache=True)
def _scan(  # type: ignore[no-untyped-def]
    points,
    starts,
    classes,
    lower,
    lexicon,
    lexicon_kinds,
    features,
    copies_at,
    line_hashes,
    words,
    is_long,
    word_starts,
):
    """Fill features[:, :COPIES] and collect each line's word hashes; returns the number of words."""
    n_lines = len(starts) - 1
    n_words_total = 0
    for i in range(n_lines):
        start, end = starts[i], starts[i + 1] - 1
        word_starts[i] = n_words_total
        counts = np.zeros(17, np.int32)
        n_words, caps, all_caps, lows, short, longest, letters, glued = 0, 0, 0, 0, 0, 0, 0, 0
        sentence_breaks, ellipsis, spaced_dashes, years, times, address = 0, 0, 0, 0, 0, 0
        kinds = np.zeros(16, np.int32)
        line_hash = np.uint64(14695981039346656037)
        position = start
        previous = SPACE
        wide_run = np.uint64(0)
        while position < end:
            point = points[position]
            cls = classes[point] if point < 0x10000 else (WIDE if 0x20000 <= point < 0x30000 else OTHER)
            if LOWER <= cls <= DIGIT:
                first, n_upper, n_digit, size = cls, 0, 0, 0
                h = np.uint64(14695981039346656037)
                value = 0
                while position < end:
                    point = points[position]
                    cls = classes[point] if point < 0x10000 else OTHER
                    if LOWER <= cls <= DIGIT:
                        if cls == UPPER:
                            n_upper += 1
                            if previous == LOWER:
                                glued += 1
                        elif cls == DIGIT:
                            n_digit += 1
                            if value < 100000:
                                value = value * 10 + (point - 48 if point < 58 else 0)
                        counts[cls] += 1
                        h = (h ^ np.uint64(lower[point] if point < 0x10000 else point)) * np.uint64(1099511628211)
                        size += 1
                    elif (
                        (point == 39 or point == 0x2019 or point == 45)
                        and position + 1 < end
                        and points[position + 1] < 0x10000
                        and classes[points[position + 1]] <= CASELESS
                        and classes[points[position + 1]] != SPACE
                        and size > 0
                    ):
                        h = (h ^ np.uint64(point if point != 0x2019 else 39)) * np.uint64(1099511628211)
                    else:
                        break
                    previous = cls
                    position += 1
                n_words += 1
                letters += size
                longest = max(longest, size)
                if n_digit == size:
                    if size == 4 and 1900 <= value <= 2039:
                        years += 1
                    if (
                        (size == 1 or size == 2)
                        and position + 2 < end
                        and (points[position] == 58)
                        and points[position + 1] < 0x10000
                        and classes[points[position + 1]] == DIGIT
                    ):
                        times += 1
                elif n_upper == size and size > 1:
                    all_caps += 1
                    caps += 1
                elif first == UPPER:
                    caps += 1
                elif first == LOWER:
                    lows += 1
                if size <= 3 and n_digit == 0:
                    short += 1
                at = np.searchsorted(lexicon, h)
                if at < len(lexicon) and lexicon[at] == h:
                    bits = lexicon_kinds[at]
                    for k in range(16):
                        kinds[k] += (bits >> k) & 1
                words[n_words_total] = h
                is_long[n_words_total] = size >= LONG_WORD and n_digit == 0
                n_words_total += 1
                line_hash = _mix(line_hash, h)
                wide_run = np.uint64(0)
                continue
            counts[cls] += 1
            if cls == WIDE:
                wide_hash = (np.uint64(14695981039346656037) ^ np.uint64(point)) * np.uint64(1099511628211)
                line_hash = _mix(line_hash, wide_hash)
                if wide_run != 0:
                    pair = (wide_run ^ np.uint64(point)) * np.uint64(1099511628211)
                    at = np.searchsorted(lexicon, pair)
                    if at < len(lexicon) and lexicon[at] == pair:
                        bits = lexicon_kinds[at]
                        for k in range(16):
                            kinds[k] += (bits >> k) & 1
                    words[n_words_total] = pair
                    is_long[n_words_total] = True
                    n_words_total += 1
                wide_run = wide_hash
            else:
                wide_run = np.uint64(0)
                if cls == STOP:
                    if point == 0x2026 or (point == 46 and position > start and points[position - 1] == 46):
                        ellipsis = position
                    after = points[position + 1] if position + 1 < end else np.uint32(32)
                    wide_stop = point > 0x3000
                    if (
                        position + 2 < end
                        and (wide_stop or (after < 0x10000 and classes[after] == SPACE))
                        and previous != UPPER
                    ):
                        sentence_breaks += 1
                elif cls == DASH:
                    if previous == SPACE and position + 1 < end and points[position + 1] == 32:
                        spaced_dashes += 1
                elif cls == SLASH and point == 47 and position > start and points[position - 1] == 47:
                    address += 1
            previous = cls
            position += 1
        # The mark that ends the line, under closing quotes and brackets.
        last = end - 1
        ends_quote = 0
        while (
            last > start
            and points[last] < 0x10000
            and (classes[points[last]] == QUOTE or classes[points[last]] == BRACKET or classes[points[last]] == SPACE)
        ):
            if classes[points[last]] == QUOTE:
                ends_quote = 1
            last -= 1
        last_cls = OTHER
        if last >= start and points[last] < 0x10000:
            last_cls = classes[points[last]]
        first_cls = OTHER
        if end > start and points[start] < 0x10000:
            first_cls = classes[points[start]]
        length = end - start + counts[WIDE]
        wide_words = counts[WIDE] // 2
        all_words = n_words + wide_words
        cased = max(1, caps + lows)
        f = features[i]  # in the order of LOCAL_FEATURES
        size = max(1, end - start)
        f[0] = np.log1p(length)
        f[1] = np.log1p(all_words)
        f[2] = min(letters / max(1, n_words), 25.0)
        f[3] = min(longest, 40)
        f[4] = caps / cased
        f[5] = all_caps / cased
        f[6] = lows
        f[7] = counts[DIGIT] / size
        f[8] = (
            counts[STOP]
            + counts[COMMA]
            + counts[QUOTE]
            + counts[DASH]
            + counts[BRACKET]
            + counts[BULLET]
            + counts[COLON]
            + counts[SLASH]
            + counts[OTHER]
        ) / size
        f[9] = sentence_breaks
        f[10] = counts[COMMA]
        f[11] = counts[QUOTE]
        f[12] = 1.0 if last_cls == STOP else 0.0
        f[13] = 1.0 if last_cls == COLON else 0.0
        f[14] = 1.0 if last_cls == COMMA else 0.0
        f[15] = 1.0 if last_cls == STOP and (points[last] == 63 or points[last] == 0xFF1F) else 0.0
        f[16] = 1.0 if ellipsis > 0 and ellipsis == last else 0.0
        f[17] = ends_quote
        f[18] = 1.0 if first_cls == LOWER else 0.0
        f[19] = 1.0 if first_cls == DIGIT else 0.0
        f[20] = 1.0 if first_cls == QUOTE else 0.0
        f[21] = 1.0 if first_cls >= DASH and first_cls != BRACKET else 0.0
        f[22] = 1.0 if first_cls == BRACKET else 0.0
        f[23] = glued
        f[24] = counts[BULLET]
        f[25] = counts[SLASH]
        f[26] = counts[COLON]
        f[27] = counts[BRACKET]
        f[28] = counts[HANDLE]
        f[29] = counts[RIGHTS]
        f[30] = spaced_dashes
        f[31] = address
        f[32] = years
        f[33] = times
        f[34] = counts[WIDE] / size
        f[35] = counts[CASELESS] / size
        f[36] = short / max(1, n_words)
        for k in range(len(kinds)):
            if 37 + k < copies_at:
                f[37 + k] = kinds[k]
        line_hashes[i] = line_hash
    word_starts[n_lines] = n_words_total
    return n_words_total


@numba.njit(cache=True)
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
                k = _mix(words[w], words[w + 1]) | np.uint64(1)
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
                k = _mix(words[w], words[w + 1]) | np.uint64(1)
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


@numba.njit(cache=True)
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
            out[total] = _mix(h, np.uint64(1)) & mask
            total += 1
            if j < 2:
                out[total] = _mix(h, np.uint64(2 + j)) & mask
                total += 1
            if j >= n - 2:
                out[total] = _mix(h, np.uint64(4 + n - 1 - j)) & mask
                total += 1
            if j + 1 < n:
                out[total] = _mix(_mix(h, words[a + j + 1]), np.uint64(7)) & mask
                total += 1
        out[total] = _mix(np.uint64(8), np.uint64(min(n, 12))) & mask
        total += 1
    indptr[len(word_starts) - 1] = total
    return total


class LineFeatures:
    """Features of the lines of a batch of pages.

    ``local`` is float32 (lines, N_LOCAL); ``buckets[indptr[i]:indptr[i + 1]]`` are the hashed words of line i;
    ``pages[p]:pages[p + 1]`` are the lines of page p; ``words`` and ``is_long`` are cut into lines by ``word_starts``.
    """

    def __init__(self, pages: Sequence[Sequence[str]]) -> None:
        classes, lower = _tables()
        lexicon, kinds = _lexicon()
        text = "\n".join([line for page in pages for line in page]) + "\n"
        points = _points(text)
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
            _scan(
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
