"""Closed phrases: every run of five or more words that articles share, each in its longest form.

A closed phrase occurs in two or more articles, and no longer phrase that contains it occurs in the same set of articles
(closed patterns: Pasquier et al., 1999, "Discovering frequent closed itemsets for association rules"). The tables are
exact: every such phrase, no other, all places of each.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from assets.phrases.corpus import Corpus, encode
from assets.phrases.groups import Found, find_groups
from assets.phrases.rows import hexadecimal, phrase_texts, place_offsets, text_ids
from assets.phrases.schema import PHRASE_OCCURRENCES, PHRASES
from assets.phrases.windows import UInt64s

MOST_TOKENS = 1 << 32  # positions are held in 32 bits
COLUMNS = ("article_id", "source_id", "body")
PHRASES_AT_ONCE = 1 << 16  # texts made at a time
PLACES_AT_ONCE = 1 << 18  # rows of PHRASE_OCCURRENCES made at a time: their ids are ten times as large as the places


@dataclass(frozen=True)
class ClosedPhrases:
    """``phrases`` as ``PHRASES``, by phrase_id; ``occurrences`` as ``PHRASE_OCCURRENCES``, by its key."""

    phrases: pl.DataFrame
    occurrences: pl.DataFrame


@dataclass(frozen=True)
class ClosedPhrasesInParts:
    """The same tables in parts that follow each other in the order of their keys; the parts of ``phrases`` are taken first."""

    phrases: Iterator[pl.DataFrame]
    occurrences: Iterator[pl.DataFrame]


def closed_phrases(articles: pl.DataFrame) -> ClosedPhrases:
    """All closed phrases of the bodies of ``articles`` (article_id, source_id, body), whatever the order of its rows.

    Time is linear in the tokens and in what is found; docs/phrases.md says what memory it takes. Raises ``ValueError``
    where one of the columns is null or an article_id is repeated.
    """
    parts = closed_phrases_in_parts(articles)
    return ClosedPhrases(
        pl.concat([PHRASES.empty(), *parts.phrases]), pl.concat([PHRASE_OCCURRENCES.empty(), *parts.occurrences])
    )


def closed_phrases_in_parts(articles: pl.DataFrame) -> ClosedPhrasesInParts:
    """The same, a part at a time."""
    articles, corpus = encoded(articles)
    found, ids = named(corpus, find_groups(corpus))
    return ClosedPhrasesInParts(described(corpus, found, ids), located(articles, corpus, found, ids))


def encoded(articles: pl.DataFrame) -> tuple[pl.DataFrame, Corpus]:
    """The articles by id, and their bodies as a corpus."""
    articles = articles.select(COLUMNS)
    if not articles["article_id"].is_sorted():
        articles = articles.sort("article_id")
    _check(articles)
    outlets = articles["source_id"].rank("dense").cast(pl.Int32).to_numpy() - 1
    corpus = encode(articles["body"], outlets)
    if len(corpus.codes) >= MOST_TOKENS:
        raise ValueError(
            f"{len(corpus.codes)} tokens are too many for one call (under {MOST_TOKENS}): give fewer articles"
        )
    return articles, corpus


def named(corpus: Corpus, found: Found) -> tuple[Found, UInt64s]:
    """What was found in the order of its ids, and these."""
    ids = np.concatenate([np.empty(0, np.uint64), *(text_ids(texts) for texts in _texts(corpus, found))])
    order = np.argsort(ids)
    found, ids = found.taken(order), ids[order]
    _check_ids(corpus, found, ids)
    return found, ids


def described(corpus: Corpus, found: Found, ids: UInt64s) -> Iterator[pl.DataFrame]:
    """The rows of ``PHRASES`` for what was found, some at a time."""
    first = 0
    for texts in _texts(corpus, found):
        rows = slice(first, first + len(texts))
        phrases = {
            "phrase_id": hexadecimal(ids[rows]),
            "text": texts,
            "n_tokens": found.n_tokens[rows],
            "n_articles": found.n_articles[rows],
            "n_outlets": found.n_outlets[rows],
            "n_occurrences": found.n_places[rows],
        }
        yield PHRASES.frame(pl.DataFrame(phrases))
        first = rows.stop


def _texts(corpus: Corpus, found: Found) -> Iterator[pl.Series]:
    """The texts of what was found, some at a time: together they are longer than the corpus, where much is repeated."""
    begins = found.first_places
    for first in range(0, len(begins), PHRASES_AT_ONCE):
        rows = slice(first, first + PHRASES_AT_ONCE)
        yield phrase_texts(corpus, found.places[begins[rows]].astype(np.int64), found.n_tokens[rows])


def located(articles: pl.DataFrame, corpus: Corpus, found: Found, ids: UInt64s) -> Iterator[pl.DataFrame]:
    """The rows of ``PHRASE_OCCURRENCES`` for the places of what was found, phrase by phrase, some at a time."""
    places = place_offsets(articles["body"], corpus, found.places, found.n_tokens, found.n_places)
    names, n_places = articles["article_id"], found.n_places
    # The bodies and their tokens have done their part, and while rows are written the database needs the memory.
    del articles, corpus, found
    ends = np.cumsum(n_places, dtype=np.int64)
    first = 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        after = max(int(np.searchsorted(ends, before + PLACES_AT_ONCE, side="right")), first + 1)
        rows = slice(before, int(ends[after - 1]))
        phrases = np.repeat(np.arange(after - first, dtype=np.uint32), n_places[first:after])
        part = {
            "phrase_id": hexadecimal(ids[first:after]).gather(phrases),
            "article_id": names.gather(places.text[rows]),
            "start": places.start[rows],
            "end": places.end[rows],
        }
        yield PHRASE_OCCURRENCES.frame(pl.DataFrame(part))
        first = after


def _check(articles: pl.DataFrame) -> None:
    """Raise where a value is missing or an article is repeated."""
    for column in COLUMNS:
        if articles[column].null_count():
            example = articles.filter(pl.col(column).is_null())["article_id"][0]
            raise ValueError(f"articles.{column} is null (article_id {example!r}): fill it or leave the article out")
    if articles["article_id"].n_unique() < articles.height:
        twice = articles.filter(pl.col("article_id").is_duplicated())["article_id"][0]
        raise ValueError(f"article_id {twice!r} occurs more than once: give each article once")


def _check_ids(corpus: Corpus, found: Found, ids: UInt64s) -> None:
    """Raise where two texts have one id: not to be expected before a billion phrases, and never to be ignored."""
    same = np.flatnonzero(np.diff(ids) == 0)
    if len(same):
        two = same[0] + np.arange(2)
        first, second = phrase_texts(
            corpus, found.places[found.first_places[two]].astype(np.int64), found.n_tokens[two]
        )
        raise ValueError(f"phrases {first!r} and {second!r} have the same id: leave an article with one of them out")
