"""Indirect speech: what the reporter tells in words of their own, or with a fragment between marks in it.

What is found and what becomes of the partial quotes in it, the rule for every row of ``core.quotes``:

- A report is one span, its whole content without the cue and without the source: "The mayor said *the plan was “a
  disaster” for farmers*". A "that" belongs to it. Where the attribution stands in the middle, each half is a span.
- `find_indirect` takes **every outermost marked span**, credited or not (`find_marked_spans(text)` of level 0), not only
  those that became quotes: a title or a scare quote within a report must not be cut either. A boundary never falls
  inside one.
- Spans never overlap each other. A span never is a marked span alone (that is a direct or partial quote), but may
  contain marked spans. A span crosses none.
- All spans are emitted as quotes of kind ``indirect``, next to the direct and partial quotes; both rows stand: the
  partial quote says which words are the speaker's own, the indirect one what they were about.
- *All reported speech* is the outermost view: every quote that does not lie within an indirect one. Drop a direct or
  partial quote whose span lies within an indirect span (marks aside), keep all others. With labels instead of
  predictions (PolNeAR, development half) this view scores 100 / 100 on all reported speech, where keeping the nested
  fragments as well scores 93.6 overlap F1 and leaving out the reports around a fragment 90.3. Words in quotation marks
  are scored on the direct and partial rows alone, so nothing changes there.
- A report has three words at least: less is a topic ("denied it"), not what somebody said.
- A nested partial quote without a speaker of its own takes speaker and cue of the indirect span around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assets.quotes.indirect.model import load_tagger, single
from assets.text.characters import trimmed as trim


@dataclass(frozen=True)
class IndirectSpan:
    """A report of speech; offsets are code points, end exclusive; confidence is the chance that words and source fit."""

    start: int
    end: int
    cue_start: int
    cue_end: int
    speaker_start: int | None
    speaker_end: int | None
    confidence: float


def find_indirect(text: str, direct_spans: Sequence[tuple[int, int]]) -> list[IndirectSpan]:
    """Reports of speech in one text, in order, without overlaps.

    direct_spans: the outermost stretches between quotation marks, as (start, end) in code points, marks in or out.
    Raises ValueError where one lies outside the text.
    """
    for start, end in direct_spans:
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"marked span {start}:{end} lies outside a text of {len(text)} code points")
    spans = np.array(sorted(trim(text, a, b) for a, b in direct_spans), dtype=np.int64).reshape(-1, 2)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    places, confidence = load_tagger().tag(codes, single(codes), spans)
    return [
        IndirectSpan(
            start,
            end,
            cue_start,
            cue_end,
            speaker_start if speaker_start >= 0 else None,
            speaker_end if speaker_start >= 0 else None,
            round(sure, 4),
        )
        for (start, end, cue_start, cue_end, speaker_start, speaker_end), sure in zip(
            places.tolist(), confidence.tolist(), strict=True
        )
    ]


def find_indirect_batch(
    texts: Sequence[str], direct_spans: Sequence[Sequence[tuple[int, int]]]
) -> list[list[IndirectSpan]]:
    """`find_indirect` for many texts; each result depends on its own text alone."""
    return [find_indirect(text, spans) for text, spans in zip(texts, direct_spans, strict=True)]
