"""The words and entities that mark an article: those that tell its event from others.

A word is the rarer the fewer articles hold it, of its week and of the quarter before: what marked an event in spring is no part
of how the autumn's news is told apart, and what comes later changes nothing about it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.stories.prints import Lists, lists_of
from assets.text.compiled import compiled
from assets.text.tables import Table, empty_table, put, value_of

MOST_TERMS = 48  # heaviest terms kept of an article
BACKGROUND = 50  # articles about other things that a small corpus is imagined to be part of
WEEKS_COUNTED = 12  # before an article's own: a quarter of a year
ENTITY_WEIGHT = 2
QUOTE_WEIGHT = 1

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
UInt64s = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Terms:
    """Unit vectors, one per article: article ``a`` has ``terms[offsets[a]:offsets[a + 1]]``, sorted, with ``weights``."""

    terms: Int32s
    weights: npt.NDArray[np.float32]
    offsets: Int64s


class Held(NamedTuple):
    """How many of some articles hold each term: hashes of terms, sorted, and holders of each."""

    terms: UInt64s
    n_holders: Int64s
    n_articles: int


NOTHING_HELD = Held(np.empty(0, np.uint64), np.empty(0, np.int64), 0)


class Rarity(NamedTuple):
    """How rare terms are, each by its number in the order of their hashes; ``numbers`` leads from a hash to that + 1."""

    numbers: Table
    rarity: npt.NDArray[np.float64]


def terms_held(prints: pl.DataFrame, named: pl.DataFrame) -> tuple[UInt64s, Int64s]:
    """The terms of some articles, each article's once, and the row of the article of each; arguments as of ``article_terms``."""
    words, (entities, _) = lists_of(prints["words"]), _entities(prints["article_id"], named)
    rows = [np.repeat(np.arange(prints.height), np.diff(held.offsets)) for held in (words, entities)]
    return np.concatenate([words.values, entities.values]), np.concatenate(rows)


def held_by(prints: pl.DataFrame, named: pl.DataFrame) -> Held:
    """How many articles hold each of their terms; arguments as of ``article_terms``."""
    terms, n_holders = np.unique(terms_held(prints, named)[0], return_counts=True)
    return Held(terms, n_holders.astype(np.int64), prints.height)


def together(parts: Sequence[Held]) -> Held:
    """What articles hold, counted in parts."""
    terms, place = np.unique(np.concatenate([NOTHING_HELD.terms, *(part.terms for part in parts)]), return_inverse=True)
    n_holders = np.zeros(len(terms), np.int64)
    np.add.at(n_holders, place, np.concatenate([NOTHING_HELD.n_holders, *(part.n_holders for part in parts)]))
    return Held(terms, n_holders, sum(part.n_articles for part in parts))


def rarity_of(held: Held) -> Rarity:
    """How rare each term is among articles."""
    return Rarity(_table_of(held.terms), np.log((held.n_articles + BACKGROUND) / held.n_holders))


def article_terms(parts: Iterable[tuple[pl.DataFrame, pl.DataFrame]], rarity: Rarity) -> Terms:
    """The heaviest terms of each article, in row order: words, and entities named or quoted. Articles come in parts.

    A part has its prints (article_id, words and counts of ``ARTICLE_PRINTS``) and what is named in them, of ``entities_named``. Of
    terms as heavy as each other those of the smaller hash are kept. Every term must be one whose rarity is known.
    """
    terms, weights, lengths = [np.empty(0, np.int32)], [np.empty(0, np.float32)], [np.zeros(1, np.int64)]
    for prints, named in parts:
        words = lists_of(prints["words"])
        counts = prints["counts"].explode(empty_as_null=False, keep_nulls=False).cast(pl.Int32).to_numpy()
        entities, entity_weights = _entities(prints["article_id"], named)
        of_part, heavy, offsets = _heaviest(
            words.values, counts, words.offsets, entities.values, entity_weights, entities.offsets, rarity
        )
        terms.append(of_part)
        weights.append(heavy)
        lengths.append(np.diff(offsets))
    return Terms(np.concatenate(terms), np.concatenate(weights), np.cumsum(np.concatenate(lengths)))


def entities_named(mentions: pl.DataFrame, quotes: pl.DataFrame) -> pl.DataFrame:
    """How much articles have to do with entities, given ``MENTIONS`` and ``QUOTES``: article_id, entity_id, weight."""
    named = mentions.select("article_id", "entity_id", weight=pl.lit(ENTITY_WEIGHT, pl.Int32))
    quoted = quotes.drop_nulls("speaker_id").select(
        "article_id", entity_id="speaker_id", weight=pl.lit(QUOTE_WEIGHT, pl.Int32)
    )
    return pl.concat([named, quoted]).group_by("article_id", "entity_id").agg(pl.col("weight").sum())


def _entities(ids: pl.Series, named: pl.DataFrame) -> tuple[Lists, Int32s]:
    """The terms of the entities of each article, sorted, and the weights of them."""
    entities = named["entity_id"].unique().sort()
    # An entity is not a word, however it is written.
    terms = [int.from_bytes(blake2b(b"entity " + id_.encode(), digest_size=8).digest(), "little") for id_ in entities]
    of_entity = pl.DataFrame({"entity_id": entities, "term": pl.Series(terms, dtype=pl.UInt64)})
    rows = pl.DataFrame({"article_id": ids, "row": np.arange(len(ids), dtype=np.int32)})
    placed = named.join(rows, on="article_id").join(of_entity, on="entity_id").sort("row", "term")
    offsets = np.concatenate([[0], np.cumsum(np.bincount(placed["row"].to_numpy(), minlength=len(ids)))])
    return Lists(placed["term"].to_numpy(), offsets), placed["weight"].cast(pl.Int32).to_numpy()


@compiled
def _table_of(terms: UInt64s) -> Table:
    table = empty_table(len(terms))
    for number in range(len(terms)):
        put(table, terms[number], number + 1)
    return table


@compiled
def _heaviest(
    words: UInt64s,
    counts: Int32s,
    word_offsets: Int64s,
    entities: UInt64s,
    entity_weights: Int32s,
    entity_offsets: Int64s,
    rarity: Rarity,
) -> tuple[Int32s, npt.NDArray[np.float32], Int64s]:
    """The heaviest terms of each article in order of their hashes, and their weights, of unit length together."""
    n = len(word_offsets) - 1
    terms, weights = np.empty(n * MOST_TERMS, np.int32), np.empty(n * MOST_TERMS, np.float32)
    offsets = np.zeros(n + 1, np.int64)
    size = 0
    for article in range(n):
        n_words = word_offsets[article + 1] - word_offsets[article]
        n_own = n_words + entity_offsets[article + 1] - entity_offsets[article]
        own, heavy = np.empty(n_own, np.int32), np.empty(n_own, np.float64)
        for k in range(n_own):
            if k < n_words:
                term, times = words[word_offsets[article] + k], counts[word_offsets[article] + k]
            else:
                place = entity_offsets[article] + k - n_words
                term, times = entities[place], entity_weights[place]
            own[k] = value_of(rarity.numbers, term) - 1
            heavy[k] = (1 + log(times)) * rarity.rarity[own[k]]
        # Terms are numbered in order of their hashes: a stable sort by weight of what is in that order; then the heaviest, in it again.
        by_hash = np.argsort(own)
        kept = by_hash[np.argsort(-heavy[by_hash], kind="mergesort")[:MOST_TERMS]]
        kept = kept[np.argsort(own[kept])]
        length = 0.0
        for k in kept:
            length += heavy[k] ** 2
        for k in kept:
            terms[size] = own[k]
            weights[size] = heavy[k] / np.sqrt(length)
            size += 1
        offsets[article + 1] = size
    return terms[:size].copy(), weights[:size].copy(), offsets
