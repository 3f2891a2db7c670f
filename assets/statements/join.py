"""Which compared printings are printings of the same words, and which groups that makes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.statements.printings import DAY, Printings

LIKE_WORDS = 0.68  # coverage from which words of the same speaker in the same story are one statement
SAME_SENSE = 0.8  # cosine of two sentence embeddings from which two printings as long as each other are one
NEAR = 0.6  # length of the shorter over the longer from which two printings are peers, not part and whole


def joined(compared: pl.DataFrame, table: pl.DataFrame, doubtful: pl.DataFrame | None = None) -> pl.DataFrame:
    """The compared pairs (with sense) that print the same words: a, b, strength (order in which they are believed), peers,
    n_a and n_b (words of each).

    The fewer words two printings share, the more of the occasion must be known: the same speaker, the same story, days
    and not weeks between. Pairs of two certain, different speakers are never joined; ``doubtful`` pairs (a, b) are, whoever is credited.
    """
    columns = ["printing", "speaker", "story", "sole_article", "indirect", "hours", "n_tokens", "n_content", "letters"]
    table = table.select(columns)
    pairs = compared.join(table.rename({"printing": "a"}), on="a").join(
        table.rename({"printing": "b"}), on="b", suffix="_b"
    )
    n, content, coverage = pl.col("n_tokens"), pl.col("n_content"), pl.col("coverage")
    ratio = pl.min_horizontal("n_tokens", "n_tokens_b") / pl.max_horizontal("n_tokens", "n_tokens_b")
    equal = pl.col("letters") == pl.col("letters_b")
    contained = pl.col("contained") | equal
    both_known = (pl.col("speaker") >= 0) & (pl.col("speaker_b") >= 0)
    none_known = (pl.col("speaker") < 0) & (pl.col("speaker_b") < 0)
    same_speaker = both_known & (pl.col("speaker") == pl.col("speaker_b"))
    conflict = both_known & ~same_speaker
    same_story = pl.col("story") == pl.col("story_b")
    days = ((pl.col("hours") - pl.col("hours_b")).abs() / DAY).fill_null(0.0)
    # An article that prints two wordings of a speaker gives two utterances.
    two_utterances = pl.col("sole_article").eq(pl.col("sole_article_b")).fill_null(False) & ~contained
    words = (
        pl.when(two_utterances)
        .then(same_story & same_speaker & (n >= 4) & (coverage >= 0.85))
        .when(same_story & same_speaker)
        .then(
            (contained & ((n >= 2) | (pl.col("n_content_b") <= 5)))
            | ((coverage >= 0.75) & (content >= 2) & (pl.col("shared_stems") == content) & (n == pl.col("n_tokens_b")))
            | ((coverage >= LIKE_WORDS) & (n >= 3) & (pl.col("shared_stems") >= 2))
            | ((pl.col("dice") >= 0.5) & (coverage >= 0.5) & (n >= 4) & (pl.col("shared_stems") >= 2))
            | _same_sense()
            | ((pl.col("run") >= 5) & (coverage >= 0.45) & (pl.col("shared_stems") >= 3))
        )
        .when(same_story & none_known)
        .then((equal & (n >= 3)) | (contained & (n >= 4) & (content >= 2)) | ((coverage >= 0.85) & (n >= 7)))
        .when(same_story)
        .then((equal & (content >= 2)) | (contained & (n >= 5) & (content >= 2)) | ((coverage >= 0.85) & (n >= 7)))
        .when(same_speaker)
        .then(
            ((days <= 7) & contained & ((equal & (content >= 2)) | ((n >= 4) & (content >= 3))))
            | ((days <= 14) & equal & (content >= 3))
            | ((days <= 30) & contained & (n >= 5) & (content >= 3))
            | (contained & (n >= 10) & (content >= 4))
            | ((days <= 30) & (coverage >= 0.9) & (n >= 10))
        )
        .otherwise(((days <= 30) | (n >= 12)) & contained & (n >= 8) & (content >= 4))
    )
    # A report without marks is the reporter's paraphrase: only near-equal words say that it renders the same sentence.
    reported = pl.col("indirect") | pl.col("indirect_b")
    paraphrase = (n >= 5) & (content >= 3) & (ratio >= 0.75) & (equal | (coverage >= 0.92))
    in_doubt = (
        pl.lit(False)
        if doubtful is None
        else pl.struct("a", "b").is_in(doubtful.select(pl.struct("a", "b")).to_series().implode())
    )
    same_words = ~conflict & pl.when(reported).then(paraphrase & same_story).otherwise(words)
    return pairs.filter(in_doubt | same_words).select(
        "a",
        "b",
        strength=pl.max_horizontal(coverage, pl.when(_same_sense()).then("sense"))
        + equal.cast(pl.Float32)
        + 0.5 * same_story.cast(pl.Float32)
        + 0.25 * same_speaker.cast(pl.Float32),
        peers=ratio >= NEAR,
        n_a="n_tokens",
        n_b="n_tokens_b",
    )


def joined_by_sense(compared: pl.DataFrame, joined: pl.DataFrame) -> pl.DataFrame:
    """The joined pairs that embeddings alone put together (a, b, sense)."""
    return (
        compared.filter(_same_sense() & (pl.col("coverage") < LIKE_WORDS) & ~pl.col("contained"))
        .join(joined, on=["a", "b"], how="semi")
        .select("a", "b", "sense")
    )


def _same_sense() -> pl.Expr:
    return (pl.col("sense") >= SAME_SENSE).fill_null(False)


class Groups:
    """Disjoint sets of printings in which at most one certain speaker speaks."""

    def __init__(self, speaker: npt.NDArray[np.int32]) -> None:
        self.parent = list(range(len(speaker)))
        self.speaker = speaker.tolist()

    def find(self, printing: int) -> int:
        root = printing
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[printing] != root:
            self.parent[printing], printing = root, self.parent[printing]
        return root

    def unite(self, a: int, b: int, *, whoever: bool = False) -> bool:
        """Put the two groups together unless that would put two speakers in one; true when they are one afterwards.

        ``whoever`` speaks, it is the first's speaker then.
        """
        a, b = self.find(a), self.find(b)
        if a == b:
            return True
        one, other = self.speaker[a], self.speaker[b]
        if not whoever and one >= 0 and other >= 0 and one != other:
            return False
        a, b = min(a, b), max(a, b)
        self.parent[b] = a
        self.speaker[a] = one if one >= 0 else other
        return True

    def roots(self) -> npt.NDArray[np.int64]:
        return np.array([self.find(printing) for printing in range(len(self.parent))], np.int64)


@dataclass
class Together:
    """Groups of printings; ``peers`` are the groups that peers alone make, and ``given`` those of them that are part of a whole."""

    groups: Groups
    peers: Groups
    given: set[int]

    def unite(self, pairs: pl.DataFrame, group_of: Sequence[int], peers_of: Sequence[int]) -> None:
        """Unite what the joined pairs say, the strongest first; order of rows does not matter.

        Peers are united pair by pair. A part is then given to one whole only, the longest ones first: a few words that
        are in two statements must not make them one. ``group_of`` and ``peers_of`` are where the printings of the pairs are.
        """
        peers = pairs.filter("peers").sort(["strength", "a", "b"], descending=[True, False, False])
        for a, b in peers.select("a", "b").iter_rows():
            if self.groups.unite(group_of[a], group_of[b]):
                self.peers.unite(peers_of[a], peers_of[b])
        self.given = {self.peers.find(part) for part in self.given}
        parts = pairs.filter(~pl.col("peers")).sort(
            ["n_a", "strength", "n_b", "a", "b"], descending=[True, True, True, False, False]
        )
        for part, whole in parts.select("a", "b").iter_rows():
            root = self.peers.find(peers_of[part])
            if root not in self.given and self.groups.unite(group_of[part], group_of[whole]):
                self.given.add(root)


def grouped(pairs: pl.DataFrame, printings: Printings, doubtful: pl.DataFrame) -> Together:
    """Groups from the joined pairs of some printings."""
    speaker = printings.table["speaker"].to_numpy().copy()
    speaker[doubtful["doubtful"].to_numpy()] = -1
    together = Together(Groups(speaker), Groups(np.full(len(speaker), -1, np.int32)), set())
    themselves = range(len(speaker))
    together.unite(pairs, themselves, themselves)
    return together
