"""How much of two articles is in each other, counted on all their shingles."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.stories.cores import end_to_end, on_all_cores
from assets.stories.prints import SHINGLE, shingles
from assets.stories.schema import ARTICLE_PAIRS
from assets.text.compiled import compiled
from assets.text.tables import Table, empty_table, room_for, slot_of, value_of
from assets.text.tokens import tokenise

BATCH = 4096  # articles taken at a time by each core,
PAIRS = 32_768  # or pairs of them
AT_ONCE = 32_768  # articles whose shingles are held at a time
LEAST_CONTAINMENT = 0.1  # pairs of which neither holds this much of the other are not reported

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
UInt64s = npt.NDArray[np.uint64]


def portions(pairs: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Runs of pairs of so many articles that their shingles can be held at a time.

    The copies of one text are pairs of nearly the same articles: they are taken together, so that few articles are in two runs.
    """
    ids = pl.concat([pairs["article_a"], pairs["article_b"]]).unique().sort()
    a, b = (ids.search_sorted(pairs[name]).cast(pl.Int32).to_numpy() for name in ("article_a", "article_b"))
    first_copy = np.arange(len(ids), dtype=np.int32)
    np.minimum.at(first_copy, b, a)
    order = np.lexsort((b, a, first_copy[first_copy][a]))
    portion = _portions(a[order], b[order], len(ids), AT_ONCE)
    yield from (
        pairs[order].with_columns(portion=portion).partition_by("portion", maintain_order=True, include_key=False)
    )


def compared(pairs: pl.DataFrame, articles: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Those of some candidates that share enough text, as ``ARTICLE_PAIRS``, given the articles (article_id, body) some at a time."""
    in_pairs = pl.concat([pairs["article_a"], pairs["article_b"]]).unique()
    ids, hashes, lengths = [], [np.empty(0, np.uint64)], [np.zeros(1, np.int64)]
    for some in articles:
        read = some.filter(pl.col("article_id").is_in(in_pairs.implode()))
        ids.append(read["article_id"])
        for batch_hashes, batch_lengths in _shingled(read["body"]):
            hashes.append(batch_hashes)
            lengths.append(batch_lengths)
    rows = (
        pl.DataFrame({"id": pl.concat(ids)}).with_row_index("row")
        if ids
        else pl.DataFrame(schema={"row": pl.UInt32, "id": pl.String})
    )
    row_of = rows.sort("id")
    a, b = (
        row_of["row"].gather(row_of["id"].search_sorted(pairs[name])).cast(pl.Int32).to_numpy()
        for name in ("article_a", "article_b")
    )
    text_offsets = np.cumsum(np.concatenate(lengths), dtype=np.int64)
    shared_a, shared_b = _shared(np.concatenate(hashes), text_offsets, a, b)
    n_tokens = np.maximum(np.diff(text_offsets), 1)
    return ARTICLE_PAIRS.frame(
        pairs.with_columns(
            n_shared_tokens=np.minimum(shared_a, shared_b),
            containment_a=shared_a / n_tokens[a],
            containment_b=shared_b / n_tokens[b],
        ).filter(pl.max_horizontal("containment_a", "containment_b") >= LEAST_CONTAINMENT)
    )


def _shingled(bodies: pl.Series) -> list[tuple[UInt64s, Int64s]]:
    """For every token of all texts, the hash of the shingle that starts there, and how many tokens each text has: in parts."""
    return on_all_cores(lambda first: _batch(bodies.slice(first, BATCH)), range(0, len(bodies), BATCH))


def _batch(bodies: pl.Series) -> tuple[UInt64s, Int64s]:
    tokens = tokenise(bodies)
    hashes: UInt64s = shingles(tokens.codes, tokens.text_offsets, tokens.vocabulary.hashes)
    return hashes, np.diff(tokens.text_offsets)


def _shared(hashes: UInt64s, text_offsets: Int64s, a: Int32s, b: Int32s) -> tuple[Int64s, Int64s]:
    """Tokens of each article of a pair that are in the other."""
    return end_to_end(
        lambda first: _shared_tokens(hashes, text_offsets, a[first : first + PAIRS], b[first : first + PAIRS]),
        range(0, len(a), PAIRS),
        np.int64,
    )


@compiled
def _portions(a: Int32s, b: Int32s, n_articles: int, most: int) -> Int32s:
    """The portion of each pair, in order; none has more than ``most`` articles, and one more."""
    portion, latest = np.empty(len(a), np.int32), np.full(n_articles, -1, np.int32)
    current = n_held = 0
    for pair in range(len(a)):
        if n_held >= most:
            current += 1
            n_held = 0
        for article in (a[pair], b[pair]):
            if latest[article] != current:
                latest[article] = current
                n_held += 1
        portion[pair] = current
    return portion


@compiled
def _shared_tokens(hashes: UInt64s, text_offsets: Int64s, a: Int32s, b: Int32s) -> tuple[Int64s, Int64s]:
    """Tokens of each article of a pair that lie in a shingle of the other too; pairs sorted by ``a``."""
    longest = 0
    for article in range(len(text_offsets) - 1):
        longest = max(longest, text_offsets[article + 1] - text_offsets[article])
    shared_a, shared_b = np.zeros(len(a), np.int64), np.zeros(len(a), np.int64)
    hit_a, hit_b = np.zeros(longest + 1, np.bool_), np.zeros(longest + 1, np.bool_)
    # The shingles of article ``a``: 1 + where each first starts, and the same for the next one after each start.
    keys, values = empty_table(longest)
    table = Table(keys, values)
    next_start = np.empty(longest + 1, np.int32)
    tabled = -1
    for pair in range(len(a)):
        first_a, first_b = text_offsets[a[pair]], text_offsets[b[pair]]
        n_a, n_b = text_offsets[a[pair] + 1] - first_a, text_offsets[b[pair] + 1] - first_b
        if a[pair] != tabled:
            tabled = a[pair]
            n_slots = room_for(n_a)
            table = Table(keys[:n_slots], values[:n_slots])
            _enter(hashes[first_a : first_a + n_a], table, next_start)
        hit_a[:n_a] = False
        hit_b[:n_b] = False
        for start in range(n_b - SHINGLE + 1):
            place = value_of(table, hashes[first_b + start])
            hit_b[start] = place > 0
            while place > 0 and not hit_a[place - 1]:
                hit_a[place - 1] = True
                place = next_start[place - 1]
        shared_a[pair] = _covered(hit_a, n_a)
        shared_b[pair] = _covered(hit_b, n_b)
    return shared_a, shared_b


@compiled
def _enter(hashes: UInt64s, table: Table, next_start: Int32s) -> None:
    """Put the shingles of one article into a table, in place of those of another."""
    table.values[:] = 0
    for start in range(len(hashes) - SHINGLE, -1, -1):
        slot = slot_of(table, hashes[start])
        next_start[start] = table.values[slot]
        table.keys[slot] = hashes[start]
        table.values[slot] = start + 1


@compiled
def _covered(hit: npt.NDArray[np.bool_], n: int) -> int:
    """Tokens that lie in one of the marked shingles."""
    covered = 0
    until = 0
    for token in range(n):
        if hit[token]:
            until = token + SHINGLE
        covered += token < until
    return covered
