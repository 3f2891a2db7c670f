"""What the tagger sees of a spelling: hashed features.

Features of a spelling (word, affixes, shape, lists it is on) are looked up once per spelling of a batch, for each
place it can take beside the token in question; only the features that join several tokens (``neighbours.py``) are looked up per token.
That is what makes a tagger with some seventy features per token fast.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.lexicon import BY_VECTORS, HASH_MASK, N_CLUSTERINGS, Lexicon
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
from assets.text.hashing import templated, with_code

NONE = np.uint64(0)  # in the place of a feature
REACH = 2  # tokens to either side whose spelling counts
N_FAR, N_NEAR, N_SELF = 7, 14, 48  # how many of a spelling's features count at distance 2, 1 and 0
N_FLAGS = 20

# Numbers of the templates, as the model was trained with them; features of a spelling, the ones that count further away first.
(LOWERED, KIND_AND_LENGTH, LISTS, MIDDLE, ENDING_OF_3, SHAPE, KIND, MIDDLE_AND_KIND, EXACT) = range(9)
ENDING, BEGINNING = 8, 12  # plus the number of letters
LIST_AND_KIND, SHAPE_AND_LENGTH, COARSE, FINE, FINE_AND_KIND, COARSE_AND_KIND = range(20, 26)
LONGEST_AFFIX = 4
VECTOR_FINE, VECTOR_FINE_AND_KIND, VECTOR_MIDDLE, VECTOR_MIDDLE_AND_KIND, VECTOR_COARSE, VECTOR_COARSE_AND_KIND = range(
    100, 106
)


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
            row[7] = templated(ENDING_OF_3, value)
        else:
            row[14 + k] = templated(ENDING + k, value)
    value = NONE
    for k in range(1, min(LONGEST_AFFIX, end - start - 1) + 1):
        code = codes[start + k - 1]
        # As in ``exact``: spellings that differ in the apostrophe are one, whichever of them came first.
        if code < len(lower) and lower[code] == APOSTROPHE:
            code = np.uint32(APOSTROPHE)
        value = with_code(value, code)
        row[18 + k] = templated(BEGINNING + k, value)


@compiled
def _spelling_features(tokens: Tokens, spelt: Spellings, characters: Characters) -> None:
    """Fill ``base`` and ``kinds``."""
    by_vectors = spelt.clusters.shape[1] > N_CLUSTERINGS
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
        vector_fine = spelt.clusters[t, BY_VECTORS] if by_vectors else np.uint16(0)
        vector_middle = spelt.clusters[t, BY_VECTORS + 1] if by_vectors else np.uint16(0)
        vector_coarse = spelt.clusters[t, BY_VECTORS + 2] if by_vectors else np.uint16(0)
        row[0] = templated(LOWERED, tokens.lowered[t])
        row[1] = templated(KIND_AND_LENGTH, np.uint64(kind * 8 + min(length, 7)))
        row[2] = templated(LISTS, flag + np.uint64(1))
        row[3] = _if_any(middle, MIDDLE, np.uint64(middle))
        row[4] = _if_any(coarse, COARSE, np.uint64(coarse))
        row[5] = _if_any(vector_middle, VECTOR_MIDDLE, np.uint64(vector_middle))
        row[6] = _if_any(vector_coarse, VECTOR_COARSE, np.uint64(vector_coarse))
        if kind == PUNCTUATION:
            continue
        _affixes(tokens.codes, characters.lower, start, end, row)
        row[8] = templated(SHAPE, shape)
        row[9] = templated(KIND, own)
        row[10] = _if_any(middle, MIDDLE_AND_KIND, np.uint64(middle) * np.uint64(8) + own)
        row[11] = _if_any(fine, FINE, np.uint64(fine))
        row[12] = _if_any(vector_fine, VECTOR_FINE, np.uint64(vector_fine))
        row[13] = _if_any(vector_middle, VECTOR_MIDDLE_AND_KIND, np.uint64(vector_middle) * np.uint64(8) + own)
        row[14] = templated(EXACT, tokens.exact[t])
        row[23] = _if_any(fine, FINE_AND_KIND, np.uint64(fine) * np.uint64(8) + own)
        row[24] = _if_any(coarse, COARSE_AND_KIND, np.uint64(coarse) * np.uint64(8) + own)
        row[25] = _if_any(vector_fine, VECTOR_FINE_AND_KIND, np.uint64(vector_fine) * np.uint64(8) + own)
        row[26] = _if_any(vector_coarse, VECTOR_COARSE_AND_KIND, np.uint64(vector_coarse) * np.uint64(8) + own)
        at = 27
        for bit in range(N_FLAGS):
            if (flag >> np.uint64(bit)) & np.uint64(1):
                row[at] = templated(LIST_AND_KIND, np.uint64(bit * 8 + kind))
                at += 1
        row[at] = templated(SHAPE_AND_LENGTH, shape * np.uint64(16) + np.uint64(min(length, 12)))
