"""How the features of quotations and candidates read tokens and hash what they see."""

import numpy as np

from assets.quotes.tokens.classes import K_BREAK
from assets.text.compiled import compiled, inlined
from assets.text.hashing import templated_32

mix = templated_32  # the hash of a feature

# Columns of the marks that come with a quotation.
MARK_SINGLE, MARK_CONTINUES, MARK_REPAIRED = range(3)


@inlined
def distance_bin(x):  # type: ignore[no-untyped-def]
    if x < 6:
        return x
    if x < 8:
        return 6
    if x < 12:
        return 7
    if x < 18:
        return 8
    if x < 28:
        return 9
    if x < 45:
        return 10
    return 11


@compiled
def word_at(i, hashes):  # type: ignore[no-untyped-def]
    """The word of token ``i``, the same for all places beyond the article."""
    if i < 0 or i >= len(hashes):
        return np.uint32(1)
    return hashes[i]


@compiled
def class_at(i, classes):  # type: ignore[no-untyped-def]
    if i < 0 or i >= len(classes):
        return K_BREAK
    return classes[i]
