"""Hashed features of a head: a word that may report what somebody said."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.annotations import (
    CLUSTER,
    COMMAS,
    FINE,
    IN_QUOTE,
    NEXT_CUE,
    POS,
    PREV_CUE,
    QUOTES,
    SENT_FIRST,
    SENT_LAST,
    STRENGTH,
    VERBS,
    WORD,
    Text,
)
from assets.quotes.indirect.hashed_features import BEYOND, Sentence, at, bucket, put1, put2, put3
from assets.quotes.indirect.tokens import SHAPE, SUFFIX
from assets.quotes.indirect.word_classes import COMPLEMENTISER, POS_COMMA
from assets.text.compiled import inlined, reading

N_HEAD_FEATURES = 68
# Tokens around a head whose word, class and cluster are looked at, and within which marks and "that" are looked for.
WORDS_BEFORE, WORDS_AFTER = 4, 5
CLASSES_BEFORE, CLASSES_AFTER = 5, 6
CLUSTERS_AROUND = 2
SPAN_REACH_AFTER, SPAN_REACH_BEFORE = 12, 16
THAT_REACH = 10
NO_CUE = 14  # in the place of a distance


class Head(NamedTuple):
    """A head, its sentence, its word and the classes of the three words to its left and right, the nearest first."""

    place: int
    sentence: Sentence
    word: int
    left: tuple[int, int, int]
    right: tuple[int, int, int]


@reading
def head_features(text: Text, h: int, out: NDArray[np.int64]) -> int:
    """Features of token h as a head, into out (N_HEAD_FEATURES,); says how many they are."""
    notes = text.notes
    sentence = Sentence(int(notes[h, SENT_FIRST]), int(notes[h, SENT_LAST]))
    left = (at(notes, sentence, h - 1, POS), at(notes, sentence, h - 2, POS), at(notes, sentence, h - 3, POS))
    right = (at(notes, sentence, h + 1, POS), at(notes, sentence, h + 2, POS), at(notes, sentence, h + 3, POS))
    head = Head(h, sentence, int(notes[h, WORD]), left, right)
    k = _neighbours(notes, head, out)
    k = _combinations(text, head, out, k)
    k = _place(notes, head, out, k)
    k = _marked_spans(notes, head, out, k)
    k = _clauses(notes, head, out, k)
    return _words_of_saying(notes, head, out, k)


@inlined
def _neighbours(notes: NDArray[np.int32], head: Head, out: NDArray[np.int64]) -> int:
    """The words around a head, one by one."""
    h, sentence = head.place, head.sentence
    k = 0
    for d in range(-WORDS_BEFORE, WORDS_AFTER + 1):
        k = put1(out, k, at(notes, sentence, h + d, WORD))
    for d in range(-CLASSES_BEFORE, CLASSES_AFTER + 1):
        if d != 0:
            k = put1(out, k, at(notes, sentence, h + d, POS))
    for d in range(-CLUSTERS_AROUND, CLUSTERS_AROUND + 1):
        k = put1(out, k, at(notes, sentence, h + d, CLUSTER))
    return k


@inlined
def _combinations(text: Text, head: Head, out: NDArray[np.int64], k: int) -> int:
    """Two or three of them together."""
    notes, sentence, h, word = text.notes, head.sentence, head.place, head.word
    next_word, last_word = at(notes, sentence, h + 1, WORD), at(notes, sentence, h - 1, WORD)
    right_1, right_2, right_3 = head.right
    left_1, left_2, left_3 = head.left
    k = put2(out, k, word, next_word)
    k = put2(out, k, word, last_word)
    k = put2(out, k, word, right_1)
    k = put3(out, k, word, right_1, right_2)
    k = put2(out, k, word, left_1)
    k = put3(out, k, word, left_1, left_2)
    k = put3(out, k, right_1, right_2, right_3)
    k = put3(out, k, left_1, left_2, left_3)
    k = put3(out, k, word, left_1, right_1)
    k = put3(out, k, notes[h, CLUSTER], left_1, right_1)
    k = put2(out, k, next_word, at(notes, sentence, h + 2, WORD))
    k = put2(out, k, last_word, at(notes, sentence, h - 2, WORD))
    k = put2(out, k, word, at(notes, sentence, h + 1, CLUSTER))
    k = put2(out, k, text.table[h, SUFFIX], text.table[h, SHAPE])
    k = put1(out, k, notes[h, FINE])
    return put2(out, k, notes[h, STRENGTH], right_1)


@inlined
def _place(notes: NDArray[np.int32], head: Head, out: NDArray[np.int64], k: int) -> int:
    """Where in its sentence a head stands."""
    before, after = head.place - head.sentence.first, head.sentence.last - head.place
    k = put1(out, k, notes[head.sentence.first, WORD])
    k = put1(out, k, bucket(before))
    k = put2(out, k, head.word, min(bucket(before), 3))
    k = put1(out, k, bucket(after))
    return put2(out, k, head.word, min(bucket(after), 6))


@inlined
def _marked_spans(notes: NDArray[np.int32], head: Head, out: NDArray[np.int64], k: int) -> int:
    """Marked spans of the sentence: how far the next one begins, how far back the last one ended."""
    h, sentence = head.place, head.sentence
    in_span = notes[h, IN_QUOTE] > 0
    after = _to_other_span(notes, h, min(sentence.last, h + SPAN_REACH_AFTER))
    before = _to_other_span(notes, h, max(sentence.first, h - SPAN_REACH_BEFORE))
    opens_marked = notes[sentence.first, IN_QUOTE] > 0 or (
        sentence.first < sentence.last and notes[sentence.first + 1, IN_QUOTE] > 0
    )
    n_spans = notes[sentence.last, QUOTES] - notes[sentence.first, QUOTES]
    k = put1(out, k, in_span)
    k = put2(out, k, min(after, 5), in_span)
    k = put2(out, k, bucket(before), in_span)
    k = put3(out, k, head.word, min(after, 4), min(before, 5))
    k = put3(out, k, head.word, opens_marked, in_span)
    k = put3(out, k, head.left[0], opens_marked, min(after, 4))
    return put3(out, k, min(n_spans, 3), opens_marked, in_span)


@reading
def _to_other_span(notes: NDArray[np.int32], h: int, end: int) -> int:
    """How many tokens a marked span is away in which ``h`` is not, up to token ``end`` on either side; 0 where there is none."""
    step = 1 if end > h else -1
    for distance in range(1, abs(end - h) + 1):
        span = notes[h + step * distance, IN_QUOTE]
        if span > 0 and span != notes[h, IN_QUOTE]:
            return distance
    return 0


@reading
def _to_class(notes: NDArray[np.int32], h: int, end: int, word_class: int) -> int:
    """How many tokens the next word of a class is away, up to token ``end`` on either side; 0 where there is none."""
    step = 1 if end > h else -1
    for distance in range(1, abs(end - h) + 1):
        if notes[h + step * distance, POS] == word_class:
            return distance
    return 0


@inlined
def _clauses(notes: NDArray[np.int32], head: Head, out: NDArray[np.int64], k: int) -> int:
    """Commas and verbs on both sides."""
    h, first, last = head.place, head.sentence.first, head.sentence.last
    left, right = _to_class(notes, h, first, POS_COMMA), _to_class(notes, h, last, POS_COMMA)
    commas_before, commas_after = notes[h, COMMAS] - notes[first, COMMAS], notes[last, COMMAS] - notes[h, COMMAS]
    verbs_before, verbs_after = notes[h, VERBS] - notes[first, VERBS], notes[last, VERBS] - notes[h, VERBS]
    k = put2(out, k, bucket(left), min(bucket(last - h), 3))
    k = put2(out, k, bucket(right), min(bucket(last - h), 3))
    k = put3(out, k, min(left, 5), head.left[0], head.left[1])
    k = put3(out, k, min(right, 3), head.right[0], head.right[1])
    k = put2(out, k, min(commas_before, 3), min(commas_after, 3))
    k = put2(out, k, min(verbs_before, 3), min(verbs_after, 4))
    return put3(out, k, head.word, min(verbs_before, 3), min(verbs_after, 3))


@inlined
def _words_of_saying(notes: NDArray[np.int32], head: Head, out: NDArray[np.int64], k: int) -> int:
    """Other words of saying, a complementiser ahead, and the end of the sentence."""
    h, last, word = head.place, head.sentence.last, head.word
    following, previous = notes[h, NEXT_CUE], notes[h, PREV_CUE]
    k = put1(out, k, notes[following, WORD] if following >= 0 else 0)
    k = put1(out, k, notes[previous, WORD] if previous >= 0 else 0)
    k = put2(out, k, bucket(following - h) if following >= 0 else NO_CUE, word)
    k = put2(out, k, bucket(h - previous) if previous >= 0 else NO_CUE, word)
    that = _to_class(notes, h, min(last, h + THAT_REACH), COMPLEMENTISER)
    k = put2(out, k, min(that, 8), word)
    to_end = min(bucket(last - h), 4)
    span_follows = at(notes, Sentence(0, len(notes) - 1), last + 1, IN_QUOTE) > BEYOND
    k = put3(out, k, span_follows, to_end, word)
    return put2(out, k, at(notes, head.sentence, last, POS), to_end)
