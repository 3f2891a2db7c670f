"""Co-mentions: which other names an entity is mentioned with."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.text.compiled import compiled

LEAST = 8.0
"""Bits: two companions that one article in a hundred names, or one that almost no other does."""
BIT = 1 << 32
"""Bits are added as integers, in such parts: the sum is the same in any order, as a group has none."""
UNKNOWN = -1

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]


class Named(NamedTuple):
    """Which keys each article names, and which articles name each key: those of ``n`` are at ``offsets[n]`` to ``offsets[n + 1]``."""

    keys: Int32s
    keys_offsets: Int64s
    articles: Int32s
    articles_offsets: Int64s


class Beside(NamedTuple):
    """By key: the last candidate beside which it was seen, and in how many articles."""

    candidates: Int32s
    n: Int32s


class CoMentions:
    """How far the co-mentions of a cluster and of an entity agree: the names they share, rare ones counting more."""

    def __init__(self, clusters: pl.DataFrame) -> None:
        """``clusters`` has article_id, kind and ``own``, the canonical key of the cluster's name."""
        named = clusters.select("article_id", "kind", "own").unique()
        self._keys = named.select("kind", "own").unique().with_columns(key=pl.int_range(pl.len(), dtype=pl.Int32))
        self._articles = (
            named.select("article_id").unique().with_columns(article=pl.int_range(pl.len(), dtype=pl.Int32))
        )
        present = named.join(self._keys, on=["kind", "own"]).join(self._articles, on="article_id")
        article, key = present["article"].to_numpy(), present["key"].to_numpy()
        keys, keys_offsets = _by_owner(article, key, self._articles.height)
        articles, articles_offsets = _by_owner(key, article, self._keys.height)
        self._named = Named(keys, keys_offsets, articles, articles_offsets)
        counts = np.diff(articles_offsets)
        frequencies, of_key = np.unique(counts, return_inverse=True)
        total = self._articles.height
        self._bits = np.array([round(math.log2((total + 1) / n) * BIT) for n in frequencies.tolist()], np.int64)[of_key]

    def shared(self, asked: pl.DataFrame) -> pl.DataFrame:
        """``asked`` (at, article_id, kind, own, candidate) with ``score``: the rarity, in bits, of the common companions."""
        candidates = self._keys.rename({"own": "candidate", "key": "candidate_key"})
        rows = (
            asked.join(self._keys, on=["kind", "own"])
            .join(candidates, on=["kind", "candidate"])
            .join(self._articles, on="article_id")
            .sort("candidate_key")
        )
        articles, own, candidate = (rows[name].to_numpy() for name in ("article", "key", "candidate_key"))
        bits = pl.Series("bits", _scores(articles, own, candidate, self._named, self._bits))
        scores = rows.select("at", "candidate", bits).group_by("at", "candidate").agg(score=pl.col("bits").sum() / BIT)
        return asked.join(scores, on=["at", "candidate"], how="left").with_columns(pl.col("score").fill_null(0.0))


def _by_owner(owners: Int32s, values: Int32s, n: int) -> tuple[Int32s, Int64s]:
    """The values owner by owner, and where each one's begin."""
    offsets: Int64s = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=n))])
    return values[np.argsort(owners, kind="stable")], offsets


@compiled
def _scores(articles: Int32s, own: Int32s, candidates: Int32s, named: Named, bits: Int64s) -> Int64s:
    """For each question about a name (``own``) of an article, the bits of the names that it shares with what other articles
    name beside the candidate. Questions about one candidate follow each other."""
    beside = Beside(np.full(len(bits), UNKNOWN, np.int32), np.zeros(len(bits), np.int32))
    scores = np.zeros(len(articles), np.int64)
    for question in range(len(articles)):
        candidate, article = candidates[question], articles[question]
        if question == 0 or candidate != candidates[question - 1]:
            _look_beside(candidate, named, beside)
        names = named.keys[named.keys_offsets[article] : named.keys_offsets[article + 1]]
        # The article itself is not evidence about the others.
        here = 0
        for key in names:
            here += key == candidate
        for key in names:
            is_other = key != own[question] and key != candidate
            if is_other and beside.candidates[key] == candidate and beside.n[key] > here:
                scores[question] += bits[key]
    return scores


@compiled
def _look_beside(candidate: int, named: Named, beside: Beside) -> None:
    """Count the names in the articles that name a candidate."""
    for article in named.articles[named.articles_offsets[candidate] : named.articles_offsets[candidate + 1]]:
        for key in named.keys[named.keys_offsets[article] : named.keys_offsets[article + 1]]:
            if beside.candidates[key] != candidate:
                beside.candidates[key], beside.n[key] = candidate, 0
            beside.n[key] += 1


def choose(asked: pl.DataFrame, co_mentions: CoMentions) -> pl.DataFrame:
    """The one candidate, or of several (or for a common name) the one whose co-mentions the cluster shares: at, ``candidate``.

    ``asked`` has a row per cluster and candidate, with ``is_common``.
    """
    is_alone = (pl.len().over("at") == 1) & ~pl.col("is_common")
    asked = asked.with_columns(is_alone=is_alone)
    score = pl.col("score")
    chosen = (
        co_mentions.shared(asked.filter(~pl.col("is_alone")))
        .sort("at", "score", "candidate", descending=[False, True, True])
        .group_by("at", maintain_order=True)
        .agg(pl.col("candidate").first(), best=score.first(), second=score.get(1, null_on_oob=True).fill_null(0.0))
        .filter(pl.col("best") >= LEAST, pl.col("best") >= 2 * pl.col("second"))
    )
    return pl.concat([asked.filter("is_alone").select("at", "candidate"), chosen.select("at", "candidate")])
