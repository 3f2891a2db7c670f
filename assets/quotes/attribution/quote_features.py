"""Hashed features of a quotation alone: is it one, and of what kind?

The numbers of the features are the model's names for them: ``put`` writes each into its own column.
"""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.feature_hashing import (
    CLASSES,
    ENDS_IN_CRY,
    ENDS_IN_OTHER_MARK,
    ENDS_IN_STOP,
    ENDS_OPEN,
    MARK_CONTINUES,
    MARK_REPAIRED,
    MARK_SINGLE,
    Quotations,
    Value,
    class_at,
    distance_bin,
    edges_of,
    ending_of,
    word_at,
)
from assets.quotes.tokens.article import ArticleTokens
from assets.quotes.tokens.classes import K_PERIOD, K_QUOTE
from assets.quotes.tokens.lexicon import REPORT, SO_CALLED, WORK
from assets.quotes.tokens.punctuation import COLON, EM_DASH, HYPHEN, SEMICOLON
from assets.quotes.tokens.stream import (
    ALL_CAPS,
    BREAK,
    CAPITALISED,
    IN_CAPITALS,
    IN_FIRST_KIND,
    IN_FIRST_PERSON,
    IN_FIRST_WORD,
    IN_LAST_CODE,
    IN_LAST_WORD,
    IN_SECOND_WORD,
    IN_SENTENCES,
    IN_WORDS,
    LOWER,
    QUOTE,
)
from assets.text.compiled import compiled, inlined
from assets.text.hashing import templated_32

N_QUOTE_FEATURES = 46
VERB_REACH = 25  # tokens on either side within which a reporting verb is looked for
WORK_REACH_BEFORE, WORK_REACH_AFTER = 6, 5  # tokens within which "the film" or "so-called" makes words a title
WORK_BEFORE, SO_CALLED_BEFORE, WORK_AFTER = 1, 2, 4
SHORT_PARAGRAPH = 12  # tokens
FIRST_PARAGRAPHS = 3


class _Words(NamedTuple):
    """The quotation itself: how many words, how they end, how many are capitalised, which they are."""

    length: int
    ending: int
    titled: int
    first_kind: int
    first: int
    second: int
    last: int
    short: bool


class _Context(NamedTuple):
    """What the groups of features look at together: the paragraph's edges, reporting verbs near by, words for works."""

    edges: int
    left_verb: np.uint32
    right_verb: np.uint32
    verbs: int
    work: int


@compiled
def quote_features(tokens: ArticleTokens, quotations: Quotations, out: NDArray[np.uint32]) -> None:
    """Features of the quotations of an article, a row of ``out`` each."""
    for q in range(len(quotations.places)):
        p = quotations.places[q]
        words = _words(quotations.inside[q])
        left_steps, right_steps = _steps_to_verb(tokens, p, -1), _steps_to_verb(tokens, p, 1)
        left_verb, right_verb = _verb_at(tokens, p, -left_steps - 1), _verb_at(tokens, p, right_steps + 1)
        verbs = (1 if left_verb else 0) + (2 if right_verb else 0)
        context = _Context(edges_of(tokens, p), left_verb, right_verb, verbs, _words_for_works(tokens, p))
        neighbour_features(tokens, p, words, out[q])
        word_features(quotations, q, words, context, out[q])
        paragraph_features(tokens, p, words, context, _mark(quotations.marks[q]), out[q])
        verb_features(words, context, left_steps, right_steps, out[q])


@inlined
def put(row: NDArray[np.uint32], number: int, a: Value, b: Value) -> None:
    """Write feature ``number`` (from 1) of two values."""
    row[number - 1] = templated_32(number, a, b)


@compiled
def neighbour_features(tokens: ArticleTokens, p: int, words: _Words, row: NDArray[np.uint32]) -> None:
    """The three tokens on either side, as words and as classes."""
    hashes, classes = tokens.hashes, tokens.classes
    l1, l2, l3 = word_at(p - 1, hashes), word_at(p - 2, hashes), word_at(p - 3, hashes)
    r1, r2, r3 = word_at(p + 1, hashes), word_at(p + 2, hashes), word_at(p + 3, hashes)
    cl1, cl2, cl3 = class_at(p - 1, classes), class_at(p - 2, classes), class_at(p - 3, classes)
    cr1, cr2, cr3 = class_at(p + 1, classes), class_at(p + 2, classes), class_at(p + 3, classes)
    put(row, 1, l1, 0)
    put(row, 2, l2, 0)
    put(row, 3, l3, 0)
    put(row, 4, r1, 0)
    put(row, 5, r2, 0)
    put(row, 6, r3, 0)
    put(row, 7, l1, l2)
    put(row, 8, r1, r2)
    put(row, 9, l1, r1)
    put(row, 10, cl1 * CLASSES + cl2, cl3)
    put(row, 11, cr1 * CLASSES + cr2, cr3)
    put(row, 12, cl1 * CLASSES + cr1, words.length)
    put(row, 13, words.ending, cr1)
    put(row, 15, words.first_kind, cl1 * 8 + words.ending)
    put(row, 19, words.titled * 16 + words.length, cl1)
    put(row, 20, words.titled, cr1 * 8 + words.ending)
    put(row, 35, cl1, cl2 * CLASSES + cr1)
    put(row, 37, l2, l3)
    put(row, 41, l1, words.ending * 16 + words.length)
    put(row, 42, r1, words.ending)
    put(row, 44, cl1 * CLASSES + cl2, cr1 * CLASSES + cr2)
    put(row, 45, l1, words.first)


@compiled
def word_features(quotations: Quotations, q: int, words: _Words, context: _Context, row: NDArray[np.uint32]) -> None:
    """What stands between the marks."""
    person = min(quotations.inside[q, IN_FIRST_PERSON], 3)
    sentences = min(quotations.inside[q, IN_SENTENCES], 3)
    put(row, 14, words.length * 40 + words.ending * 8 + min(words.first_kind, 7), 0)
    put(row, 16, _mark(quotations.marks[q]), words.length)
    put(row, 18, context.edges * 8 + words.ending, words.first_kind)
    put(row, 23, words.first, 0)
    put(row, 24, words.last, words.ending)
    put(row, 25, person * 4 + sentences, words.length)
    put(row, 30, context.work, words.length)
    put(row, 31, context.work, words.titled)
    put(row, 34, words.first, words.second)
    put(row, 39, 0, 0)
    put(row, 40, words.last if words.short else 0, words.first if words.short else 0)
    put(row, 43, words.length, context.work * 8 + min(words.first_kind, 7))
    put(row, 46, words.first_kind * 8 + words.ending, words.length * 4 + sentences)


@compiled
def paragraph_features(
    tokens: ArticleTokens, p: int, words: _Words, context: _Context, mark: int, row: NDArray[np.uint32]
) -> None:
    """The rest of the paragraph: is it a sentence at all, how many quotations stand in it?"""
    kinds = tokens.kinds
    begin, end = p, p + 1
    while begin > 0 and kinds[begin - 1] != BREAK:
        begin -= 1
    while end < len(kinds) and kinds[end] != BREAK:
        end += 1
    quotations = rank = lower = capital = 0
    for i in range(begin, end):
        if kinds[i] == QUOTE:
            rank += i < p
            quotations += 1
        elif kinds[i] == LOWER:
            lower += 1
        elif kinds[i] == CAPITALISED or kinds[i] == ALL_CAPS:
            capital += 1
    closing = class_at(end - 1, tokens.classes)
    if end - 1 == p:
        closing = K_PERIOD if words.ending == ENDS_IN_STOP or words.ending == ENDS_IN_CRY else K_QUOTE
    heading = (
        (1 if closing != K_PERIOD else 0) + (2 if capital > lower else 0) + (4 if end - begin < SHORT_PARAGRAPH else 0)
    )
    put(row, 17, context.edges, words.length)
    put(row, 21, heading, context.edges)
    put(row, 22, min(quotations, 6) * 8 + min(rank, 6), context.edges)
    put(row, 32, _paragraphs_before(tokens, p), heading)
    put(row, 38, mark, heading)


@compiled
def verb_features(words: _Words, context: _Context, left_steps: int, right_steps: int, row: NDArray[np.uint32]) -> None:
    """The nearest reporting verb on each side within the sentence."""
    put(row, 26, context.left_verb, distance_bin(left_steps))
    put(row, 27, context.right_verb, distance_bin(right_steps))
    put(row, 28, context.left_verb, 0)
    put(row, 29, context.right_verb, 0)
    put(row, 33, context.verbs, context.edges * 16 + words.length)
    put(row, 36, words.titled * 8 + words.ending, context.verbs + 4 * context.edges)


@compiled
def _words(inside: NDArray[np.int64]) -> _Words:
    count, capitals, last = inside[IN_WORDS], inside[IN_CAPITALS], inside[IN_LAST_CODE]
    ending = ending_of(last)
    if ending == ENDS_OPEN and (last == COLON or last == SEMICOLON or last == EM_DASH or last == HYPHEN):
        ending = ENDS_IN_OTHER_MARK
    length = count if count < 8 else (8 if count < 15 else 9)
    return _Words(
        length,
        ending,
        _titled(count, capitals),
        inside[IN_FIRST_KIND],
        inside[IN_FIRST_WORD],
        inside[IN_SECOND_WORD],
        inside[IN_LAST_WORD],
        count <= 3,
    )


@inlined
def _titled(words: int, capitals: int) -> int:
    """How much the words look like a title: 3 all capitalised, 2 most of them, 1 some."""
    if words == 0:
        return 0
    if capitals == words:
        return 3
    if capitals * 5 >= words * 3:
        return 2
    return 1 if capitals > 1 else 0


@inlined
def _mark(marks: NDArray[np.int8]) -> int:
    return int(marks[MARK_SINGLE] + 2 * marks[MARK_CONTINUES] + 4 * marks[MARK_REPAIRED])


@compiled
def _paragraphs_before(tokens: ArticleTokens, p: int) -> int:
    """How many paragraphs stand before token ``p``, up to three."""
    count = 0
    while p > 0 and count < FIRST_PARAGRAPHS:
        p -= 1
        count += tokens.kinds[p] == BREAK
    return count


@compiled
def _steps_to_verb(tokens: ArticleTokens, p: int, side: int) -> int:
    """Tokens between ``p`` and the nearest reporting verb of the sentence on a side (-1, 1), all where there is none."""
    sentence = tokens.sentence
    steps = 0
    i = p + side
    while 0 <= i < len(sentence) and sentence[i] == sentence[p] and steps < VERB_REACH:
        if tokens.kinds[i] == LOWER and tokens.bits[i] & REPORT:
            break
        steps += 1
        i += side
    return steps


@compiled
def _verb_at(tokens: ArticleTokens, p: int, step: int) -> np.uint32:
    """The word that many steps from ``p`` if it is a reporting verb of the sentence, else 0."""
    i = p + step
    if not (0 <= i < len(tokens.kinds) and tokens.sentence[i] == tokens.sentence[p] and abs(step) <= VERB_REACH):
        return np.uint32(0)
    word: np.uint32 = tokens.hashes[i]
    return word if tokens.kinds[i] == LOWER and tokens.bits[i] & REPORT else np.uint32(0)


@compiled
def _words_for_works(tokens: ArticleTokens, p: int) -> int:
    """Whether the sentence speaks of a work (a film, a hit) or of a name (so-called) near by."""
    bits, sentence = tokens.bits, tokens.sentence
    found = 0
    for i in range(p - 1, max(-1, p - 1 - WORK_REACH_BEFORE), -1):
        if sentence[i] != sentence[p]:
            break
        found |= (WORK_BEFORE if bits[i] & WORK else 0) | (SO_CALLED_BEFORE if bits[i] & SO_CALLED else 0)
    for i in range(p + 1, min(len(bits), p + 1 + WORK_REACH_AFTER)):
        if sentence[i] != sentence[p]:
            break
        found |= WORK_AFTER if bits[i] & WORK else 0
    return found
