"""Articles as one stream of tokens in which every quotation is a single token: what attribution looks at."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.tokens.lexicon import (
    C_LOWER,
    C_MARK,
    C_NEWLINE,
    C_PERIOD,
    C_SPACE,
    C_STOP,
    C_UPPER,
    FIRST,
    Lexicon,
    class_of,
    look_up,
)
from assets.quotes.tokens.punctuation import FULL_STOP
from assets.quotes.tokens.words import (
    ALL_CAPS,
    BREAK,
    CAPITALISED,
    CLITIC,
    LOWER,
    NUMBER,
    PUNCTUATION,
    QUOTE,
    Token,
    read_token,
)
from assets.text.compiled import compiled, reading

__all__ = ("ALL_CAPS", "BREAK", "CAPITALISED", "CLITIC", "LOWER", "NUMBER", "PUNCTUATION", "QUOTE")
HASH_OF_BREAK, HASH_OF_QUOTE = np.uint32(2), np.uint32(3)
# Columns of Stream.inside: what is inside the marks of a quotation.
(
    IN_WORDS,
    IN_FIRST_WORD,
    IN_LAST_WORD,
    IN_FIRST_PERSON,
    IN_CAPITALS,
    IN_FIRST_KIND,
    IN_LAST_CODE,
    IN_SENTENCES,
    IN_SECOND_WORD,
) = range(9)
IN_COLUMNS = 9


class Stream(NamedTuple):
    """Tokens of a batch; ``starts`` and ``ends`` are offsets into ``codes``, article ``i`` begins at ``offsets[i]``.

    Its tokens are ``firsts[i]:firsts[i + 1]``, its quotations ``first_quotes[i]:first_quotes[i + 1]``. What looks at a token's neighbours is given these alone, so that what is
    found in an article cannot depend on the articles around it.

    ``paragraph`` and ``sentence`` number on through the batch. ``quote`` is the row of the quotation a QUOTE token is
    for, else -1; ``places`` is the reverse. ``bits`` are the classes of ``assets.quotes.tokens.lexicon``.
    """

    codes: NDArray[np.uint32]
    offsets: NDArray[np.int64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    hashes: NDArray[np.uint32]
    bits: NDArray[np.int64]
    paragraph: NDArray[np.int32]
    sentence: NDArray[np.int32]
    article: NDArray[np.int32]
    quote: NDArray[np.int32]
    places: NDArray[np.int32]
    inside: NDArray[np.int64]
    firsts: NDArray[np.int64]
    first_quotes: NDArray[np.int64]

    def tokens_at(self, articles: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The token at or before each place, at least the first of its article."""
        return np.maximum(np.searchsorted(self.starts, places, side="right") - 1, self.firsts[articles])


def read_stream(
    codes: NDArray[np.uint32], offsets: NDArray[np.int64], spans: NDArray[np.int64], words: Lexicon
) -> Stream:
    """Tokens of a batch: article ``i`` is ``codes[offsets[i]:offsets[i + 1] - 1]``, with a line break after each.

    ``spans`` has one row (start, end, outer start, outer end) per quotation, in offsets of the batch, sorted, without overlaps.
    """
    found, places, inside = _tokenise(codes, offsets, spans, words)
    firsts = np.searchsorted(found.article, np.arange(len(offsets)))
    return Stream(codes, offsets, *found, places, inside, firsts, np.searchsorted(places, firsts))


def joined(bodies: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The code points of a batch, a line break after each body, and where each body begins; the last offset is the end."""
    codes = np.frombuffer("\n".join([*bodies, ""]).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return codes, np.cumsum([0, *(len(body) + 1 for body in bodies)])


class _Columns(NamedTuple):
    """The columns of ``Stream`` that have one row per token."""

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    hashes: NDArray[np.uint32]
    bits: NDArray[np.int64]
    paragraph: NDArray[np.int32]
    sentence: NDArray[np.int32]
    article: NDArray[np.int32]
    quote: NDArray[np.int32]


class _Place(NamedTuple):
    """Where the tokeniser is: the numbers of the article, paragraph and sentence."""

    article: int
    paragraph: int
    sentence: int


@compiled
def _tokenise(
    codes: NDArray[np.uint32], offsets: NDArray[np.int64], spans: NDArray[np.int64], words: Lexicon
) -> tuple[_Columns, NDArray[np.int32], NDArray[np.int64]]:
    """The columns of ``Stream``: of its tokens, ``places`` and ``inside``."""
    n, n_spans, classes = len(codes), len(spans), words.classes
    columns = _columns(n + n_spans)  # each token except those of quotations has code points of its own
    places = np.empty(n_spans, np.int32)
    inside = np.zeros((n_spans, IN_COLUMNS), np.int64)
    i = count = article = paragraph = sentence = span = 0
    within = -1  # row of the quotation whose marks we are between
    while i < n:
        while i >= offsets[article + 1]:
            article += 1
        if within >= 0 and i >= spans[within, 1]:
            last = codes[spans[within, 1] - 1]
            inside[within, IN_LAST_CODE] = last
            i = max(spans[within, 3], i)
            within = -1
            sentence += last == FULL_STOP and _capital_follows(codes, i, classes)
            continue
        if within < 0 and span < n_spans and i >= spans[span, 2]:
            token = Token(spans[span, 3], QUOTE, HASH_OF_QUOTE, C_MARK)
            _put(columns, count, spans[span, 2], token, _Place(article, paragraph, sentence), 0, span)
            places[span] = count
            count += 1
            within = span
            span += 1
            i = spans[within, 0]
            continue
        kind = class_of(codes[i], classes)
        start = i
        if kind == C_SPACE or kind == C_NEWLINE:
            i += 1
            if kind == C_NEWLINE and within < 0 and not _after_break(columns, count, article):
                paragraph += 1
                sentence += 1
                token = Token(i, BREAK, HASH_OF_BREAK, C_NEWLINE)
                _put(columns, count, start, token, _Place(article, paragraph, sentence), 0, -1)
                count += 1
            continue
        # Where a run of this token must end: with the quotation that it is in, or before the next one.
        limit = spans[within, 1] if within >= 0 else (spans[span, 2] if span < n_spans else n)
        token = read_token(codes, start, limit, kind, words)
        i = token.end
        if within >= 0:
            _count_inside(inside[within], token, words)
            continue
        bits = look_up(words.keys, words.bits, token.hash) if token.kind != PUNCTUATION else 0
        _put(columns, count, start, token, _Place(article, paragraph, sentence), bits, -1)
        count += 1
        sentence += _is_stop(token) and _sentence_follows(codes, i, classes)
    return _cut(columns, count), places, inside


@compiled
def _columns(size: int) -> _Columns:
    return _Columns(
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.uint8),
        np.empty(size, np.uint32),
        np.empty(size, np.int64),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
    )


@compiled
def _cut(c: _Columns, count: int) -> _Columns:
    """The first ``count`` rows."""
    return _Columns(
        c.starts[:count],
        c.ends[:count],
        c.kinds[:count],
        c.hashes[:count],
        c.bits[:count],
        c.paragraph[:count],
        c.sentence[:count],
        c.article[:count],
        c.quote[:count],
    )


@reading
def _put(columns: _Columns, row: int, start: int, token: Token, place: _Place, bits: int, quote: int) -> None:
    columns.starts[row] = start
    columns.ends[row] = token.end
    columns.kinds[row] = token.kind
    columns.hashes[row] = token.hash
    columns.bits[row] = bits
    columns.paragraph[row] = place.paragraph
    columns.sentence[row] = place.sentence
    columns.article[row] = place.article
    columns.quote[row] = quote


@reading
def _after_break(columns: _Columns, count: int, article: int) -> bool:
    """Whether the last token is a line break of the same article: several in a row are one."""
    return count > 0 and columns.kinds[count - 1] == BREAK and columns.article[count - 1] == article


@reading
def _is_stop(token: Token) -> bool:
    return token.kind == PUNCTUATION and (token.last_class == C_PERIOD or token.last_class == C_STOP)


@reading
def _past_spaces(codes: NDArray[np.uint32], i: int, classes: NDArray[np.uint8]) -> int:
    while i < len(codes) and class_of(codes[i], classes) == C_SPACE:
        i += 1
    return i


@reading
def _capital_follows(codes: NDArray[np.uint32], i: int, classes: NDArray[np.uint8]) -> bool:
    """Whether a sentence opens after a quotation that ends at ``i`` with a full stop."""
    following = _past_spaces(codes, i, classes)
    if following == len(codes):
        return False
    kind = class_of(codes[following], classes)
    return kind == C_UPPER or kind == C_MARK


@reading
def _sentence_follows(codes: NDArray[np.uint32], i: int, classes: NDArray[np.uint8]) -> bool:
    """Whether a sentence opens after a stop that ends at ``i``."""
    following = _past_spaces(codes, i, classes)
    return i < following < len(codes) and class_of(codes[following], classes) != C_LOWER


@reading
def _count_inside(row: NDArray[np.int64], token: Token, words: Lexicon) -> None:
    """Add a token between the marks of a quotation to its row of ``Stream.inside``."""
    if token.kind == PUNCTUATION or token.kind == CLITIC:
        row[IN_SENTENCES] += token.last_class == C_PERIOD or token.last_class == C_STOP
        return
    if row[IN_WORDS] == 0:
        row[IN_FIRST_WORD] = token.hash
        row[IN_FIRST_KIND] = token.kind
    elif row[IN_WORDS] == 1:
        row[IN_SECOND_WORD] = token.hash
    row[IN_WORDS] += 1
    row[IN_LAST_WORD] = token.hash
    row[IN_FIRST_PERSON] += look_up(words.keys, words.bits, token.hash) & FIRST != 0
    row[IN_CAPITALS] += token.kind == CAPITALISED or token.kind == ALL_CAPS
