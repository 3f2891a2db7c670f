"""Tokens annotated for the tagger of indirect speech: what each is to the features."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.characters import Characters, is_mark
from assets.quotes.indirect.sentences import look_up, mark_quotes, mark_sentences
from assets.quotes.indirect.tokens import HASH, PUNCTUATION, QUOTE, SENTENCE, SHAPE, START, VOCAB, tokenize
from assets.quotes.indirect.word_classes import (
    CLASS_BITS,
    POS_COMMA,
    POS_ED,
    VERBAL,
    class_of_token,
)
from assets.quotes.tokens.punctuation import QUOTATION_MARK
from assets.text.compiled import compiled, reading

# columns of the annotation table
WORD, POS, CLUSTER, FINE, STRENGTH, IN_QUOTE, SENT_FIRST, SENT_LAST, COMMAS, VERBS, NEXT_CUE, PREV_CUE, QUOTES = range(
    13
)
N_ANNOTATIONS = 13
# values of STRENGTH: how often a word reports; 0 for those that never do
MAY_REPORT, OFTEN_REPORTS, MOSTLY_REPORTS = 1, 2, 3


class Vocabulary(NamedTuple):
    """Known words by number, and the open-addressing table from a word's hash to its number.

    ``word_class`` is a class with its bits (see ``word_classes``), ``cluster`` and ``fine`` two groupings by the company that words
    keep, ``strength`` how often a word reports.
    """

    keys: NDArray[np.int64]
    slots: NDArray[np.int64]
    word_class: NDArray[np.int64]
    cluster: NDArray[np.int64]
    fine: NDArray[np.int64]
    strength: NDArray[np.int64]


class Text(NamedTuple):
    """A batch of texts as the nets see it: code points, token table (``tokens``) and annotations (columns above)."""

    codes: NDArray[np.uint32]
    table: NDArray[np.int32]
    notes: NDArray[np.int32]


@compiled
def analyse(
    codes: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    spans: NDArray[np.int64],
    characters: Characters,
    vocabulary: Vocabulary,
) -> Text:
    """Code points and marked spans → tokens and their annotations."""
    table = tokenize(codes, bounds, characters)
    look_up(table, vocabulary.keys, vocabulary.slots)
    mark_quotes(table, spans)
    mark_sentences(codes, table, vocabulary.word_class)
    notes = np.empty((len(table), N_ANNOTATIONS), dtype=np.int32)
    _note_words(codes, table, vocabulary, notes)
    _count(table, vocabulary, notes)
    _note_before(table, notes)
    _note_after(table, notes)
    return Text(codes, table, notes)


@reading
def _note_words(
    codes: NDArray[np.uint32], table: NDArray[np.int32], vocabulary: Vocabulary, notes: NDArray[np.int32]
) -> None:
    """Annotate each token with what it tells by itself."""
    for i in range(len(table)):
        row = notes[i]
        number = table[i, VOCAB]
        listed = 0
        if number >= 0:
            listed = vocabulary.word_class[number] & CLASS_BITS
            row[CLUSTER] = vocabulary.cluster[number]
            row[FINE] = vocabulary.fine[number]
            row[STRENGTH] = vocabulary.strength[number]
        else:
            row[CLUSTER], row[FINE], row[STRENGTH] = 0, 0, 0
        row[IN_QUOTE] = table[i, QUOTE] + 1
        row[POS] = class_of_token(codes, table[i], listed)
        # Straight, curly or angular: marks are all the same.
        is_quotation_mark = table[i, SHAPE] == PUNCTUATION and is_mark(codes[table[i, START]])
        row[WORD] = QUOTATION_MARK if is_quotation_mark else table[i, HASH]


@reading
def _count(table: NDArray[np.int32], vocabulary: Vocabulary, notes: NDArray[np.int32]) -> None:
    """Note how many commas and verbs stand before each token, and how many marked spans up to it."""
    commas = verbs = quotes = 0
    for i in range(len(table)):
        notes[i, COMMAS] = commas
        notes[i, VERBS] = verbs
        commas += notes[i, POS] == POS_COMMA
        verbs += _is_verb(table[i, VOCAB], vocabulary, notes[i])
        quotes += notes[i, IN_QUOTE] > 0 and (i == 0 or notes[i - 1, IN_QUOTE] != notes[i, IN_QUOTE])
        notes[i, QUOTES] = quotes


@reading
def _is_verb(number: int, vocabulary: Vocabulary, row: NDArray[np.int32]) -> bool:
    listed = number >= 0 and vocabulary.word_class[number] & VERBAL != 0
    return bool(listed or row[POS] == POS_ED or row[STRENGTH] >= OFTEN_REPORTS)


@reading
def _note_before(table: NDArray[np.int32], notes: NDArray[np.int32]) -> None:
    """Note the first token of each token's sentence, and the last word of saying before it there, -1 where there is none."""
    first, cue = 0, -1
    for i in range(len(table)):
        if i > 0 and table[i, SENTENCE] != table[i - 1, SENTENCE]:
            first, cue = i, -1
        notes[i, SENT_FIRST] = first
        notes[i, PREV_CUE] = cue
        if notes[i, STRENGTH] >= OFTEN_REPORTS:
            cue = i


@reading
def _note_after(table: NDArray[np.int32], notes: NDArray[np.int32]) -> None:
    """The same for the last token of the sentence, and for the next word of saying."""
    n = len(table)
    last, cue = n - 1, -1
    for i in range(n - 1, -1, -1):
        if i < n - 1 and table[i, SENTENCE] != table[i + 1, SENTENCE]:
            last, cue = i, -1
        notes[i, SENT_LAST] = last
        notes[i, NEXT_CUE] = cue
        if notes[i, STRENGTH] >= OFTEN_REPORTS:
            cue = i
