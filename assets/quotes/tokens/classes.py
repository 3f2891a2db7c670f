"""Coarse classes of tokens, the alphabet in which the path between speaker and quotation is written."""

import numpy as np

from assets.quotes.tokens.lexicon import (
    ADVERB,
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    FINITE,
    FUNCTION,
    GERUND,
    GROUP,
    HONORIFIC,
    NEGATION,
    POSSESSIVE,
    POST,
    PREPOSITION,
    RELATIVE,
    REPORT,
    ROLE,
    SAY,
    SOURCE,
    SUBJECT,
    SUBORDINATOR,
)
from assets.quotes.tokens.stream import BREAK, CLITIC, LOWER, NUMBER, PUNCTUATION, QUOTE
from assets.text.compiled import compiled

(
    K_OTHER, K_QUOTE, K_BREAK, K_COMMA, K_PERIOD, K_COLON, K_BRACKET, K_DASH, K_SAY, K_REPORT, K_GERUND, K_AUXILIARY,
    K_PREPOSITION, K_DETERMINER, K_CONJUNCTION, K_SUBORDINATOR, K_SUBJECT, K_POSSESSIVE, K_NAME, K_TITLE, K_ED, K_ING,
    K_LY, K_LOWER, K_NUMBER, K_CLITIC, K_PERSON_NOUN, K_THING_NOUN, K_ADVERB, K_RELATIVE, K_TO,
) = range(31)  # fmt: skip


@compiled
def token_classes(codes, starts, ends, kinds, bits):  # type: ignore[no-untyped-def]
    """The coarse class of every token, uint8."""
    n = len(starts)
    out = np.zeros(n, np.uint8)
    for i in range(n):
        kind = kinds[i]
        b = bits[i]
        if kind == QUOTE:
            c = K_QUOTE
        elif kind == BREAK:
            c = K_BREAK
        elif kind == PUNCTUATION:
            code = codes[starts[i]]
            if code == 0x2C or code == 0x3B:
                c = K_COMMA
            elif code == 0x2E or code == 0x21 or code == 0x3F or code == 0x2026:
                c = K_PERIOD
            elif code == 0x3A:
                c = K_COLON
            elif code == 0x28 or code == 0x29 or code == 0x5B or code == 0x5D:
                c = K_BRACKET
            elif code == 0x2013 or code == 0x2014 or code == 0x2D or code == 0x2015:
                c = K_DASH
            else:
                c = K_OTHER
        elif kind == CLITIC:
            c = K_CLITIC
        elif kind == NUMBER:
            c = K_NUMBER
        elif kind == LOWER or b & FUNCTION:
            last = codes[ends[i] - 1]
            length = ends[i] - starts[i]
            if b & SUBJECT and not b & RELATIVE:
                c = K_SUBJECT
            elif b & RELATIVE:
                c = K_RELATIVE
            elif b & POSSESSIVE:
                c = K_POSSESSIVE
            elif b & AUXILIARY:
                c = K_AUXILIARY
            elif b & GERUND:
                c = K_GERUND
            elif b & SAY and b & FINITE:
                c = K_SAY
            elif b & REPORT and not b & (SOURCE | PREPOSITION):
                c = K_REPORT
            elif b & CONJUNCTION:
                c = K_CONJUNCTION
            elif b & DETERMINER:
                c = K_DETERMINER
            elif b & PREPOSITION:
                c = K_TO if length == 2 and last == 0x6F and codes[starts[i]] == 0x74 else K_PREPOSITION
            elif b & SUBORDINATOR:
                c = K_SUBORDINATOR
            elif b & (ROLE | POST | HONORIFIC):
                c = K_PERSON_NOUN
            elif b & (GROUP | SOURCE):
                c = K_THING_NOUN
            elif b & (ADVERB | NEGATION):
                c = K_ADVERB
            elif length > 4 and last == 0x79 and codes[ends[i] - 2] == 0x6C:
                c = K_LY
            elif length > 4 and last == 0x64 and codes[ends[i] - 2] == 0x65:
                c = K_ED
            elif length > 4 and last == 0x67 and codes[ends[i] - 2] == 0x6E and codes[ends[i] - 3] == 0x69:
                c = K_ING
            else:
                c = K_LOWER
        else:
            c = K_TITLE if b & (HONORIFIC | POST | ROLE) else K_NAME
        out[i] = c
    return out
