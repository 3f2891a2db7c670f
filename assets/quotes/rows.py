"""Quotations found in a batch as columns, and columns as a ``core.quotes`` frame."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np
import polars as pl

from assets.quotes.attribution.attribute import KINDS, RULES
from assets.quotes.attribution.mention_types import INDEFINITE_PRONOUN, NAME, NAME_POSSESSIVE, NOMINAL
from assets.quotes.schema import QUOTES
from assets.quotes.tokens.characters import character_flags, count_words
from assets.quotes.tokens.stream import Stream
from pipeline.ids import stable_id

CONTEXT = 100  # code points of the body kept before and after a quotation
SPEAKER_KINDS = {NAME: "name", NAME_POSSESSIVE: "name", NOMINAL: "nominal", INDEFINITE_PRONOUN: "nominal"}


@dataclass
class Found:
    """Columns of the quotations of a batch, in any order; offsets are those of the article's body, -1 where there is none.

    ``types`` is the candidate type of the mention, ``kinds`` and ``rules`` are places in ``KINDS`` and ``RULES``.
    """

    articles: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    speaker_starts: list[int] = field(default_factory=list)
    speaker_ends: list[int] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    cue_starts: list[int] = field(default_factory=list)
    cue_ends: list[int] = field(default_factory=list)
    rules: list[int] = field(default_factory=list)
    confidence: list[float] = field(default_factory=list)

    def add(
        self, article: int, span: tuple[int, int], kind: int, speaker: tuple[int, int], type_: int, name: str | None,
        cue: tuple[int, int], rule: int, confidence: float,
    ) -> None:  # fmt: skip
        self.articles.append(article)
        self.starts.append(span[0])
        self.ends.append(span[1])
        self.kinds.append(kind)
        self.speaker_starts.append(speaker[0])
        self.speaker_ends.append(speaker[1])
        self.types.append(type_)
        self.names.append(name)
        self.cue_starts.append(cue[0])
        self.cue_ends.append(cue[1])
        self.rules.append(rule)
        self.confidence.append(confidence)

    def sorted(self) -> "Found":
        """The rows by article, place and kind."""
        order = np.lexsort((self.kinds, self.ends, self.starts, self.articles)).tolist()
        columns = {column.name: getattr(self, column.name) for column in fields(self)}
        return Found(**{name: [values[row] for row in order] for name, values in columns.items()})


def frame_of(
    found: Found, bodies: Sequence[str], article_ids: Sequence[str], source_ids: Sequence[str], stream: Stream
) -> pl.DataFrame:
    """The rows of ``found`` as ``core.quotes``, without speaker ids."""
    found = found.sorted()
    if not found.articles:
        return QUOTES.empty()
    article = np.array(found.articles)
    starts = np.array(found.starts) + stream.offsets[article]
    ends = np.array(found.ends) + stream.offsets[article]
    newlines = np.flatnonzero(stream.codes == ord("\n"))
    lines = np.searchsorted(newlines, starts) - np.searchsorted(newlines, stream.offsets[article])
    first = np.searchsorted(article, article)  # row of the article's first quotation
    text = [bodies[a] for a in found.articles]
    kinds = [KINDS[kind] for kind in found.kinds]
    speakers = list(zip(text, found.speaker_starts, found.speaker_ends, strict=True))
    cues = list(zip(text, found.cue_starts, found.cue_ends, strict=True))
    spans = list(zip(text, found.starts, found.ends, strict=True))
    ids = [article_ids[a] for a in found.articles]
    return pl.DataFrame(
        {
            "quote_id": [stable_id(*key) for key in zip(ids, found.starts, kinds, strict=True)],
            "article_id": ids,
            "source_id": [source_ids[a] for a in found.articles],
            "ordinal": np.arange(len(first)) - first,
            "start": found.starts,
            "end": found.ends,
            "text": [body[start:end] for body, start, end in spans],
            "kind": kinds,
            "speaker_text": [body[start:end] if start >= 0 else None for body, start, end in speakers],
            "speaker_start": _offsets(found.speaker_starts),
            "speaker_end": _offsets(found.speaker_ends),
            "speaker_kind": [
                SPEAKER_KINDS.get(kind, "pronoun") if start >= 0 else "none"
                for kind, start in zip(found.types, found.speaker_starts, strict=True)
            ],
            "speaker_name": found.names,
            "speaker_id": None,
            "cue": [body[start:end] if start >= 0 else None for body, start, end in cues],
            "cue_start": _offsets(found.cue_starts),
            "cue_end": _offsets(found.cue_ends),
            "rule": [RULES[rule] for rule in found.rules],
            "confidence": found.confidence,
            "paragraph": lines,
            "n_words": count_words(stream.codes, starts, ends, character_flags()),
            "pre": [body[max(0, start - CONTEXT) : start] for body, start, _ in spans],
            "post": [body[end : end + CONTEXT] for body, _, end in spans],
        },
        schema_overrides=QUOTES.polars_schema,
    )  # fmt: skip


def _offsets(values: Sequence[int]) -> pl.Series:
    column = pl.Series(values, dtype=pl.Int32)
    return column.set(column < 0, None)
