"""Closed phrases: every run of five or more words that articles share, each in its longest form.

A closed phrase stands in two or more articles, and no longer phrase that contains it stands in the same set of articles
(closed patterns: Pasquier et al., 1999, "Discovering frequent closed itemsets"). The tables are exact: every such
phrase, no other, all places of each.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt
import polars as pl

from assets.phrases import groups
from assets.phrases.rows import hexadecimal, phrase_texts, text_ids
from assets.phrases.schema import PHRASE_OCCURRENCES, PHRASES
from assets.phrases.windows import Int32s, Int64s, UInt64s, bucket_bits, bucket_sizes, bucketed, njit, partitions
from assets.tokens import tokenise

UInt32s = npt.NDArray[np.uint32]

ROOM = 1 << 20  # places written between two looks at the room left
MOST_TOKENS = 1 << 32  # positions are held in 32 bits


@dataclass(frozen=True)
class ClosedPhrases:
    """``phrases`` as ``PHRASES``, by phrase_id; ``occurrences`` as ``PHRASE_OCCURRENCES``, by its key."""

    phrases: pl.DataFrame
    occurrences: pl.DataFrame


@dataclass(frozen=True)
class _Found:
    """``phrases`` has a row of tokens, articles, outlets, places for each; ``places`` their positions, end to end."""

    phrases: Int32s
    places: UInt32s


@dataclass(frozen=True)
class _Corpus:
    """Token codes (complements where a line begins), and which text and which outlet they belong to."""

    codes: Int32s
    text_offsets: Int64s
    first_articles: Int32s
    outlets: Int32s
    n_forms: int
    n_outlets: int


def closed_phrases(articles: pl.DataFrame) -> ClosedPhrases:
    """All closed phrases of the bodies of ``articles`` (article_id, source_id, body), whatever the order of its rows.

    Working memory is about 13 bytes a token and 64 MB a core, besides bodies and result; time is linear in the tokens,
    plus the places of every phrase times the tokens that its neighbours share. Raises ``ValueError`` for an article_id
    that is null or stands twice, and for a null body.
    """
    articles = articles.select("article_id", "source_id", "body").sort("article_id")
    _check(articles["article_id"])
    tokens = tokenise(articles["body"])
    if len(tokens) >= MOST_TOKENS:
        raise ValueError(f"{len(tokens)} tokens are too many for one call (under {MOST_TOKENS}): split the articles")
    outlets = articles["source_id"].rank("dense").fill_null(0).cast(pl.Int32).to_numpy()
    codes = tokens.codes
    np.bitwise_not(codes, out=codes, where=tokens.opens_line)
    corpus = _Corpus(
        codes,
        tokens.text_offsets,
        groups.articles_by_block(tokens.text_offsets),
        outlets,
        len(tokens.vocabulary),
        int(outlets.max(initial=0)) + 1,
    )
    found = _find(corpus)
    n_tokens, n_articles, n_outlets, n_places = found.phrases.T
    bounds = np.concatenate([[0], np.cumsum(n_places, dtype=np.int64)])
    texts = phrase_texts(codes, found.places[bounds[:-1]].astype(np.int64), n_tokens, tokens.vocabulary)
    ids = text_ids(texts)
    order = np.argsort(ids)
    if len(ids) and not np.diff(ids[order]).all():
        raise ValueError("two phrases have the same id")
    names = hexadecimal(ids[order])
    phrases = pl.DataFrame(
        {
            "phrase_id": names,
            "text": texts.gather(order),
            "n_tokens": n_tokens[order],
            "n_articles": n_articles[order],
            "n_outlets": n_outlets[order],
            "n_occurrences": n_places[order],
        }
    )
    article, start, end = _offsets(
        order, bounds, n_tokens, found.places, corpus.first_articles, corpus.text_offsets, tokens.starts, tokens.ends
    )
    occurrences = pl.DataFrame(
        {
            "phrase_id": names.gather(np.repeat(np.arange(len(order), dtype=np.uint32), n_places[order])),
            "article_id": articles["article_id"].gather(article),
            "start": start,
            "end": end,
        }
    )
    return ClosedPhrases(PHRASES.frame(phrases), PHRASE_OCCURRENCES.frame(occurrences))


def _check(article_ids: pl.Series) -> None:
    """Raise where an id is missing or stands twice."""
    if article_ids.null_count():
        raise ValueError(f"{article_ids.null_count()} articles have no article_id; give each its own")
    if article_ids.n_unique() < len(article_ids):
        twice = article_ids.filter(article_ids.is_duplicated())[0]
        raise ValueError(f"article_id {twice!r} stands more than once; give each article its own")


def _find(corpus: _Corpus) -> _Found:
    """Phrases of all partitions, two or more partitions at a time where there are cores for it."""
    bits = bucket_bits(len(corpus.codes))
    sizes = bucket_sizes(corpus.codes, bits)
    ranges = partitions(sizes)
    with ThreadPoolExecutor(numba.config.NUMBA_NUM_THREADS) as pool:
        found = list(pool.map(lambda span: _find_in(corpus, bits, sizes, *span), ranges))
    return _joined([part for parts in found for part in parts])


def _find_in(corpus: _Corpus, bits: int, sizes: Int64s, first: int, after: int) -> list[_Found]:
    """Phrases that begin with a window of buckets ``first`` to ``after - 1``."""
    entries, offsets = bucketed(corpus.codes, bits, first, after, sizes)
    largest = int(sizes[first:after].max())
    sorted_entries: UInt64s = np.empty(largest, np.uint64)
    slot_ends = np.empty(1 << groups.SLOT_BITS, np.int64)
    stack = np.empty((largest // 2 + 1, 3), np.int64)
    seen_tokens = np.zeros((4, max(corpus.n_forms, 1)), np.int64)
    seen_outlets = np.zeros(corpus.n_outlets, np.int64)
    state = np.zeros(groups.STATE_FIELDS, np.int64)
    room = max(ROOM, largest)
    phrases, places = np.empty((ROOM // 4, 4), np.int32), np.empty(room, np.uint32)
    parts: list[_Found] = []
    done = False
    while not done:
        done = groups.find(
            corpus.codes, corpus.text_offsets, corpus.first_articles, corpus.outlets, entries, offsets,
            sorted_entries, slot_ends, stack, seen_tokens, seen_outlets, state, phrases, places,
        )  # fmt: skip
        n_phrases, n_places = state[groups.N_PHRASES], state[groups.N_PLACES]
        parts.append(_Found(phrases[:n_phrases].copy(), places[:n_places].copy()))
    return parts


def _joined(parts: list[_Found]) -> _Found:
    nothing = _Found(np.empty((0, 4), np.int32), np.empty(0, np.uint32))
    return _Found(
        np.concatenate([part.phrases for part in [nothing, *parts]]),
        np.concatenate([part.places for part in [nothing, *parts]]),
    )


@njit
def _offsets(order, bounds, n_tokens, places, first_articles, text_offsets, starts, ends):  # type: ignore[no-untyped-def]
    """Text row and code-point offsets of every place, phrases in the given order."""
    article, start, end = (
        np.empty(len(places), np.uint32),
        np.empty(len(places), np.int32),
        np.empty(len(places), np.int32),
    )
    row = 0
    for phrase in order:
        for k in range(bounds[phrase], bounds[phrase + 1]):
            first = np.int64(places[k])
            article[row] = groups.article_of(first, first_articles, text_offsets)
            start[row] = starts[first]
            end[row] = ends[first + n_tokens[phrase] - 1]
            row += 1
    return article, start, end
