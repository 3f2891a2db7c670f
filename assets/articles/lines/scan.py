"""One compiled pass over the code points of a batch of lines: classes of characters, words, marks at the ends.

Nothing here knows a script: letters, digits and marks are known by their Unicode class, and a character of Chinese,
Japanese or Korean counts as half a word.
"""

import functools
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.text.characters import BASIC_PLANE, Rule, class_table, lower_table
from assets.text.code_points import looked_up
from assets.text.compiled import compiled
from assets.text.hashing import FNV_OFFSET, combined, fnv_step

(SPACE, LOWER, UPPER, CASELESS, DIGIT, WIDE, STOP, COMMA, QUOTE, DASH, BRACKET, BULLET, RIGHTS, HANDLE, SLASH, COLON, OTHER) = range(17)  # fmt: skip
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
LONG_WORD = 5


def _category(*categories: str) -> Callable[[str], bool]:
    return lambda character: unicodedata.category(character).startswith(categories)


def _is_wide(character: str) -> bool:
    return ord(character) >= 0x1100 and unicodedata.name(character, "").startswith(_WIDE_NAMES)


@functools.cache
def character_tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Class and lower case of each code point of the Basic Multilingual Plane."""
    is_letter = _category("L", "M")
    rules: list[tuple[int, Rule]] = [
        (OTHER, lambda character: True),
        (CASELESS, is_letter),
        (UPPER, _category("Lu", "Lt")),
        (LOWER, _category("Ll")),
        (WIDE, lambda character: is_letter(character) and _is_wide(character)),
        (DIGIT, _category("Nd")),
        (SPACE, _category("Z")),
        (SPACE, "\t\r\n\x0b\x0c"),
        *_SPECIAL.items(),
    ]
    return class_table(BASIC_PLANE, rules), lower_table(BASIC_PLANE)


@compiled
def word_hash(points: NDArray[np.uint32]) -> np.uint64:
    """A word as ``scan`` hashes it."""
    h = FNV_OFFSET
    for point in points:
        h = fnv_step(h, point)
    return h


class Page(NamedTuple):
    """The code points of a batch of lines, each followed by a line break, and where each begins; classes and lower case."""

    points: NDArray[np.uint32]
    starts: NDArray[np.int64]
    classes: NDArray[np.uint8]
    lower: NDArray[np.uint32]


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


@compiled
def scan(page: Page, known: Lexicon, copies_at: int, scanned: Scanned) -> int:
    """Fill features[:, :COPIES] and collect each line's word hashes; returns the number of words."""
    points, starts, classes, lower = page
    lexicon, lexicon_kinds = known
    features, line_hashes, words, is_long, word_starts = scanned
    n_lines = len(starts) - 1
    n_words_total = 0
    for i in range(n_lines):
        start, end = starts[i], starts[i + 1] - 1
        word_starts[i] = n_words_total
        counts = np.zeros(17, np.int32)
        n_words, caps, all_caps, lows, short, longest, letters, glued = 0, 0, 0, 0, 0, 0, 0, 0
        sentence_breaks, ellipsis, spaced_dashes, years, times, address = 0, 0, 0, 0, 0, 0
        kinds = np.zeros(16, np.int32)
        line_hash = FNV_OFFSET
        position = start
        previous = SPACE
        wide_run = np.uint64(0)
        while position < end:
            point = points[position]
            cls = looked_up(classes, point, WIDE if 0x20000 <= point < 0x30000 else OTHER)
            if LOWER <= cls <= DIGIT:
                first, n_upper, n_digit, size = cls, 0, 0, 0
                h = FNV_OFFSET
                value = 0
                while position < end:
                    point = points[position]
                    cls = looked_up(classes, point, OTHER)
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
                        h = fnv_step(h, looked_up(lower, point, point))
                        size += 1
                    elif (
                        (point == 39 or point == 0x2019 or point == 45)
                        and position + 1 < end
                        and SPACE < looked_up(classes, points[position + 1], OTHER) <= CASELESS
                        and size > 0
                    ):
                        h = fnv_step(h, point if point != 0x2019 else 39)
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
                        and looked_up(classes, points[position + 1], OTHER) == DIGIT
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
                line_hash = combined(line_hash, h)
                wide_run = np.uint64(0)
                continue
            counts[cls] += 1
            if cls == WIDE:
                wide_hash = fnv_step(FNV_OFFSET, point)
                line_hash = combined(line_hash, wide_hash)
                if wide_run != 0:
                    pair = fnv_step(wide_run, point)
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
                        and (wide_stop or looked_up(classes, after, OTHER) == SPACE)
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
        last_cls = looked_up(classes, points[last], OTHER) if last >= start else OTHER
        while last > start and last_cls in (QUOTE, BRACKET, SPACE):
            if last_cls == QUOTE:
                ends_quote = 1
            last -= 1
            last_cls = looked_up(classes, points[last], OTHER)
        first_cls = looked_up(classes, points[start], OTHER) if end > start else OTHER
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
