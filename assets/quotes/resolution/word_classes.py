"""Classes of single words, for code that reads text rather than tokens."""

from functools import lru_cache

import numpy as np

from assets.quotes.tokens.lexicon import lexicon, look_up
from assets.text.hashing import fnv_32


@lru_cache(maxsize=10_000)
def class_bits(word: str) -> int:
    """Classes of a lower-case word in the lexicon, 0 where it is not listed."""
    words = lexicon()
    return int(look_up(words.keys, words.bits, np.uint32(fnv_32(word))))
