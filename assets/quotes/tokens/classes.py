"""Coarse classes of tokens, the alphabet in which the path between speaker and quotation is written."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
import numpy as np
from numpy.typing import NDArray

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
from assets.quotes.tokens.punctuation import COLON, COMMA, HORIZONTAL_BAR, SEMICOLON, is_bracket, is_dash, is_stop
from assets.quotes.tokens.stream import BREAK, CLITIC, LOWER, NUMBER, PUNCTUATION, QUOTE, Stream
from assets.text.compiled import compiled, inlined

(
    K_OTHER, K_QUOTE, K_BREAK, K_COMMA, K_PERIOD, K_COLON, K_BRACKET, K_DASH, K_SAY, K_REPORT, K_GERUND, K_AUXILIARY,
    K_PREPOSITION, K_DETERMINER, K_CONJUNCTION, K_SUBORDINATOR, K_SUBJECT, K_POSSESSIVE, K_NAME, K_TITLE, K_ED, K_ING,
    K_LY, K_LOWER, K_NUMBER, K_CLITIC, K_PERSON_NOUN, K_THING_NOUN, K_ADVERB, K_RELATIVE, K_TO,
) = range(31)  # fmt: skip

ENDING_LENGTH = 5  # shorter words are not judged by their ending


@compiled
def token_classes(stream: Stream) -> NDArray[np.uint8]:
    """The coarse class of every token."""
    n = len(stream.starts)
    out = np.zeros(n, np.uint8)
    codes, starts, ends, kinds, bits = stream.codes, stream.starts, stream.ends, stream.kinds, stream.bits
    for i in range(n):
        kind = kinds[i]
        if kind == QUOTE:
            out[i] = K_QUOTE
        elif kind == BREAK:
            out[i] = K_BREAK
        elif kind == PUNCTUATION:
            out[i] = _class_of_mark(codes[starts[i]])
        elif kind == CLITIC:
            out[i] = K_CLITIC
        elif kind == NUMBER:
            out[i] = K_NUMBER
        elif kind != LOWER and not bits[i] & FUNCTION:
            out[i] = K_TITLE if bits[i] & (HONORIFIC | POST | ROLE) else K_NAME
        else:
            listed = _class_of_bits(bits[i])
            if listed == K_PREPOSITION and _is_to(codes, starts[i], ends[i]):
                out[i] = K_TO
            else:
                out[i] = listed if listed != K_LOWER else _class_of_ending(codes, starts[i], ends[i])
    return out


@inlined
def _class_of_mark(code: int) -> int:
    if code == COMMA or code == SEMICOLON:
        return K_COMMA
    if is_stop(code):
        return K_PERIOD
    if code == COLON:
        return K_COLON
    if is_bracket(code):
        return K_BRACKET
    return K_DASH if is_dash(code) or code == HORIZONTAL_BAR else K_OTHER


@compiled
def _class_of_bits(bits: int) -> int:
    """The class of a listed word, ``K_LOWER`` where it is not listed; the first that holds of a word in several lists."""
    if bits & RELATIVE:
        return K_RELATIVE
    if bits & SUBJECT:
        return K_SUBJECT
    if bits & POSSESSIVE:
        return K_POSSESSIVE
    verb = _class_of_verb(bits)
    if verb != K_LOWER:
        return verb
    if bits & CONJUNCTION:
        return K_CONJUNCTION
    if bits & DETERMINER:
        return K_DETERMINER
    if bits & PREPOSITION:
        return K_PREPOSITION
    if bits & SUBORDINATOR:
        return K_SUBORDINATOR
    if bits & (ROLE | POST | HONORIFIC):
        return K_PERSON_NOUN
    if bits & (GROUP | SOURCE):
        return K_THING_NOUN
    return K_ADVERB if bits & (ADVERB | NEGATION) else K_LOWER


@compiled
def _class_of_verb(bits: int) -> int:
    """The class of a listed verb, ``K_LOWER`` where the word is not listed as one."""
    if bits & AUXILIARY:
        return K_AUXILIARY
    if bits & GERUND:
        return K_GERUND
    if bits & SAY and bits & FINITE:
        return K_SAY
    return K_REPORT if bits & REPORT and not bits & (SOURCE | PREPOSITION) else K_LOWER


@compiled
def _class_of_ending(codes: NDArray[np.uint32], start: int, end: int) -> int:
    """Adverbs in -ly, participles in -ed and -ing."""
    if end - start < ENDING_LENGTH:
        return K_LOWER
    last, before = codes[end - 1], codes[end - 2]
    if before == ord("l") and last == ord("y"):
        return K_LY
    if before == ord("e") and last == ord("d"):
        return K_ED
    return K_ING if codes[end - 3] == ord("i") and before == ord("n") and last == ord("g") else K_LOWER


@inlined
def _is_to(codes: NDArray[np.uint32], start: int, end: int) -> bool:
    return end - start == 2 and codes[start] == ord("t") and codes[end - 1] == ord("o")
