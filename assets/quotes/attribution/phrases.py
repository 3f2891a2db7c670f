"""Phrases about people and groups that may speak: the former mayor, police, everyone who knows a verb of saying after it."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.mention_types import INDEFINITE_PRONOUN, NOMINAL
from assets.quotes.tokens.article import ArticleTokens, opens_sentence
from assets.quotes.tokens.classes import K_ED, K_GERUND, K_LY
from assets.quotes.tokens.lexicon import (
    ADVERB,
    AUXILIARY,
    CALENDAR,
    DETERMINER,
    FINITE,
    FUNCTION,
    GROUP,
    INDEFINITE,
    NEGATION,
    POSSESSIVE,
    POST,
    PREPOSITION,
    REPORT,
    ROLE,
    SAY,
    SOURCE,
)
from assets.quotes.tokens.stream import ALL_CAPS, CAPITALISED, CLITIC, LOWER, NUMBER
from assets.text.compiled import reading

SPEAKING_NOUN = ROLE | GROUP | SOURCE | POST
VERB_REACH = 4  # tokens after a noun within which its verb of saying stands, auxiliaries and adverbs between
PHRASE_REACH = 7  # tokens of a phrase before its head
UNLISTED_REACH = 5  # tokens of a phrase after its determiner


class Mention(NamedTuple):
    """A token range ``start:end``, its head token and type; ``start`` is -1 where there is none."""

    start: int
    end: int
    head: int
    type: int


@reading
def phrase_at(tokens: ArticleTokens, is_name: NDArray[np.bool_], i: int) -> Mention:
    """The phrase whose head is token ``i``, or that begins with it after "said the"."""
    kind, b = tokens.kinds[i], tokens.bits[i]
    if kind != LOWER and (kind != CAPITALISED or b & CALENDAR):
        return Mention(-1, -1, -1, NOMINAL)
    says = _verb_follows(tokens, i)
    noun = b & SPEAKING_NOUN != 0
    end = i + 1
    if b & INDEFINITE and _may_stand_for_somebody(tokens, i, says):
        taken = says or opens_sentence(tokens, i)
    elif noun and not b & FUNCTION:
        taken = _is_speaking_noun(tokens, is_name, i)
    elif says and not b & (FUNCTION | ADVERB | AUXILIARY | REPORT) and tokens.classes[i] != K_LY:
        taken = True
    else:
        end = _end_of_unlisted(tokens, is_name, i)
        return Mention(i - 1 if end > 0 else -1, end, end - 1, NOMINAL)
    start = _start_of_phrase(tokens, i) if taken else -1
    return Mention(start, end, i, INDEFINITE_PRONOUN if b & INDEFINITE and not noun else NOMINAL)


@reading
def _verb_follows(tokens: ArticleTokens, i: int) -> bool:
    """Whether a finite verb of saying follows token ``i``, auxiliaries, adverbs and negations apart."""
    kinds, bits, sentence = tokens.kinds, tokens.bits, tokens.sentence
    n = len(kinds)
    following = i + 1
    while (
        following < n
        and following < i + VERB_REACH
        and (bits[following] & (AUXILIARY | ADVERB | NEGATION) or tokens.classes[following] == K_LY)
        and sentence[following] == sentence[i]
    ):
        following += 1
    if following >= n or sentence[following] != sentence[i]:
        return False
    return bool(kinds[following] == LOWER and bits[following] & REPORT != 0 and bits[following] & FINITE != 0)


@reading
def _may_stand_for_somebody(tokens: ArticleTokens, i: int, says: bool) -> bool:
    """Many said, some of the voters; the "one" of "Roe's one" is nobody."""
    followed = says or (i + 1 < len(tokens.bits) and tokens.bits[i + 1] & PREPOSITION != 0)
    return followed and not (i > 0 and tokens.kinds[i - 1] == CLITIC)


@reading
def _is_speaking_noun(tokens: ArticleTokens, is_name: NDArray[np.bool_], i: int) -> bool:
    """Whether a listed noun is the head of its phrase, and no verb of the same spelling."""
    kinds, bits, sentence = tokens.kinds, tokens.bits, tokens.sentence
    j = i + 1
    goes_on = j < len(bits) and sentence[j] == sentence[i]
    if goes_on and (is_name[j] or (bits[j] & SPEAKING_NOUN and not bits[j] & (REPORT | FUNCTION))):
        return False
    k = i - 1
    if not bits[i] & REPORT or k < 0:
        return True
    adjective = kinds[k] == LOWER and not bits[k] & (FUNCTION | AUXILIARY) and not bits[k] & (ROLE | GROUP | POST)
    return bool(
        (bits[k] & (DETERMINER | POSSESSIVE) != 0 or kinds[k] == CLITIC or adjective) and sentence[k] == sentence[i]
    )


@reading
def _end_of_unlisted(tokens: ArticleTokens, is_name: NDArray[np.bool_], i: int) -> int:
    """Said the <unlisted noun>: where the phrase from token ``i`` to the next function word ends; 0 where there is none."""
    kinds, bits, sentence = tokens.kinds, tokens.bits, tokens.sentence
    after_said_the = (
        i >= 2
        and not bits[i] & (FUNCTION | ADVERB | AUXILIARY)
        and bits[i - 1] & (DETERMINER | POSSESSIVE)
        and bits[i - 2] & SAY
        and bits[i - 2] & FINITE
        and kinds[i - 2] == LOWER
    )
    if not after_said_the:
        return 0
    n = len(kinds)
    j = i
    while (
        j + 1 < n
        and j - i < UNLISTED_REACH
        and (kinds[j + 1] == LOWER or kinds[j + 1] == CAPITALISED or kinds[j + 1] == CLITIC)
        and not bits[j + 1] & (FUNCTION | REPORT)
        and sentence[j + 1] == sentence[i]
    ):
        j += 1
    return j + 1 if not is_name[j] and (j == i or not bits[j] & SPEAKING_NOUN) else 0


@reading
def _start_of_phrase(tokens: ArticleTokens, i: int) -> int:
    """Where the phrase with the head ``i`` begins: at its determiner, else with its adjectives and names."""
    kinds, bits = tokens.kinds, tokens.bits
    start = i
    for k in range(i - 1, max(-1, i - 1 - PHRASE_REACH), -1):
        if tokens.sentence[k] != tokens.sentence[i]:
            break
        if bits[k] & (DETERMINER | POSSESSIVE) and kinds[k] != CLITIC:
            start = k
            break
        if not _is_part_of_phrase(tokens, k) and not _is_participle_of(tokens, k):
            break
        start = k
    return i if kinds[start] == CLITIC else start


@reading
def _is_participle_of(tokens: ArticleTokens, k: int) -> bool:
    """The retired machinist, his estranged wife: a participle between the determiner and a noun."""
    return bool(
        k > 0
        and tokens.kinds[k] == LOWER
        and tokens.classes[k] == K_ED
        and tokens.bits[k - 1] & (DETERMINER | POSSESSIVE)
        and tokens.kinds[k - 1] != CLITIC
        and tokens.sentence[k - 1] == tokens.sentence[k]
    )


@reading
def _is_part_of_phrase(tokens: ArticleTokens, k: int) -> bool:
    kind, b, word_class = tokens.kinds[k], tokens.bits[k], tokens.classes[k]
    if kind == ALL_CAPS or kind == CLITIC:
        return True
    if kind == CAPITALISED or kind == NUMBER:
        return not b & FUNCTION
    return bool(
        kind == LOWER
        and not b & (FUNCTION | AUXILIARY)
        and not (b & REPORT and b & FINITE)
        and word_class != K_ED
        and word_class != K_GERUND
        and word_class != K_LY
    )
