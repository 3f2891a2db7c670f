"""Co-mentions: which other names an entity is mentioned with."""

import math

import polars as pl

LEAST = 8.0
"""Bits: two companions that one article in a hundred names, or one that almost no other does."""
BIT = 1 << 32
"""Bits are added as integers, in such parts: the sum is the same in any order, as a group has none."""
AT_ONCE = 1 << 15
"""Questions answered in one join; each looks at all names of its article."""


class CoMentions:
    """How far the co-mentions of a cluster and of an entity agree: the names they share, rare ones counting more."""

    def __init__(self, clusters: pl.DataFrame) -> None:
        """``clusters`` has article_id, kind and ``own``, the canonical key of the cluster's name."""
        named = clusters.select("article_id", "kind", "own").unique()
        self._keys = named.select("kind", "own").unique().with_row_index("key")
        self._present = named.join(self._keys, on=["kind", "own"]).select("article_id", "key")
        total = named["article_id"].n_unique()
        counts = self._present.group_by("key").agg(n=pl.len())
        frequencies = counts["n"].unique().to_list()
        bits = pl.Series([round(math.log2((total + 1) / n) * BIT) for n in frequencies], dtype=pl.Int64)
        rarity = pl.DataFrame({"n": pl.Series(frequencies, dtype=counts.schema["n"]), "bits": bits})
        self._rarity = counts.join(rarity, on="n").select("key", "bits")

    def shared(self, asked: pl.DataFrame) -> pl.DataFrame:
        """``asked`` (at, article_id, kind, own, candidate) with ``score``: the rarity, in bits, of the common companions."""
        candidates = self._keys.rename({"own": "candidate", "key": "candidate_key"})
        rows = (
            asked.join(self._keys, on=["kind", "own"])
            .join(candidates, on=["kind", "candidate"])
            .select("at", "article_id", "key", "candidate_key", "candidate")
            .rename({"key": "own_key"})
        )
        companions = self._companions(rows["candidate_key"].unique())
        scores = [self._scores(part, companions) for part in rows.iter_slices(AT_ONCE)]
        if not scores:
            return asked.with_columns(score=pl.lit(0.0))
        return asked.join(pl.concat(scores), on=["at", "candidate"], how="left").with_columns(
            pl.col("score").fill_null(0.0)
        )

    def _companions(self, candidates: pl.Series) -> pl.DataFrame:
        """Every name beside each candidate, and in how many articles it is."""
        theirs = self._present.filter(pl.col("key").is_in(candidates.implode())).rename({"key": "candidate_key"})
        return theirs.join(self._present, on="article_id").group_by("candidate_key", "key").agg(n=pl.len())

    def _scores(self, rows: pl.DataFrame, companions: pl.DataFrame) -> pl.DataFrame:
        # The article itself is not evidence about the others.
        here = self._present.select("article_id", candidate_key="key", here=pl.lit(1))
        return (
            rows.join(here, on=["article_id", "candidate_key"], how="left")
            .join(self._present, on="article_id")
            .filter(pl.col("key") != pl.col("own_key"), pl.col("key") != pl.col("candidate_key"))
            .join(companions, on=["candidate_key", "key"])
            .filter(pl.col("n") > pl.col("here").fill_null(0))
            .join(self._rarity, on="key")
            .group_by("at", "candidate")
            .agg(score=pl.col("bits").sum() / BIT)
        )


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
