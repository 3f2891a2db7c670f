"""Two bodies compared: the passages with their words, and how much of each body is what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from assets.compare.align import Kind, Passage, Text, align
from assets.text.tokens import Tokens, tokenise


@dataclass(frozen=True)
class Side:
    """A body with where its tokens stand."""

    body: str
    codes: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    opens: Sequence[bool]

    def words(self, start: int, end: int) -> str:
        """The tokens from ``start`` up to ``end`` with what stands between them, and with the punctuation that follows."""
        first, last = self.span(start, end)
        return self.body[first:last]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the body that are these tokens'."""
        if start == end:
            return 0, 0
        first = 0 if start == 0 else self._opening(start)
        return first, len(self.body) if end == len(self.starts) else self._opening(end)

    def _opening(self, token: int) -> int:
        """Where a token's words begin: at the marks that open it, which belong to it and not to the one before."""
        at, after = self.starts[token], self.ends[token - 1]
        if at - after < 2:
            return at
        gap = self.body[after:at]
        space = max(gap.rfind(" "), gap.rfind("\n"))
        return after + space + 1 if space >= 0 else at


@dataclass(frozen=True)
class Comparison:
    """Two bodies and their passages in order; the two texts of all passages, put together, are the two bodies."""

    a: Side
    b: Side
    passages: list[Passage]

    def texts(self, passage: Passage) -> tuple[str, str]:
        return self.a.words(passage.a_start, passage.a_end), self.b.words(passage.b_start, passage.b_end)

    def shares(self, side: str) -> dict[Kind, float]:
        """Share of a side's words in each kind of passage, 0 to 1; empty for a body without words."""
        counts: Counter[Kind] = Counter()
        for passage in self.passages:
            counts[passage.kind] += passage.n_a if side == "a" else passage.n_b
        n_words = counts.total()
        return {kind: n / n_words for kind, n in counts.items() if n}


def compare(bodies_a: Sequence[str], bodies_b: Sequence[str]) -> list[Comparison]:
    """Each body of one list with the one at its place in the other."""
    both = [body for pair in zip(bodies_a, bodies_b, strict=True) for body in pair]
    tokens = tokenise(pl.Series(both, dtype=pl.String))
    sides = [_side(tokens, number, body) for number, body in enumerate(both)]
    return [
        Comparison(a, b, align(Text(a.codes, a.opens), Text(b.codes, b.opens)))
        for a, b in zip(sides[::2], sides[1::2], strict=True)
    ]


def _side(tokens: Tokens, number: int, body: str) -> Side:
    span = slice(tokens.text_offsets[number], tokens.text_offsets[number + 1])
    # Numbers that depend on the words alone, so that a comparison does not depend on what else is compared.
    codes = tokens.vocabulary.hashes[tokens.codes[span]].astype(np.int64)
    places = (codes, tokens.starts[span], tokens.ends[span], tokens.opens_line[span])
    return Side(body, *(place.tolist() for place in places))
