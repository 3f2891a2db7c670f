"""Every hash of the project: which function, where from, what for.

Shipped models know their features by hash, so a function or a constant that is changed makes them worthless: the tables of
``assets/quotes/attribution``, ``assets/quotes/indirect``, ``assets/entities/tagger`` and ``assets/articles/lines`` would have
to be trained again. What depends on no model uses ``chained``.

Sources: FNV-1a (Fowler, Noll and Vo, 1991); the golden ratio as a multiplier (Knuth, The Art of Computer Programming 3, 6.4);
the finalisers of MurmurHash3 (Appleby, 2011) and of SplitMix64 (Steele, Lea and Flood, 2014); the primes of xxHash (Collet, 2012).
All unsigned sums and products are modulo 2 ** 32 or 2 ** 64.
"""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import inlined

FNV_OFFSET_32, FNV_PRIME_32 = 0x811C9DC5, 0x01000193
FNV_OFFSET, FNV_PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
GOLDEN_32, GOLDEN_PRIME_32 = np.uint32(0x9E3779B9), np.uint32(0x9E3779B1)
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MURMUR_32 = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
MURMUR = np.uint64(0xFF51AFD7ED558CCD)
SPLITMIX = np.uint64(0xBF58476D1CE4E5B9)
XXHASH = np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
CODES_BASE = np.uint64(1000003)

Words = TypeVar("Words", np.uint64, NDArray[np.uint64])


def fnv_32(word: str) -> int:
    """FNV-1a, 32 bits, over the code points of a word, never 0: the spellings of the attribution's stream."""
    value = FNV_OFFSET_32
    for character in word:
        value = ((value ^ ord(character)) * FNV_PRIME_32) & 0xFFFFFFFF
    return value or 1


@inlined
def fnv_step(h: np.uint64, value: Any) -> np.uint64:
    """One more code point in a hash by FNV-1a, 64 bits, that began with ``FNV_OFFSET``."""
    return (h ^ np.uint64(value)) * FNV_PRIME


@inlined
def fnv_folded(h: np.uint64) -> np.uint64:
    """The end of a spelling's hash in the entity tagger: the high bits of FNV-1a are the better ones."""
    return h ^ (h >> np.uint64(29))


@inlined
def fnv_spread(h: np.uint64) -> np.uint64:
    """The end of a word form's hash in ``assets.text.tokens``, of which every bit must serve for sampling."""
    h ^= h >> np.uint64(32)
    h *= GOLDEN
    return h ^ (h >> np.uint64(29))


@inlined
def chained(h: Words, value: Words) -> Words:
    """A sequence's hash with one more value (a step of MurmurHash3): shingles, windows, keys of printings. Also of arrays."""
    h = (h ^ value) * MURMUR
    return h ^ (h >> np.uint64(32))


@inlined
def combined(a: np.uint64, b: np.uint64) -> np.uint64:
    """Two hashes as one, in order: the line classifier's pairs of words (boost::hash_combine, then a step of MurmurHash3)."""
    h = (a ^ (b + GOLDEN + (a << np.uint64(6)) + (a >> np.uint64(2)))) * MURMUR
    return h ^ (h >> np.uint64(32))


@inlined
def templated(template: Any, value: np.uint64) -> np.uint64:
    """A feature's hash in the entity tagger from the number of its template and its value."""
    h = (value ^ (np.uint64(template + 1) * GOLDEN)) * XXHASH[0]
    h = (h ^ (h >> np.uint64(31))) * XXHASH[1]
    return h ^ (h >> np.uint64(32))


@inlined
def with_code(value: np.uint64, code: Any) -> np.uint64:
    """A few code points as a polynomial: beginnings, endings and initials in the entity tagger."""
    return value * CODES_BASE + np.uint64(code)


@inlined
def templated_32(template: Any, a: Any, b: Any) -> np.uint32:
    """A feature's hash in the attribution of quotations from the number of its template and two values."""
    h = np.uint32(template) * GOLDEN_PRIME_32 + np.uint32(0x7F4A7C15)
    h = np.uint32((h ^ np.uint32(a)) * MURMUR_32[0])
    h = np.uint32(h ^ (h >> np.uint32(13)))
    h = np.uint32((h ^ np.uint32(b)) * MURMUR_32[1])
    return np.uint32(h ^ (h >> np.uint32(16)))


@inlined
def in_space_32(feature: Any, space: Any) -> np.uint32:
    """A feature's hash in one of the two feature spaces of the ranker; the high bits are the ones to use."""
    return np.uint32((feature + np.uint32(space) * GOLDEN_32) * GOLDEN_PRIME_32)


@inlined
def paired_31(a: Any, b: Any) -> Any:
    """Hash of two non-negative integers, below 2 ** 31: all of indirect speech, spellings and features."""
    x = (np.uint64(a) * GOLDEN + np.uint64(b) + np.uint64(1)) * SPLITMIX
    return np.int64((x ^ (x >> np.uint64(32))) & np.uint64(0x7FFFFFFF))


def letters_hash(word: str) -> tuple[int, int]:
    """A word's letters as a polynomial in ``FNV_PRIME``, 64 bits, and the power that moves another word past it.

    The hash of two words written as one is the first one's times the second one's power plus the second one's: so "cease fire" is
    found to be "ceasefire" without writing it (Karp and Rabin, 1987).
    """
    h, power = 0, 1
    for letter in word:
        h = (h * int(FNV_PRIME) + ord(letter)) & 0xFFFFFFFFFFFFFFFF
        power = (power * int(FNV_PRIME)) & 0xFFFFFFFFFFFFFFFF
    return h, power


@inlined
def with_letters(h: np.uint64, of_word: np.uint64, power: np.uint64) -> np.uint64:
    """The letters' hash of a text with one more word (see ``letters_hash``)."""
    return h * power + of_word
