"""The tokens of one article, cut from the stream of its batch: what the compiled functions of attribution are given."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.tokens.stream import BREAK, PUNCTUATION, QUOTE, Stream
from assets.text.compiled import compiled, reading


class ArticleTokens(NamedTuple):
    """Columns of ``Stream`` from an article's first token to its last, and the coarse class of each token.

    Tokens are numbered from the article's first; ``starts`` and ``ends`` stay offsets into the batch's ``codes``.
    """

    codes: NDArray[np.uint32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    hashes: NDArray[np.uint32]
    bits: NDArray[np.int64]
    paragraph: NDArray[np.int32]
    sentence: NDArray[np.int32]
    classes: NDArray[np.uint8]


@compiled
def tokens_of(stream: Stream, classes: NDArray[np.uint8], article: int) -> ArticleTokens:
    """The tokens of an article of the stream; ``classes`` are those of all its tokens."""
    first, stop = stream.firsts[article], stream.firsts[article + 1]
    return ArticleTokens(
        stream.codes,
        stream.starts[first:stop],
        stream.ends[first:stop],
        stream.kinds[first:stop],
        stream.hashes[first:stop],
        stream.bits[first:stop],
        stream.paragraph[first:stop],
        stream.sentence[first:stop],
        classes[first:stop],
    )


@reading
def opens_sentence(tokens: ArticleTokens, i: int) -> bool:
    """Whether token ``i`` is the first word of its sentence: a mark or a quotation may come before it."""
    kinds, sentence = tokens.kinds, tokens.sentence
    if i == 0 or sentence[i - 1] != sentence[i] or kinds[i - 1] == QUOTE or kinds[i - 1] == BREAK:
        return True
    return kinds[i - 1] == PUNCTUATION and (i == 1 or sentence[i - 2] != sentence[i])
