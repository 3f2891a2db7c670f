"""The names of each article, placed among its sentences, for the resolver."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.quotes.candidates import NAME, NAME_POSSESSIVE, Candidates
from assets.quotes.lexicon import FINITE, GIVEN, GROUP, HONORIFIC, POST, ROLE, SAY, SOURCE
from assets.quotes.resolve import Article, Named, full_names
from assets.quotes.stream import ALL_CAPS, QUOTE, Stream


def articles_with_names(
    bodies: Sequence[str], article_ids: Sequence[str], stream: Stream, candidates: Candidates, mentions: pl.DataFrame
) -> list[Article]:
    """One ``Article`` a body, in order; ``mentions`` where an article has any, else the capitalised runs of its text."""
    starts = stream.starts[candidates.starts]
    ends = stream.ends[candidates.ends - 1]
    first = np.ones(len(starts), np.bool_)
    sentences = stream.sentence[candidates.heads]
    first[1:] = sentences[1:] != sentences[:-1]
    subject = first | (candidates.verb_after >= 0)
    possessive = candidates.types == NAME_POSSESSIVE
    said = _says(stream, candidates)
    number = {article_id: i for i, article_id in enumerate(article_ids)}
    known = mentions.filter(pl.col("article_id").is_in(list(number)))
    place = np.fromiter((number[article_id] for article_id in known["article_id"]), np.int64, len(known))
    m_start = known["start"].to_numpy().astype(np.int64) + stream.offsets[place]
    m_end = known["end"].to_numpy().astype(np.int64) + stream.offsets[place]
    # The candidate that begins last before the mention ends, if the two overlap, tells how the name stands in its sentence.
    index = np.maximum(np.searchsorted(starts, m_end) - 1, 0)
    overlaps = (starts[index] < m_end) & (ends[index] > m_start) if len(starts) else np.zeros(len(known), np.bool_)
    token = np.maximum(np.searchsorted(stream.starts, m_start, side="right") - 1, 0)
    rows = zip(
        place.tolist(),
        known["start"].to_list(),
        known["end"].to_list(),
        stream.sentence[token].tolist() if len(stream.starts) else [],
        stream.paragraph[token].tolist() if len(stream.starts) else [],
        known["kind"].to_list(),
        known["name"].to_list(),
        (overlaps & subject[index]).tolist() if len(starts) else overlaps.tolist(),
        (overlaps & possessive[index]).tolist() if len(starts) else overlaps.tolist(),
        (overlaps & first[index]).tolist() if len(starts) else overlaps.tolist(),
        (overlaps & said[index]).tolist() if len(starts) else overlaps.tolist(),
        (stream.kinds[token] == QUOTE).tolist() if len(stream.starts) else [],
        strict=True,
    )
    named: list[list[Named]] = [[] for _ in bodies]
    for (
        article,
        start,
        end,
        sentence,
        paragraph,
        kind,
        name,
        is_subject,
        is_possessive,
        is_first,
        is_said,
        is_quoted,
    ) in rows:
        named[article].append(
            Named(start, end, sentence, paragraph, kind, name, is_subject, is_possessive, is_first, is_said, is_quoted)
        )
    for names in named:
        names.sort(key=lambda name: name.start)
    bare = [i for i, names in enumerate(named) if not names]
    if bare:
        _from_capitals(bodies, bare, named, stream, candidates, starts, ends, subject, first, said)
    return [Article(body, names) for body, names in zip(bodies, named, strict=True)]


def _says(stream: Stream, candidates: Candidates) -> NDArray[np.bool_]:
    """Which candidates are the subject of a verb of saying."""
    if not len(candidates.starts):
        return np.zeros(0, np.bool_)
    after = (candidates.verb_after >= 0) & (stream.bits[np.maximum(candidates.verb_after, 0)] & SAY != 0)
    before = (candidates.verb_before >= 0) & (stream.bits[np.maximum(candidates.verb_before, 0)] & SAY != 0)
    finite = stream.bits[np.maximum(candidates.verb_before, 0)] & FINITE != 0
    return after | (before & finite & (candidates.starts - candidates.verb_before <= 1))


def _from_capitals(
    bodies: Sequence[str],
    wanted: Sequence[int],
    named: list[list[Named]],
    stream: Stream,
    candidates: Candidates,
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    subject: NDArray[np.bool_],
    first: NDArray[np.bool_],
    said: NDArray[np.bool_],
) -> None:
    """Names of articles that came without mentions: capitalised runs, people where a title or a given name says so."""
    article = stream.article[candidates.heads] if len(candidates.heads) else np.zeros(0, np.int32)
    named_types = (candidates.types == NAME) | (candidates.types == NAME_POSSESSIVE)
    for number in wanted:
        rows = np.flatnonzero((article == number) & named_types)
        offset = int(stream.offsets[number])
        runs: list[tuple[str, str]] = []
        for c in rows.tolist():
            bits = stream.bits[candidates.starts[c] : candidates.ends[c]]
            kinds = stream.kinds[candidates.starts[c] : candidates.ends[c]]
            grouped = bool((bits & (GROUP | SOURCE)).any()) or (len(kinds) == 1 and kinds[0] == ALL_CAPS)
            titled = bool(bits[0] & (HONORIFIC | POST | ROLE | GIVEN)) and len(bits) > 1
            kind = (
                "organisation" if grouped and not titled else ("person" if titled or len(bits) == 1 else "organisation")
            )
            runs.append((bodies[number][starts[c] - offset : ends[c] - offset], kind))
        names = full_names(runs)
        for c, (_, kind), name in zip(rows.tolist(), runs, names, strict=True):
            lone = kind == "person" and " " not in name
            named[number].append(
                Named(
                    int(starts[c]) - offset,
                    int(ends[c]) - offset,
                    int(stream.sentence[candidates.heads[c]]),
                    int(stream.paragraph[candidates.heads[c]]),
                    "place" if lone and names.count(name) < 2 else kind,
                    name,
                    bool(subject[c]),
                    bool(candidates.types[c] == NAME_POSSESSIVE),
                    bool(first[c]),
                    bool(said[c]),
                    False,
                )
            )
