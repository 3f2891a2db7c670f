"""Which articles share text, and how much of each is in the other.

Containment, not Jaccard: a short article cut from long agency copy holds nothing of its own, and still has a low
Jaccard likeness to its source (Broder, 1997, "On the resemblance and containment of documents", defines both).
Candidates come from a sample of shingles; the figures reported are then counted on all of them.

Whether two articles are candidates depends on their own samples and on how many articles hold those that they share. So
where articles come, change or go, only these have to be looked at again: their pairs, and the pairs of articles that hold
a sample which ``MOST_ARTICLES`` now leave out, or no longer.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import config

from assets.stories.prints import SHINGLE, article_prints, lists_of, shingles
from assets.stories.schema import ARTICLE_PAIRS
from assets.text.compiled import compiled
from assets.text.tables import Table, empty_table, room_for, slot_of, value_of
from assets.text.tokens import tokenise

MOST_ARTICLES = 400  # a sampled shingle in more articles than this is a phrase of the trade, not evidence
FEWEST_SAMPLES = 2  # sampled shingles that two articles must share to be looked at
LEAST_ESTIMATE = 0.07  # nor candidates whose sample promises to hold less of each other than this
BATCH = 4096  # articles taken at a time by each core,
PAIRS = 32_768  # or pairs of them
PAIRS_EXPECTED = 32  # pairs of an article with later ones, on average
LEAST_CONTAINMENT = 0.1  # pairs of which neither holds this much of the other are not reported

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
UInt64s = npt.NDArray[np.uint64]


class Samples(NamedTuple):
    """Which articles hold a sampled shingle: ``articles`` by shingle, the end of each one's shingle in them, ``by_article`` the
    postings of each article, and how many samples every article has.
    """

    articles: Int32s
    ends: Int64s
    by_article: Int64s
    offsets: Int64s
    n_samples: Int64s


def article_pairs(articles: pl.DataFrame) -> pl.DataFrame:
    """Pairs of articles (article_id, body) that share text, as ``ARTICLE_PAIRS``, sorted by both ids.

    A token of one article counts as shared where a run of ``SHINGLE`` tokens around it is in the other.
    ``n_shared_tokens`` is the smaller of the two counts. Time is linear in the tokens plus, for every sampled shingle,
    the square of its articles (at most ``MOST_ARTICLES``); memory is about 12 bytes per token.
    """
    prints = article_prints(articles.select("article_id", "body", title=pl.lit(None, pl.String)))
    samples = prints.select("article_id", "samples", n_samples=pl.col("samples").list.len())
    return compared(candidates(samples, prints["article_id"]), articles)


def candidates(samples: pl.DataFrame, wanted: pl.Series) -> pl.DataFrame:
    """Pairs (article_a, article_b: the smaller id first) that share enough samples, of which one is ``wanted`` or both are.

    ``samples`` has article_id, the list ``samples`` and how many there are in all (``n_samples``), for the wanted articles
    and every other one that holds any of their samples; of the others, those samples are enough.
    """
    is_wanted = pl.col("article_id").is_in(wanted.implode())
    # The wanted come first: each of their pairs is found once, from the first of the two.
    ordered = samples.sort(~is_wanted, "article_id")
    n_wanted = ordered.filter(is_wanted).height
    values, offsets = lists_of(ordered["samples"])
    rows = np.repeat(np.arange(ordered.height, dtype=np.int32), np.diff(offsets))
    sampled = _postings(values, rows, ordered["n_samples"].cast(pl.Int64).to_numpy())

    def walk(first: int) -> tuple[Int32s, Int32s]:
        after = min(first + BATCH, n_wanted)
        a = np.empty(PAIRS_EXPECTED * BATCH, np.int32)
        b = np.empty_like(a)
        n_pairs = _walk(sampled, first, after, a, b)
        if n_pairs > len(a):
            a, b = np.empty(n_pairs, np.int32), np.empty(n_pairs, np.int32)
            _walk(sampled, first, after, a, b)
        return a[:n_pairs].copy(), b[:n_pairs].copy()

    a, b = _end_to_end(walk, range(0, n_wanted, BATCH), np.int32)
    ids = ordered["article_id"]
    pairs = pl.DataFrame({"one": ids.gather(a), "other": ids.gather(b)})
    return pairs.select(article_a=pl.min_horizontal("one", "other"), article_b=pl.max_horizontal("one", "other")).sort(
        "article_a", "article_b"
    )


def compared(pairs: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Those of some candidates that share enough text, as ``ARTICLE_PAIRS``, given the articles (article_id, body)."""
    in_pairs = pl.concat([pairs["article_a"], pairs["article_b"]]).unique()
    articles = articles.filter(pl.col("article_id").is_in(in_pairs.implode())).sort("article_id")
    ids = articles["article_id"]
    hashes, text_offsets = _shingled(articles["body"])
    a, b = (ids.search_sorted(pairs[name]).cast(pl.Int32).to_numpy() for name in ("article_a", "article_b"))
    shared_a, shared_b = _shared(hashes, text_offsets, a, b)
    n_tokens = np.maximum(np.diff(text_offsets), 1)
    return ARTICLE_PAIRS.frame(
        pairs.with_columns(
            n_shared_tokens=np.minimum(shared_a, shared_b),
            containment_a=shared_a / n_tokens[a],
            containment_b=shared_b / n_tokens[b],
        ).filter(pl.max_horizontal("containment_a", "containment_b") >= LEAST_CONTAINMENT)
    )


def _shingled(bodies: pl.Series) -> tuple[UInt64s, Int64s]:
    """For every token of all texts, the hash of the shingle that starts there, and where each text's tokens begin."""
    with ThreadPoolExecutor(_n_workers()) as pool:
        batches = list(pool.map(lambda first: _batch(bodies.slice(first, BATCH)), range(0, len(bodies), BATCH)))
    hashes = np.concatenate([np.empty(0, np.uint64), *(hashes for hashes, _ in batches)])
    lengths = np.concatenate([np.zeros(1, np.int64), *(lengths for _, lengths in batches)])
    return hashes, np.cumsum(lengths, dtype=np.int64)


def _batch(bodies: pl.Series) -> tuple[UInt64s, Int64s]:
    tokens = tokenise(bodies)
    hashes: UInt64s = shingles(tokens.codes, tokens.text_offsets, tokens.vocabulary.hashes)
    return hashes, np.diff(tokens.text_offsets)


def _postings(samples: UInt64s, rows: Int32s, n_samples: Int64s) -> Samples:
    """Samples by shingle, without those that are no evidence; ``rows`` are the articles of each, in order."""
    n_articles = len(n_samples)
    order = np.argsort(samples, kind="stable")  # articles stay in order within a shingle
    samples, rows = samples[order], rows[order]
    starts = np.flatnonzero(np.r_[True, samples[1:] != samples[:-1]]) if len(samples) else np.zeros(0, np.int64)
    lengths = np.diff(np.r_[starts, len(samples)])
    useful = (lengths >= 2) & (lengths <= MOST_ARTICLES)
    rows = rows[np.repeat(useful, lengths)]
    ends = np.repeat(np.cumsum(lengths[useful]), lengths[useful])
    by_article = np.argsort(rows, kind="stable")
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=n_articles))])
    return Samples(rows, ends, by_article, offsets, n_samples)


def _shared(hashes: UInt64s, text_offsets: Int64s, a: Int32s, b: Int32s) -> tuple[Int64s, Int64s]:
    """Tokens of each article of a pair that are in the other."""
    return _end_to_end(
        lambda first: _shared_tokens(hashes, text_offsets, a[first : first + PAIRS], b[first : first + PAIRS]),
        range(0, len(a), PAIRS),
        np.int64,
    )


def _end_to_end(part: Callable[[int], tuple[Any, Any]], firsts: range, dtype: Any) -> tuple[Any, Any]:
    """What ``part`` gives for all ``firsts``, on all cores, in their order."""
    with ThreadPoolExecutor(_n_workers()) as pool:
        parts = list(pool.map(part, firsts))
    nothing = np.empty(0, dtype)
    return np.concatenate([nothing, *(x for x, _ in parts)]), np.concatenate([nothing, *(y for _, y in parts)])


def _n_workers() -> int:
    """Threads to use; NUMBA_NUM_THREADS sets it, and the number of cores otherwise."""
    return int(getattr(config, "NUMBA_NUM_THREADS"))  # noqa: B009 - set by numba at run time, unknown to its types


@compiled
def _walk(samples: Samples, first: int, after: int, a: Int32s, b: Int32s) -> int:
    """Count, for articles ``first`` to ``after - 1``, the sampled shingles shared with every later one; fill ``a`` and
    ``b`` as far as they have room, and give the number of pairs."""
    postings, posting_end, by_article, article_offsets, n_samples = samples
    n_articles = len(article_offsets) - 1
    shared = np.zeros(n_articles, np.int32)
    touched = np.empty(n_articles, np.int32)
    n_pairs = 0
    for article in range(first, after):
        n_touched = 0
        for k in range(article_offsets[article], article_offsets[article + 1]):
            sample = by_article[k]
            for other in range(sample + 1, posting_end[sample]):
                row = postings[other]
                if shared[row] == 0:
                    touched[n_touched] = row
                    n_touched += 1
                shared[row] += 1
        later = np.sort(touched[:n_touched])
        for row in later:
            enough = max(FEWEST_SAMPLES, LEAST_ESTIMATE * min(n_samples[article], n_samples[row]))
            if shared[row] >= enough:
                if n_pairs < len(a):
                    a[n_pairs] = article
                    b[n_pairs] = row
                n_pairs += 1
            shared[row] = 0
    return n_pairs


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
