"""Quotations found in a batch as columns, and columns as a ``core.quotes`` frame."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.quotes.attribution.attribute import RULES
from assets.quotes.attribution.kinds import KINDS
from assets.quotes.attribution.mention_types import INDEFINITE_PRONOUN, NAME, NAME_POSSESSIVE, NOMINAL
from assets.quotes.schema import QUOTES
from assets.quotes.tokens.characters import character_flags, count_words
from pipeline.ids import stable_id

CONTEXT = 100  # code points of the body kept before and after a quotation
SPEAKER_KINDS = {NAME: "name", NAME_POSSESSIVE: "name", NOMINAL: "nominal", INDEFINITE_PRONOUN: "nominal"}


Span = tuple[int, int]
"""Offsets in the article's body; -1 where there is none."""


NO_SPAN = (-1, -1)


class Mention(NamedTuple):
    """What is to be resolved: ``body[start:end]``, its candidate type, and the sentence and paragraph that it stands in."""

    start: int
    end: int
    type: int
    sentence: int
    paragraph: int


class FoundQuote(NamedTuple):
    """One quotation of a batch; ``kind`` and ``rule`` are places in ``KINDS`` and ``RULES``.

    ``speaker`` is who is credited as printed, ``mention`` the part of it that tells who that is. ``name`` is null where nobody
    can know.
    """

    article: int
    span: Span
    kind: int
    speaker: Span
    mention: Mention
    paragraph: int
    cue: Span
    rule: int
    confidence: float | None
    name: str | None = None
    name_confidence: float | None = None

    def of(self, name: str | None, name_confidence: float | None) -> "FoundQuote":
        """The quotation with the name of its speaker."""
        return FoundQuote._make((*self[:-2], name, name_confidence))


in_order = attrgetter("article", "span", "kind")
"""By what quotations are sorted: as one reads."""


def frame_of(
    found: Iterable[FoundQuote],
    bodies: Sequence[str],
    article_ids: Sequence[str],
    source_ids: Sequence[str],
    codes: NDArray[np.uint32],
    offsets_of: NDArray[np.int64],
) -> pl.DataFrame:
    """The quotations as ``core.quotes`` by article, place and kind, without speaker ids.

    ``codes`` and ``offsets_of`` are those of ``tokens.stream.joined``.
    """
    rows = sorted(found, key=in_order)
    if not rows:
        return QUOTES.empty()
    # Column by column: a field of each of thousands of rows takes longer to ask for by name.
    of_article, spans, of_kind, speakers, mentions, _, cues, rules, chances, names, name_chances = zip(
        *rows, strict=True
    )
    articles = np.array(of_article)
    offsets = offsets_of[articles]
    starts, ends = np.array(spans).T
    newlines = np.flatnonzero(codes == ord("\n"))
    lines = np.searchsorted(newlines, starts + offsets) - np.searchsorted(newlines, offsets)
    first = np.searchsorted(articles, articles)  # row of the article's first quotation
    text = [bodies[article] for article in of_article]
    kinds = [KINDS[kind] for kind in of_kind]
    ids = [article_ids[article] for article in of_article]
    return pl.DataFrame(
        {
            "quote_id": [stable_id(i, start, kind) for i, (start, _), kind in zip(ids, spans, kinds, strict=True)],
            "article_id": ids,
            "source_id": [source_ids[article] for article in of_article],
            "ordinal": np.arange(len(rows)) - first,
            "start": starts,
            "end": ends,
            "text": _words(text, spans),
            "kind": kinds,
            "speaker_text": _words(text, speakers),
            "speaker_start": _offsets([start for start, _ in speakers]),
            "speaker_end": _offsets([end for _, end in speakers]),
            "speaker_kind": [
                SPEAKER_KINDS.get(mention.type, "pronoun") if start >= 0 else "none"
                for mention, (start, _) in zip(mentions, speakers, strict=True)
            ],
            "speaker_name": names,
            "speaker_id": None,
            "cue": _words(text, cues),
            "cue_start": _offsets([start for start, _ in cues]),
            "cue_end": _offsets([end for _, end in cues]),
            "rule": [RULES[rule] for rule in rules],
            "confidence": chances,
            "speaker_confidence": name_chances,
            "paragraph": lines,
            "n_words": count_words(codes, starts + offsets, ends + offsets, character_flags()),
            "pre": [body[max(0, start - CONTEXT) : start] for body, (start, _) in zip(text, spans, strict=True)],
            "post": [body[end : end + CONTEXT] for body, (_, end) in zip(text, spans, strict=True)],
            "corrected": False,
        },
        schema_overrides=QUOTES.polars_schema,
    )  # fmt: skip


def _words(bodies: Sequence[str], spans: Sequence[Span]) -> list[str | None]:
    return [body[start:end] if start >= 0 else None for body, (start, end) in zip(bodies, spans, strict=True)]


def _offsets(values: Sequence[int]) -> pl.Series:
    column = pl.Series(values, dtype=pl.Int32)
    return column.set(column < 0, None)


def shifted(places: NDArray[np.int64], offsets: NDArray[np.int64]) -> list[int]:
    """Places of the batch as places of their body; -1 stays."""
    of_body: list[int] = np.where(places >= 0, places - offsets, -1).tolist()
    return of_body
