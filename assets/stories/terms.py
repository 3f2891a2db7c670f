"""The words and entities that mark an article: those that tell its event from others."""

from dataclasses import dataclass
from hashlib import blake2b
from math import log

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.stories.prints import Lists, lists_of
from assets.text.compiled import compiled
from assets.text.tables import empty_table, slot_of

MOST_TERMS = 48  # heaviest terms kept of an article
BACKGROUND = 50  # articles about other things that a small corpus is imagined to be part of
ENTITY_WEIGHT = 2
QUOTE_WEIGHT = 1
FIRST_ROOM = 1 << 16  # terms

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
UInt64s = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Terms:
    """Unit vectors, one per article: article ``a`` has ``terms[offsets[a]:offsets[a + 1]]``, sorted, with ``weights``."""

    terms: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    offsets: npt.NDArray[np.int64]


def article_terms(prints: pl.DataFrame, named: pl.DataFrame) -> Terms:
    """The heaviest terms of each article, in row order: words, and entities named or quoted.

    ``prints`` has article_id, words and counts of ``ARTICLE_PRINTS``; ``named`` is of ``entities_named``. Of terms as heavy
    as each other those of the smaller hash are kept.
    """
    words = lists_of(prints["words"])
    counts = prints["counts"].explode(empty_as_null=False, keep_nulls=False).cast(pl.Int32).to_numpy()
    entities, weights = _entities(prints["article_id"], named)
    codes, hashes = _coded(np.concatenate([words.values, entities.values]))
    of_words, of_entities = codes[: len(words.values)], codes[len(words.values) :]
    terms, heavy, offsets = _heaviest(
        of_words, counts, words.offsets, of_entities, weights, entities.offsets, hashes, np.bincount(codes)
    )
    return Terms(terms, heavy, offsets)


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
def _coded(terms: UInt64s) -> tuple[Int32s, UInt64s]:
    """The terms numbered by first appearance, and the hash of each number."""
    codes = np.empty(len(terms), np.int32)
    room = FIRST_ROOM
    hashes = np.empty(room, np.uint64)
    table = empty_table(room)
    n = 0
    for k in range(len(terms)):
        slot = slot_of(table, terms[k])
        if table.values[slot] == 0:
            if n == room:
                room *= 2
                known = hashes
                hashes = np.empty(room, np.uint64)
                hashes[:n] = known
                table = empty_table(room)
                for code in range(n):
                    free = slot_of(table, hashes[code])
                    table.keys[free] = hashes[code]
                    table.values[free] = code + 1
                slot = slot_of(table, terms[k])
            hashes[n] = terms[k]
            n += 1
            table.keys[slot] = terms[k]
            table.values[slot] = n
        codes[k] = table.values[slot] - 1
    return codes, hashes[:n].copy()


@compiled
def _heaviest(
    words: Int32s,
    counts: Int32s,
    word_offsets: Int64s,
    entities: Int32s,
    entity_weights: Int32s,
    entity_offsets: Int64s,
    hashes: UInt64s,
    n_articles: Int64s,
) -> tuple[Int32s, npt.NDArray[np.float32], Int64s]:
    """The heaviest terms of each article in order of their hashes, and their weights, of unit length together."""
    n = len(word_offsets) - 1
    rarity = np.empty(len(hashes), np.float64)
    for code in range(len(hashes)):
        rarity[code] = log((n + BACKGROUND) / n_articles[code])
    terms, weights = np.empty(n * MOST_TERMS, np.int32), np.empty(n * MOST_TERMS, np.float32)
    offsets = np.zeros(n + 1, np.int64)
    size = 0
    for article in range(n):
        n_words = word_offsets[article + 1] - word_offsets[article]
        n_own = n_words + entity_offsets[article + 1] - entity_offsets[article]
        own, heavy = np.empty(n_own, np.int32), np.empty(n_own, np.float64)
        for k in range(n_own):
            if k < n_words:
                own[k], times = words[word_offsets[article] + k], counts[word_offsets[article] + k]
            else:
                place = entity_offsets[article] + k - n_words
                own[k], times = entities[place], entity_weights[place]
            heavy[k] = (1 + log(times)) * rarity[own[k]]
        by_hash = np.argsort(hashes[own])
        # A stable sort by weight of what is in order of hash; then the heaviest, in order of hash again.
        kept = by_hash[np.argsort(-heavy[by_hash], kind="mergesort")[:MOST_TERMS]]
        kept = kept[np.argsort(hashes[own[kept]])]
        length = 0.0
        for k in kept:
            length += heavy[k] ** 2
        for k in kept:
            terms[size] = own[k]
            weights[size] = heavy[k] / np.sqrt(length)
            size += 1
        offsets[article + 1] = size
    return terms[:size].copy(), weights[:size].copy(), offsets
