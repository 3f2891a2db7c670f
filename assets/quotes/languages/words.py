"""Bodies as words with their classes, in which a quotation is one token, and where their sentences begin."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.languages.marks import Speech
from assets.quotes.languages.name_places import name_places
from assets.quotes.languages.pieces import QUOTATION as QUOTATION_FORM
from assets.quotes.languages.pieces import Batch, Pieces, read_pieces
from assets.quotes.languages.sentences import read_sentences
from assets.quotes.languages.vocabulary import CLOSED, QUOTATION, STOPS, code_classes, vocabulary_of
from assets.quotes.tokens.stream import joined
from assets.text.languages.press import Press

_AFTER_WORDS = "”“\"»« \u00a0'’)]"
"""What may stand at the end of a quotation after its last sentence."""


class Columns(NamedTuple):
    """The tokens of a body: where they begin and end, their letters folded, their classes."""

    starts: Sequence[int]
    ends: Sequence[int]
    words: list[str]
    bits: list[int]


class Sentences(NamedTuple):
    """The sentences of a body: their first token, the one after their last word, and the classes of all between."""

    firsts: list[int]
    lasts: list[int]
    classes: list[int]
    names: list[int]
    """Tokens where a name of two words or more may begin."""


class Words:
    """The tokens of a body, and the sentences that they make."""

    def __init__(
        self, body: str, press: Press, speech: Sequence[Speech], tokens: Columns, sentences: Sentences
    ) -> None:
        self.body, self.press, self.speech = body, press, speech
        self.starts, self.ends, self.words, self.bits = tokens
        self.sentences, self.lasts, self.classes, self.names = sentences

    @cached_property
    def places(self) -> list[int]:
        """The token of each quotation."""
        return [j for j, bits in enumerate(self.bits) if bits & QUOTATION] if self.speech else []

    @cached_property
    def firsts(self) -> frozenset[int]:
        """The first tokens of the sentences."""
        return frozenset(self.sentences)

    def sentence(self, i: int) -> tuple[int, int]:
        """First token of the sentence that token ``i`` is in, and the one after its last."""
        number = bisect_right(self.sentences, i)
        return self.sentences[number - 1], self.sentences[number] if number < len(self.sentences) else len(self.words)

    def text(self, first: int, after: int) -> str:
        """What the tokens from ``first`` to before ``after`` are in the body."""
        return self.body[self.starts[first] : self.ends[after - 1]]


class _Tokens(NamedTuple):
    """Columns of a batch, and the first token of each body."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: list[str]
    bits: NDArray[np.int64]
    bounds: NDArray[np.int64]


def read_words(bodies: Sequence[str], speech: Sequence[Sequence[Speech]], press: Press) -> list[Words]:
    """The words of some bodies of one language, whose quotations are ``speech``."""
    codes, offsets = joined(bodies)
    quotations = np.array(
        [(one.outer_start + at, one.outer_end + at) for at, its in zip(offsets.tolist(), speech, strict=False) for one in its],
        np.int64,
    ).reshape(-1, 2)  # fmt: skip
    of_bodies = np.cumsum([0, *map(len, speech)])
    pieces = read_pieces(Batch(codes, code_classes(codes, press), offsets, quotations, of_bodies))
    tokens = _tokens(pieces, "\n".join(bodies), press)
    closed = [
        _is_closed(body[one.outer_start : one.outer_end])
        for body, its in zip(bodies, speech, strict=True)
        for one in its
    ]
    tokens.bits[np.flatnonzero(tokens.bits == QUOTATION)[closed]] |= CLOSED
    found = read_sentences(tokens.bits, tokens.starts, tokens.ends, tokens.bounds, not press.has("no_case"))
    at = np.repeat(offsets[:-1], np.diff(tokens.bounds))
    starts, ends, words, bits = _array(tokens.starts - at), _array(tokens.ends - at), tokens.words, tokens.bits.tolist()
    firsts, lasts, classes = found.firsts.tolist(), found.lasts.tolist(), found.classes.tolist()
    names, of_names = name_places(tokens.bits, tokens.bounds, press.has("nouns_capital"))
    columns = zip(
        pairwise(tokens.bounds.tolist()), pairwise(found.bounds.tolist()), pairwise(of_names.tolist()), strict=True
    )
    named = names.tolist()
    return [
        Words(
            body, press, its, Columns(starts[a:b], ends[a:b], words[a:b], bits[a:b]),
            Sentences(firsts[c:d], lasts[c:d], classes[c:d], named[e:f]),
        )
        for body, its, ((a, b), (c, d), (e, f)) in zip(bodies, speech, columns, strict=True)
    ]  # fmt: skip


def _array(values: NDArray[np.int64]) -> Sequence[int]:
    """Numbers most of which nobody asks for: each is made when it is read."""
    return array("q", values.tobytes())


def _tokens(pieces: Pieces, text: str, press: Press) -> _Tokens:
    """The tokens that the pieces of a batch are made of, by the words of their language."""
    vocabulary = vocabulary_of(press.code)
    examples = pieces.examples[1:]
    spans = zip(pieces.starts[examples].tolist(), pieces.ends[examples].tolist(), strict=True)
    numbers = np.array([QUOTATION_FORM, *vocabulary.numbers_of(text[begin:end] for begin, end in spans)])[pieces.forms]
    known = vocabulary.tokens()
    each = known.counts[numbers]
    until = np.cumsum(each)
    tokens = np.repeat(known.firsts[numbers] - (until - each), each) + np.arange(until[-1] if len(each) else 0)
    return _Tokens(
        np.repeat(pieces.starts, each) + known.before[tokens],
        np.repeat(pieces.ends, each) - known.after[tokens],
        list(map(known.words.__getitem__, tokens.tolist())),
        known.bits[tokens],
        np.concatenate([[0], until])[pieces.bounds],
    )


def _is_closed(quotation: str) -> bool:
    """Whether a sentence ends inside the marks, and more than its end stands there."""
    inside = quotation.rstrip(_AFTER_WORDS)
    return inside[-1:] in STOPS and bool(inside.rstrip("." + _AFTER_WORDS))
