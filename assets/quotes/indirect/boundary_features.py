"""Hashed features of a token as one of the boundaries of what a head reports, or of who is reported."""

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
    VERBS,
    WORD,
)
from assets.quotes.indirect.hashed_features import Sentence, at, bucket, put1, put2, put3
from assets.quotes.indirect.word_classes import POS_CLOSING_BRACKET, POS_OPENING_BRACKET, POS_PUNCTUATION
from assets.text.compiled import inlined, reading
from assets.text.hashing import paired_31

N_BOUNDARY_FEATURES = 54
# boundaries asked for, in this order: where what stands right of the head begins and ends, where what stands left of
# it ends and begins, the last and the first word of who speaks
RIGHT_NEAR, RIGHT_FAR, LEFT_NEAR, LEFT_FAR, SOURCE_LAST, SOURCE_FIRST = range(6)

# Ways of at most so many tokens are told word by word; longer ones have these numbers instead.
WAY_LENGTH, LONG_WAY = 6, 7
TAIL_LENGTH, LONG_TAIL = 5, 5
NO_CUE = 20  # in the place of a distance
BRACKETS_FROM = 2  # so many more closing brackets than opening ones are number 0


class Asked(NamedTuple):
    """A boundary asked for: which of the six, of which head, given which near boundary (the head where none is known)."""

    kind: int
    head: int
    anchor: int


class Boundary(NamedTuple):
    """A token as the boundary asked for, its head's sentence, and words and classes on both sides of it.

    ``outward`` is the direction in which outside lies; ``out_1`` is the class of the next token there, ``in_1`` that of the next
    one the other way, ``in_0`` the token's own. ``edge`` is the sentence's end outside.
    """

    place: int
    outward: int
    sentence: Sentence
    edge: int
    head_word: int
    word: int
    out_word: int
    in_0: int
    in_1: int
    out_1: int
    out_2: int
    out_3: int


class Rest(NamedTuple):
    """What lies around a boundary: its marks, as a number, and how many real words remain to the sentence's edge."""

    marks: int
    words: int


@reading
def boundary_features(notes: NDArray[np.int32], asked: Asked, i: int, out: NDArray[np.int64]) -> int:
    """Features of token i as the boundary asked for, into out (N_BOUNDARY_FEATURES,); says how many they are."""
    boundary = _boundary_of(notes, asked, i)
    k = _neighbours(notes, boundary, out)
    k = _with_head(boundary, out, k)
    marks, farther_marks = _marks_at(notes, boundary)
    rest = Rest(marks, _words_to_edge(notes, boundary))
    k = put2(out, k, marks, farther_marks)
    k = put3(out, k, marks, boundary.out_1, boundary.in_0)
    k = _edge(boundary, rest, out, k)
    k = _span(notes, asked, boundary, rest, out, k)
    k = _words_of_saying(notes, asked, boundary, out, k)
    k = _way(notes, asked, boundary, out, k)
    k = _beyond(notes, asked, boundary, rest, out, k)
    k = put1(out, k, notes[i, FINE])
    k = put1(out, k, _outside(notes, boundary, 1, FINE))
    return put3(
        out, k, boundary.out_word, _outside(notes, boundary, 2, CLUSTER), _outside(notes, boundary, 3, CLUSTER)
    )  # fmt: skip


@inlined
def _boundary_of(notes: NDArray[np.int32], asked: Asked, i: int) -> Boundary:
    h = asked.head
    sentence = Sentence(int(notes[h, SENT_FIRST]), int(notes[h, SENT_LAST]))
    rightward = asked.kind == RIGHT_FAR or asked.kind == LEFT_NEAR or asked.kind == SOURCE_LAST
    d = 1 if rightward else -1
    return Boundary(
        place=i,
        outward=d,
        sentence=sentence,
        edge=sentence.last if rightward else sentence.first,
        head_word=int(notes[h, WORD]),
        word=int(notes[i, WORD]),
        out_word=at(notes, sentence, i + d, WORD),
        in_0=int(notes[i, POS]),
        in_1=at(notes, sentence, i - d, POS),
        out_1=at(notes, sentence, i + d, POS),
        out_2=at(notes, sentence, i + 2 * d, POS),
        out_3=at(notes, sentence, i + 3 * d, POS),
    )


@inlined
def _outside(notes: NDArray[np.int32], boundary: Boundary, n: int, column: int) -> int:
    """An annotation of the token that is ``n`` farther outside than the boundary, or farther inside where ``n`` is negative."""
    return at(notes, boundary.sentence, boundary.place + n * boundary.outward, column)


@inlined
def _neighbours(notes: NDArray[np.int32], b: Boundary, out: NDArray[np.int64]) -> int:
    """The words around a boundary."""
    farther_word = _outside(notes, b, 2, WORD)
    k = put1(out, 0, b.word)
    k = put1(out, k, b.out_word)
    k = put1(out, k, farther_word)
    k = put1(out, k, _outside(notes, b, -1, WORD))
    k = put1(out, k, b.in_0)
    k = put1(out, k, b.in_1)
    k = put1(out, k, _outside(notes, b, -2, POS))
    k = put1(out, k, b.out_1)
    k = put1(out, k, b.out_2)
    k = put1(out, k, b.out_3)
    k = put1(out, k, notes[b.place, CLUSTER])
    k = put1(out, k, _outside(notes, b, 1, CLUSTER))
    k = put2(out, k, _outside(notes, b, 2, CLUSTER), b.out_1)
    k = put2(out, k, b.out_1, b.in_0)
    k = put2(out, k, b.out_word, b.word)
    k = put2(out, k, b.out_word, farther_word)
    k = put2(out, k, b.out_1, b.out_2)
    k = put3(out, k, b.out_word, b.out_2, b.out_3)
    k = put3(out, k, b.out_1, b.out_2, b.out_3)
    return put3(out, k, b.in_1, b.in_0, b.out_1)


@inlined
def _with_head(b: Boundary, out: NDArray[np.int64], k: int) -> int:
    """The words around a boundary together with its head."""
    k = put2(out, k, b.head_word, b.out_1)
    k = put2(out, k, b.head_word, b.in_0)
    k = put2(out, k, b.head_word, b.word)
    k = put2(out, k, b.head_word, b.out_word)
    return put3(out, k, b.head_word, b.out_1, b.out_2)


@inlined
def _marks_at(notes: NDArray[np.int32], b: Boundary) -> tuple[int, int]:
    """Which of the boundary and the tokens outside it stand in marked spans, and in the same one, as two numbers."""
    own = notes[b.place, IN_QUOTE]
    next_span = _span_at(notes, b.sentence, b.place + b.outward)
    farther_span = _span_at(notes, b.sentence, b.place + 2 * b.outward)
    marks = (1 if own > 0 else 0) + (2 if next_span > 0 else 0) + (4 if own > 0 and own == next_span else 0)
    farther = (1 if farther_span > 0 else 0) + (2 if farther_span > 0 and farther_span == own else 0)
    return marks, marks * 4 + farther


@inlined
def _span_at(notes: NDArray[np.int32], sentence: Sentence, i: int) -> int:
    """The marked span that token ``i`` of the sentence stands in, 0 where it stands in none."""
    return notes[i, IN_QUOTE] if sentence.first <= i <= sentence.last else 0


@inlined
def _words_to_edge(notes: NDArray[np.int32], b: Boundary) -> int:
    """How far the last word of the sentence outside is away; marks and stops after it do not count."""
    n = (b.edge - b.place) * b.outward
    while n > 0 and notes[b.place + n * b.outward, POS] >= POS_PUNCTUATION:
        n -= 1
    return n


@inlined
def _edge(b: Boundary, rest: Rest, out: NDArray[np.int64], k: int) -> int:
    k = put1(out, k, bucket(rest.words))
    k = put2(out, k, bucket(rest.words), b.head_word)
    return put3(out, k, min(rest.words, 4), b.out_1, rest.marks)


@inlined
def _span(
    notes: NDArray[np.int32], asked: Asked, b: Boundary, rest: Rest, out: NDArray[np.int64], k: int
) -> int:  # fmt: skip
    """What lies between the two boundaries: its length, its commas and verbs, and those that remain outside."""
    first, last = min(asked.anchor, b.place), max(asked.anchor, b.place)
    length = last - first
    commas, commas_beyond = (
        notes[last, COMMAS] - notes[first, COMMAS],
        abs(notes[b.edge, COMMAS] - notes[b.place, COMMAS]),
    )
    verbs, verbs_beyond = notes[last, VERBS] - notes[first, VERBS], abs(notes[b.edge, VERBS] - notes[b.place, VERBS])
    anchor_word, anchor_class = notes[asked.anchor, WORD], notes[asked.anchor, POS]
    k = put1(out, k, bucket(length))
    k = put2(out, k, bucket(length), b.out_1)
    k = put2(out, k, min(bucket(length), 8), b.head_word)
    k = put3(out, k, min(commas, 4), b.out_1, b.out_2)
    k = put3(out, k, min(commas, 4), min(commas_beyond, 4), b.out_1)
    k = put2(out, k, min(verbs, 4), b.out_1)
    k = put3(out, k, min(verbs, 3), min(verbs_beyond, 3), b.out_1)
    k = put3(out, k, min(verbs_beyond, 3), b.out_1, b.out_2)
    k = put3(out, k, anchor_word, b.out_1, b.out_2)
    k = put3(out, k, anchor_class, b.out_1, min(verbs, 3))
    k = put2(out, k, anchor_word, b.out_word)
    return put3(out, k, anchor_class, min(rest.words, 3), b.head_word)


@inlined
def _words_of_saying(notes: NDArray[np.int32], asked: Asked, b: Boundary, out: NDArray[np.int64], k: int) -> int:
    """The next word of saying outside, if that is another than the head; how far the head is away, on which side."""
    cue = notes[b.place, NEXT_CUE] if b.outward > 0 else notes[b.place, PREV_CUE]
    is_head = cue == asked.head
    if cue >= 0 and not is_head:
        distance = abs(cue - b.place)
        k = put3(out, k, notes[cue, WORD], min(distance, 5), b.out_1)
        k = put3(out, k, bucket(distance), b.out_1, b.out_2)
    else:
        k = put3(out, k, 0, is_head, b.out_1)
        k = put3(out, k, NO_CUE, b.out_1, is_head)
    return put2(out, k, min(abs(b.place - asked.head), 12), asked.head > b.place)


@inlined
def _way(notes: NDArray[np.int32], asked: Asked, b: Boundary, out: NDArray[np.int64], k: int) -> int:
    """The words and classes on the way from the head to the boundary."""
    first, last = min(asked.head, b.place), max(asked.head, b.place)
    follows = asked.head > b.place
    path = words = LONG_WAY
    if last - first <= WAY_LENGTH:
        path = words = 0
        for j in range(first + 1, last):
            path = paired_31(path, notes[j, POS])
            words = paired_31(words, notes[j, WORD])
    k = put3(out, k, path, b.in_0, follows)
    k = put3(out, k, words, b.head_word, follows)
    return put3(out, k, path, b.head_word, follows)


@inlined
def _beyond(
    notes: NDArray[np.int32], asked: Asked, b: Boundary, rest: Rest, out: NDArray[np.int64], k: int
) -> int:  # fmt: skip
    """The classes that remain to the edge, and the parity of brackets between the boundaries."""
    first, last = min(asked.anchor, b.place), max(asked.anchor, b.place)
    to_edge = (b.edge - b.place) * b.outward
    tail = LONG_TAIL
    if to_edge <= TAIL_LENGTH:
        tail = 0
        for j in range(1, to_edge + 1):
            tail = paired_31(tail, notes[b.place + j * b.outward, POS])
    brackets = 0
    for j in range(first, last + 1):
        brackets += notes[j, POS] == POS_OPENING_BRACKET
        brackets -= notes[j, POS] == POS_CLOSING_BRACKET
    n_spans = notes[last, QUOTES] - notes[first, QUOTES]
    k = put1(out, k, tail)
    k = put2(out, k, brackets + BRACKETS_FROM, b.out_1)
    return put3(out, k, min(n_spans, 3), rest.marks, min(rest.words, 3))
