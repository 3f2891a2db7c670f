"""The word and phrase lists of the tagger as hashes, and how its hashes are made."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import compiled, inlined

C1 = np.uint64(0x9E3779B97F4A7C15)
C2 = np.uint64(0xC2B2AE3D27D4EB4F)
C3 = np.uint64(0x165667B19E3779F9)
ZERO = np.uint64(0)
HASH_MASK = np.uint64((1 << 40) - 1)  # how much of a hash the word lists keep
N_CLUSTERINGS = 3  # how many distributional classes a word has: of 1024, 256 and 64


@dataclass(frozen=True)
class Lexicon:
    """Word and phrase lists as sorted hashes: ``flags`` has one bit a list, ``clusters`` the word's classes, fine to coarse."""

    words: NDArray[np.uint64]
    flags: NDArray[np.uint32]
    clusters: NDArray[np.uint16]
    phrases: NDArray[np.uint64]
    phrase_flags: NDArray[np.uint32]


@inlined
def mix(template, value):  # type: ignore[no-untyped-def]
    """One feature's hash from its template number and its value."""
    h = (value ^ (np.uint64(template + 1) * C1)) * C2
    h = (h ^ (h >> np.uint64(31))) * C3
    return h ^ (h >> np.uint64(32))


@compiled
def phrase_hash(value, word):  # type: ignore[no-untyped-def]
    """A phrase's hash grows word by word."""
    return mix(99, value * C1 + word)


@compiled
def find(keys, key):  # type: ignore[no-untyped-def]
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
