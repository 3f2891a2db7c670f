"""The word and phrase lists of the tagger as hashes."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import reading
from assets.text.hashing import GOLDEN, templated

HASH_MASK = np.uint64((1 << 40) - 1)  # how much of a hash the word lists keep
N_CLUSTERINGS = 3  # how many distributional classes a word has: of 1024, 256 and 64
BY_VECTORS = N_CLUSTERINGS  # where as many more begin, by vectors of words, in a model that has them
PHRASE = 99  # template of a phrase's hash


class Lexicon(NamedTuple):
    """Word and phrase lists as sorted hashes: ``flags`` has one bit per list, ``clusters`` the word's classes, fine to coarse.

    The first ``N_CLUSTERINGS`` classes are those of a language; a model may have as many more by vectors of words.
    """

    words: NDArray[np.uint64]
    flags: NDArray[np.uint32]
    clusters: NDArray[np.uint16]
    phrases: NDArray[np.uint64]
    phrase_flags: NDArray[np.uint32]


@reading
def phrase_hash(value: np.uint64, word: np.uint64) -> np.uint64:
    """A phrase's hash grows word by word."""
    return templated(PHRASE, value * GOLDEN + word)


@reading
def find(keys: NDArray[np.uint64], key: np.uint64) -> int:
    """Position of ``key`` in sorted ``keys``, or -1."""
    low = 0
    high = len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < len(keys) and keys[low] == key else -1
