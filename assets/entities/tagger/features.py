"""What the tagger sees: hashed features of a spelling, and of a token among its neighbours.

Features of a spelling (word, affixes, shape, lists it is on) are looked up once per spelling of a batch, for each
place it can take beside the token in question; only the features that join several tokens are looked up per token.
That is what makes a tagger with some seventy features per token fast.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.context import is_capital
from assets.entities.tagger.lexicon import HASH_MASK, Lexicon
from assets.entities.tagger.tokens import (
    ALL_CAPS,
    CAPITALISED,
    DIGIT,
    LETTER,
    LOWER,
    LOWERCASE,
    MIXED,
    NUMBER,
    PUNCTUATION,
    UPPER,
    Characters,
    Tokens,
    character_tables,
)
from assets.text.characters import APOSTROPHE
from assets.text.code_points import looked_up
from assets.text.compiled import compiled, inlined, reading
from assets.text.hashing import GOLDEN, templated, with_code

NONE = np.uint64(0)  # in the place of a feature
REACH = 2  # tokens to either side whose spelling counts
N_FAR, N_NEAR, N_SELF = 5, 10, 44  # how many of a spelling's features count at distance 2, 1 and 0
N_JOINT = 28  # at most this many features that join several tokens
N_FLAGS = 20

# Numbers of the templates, as the model was trained with them; features of a spelling, the ones that count further away first.
(LOWERED, KIND_AND_LENGTH, LISTS, MIDDLE, ENDING_OF_3, SHAPE, KIND, MIDDLE_AND_KIND, EXACT) = range(9)
ENDING, BEGINNING = 8, 12  # plus the number of letters
LIST_AND_KIND, SHAPE_AND_LENGTH, COARSE, FINE, FINE_AND_KIND, COARSE_AND_KIND = range(20, 26)
LONGEST_AFFIX = 4
# Features of a token among its neighbours.
(
    BEFORE_AND_WORD, WORD_AND_AFTER, KINDS, FIVE_KINDS, SENTENCE_AND_LISTS, LISTS_BEFORE, LISTS_AFTER, TWO_BEFORE, TWO_AFTER, BOTH_SIDES, PHRASE,
    PLACE_IN_RUN, BEFORE_RUN, AFTER_RUN, AROUND_RUN, FIRST_OF_RUN, LAST_OF_RUN, BEFORE_AND_LISTS, AFTER_AND_LISTS, LISTS_OF_RUN,
) = range(30, 50)  # fmt: skip
LINE_AND_KIND, LINE_AND_LISTS, CLASS_BEFORE_RUN, CLASS_AFTER_RUN = range(53, 57)
ALL_LISTS_OF_RUN = 58
EDGE = np.uint64(0xABCDEF)  # in the place of the word beyond the line
NO_CLASS = np.uint64(999)  # and of its class
NO_KIND = 6  # and of its kind


class Spellings(NamedTuple):
    """Per spelling: ``base`` feature hashes (0 = none), ``kinds`` of letter, ``flags`` of its lists, ``clusters`` of its word."""

    base: NDArray[np.uint64]
    kinds: NDArray[np.uint8]
    flags: NDArray[np.uint32]
    clusters: NDArray[np.uint16]


class View(NamedTuple):
    """All that features are made of: a spelling's by ``types``, a token's by its number.

    Flat, because numba counts a reference to every array of a tuple that it takes out of another.
    """

    types: NDArray[np.int32]
    lines: NDArray[np.int32]
    lowered: NDArray[np.uint64]
    base: NDArray[np.uint64]
    kinds: NDArray[np.uint8]
    flags: NDArray[np.uint32]
    clusters: NDArray[np.uint16]
    run_start: NDArray[np.int32]
    run_end: NDArray[np.int32]
    phrase: NDArray[np.uint32]
    sentence_start: NDArray[np.uint8]
    line_kind: NDArray[np.uint8]


def spellings(tokens: Tokens, lexicon: Lexicon) -> Spellings:
    """Features of every spelling in the batch."""
    keys = tokens.lowered & HASH_MASK
    place = np.searchsorted(lexicon.words, keys)
    place[place == len(lexicon.words)] = 0
    known = lexicon.words[place] == keys
    n = len(keys)
    spelt = Spellings(
        np.zeros((n, N_SELF), np.uint64),
        np.empty(n, np.uint8),
        np.where(known, lexicon.flags[place], 0).astype(np.uint32),
        np.where(known[:, None], lexicon.clusters[place], 0).astype(np.uint16),
    )
    _spelling_features(tokens, spelt, character_tables())
    return spelt


@inlined
def _if_any(number: np.uint16, template: int, value: np.uint64) -> np.uint64:
    """The feature of a word's class, none where the word has no class."""
    return templated(template, value) if number > 0 else NONE


@reading
def _kind_and_shape(tokens: Tokens, classes: NDArray[np.uint8], start: int, end: int) -> tuple[int, np.uint64]:
    """What a spelling is like, and a number for its sequence of kinds of letter."""
    codes = tokens.codes
    n_upper = 0
    n_lower = 0
    n_digit = 0
    shape = np.uint64(17)
    last = np.uint8(255)
    for i in range(start, end):
        letter = looked_up(classes, codes[i], np.uint8(LETTER))
        n_upper += letter == UPPER
        n_lower += letter in (LOWER, LETTER)
        n_digit += letter == DIGIT
        if letter != last:
            shape = shape * np.uint64(31) + np.uint64(letter + 1)
            last = letter
    first = looked_up(classes, codes[start], np.uint8(LETTER))
    if n_upper + n_lower + n_digit == 0:
        return PUNCTUATION, shape
    if n_digit > 0 and n_upper + n_lower == 0:
        return NUMBER, shape
    if n_upper == 0:
        return LOWERCASE, shape
    if n_lower == 0 and n_upper > 1:
        return ALL_CAPS, shape
    return (CAPITALISED if first == UPPER and n_upper == 1 else MIXED), shape


@reading
def _affixes(
    codes: NDArray[np.uint32], lower: NDArray[np.uint32], start: int, end: int, row: NDArray[np.uint64]
) -> None:
    """Endings (in lower case) and beginnings of up to four letters, of words that are longer."""
    value = NONE
    for k in range(1, min(LONGEST_AFFIX, end - start - 1) + 1):
        value = with_code(value, looked_up(lower, codes[end - k], codes[end - k]))
        if k == 3:
            row[5] = templated(ENDING_OF_3, value)
        else:
            row[10 + k] = templated(ENDING + k, value)
    value = NONE
    for k in range(1, min(LONGEST_AFFIX, end - start - 1) + 1):
        code = codes[start + k - 1]
        # As in ``exact``: spellings that differ in the apostrophe are one, whichever of them came first.
        if code < len(lower) and lower[code] == APOSTROPHE:
            code = np.uint32(APOSTROPHE)
        value = with_code(value, code)
        row[14 + k] = templated(BEGINNING + k, value)


@compiled
def _spelling_features(tokens: Tokens, spelt: Spellings, characters: Characters) -> None:
    """Fill ``base`` and ``kinds``."""
    for t in range(len(tokens.examples)):
        start = tokens.starts[tokens.examples[t]]
        end = tokens.ends[tokens.examples[t]]
        length = end - start
        kind, shape = _kind_and_shape(tokens, characters.classes, start, end)
        spelt.kinds[t] = kind
        own = np.uint64(kind)
        row = spelt.base[t]
        flag = np.uint64(spelt.flags[t])
        fine, middle, coarse = spelt.clusters[t, 0], spelt.clusters[t, 1], spelt.clusters[t, 2]
        row[0] = templated(LOWERED, tokens.lowered[t])
        row[1] = templated(KIND_AND_LENGTH, np.uint64(kind * 8 + min(length, 7)))
        row[2] = templated(LISTS, flag + np.uint64(1))
        row[3] = _if_any(middle, MIDDLE, np.uint64(middle))
        row[4] = _if_any(coarse, COARSE, np.uint64(coarse))
        if kind == PUNCTUATION:
            continue
        _affixes(tokens.codes, characters.lower, start, end, row)
        row[6] = templated(SHAPE, shape)
        row[7] = templated(KIND, own)
        row[8] = _if_any(middle, MIDDLE_AND_KIND, np.uint64(middle) * np.uint64(8) + own)
        row[9] = _if_any(fine, FINE, np.uint64(fine))
        row[10] = templated(EXACT, tokens.exact[t])
        row[19] = _if_any(fine, FINE_AND_KIND, np.uint64(fine) * np.uint64(8) + own)
        row[20] = _if_any(coarse, COARSE_AND_KIND, np.uint64(coarse) * np.uint64(8) + own)
        at = 21
        for bit in range(N_FLAGS):
            if (flag >> np.uint64(bit)) & np.uint64(1):
                row[at] = templated(LIST_AND_KIND, np.uint64(bit * 8 + kind))
                at += 1
        row[at] = templated(SHAPE_AND_LENGTH, shape * np.uint64(16) + np.uint64(min(length, 12)))


@reading
def joint_features(i: int, view: View, out: NDArray[np.uint64]) -> int:
    """Hashes of the features that join several tokens, into ``out``; returns how many."""
    n = len(view.types)
    lines = view.lines
    types = view.types
    lowered = view.lowered
    kinds = view.kinds
    flags = view.flags
    line = lines[i]
    t = types[i]
    kind = kinds[t]
    a = types[i - 1] if i > 0 and lines[i - 1] == line else -1
    aa = types[i - 2] if a >= 0 and i > 1 and lines[i - 2] == line else -1
    b = types[i + 1] if i + 1 < n and lines[i + 1] == line else -1
    bb = types[i + 2] if b >= 0 and i + 2 < n and lines[i + 2] == line else -1
    kind_a = kinds[a] if a >= 0 else NO_KIND
    kind_b = kinds[b] if b >= 0 else NO_KIND
    run = view.run_start[i]
    if run < 0 and not is_capital(kind_a) and not is_capital(kind_b):
        return 0
    kind_aa = kinds[aa] if aa >= 0 else NO_KIND
    kind_bb = kinds[bb] if bb >= 0 else NO_KIND
    word = lowered[t]
    word_a = lowered[a] if a >= 0 else EDGE
    word_b = lowered[b] if b >= 0 else EDGE
    word_aa = lowered[aa] if aa >= 0 else EDGE
    word_bb = lowered[bb] if bb >= 0 else EDGE
    own = np.uint64(kind)
    flag = np.uint64(flags[t])
    flag_a = np.uint64(flags[a]) if a >= 0 else EDGE
    flag_b = np.uint64(flags[b]) if b >= 0 else EDGE
    pattern = np.uint64(kind + 8 * kind_a + 64 * kind_b)
    phrase = view.phrase[i]
    line_kind = np.uint64(view.line_kind[i])
    out[0] = templated(BEFORE_AND_WORD, word_a * GOLDEN + word)
    out[1] = templated(WORD_AND_AFTER, word * GOLDEN + word_b)
    out[2] = templated(KINDS, pattern)
    out[3] = templated(FIVE_KINDS, pattern + np.uint64(512 * kind_aa + 4096 * kind_bb))
    out[4] = templated(SENTENCE_AND_LISTS, np.uint64(view.sentence_start[i] * 8 + kind) + (flag << np.uint64(8)))
    out[5] = templated(LISTS_BEFORE, flag_a * GOLDEN + flag)
    out[6] = templated(LISTS_AFTER, flag * GOLDEN + flag_b)
    out[7] = templated(TWO_BEFORE, word_aa * GOLDEN + word_a + own)
    out[8] = templated(TWO_AFTER, word_b * GOLDEN + word_bb + own)
    out[9] = templated(BOTH_SIDES, word_a * GOLDEN + word_b + own)
    out[10] = templated(PHRASE, np.uint64(phrase) * np.uint64(8) + own if phrase > 0 else EDGE)
    out[11] = templated(LINE_AND_KIND, line_kind * np.uint64(8) + own)
    out[12] = templated(LINE_AND_LISTS, line_kind * GOLDEN + flag)
    count = 13
    if run >= 0:
        count = _run_features(i, view, out)
    return count


@inlined
def _run_features(i: int, view: View, out: NDArray[np.uint64]) -> int:
    """The features of the run of capitalised words around a token, after the 13 others; returns how many there are now."""
    lines = view.lines
    types = view.types
    lowered = view.lowered
    flags = view.flags
    clusters = view.clusters
    start = view.run_start[i]
    end = view.run_end[i]
    opens = start == 0 or lines[start - 1] != lines[i]
    closes = end == len(types) or lines[end] != lines[i]
    before = EDGE if opens else lowered[types[start - 1]]
    after = EDGE if closes else lowered[types[end]]
    class_before = NO_CLASS if opens else np.uint64(clusters[types[start - 1], 1])
    class_after = NO_CLASS if closes else np.uint64(clusters[types[end], 1])
    first = types[start]
    last = types[end - 1]
    place = np.uint64(min(i - start, 3) * 8 + min(end - i, 4))
    union = np.uint64(0)
    for k in range(start, end):
        union |= np.uint64(flags[types[k]])
    out[13] = templated(PLACE_IN_RUN, place + np.uint64(64) * np.uint64(view.kinds[types[i]]))
    out[14] = templated(BEFORE_RUN, before)
    out[15] = templated(AFTER_RUN, after)
    out[16] = templated(AROUND_RUN, before * GOLDEN + after)
    out[17] = templated(FIRST_OF_RUN, lowered[first] + np.uint64(min(i - start, 2)))
    out[18] = templated(LAST_OF_RUN, lowered[last] + np.uint64(min(end - 1 - i, 2)))
    out[19] = templated(BEFORE_AND_LISTS, before * GOLDEN + np.uint64(flags[first]) + place)
    out[20] = templated(AFTER_AND_LISTS, after * GOLDEN + np.uint64(flags[last]) + place)
    out[21] = templated(LISTS_OF_RUN, np.uint64(flags[first]) * GOLDEN + np.uint64(flags[last]) + place)
    out[22] = templated(CLASS_BEFORE_RUN, class_before * np.uint64(1024) + place)
    out[23] = templated(CLASS_AFTER_RUN, class_after * np.uint64(1024) + place)
    out[24] = templated(ALL_LISTS_OF_RUN, union * GOLDEN + place)
    return 25
