"""The reporting verb of a candidate speaker: whose subject it may be."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.mention_types import NAME_POSSESSIVE, NOMINAL
from assets.quotes.attribution.mentions import Mentions
from assets.quotes.tokens.article import ArticleTokens
from assets.quotes.tokens.classes import (
    K_ADVERB,
    K_AUXILIARY,
    K_BRACKET,
    K_CLITIC,
    K_COMMA,
    K_CONJUNCTION,
    K_DASH,
    K_DETERMINER,
    K_ED,
    K_LOWER,
    K_LY,
    K_NAME,
    K_NUMBER,
    K_OTHER,
    K_PERSON_NOUN,
    K_POSSESSIVE,
    K_PREPOSITION,
    K_REPORT,
    K_SAY,
    K_THING_NOUN,
    K_TITLE,
)
from assets.quotes.tokens.lexicon import AUXILIARY, DETERMINER, FUNCTION, REPORT
from assets.quotes.tokens.stream import CLITIC, LOWER, QUOTE
from assets.text.compiled import compiled, reading

# What a prepositional phrase between a noun and its verb is made of.
PHRASE_CLASSES = (
    K_DETERMINER, K_LOWER, K_NAME, K_TITLE, K_CLITIC, K_PREPOSITION, K_POSSESSIVE, K_PERSON_NOUN, K_THING_NOUN, K_NUMBER, K_OTHER,
)  # fmt: skip
BEFORE_REACH = 6  # tokens between a name and the verb before it
BRACKET_REACH = 12
APPOSITION_REACH = 30
PHRASE_REACH = 9
AUXILIARIES = 4  # auxiliaries and adverbs before a verb


@compiled
def link_verbs(
    tokens: ArticleTokens, is_name: NDArray[np.bool_], mentions: Mentions
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Per mention the tokens that would be its reporting verb, after it and before it; -1 where there is none."""
    count = len(mentions.starts)
    after = np.full(count, -1, np.int32)
    before = np.full(count, -1, np.int32)
    for c in range(count):
        after[c] = _verb_after(tokens, mentions.ends[c], mentions.types[c])
        before[c] = _verb_before(tokens, is_name, mentions.starts[c], tokens.sentence[mentions.heads[c]])
    return after, before


@reading
def _verb_before(tokens: ArticleTokens, is_name: NDArray[np.bool_], start: int, s: int) -> int:
    """The verb before a mention that begins with token ``start`` in sentence ``s``.

    Said Democratic Sen. Roe, said the actor Roe: nouns between verb and name belong to the name.
    """
    kinds, bits, sentence = tokens.kinds, tokens.bits, tokens.sentence
    k = start - 1
    while (
        k > 0
        and start - 1 - k < BEFORE_REACH
        and sentence[k] == s
        and not _is_report(tokens, k)
        and (
            (kinds[k] == LOWER and not bits[k] & (FUNCTION | AUXILIARY))
            or bits[k] & DETERMINER
            or is_name[k]
            or kinds[k] == CLITIC
        )
    ):
        k -= 1
    if k >= 0 and sentence[k] == s and _is_report(tokens, k):
        return k
    if start > 0 and sentence[start - 1] == s and kinds[start - 1] == LOWER:
        return start - 1
    return -1


@reading
def _is_report(tokens: ArticleTokens, i: int) -> bool:
    return bool(tokens.kinds[i] == LOWER and tokens.bits[i] & REPORT != 0)


@reading
def _verb_after(tokens: ArticleTokens, j: int, kind: int) -> int:
    """The verb whose subject ends before token ``j``: appositions, brackets, auxiliaries and adverbs are stepped over."""
    bits, sentence, classes = tokens.bits, tokens.sentence, tokens.classes
    n = len(bits)
    if j >= n or kind == NAME_POSSESSIVE:
        return -1
    s = sentence[j - 1]
    for _ in range(2):
        if j >= n or sentence[j] != s:
            return -1
        j = _past_brackets(tokens, j)
        if _opens_apposition(classes, j):
            j = _past_apposition(tokens, j, s)
        if j < 0:
            return -1
    if kind == NOMINAL and j < n and classes[j] == K_PREPOSITION and sentence[j] == s:
        return _verb_after_phrase(tokens, j)
    steps = 0
    while j < n and steps < AUXILIARIES and sentence[j] == s and _goes_with_verb(classes[j]):
        j += 1
        steps += 1
    if j < n and sentence[j] == s and tokens.kinds[j] == LOWER and (not bits[j] & FUNCTION or bits[j] & REPORT):
        return j
    return -1


@reading
def _past_brackets(tokens: ArticleTokens, j: int) -> int:
    """The token after the brackets that open at ``j``, else ``j``."""
    classes, sentence = tokens.classes, tokens.sentence
    if classes[j] != K_BRACKET:
        return j
    for k in range(j + 1, min(j + BRACKET_REACH + 1, len(classes))):
        if classes[k] == K_BRACKET:
            return k + 1
        if sentence[k] != sentence[j]:
            break
    return j


@reading
def _opens_apposition(classes: NDArray[np.uint8], j: int) -> bool:
    """A comma or a dash that no conjunction follows."""
    return j + 1 < len(classes) and (classes[j] == K_COMMA or classes[j] == K_DASH) and classes[j + 1] != K_CONJUNCTION


@reading
def _past_apposition(tokens: ArticleTokens, j: int, s: int) -> int:
    """The token after the apposition in sentence ``s`` that the mark ``j`` opens and the same mark closes before a verb; else -1."""
    classes, sentence = tokens.classes, tokens.sentence
    n = len(classes)
    for k in range(j + 1, min(j + APPOSITION_REACH, n)):
        if sentence[k] != s or tokens.kinds[k] == QUOTE:
            return -1
        if classes[k] == classes[j] and k + 1 < n and _may_open_predicate(classes[k + 1]):
            return k + 1
    return -1


@reading
def _may_open_predicate(word_class: int) -> bool:
    return word_class == K_SAY or word_class == K_REPORT or word_class == K_ED or _goes_with_verb(word_class)


@reading
def _goes_with_verb(word_class: int) -> bool:
    return word_class == K_AUXILIARY or word_class == K_ADVERB or word_class == K_LY


@reading
def _verb_after_phrase(tokens: ArticleTokens, j: int) -> int:
    """A spokesman for the port said: the verb after the prepositional phrase from ``j`` is the noun's."""
    classes, sentence = tokens.classes, tokens.sentence
    n = len(classes)
    k = j + 1
    while k < n and k < j + PHRASE_REACH and sentence[k] == sentence[j] and classes[k] in PHRASE_CLASSES:
        k += 1
    return k if k < n and sentence[k] == sentence[j] and classes[k] == K_SAY else -1
