"""Who may be the speaker: names, pronouns and nominal phrases of a token stream, found without deciding anything."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.appositions import find_leads
from assets.quotes.attribution.article_slots import count_keys
from assets.quotes.attribution.mentions import find_mentions
from assets.quotes.attribution.name_words import find_name_words
from assets.quotes.attribution.verbs import link_verbs
from assets.quotes.tokens.article import ArticleTokens, tokens_of
from assets.quotes.tokens.classes import token_classes
from assets.quotes.tokens.stream import Stream
from assets.text.compiled import compiled


class Candidates(NamedTuple):
    """Possible speakers in stream order: token ranges ``starts:ends``, the head token, type, key of the head spelling.

    ``verb_after`` and ``verb_before`` are the tokens that would be their reporting verb, -1 where there is none; ``named``
    is how often the article names the key and ``order`` which of these the mention is. ``leads_to`` is the candidate that names
    whom the mention only describes (``appositions``), -1 where there is none; the two share a key. Heads rise.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    heads: NDArray[np.int32]
    types: NDArray[np.int8]
    keys: NDArray[np.uint32]
    verb_after: NDArray[np.int32]
    verb_before: NDArray[np.int32]
    named: NDArray[np.int32]
    order: NDArray[np.int32]
    leads_to: NDArray[np.int32]

    def last_before(self, stream: Stream, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The last candidate that begins before each place, -1 where none does.

        A phrase may begin before the name in it (the mayor Ida Roe, the mayor), so that their beginnings do not only rise.
        """
        rising = np.minimum.accumulate(stream.starts[self.starts][::-1])[::-1]
        return np.searchsorted(rising, places) - 1


def find_candidates(stream: Stream, common: NDArray[np.uint8]) -> tuple[Candidates, NDArray[np.uint8]]:
    """Candidates of all articles of the stream, and the coarse class of every token.

    ``common`` is a bit set over word hashes: words that news prints in lower case, hence no names at a sentence's head.
    """
    classes = token_classes(stream)
    return _find(stream, classes, common), classes


@compiled
def _find(stream: Stream, classes: NDArray[np.uint8], common: NDArray[np.uint8]) -> Candidates:
    found = _empty(len(stream.starts))
    count = 0
    for article in range(len(stream.firsts) - 1):
        its = _find_in_article(tokens_of(stream, classes, article), common)
        _put(found, count, its, stream.firsts[article])
        count += len(its.starts)
    return _cut(found, count)


@compiled
def _find_in_article(tokens: ArticleTokens, common: NDArray[np.uint8]) -> Candidates:
    is_name = find_name_words(tokens, common)
    mentions = find_mentions(tokens, is_name)
    after, before = link_verbs(tokens, is_name, mentions)
    leads_to = find_leads(tokens, mentions, after)
    keys = tokens.hashes[mentions.heads]
    for c in range(len(keys) - 1, -1, -1):
        if leads_to[c] >= 0:
            keys[c] = keys[leads_to[c]]
    named, order = count_keys(keys)
    return Candidates(
        mentions.starts, mentions.ends, mentions.heads, mentions.types, keys, after, before, named, order, leads_to
    )  # fmt: skip


@compiled
def _empty(size: int) -> Candidates:
    return Candidates(
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int8),
        np.empty(size, np.uint32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
    )


@compiled
def _put(found: Candidates, row: int, its: Candidates, first: int) -> None:
    """The candidates of an article from ``row`` on, their tokens counted from the batch's first."""
    stop = row + len(its.starts)
    found.starts[row:stop] = its.starts + first
    found.ends[row:stop] = its.ends + first
    found.heads[row:stop] = its.heads + first
    found.types[row:stop] = its.types
    found.keys[row:stop] = its.keys
    found.verb_after[row:stop] = np.where(its.verb_after >= 0, its.verb_after + first, -1)
    found.verb_before[row:stop] = np.where(its.verb_before >= 0, its.verb_before + first, -1)
    found.named[row:stop] = its.named
    found.order[row:stop] = its.order
    found.leads_to[row:stop] = np.where(its.leads_to >= 0, its.leads_to + row, -1)


@compiled
def _cut(c: Candidates, count: int) -> Candidates:
    """The first ``count`` candidates, without the room that was kept for more."""
    return Candidates(
        c.starts[:count].copy(),
        c.ends[:count].copy(),
        c.heads[:count].copy(),
        c.types[:count].copy(),
        c.keys[:count].copy(),
        c.verb_after[:count].copy(),
        c.verb_before[:count].copy(),
        c.named[:count].copy(),
        c.order[:count].copy(),
        c.leads_to[:count].copy(),
    )


@compiled
def candidates_of(c: Candidates, begin: int, stop: int, first: int) -> Candidates:
    """Rows ``begin:stop``, their tokens counted from ``first``, as those of ``ArticleTokens`` are."""
    return Candidates(
        _from(c.starts[begin:stop], first),
        _from(c.ends[begin:stop], first),
        _from(c.heads[begin:stop], first),
        c.types[begin:stop],
        c.keys[begin:stop],
        _from(c.verb_after[begin:stop], first),
        _from(c.verb_before[begin:stop], first),
        c.named[begin:stop],
        c.order[begin:stop],
        _from(c.leads_to[begin:stop], begin),
    )


@compiled
def _from(tokens: NDArray[np.int32], first: int) -> NDArray[np.int32]:
    """-1, which is no token, stays."""
    counted = np.empty(len(tokens), np.int32)
    for i in range(len(tokens)):
        counted[i] = tokens[i] - first if tokens[i] >= 0 else -1
    return counted
