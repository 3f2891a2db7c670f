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

MOST_TOKENS = 1 << 32  # positions are held in 32 bits
COLUMNS = ("article_id", "source_id", "body")
PLACES_AT_ONCE = 1 << 20  # rows of PHRASE_OCCURRENCES made at a time: their ids are ten times as large as the places


@dataclass(frozen=True)
class ClosedPhrases:
    """``phrases`` as ``PHRASES``, by phrase_id; ``occurrences`` as ``PHRASE_OCCURRENCES``, by its key."""

    phrases: pl.DataFrame
    occurrences: pl.DataFrame


def closed_phrases(articles: pl.DataFrame) -> ClosedPhrases:
    """All closed phrases of the bodies of ``articles`` (article_id, source_id, body), whatever the order of its rows.

    Time is linear in the tokens and in what is found; docs/phrases.md says what memory it takes. Raises ``ValueError``
    where one of the columns is null or an article_id is repeated.
    """
    phrases, occurrences = closed_phrases_in_parts(articles)
    return ClosedPhrases(phrases, pl.concat([PHRASE_OCCURRENCES.empty(), *occurrences]))


def closed_phrases_in_parts(articles: pl.DataFrame) -> tuple[pl.DataFrame, Iterator[pl.DataFrame]]:
    """The same, with the occurrences in parts that follow each other in the order of their key."""
    articles, corpus = encoded(articles)
    found, phrases = named(corpus, find_groups(corpus))
    return phrases, located(articles, corpus, found, phrases["phrase_id"])


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


def named(corpus: Corpus, found: Found) -> tuple[Found, pl.DataFrame]:
    """What was found in the order of its ids, and the rows of ``PHRASES`` for it."""
    texts = phrase_texts(corpus, found.places[found.first_places].astype(np.int64), found.n_tokens)
    ids = text_ids(texts)
    order = np.argsort(ids)
    _check_ids(texts, ids, order)
    found = found.taken(order)
    phrases = {
        "phrase_id": hexadecimal(ids[order]),
        "text": texts.gather(order),
        "n_tokens": found.n_tokens,
        "n_articles": found.n_articles,
        "n_outlets": found.n_outlets,
        "n_occurrences": found.n_places,
    }
    return found, PHRASES.frame(pl.DataFrame(phrases))


def located(articles: pl.DataFrame, corpus: Corpus, found: Found, names: pl.Series) -> Iterator[pl.DataFrame]:
    """The rows of ``PHRASE_OCCURRENCES`` for the places of what was found, phrase by phrase, some at a time."""
    places = place_offsets(articles["body"], corpus, found.places, found.n_tokens, found.n_places)
    ids, ends = articles["article_id"], np.cumsum(found.n_places, dtype=np.int64)
    first = 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        after = max(int(np.searchsorted(ends, before + PLACES_AT_ONCE, side="right")), first + 1)
        rows = slice(before, int(ends[after - 1]))
        phrases = np.repeat(np.arange(first, after, dtype=np.uint32), found.n_places[first:after])
        part = {
            "phrase_id": names.gather(phrases),
            "article_id": ids.gather(places.text[rows]),
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


def _check_ids(texts: pl.Series, ids: np.ndarray, order: np.ndarray) -> None:
    """Raise where two texts have one id: not to be expected before a billion phrases, and never to be ignored."""
    same = np.flatnonzero(np.diff(ids[order]) == 0)
    if len(same):
        first, second = texts[int(order[same[0]])], texts[int(order[same[0] + 1])]
        raise ValueError(f"phrases {first!r} and {second!r} have the same id: leave an article with one of them out")
