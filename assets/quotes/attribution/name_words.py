"""Which capitalised words are words of names."""

import numpy as np

from assets.quotes.attribution.article_slots import slot_of, slots_for
from assets.quotes.tokens.lexicon import (
    CALENDAR,
    CONJUNCTION,
    DETERMINER,
    FINITE,
    FUNCTION,
    HONORIFIC,
    OBJECT,
    POSSESSIVE,
    POST,
    RELATIVE,
    REPORT,
    SAY,
    SUBJECT,
    SUBORDINATOR,
)
from assets.quotes.tokens.stream import ALL_CAPS, BREAK, CAPITALISED, LOWER, PUNCTUATION, QUOTE
from assets.text.compiled import compiled

COMMON_BITS = 1 << 18  # size of the set of words that are common in lower case


@compiled
def is_common(common, key):  # type: ignore[no-untyped-def]
    place = key & np.uint32(COMMON_BITS - 1)
    return (common[place >> 3] >> (place & 7)) & 1 == 1


@compiled
def opens_sentence(i, kinds, sentence):  # type: ignore[no-untyped-def]
    if i == 0 or sentence[i - 1] != sentence[i] or kinds[i - 1] == QUOTE or kinds[i - 1] == BREAK:
        return True
    return kinds[i - 1] == PUNCTUATION and (i == 1 or sentence[i - 2] != sentence[i])


@compiled
def _on_purpose(i, kinds, bits, sentence):  # type: ignore[no-untyped-def]
    """Whether a function word is a name here: WHO, IT and US among lower-case words, Will or From before a verb."""
    if i == 0 or i + 1 >= len(kinds) or (bits[i] & (SUBJECT | OBJECT | POSSESSIVE) and kinds[i] != ALL_CAPS):
        return False
    if kinds[i] == ALL_CAPS:
        return kinds[i - 1] != ALL_CAPS and kinds[i + 1] != ALL_CAPS
    if bits[i] & (DETERMINER | CONJUNCTION | SUBORDINATOR | RELATIVE):
        return False
    return (
        kinds[i + 1] == LOWER
        and bits[i + 1] & REPORT != 0
        and bits[i + 1] & FINITE != 0
        and sentence[i - 1] == sentence[i]
    )


@compiled
def find_name_words(kinds, hashes, bits, sentence, common):  # type: ignore[no-untyped-def]
    """Which tokens of an article are words of names. Words that it capitalises within a sentence are names at a sentence's head, too."""
    n = len(kinds)
    capital_keys, capital_taken = slots_for(n)
    for i in range(n):
        if (kinds[i] == CAPITALISED or kinds[i] == ALL_CAPS) and not opens_sentence(i, kinds, sentence):
            slot_of(capital_keys, capital_taken, hashes[i], True)
    is_name = np.zeros(n, np.bool_)
    for i in range(n):
        if kinds[i] != CAPITALISED and kinds[i] != ALL_CAPS:
            continue
        b = bits[i]
        if b & FUNCTION and not _on_purpose(i, kinds, bits, sentence):
            continue
        if b & CALENDAR and not (i + 1 < n and bits[i + 1] & SAY):
            continue
        if (
            opens_sentence(i, kinds, sentence)
            and kinds[i] == CAPITALISED
            and is_common(common, hashes[i])
            and not b & (HONORIFIC | POST)
            and slot_of(capital_keys, capital_taken, hashes[i], False) < 0
        ):
            continue
        is_name[i] = True
    return is_name
