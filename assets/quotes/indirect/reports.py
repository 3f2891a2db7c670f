"""The reports that the tagger finds, as rows of quotations, and which mention of a source tells who it is."""

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.attribute import IN_REPORT
from assets.quotes.attribution.candidates import Candidates
from assets.quotes.attribution.kinds import INDIRECT
from assets.quotes.attribution.mention_types import NAME, NAME_POSSESSIVE, NOMINAL, POSSESSIVE_PRONOUN
from assets.quotes.attribution.phrases import SPEAKING_NOUN
from assets.quotes.indirect.model import load_tagger
from assets.quotes.rows import FoundQuote, Mention, shifted
from assets.quotes.tokens.characters import character_flags, trim_edges
from assets.quotes.tokens.lexicon import FUNCTION
from assets.quotes.tokens.punctuation import COMMA, is_dash
from assets.quotes.tokens.stream import CLITIC, LOWER, PUNCTUATION, Stream

DATELINE_TOKENS = 10  # between the place and the dash
MODIFIERS = frozenset((NAME_POSSESSIVE, POSSESSIVE_PRONOUN))


def reports_of(stream: Stream, spans: NDArray[np.int64], candidates: Candidates) -> list[FoundQuote]:
    """Indirect speech of the batch, whose speakers are resolved as those of quotations are."""
    trimmed = trim_edges(stream.codes, spans[:, 2], spans[:, 3], character_flags())
    places, confidence = load_tagger().tag(stream.codes, stream.offsets, trimmed)
    articles = np.searchsorted(stream.offsets, places[:, 0], side="right") - 1
    offsets = stream.offsets[articles]
    # Nobody is the source of a report that tells of him.
    places[(places[:, 0] <= places[:, 4]) & (places[:, 4] < places[:, 1]), 4:6] = -1
    start, end = places[:, 4].copy(), places[:, 5].copy()
    chosen = _heads_of(stream, candidates, start, end)
    sourceless = np.flatnonzero(start < 0)
    chosen[sourceless] = _subjects_of(stream, candidates, stream.tokens_at(articles[sourceless], places[sourceless, 2]))
    known = np.flatnonzero(chosen >= 0)
    types = np.full(len(places), NOMINAL)
    types[known] = candidates.types[chosen[known]]
    start[known] = stream.starts[candidates.starts[chosen[known]]]
    end[known] = stream.ends[candidates.ends[chosen[known]] - 1]
    places[sourceless, 4], places[sourceless, 5] = start[sourceless], end[sourceless]
    token = stream.tokens_at(articles, start)
    of_words = stream.tokens_at(articles, places[:, 0])
    local = [shifted(places[:, k], offsets) for k in range(6)]
    return [
        FoundQuote(
            number, (begin, stop), INDIRECT, (s_start, s_end), Mention(m_start, m_end, kind, sentence, m_paragraph), paragraph,
            (cue_start, cue_end), IN_REPORT, round(sure, 4),
        )
        for (
            number, begin, stop, cue_start, cue_end, s_start, s_end, m_start, m_end, kind, sentence, m_paragraph, paragraph, sure
        ) in zip(
            articles.tolist(), *local, shifted(start, offsets), shifted(end, offsets), types.tolist(),
            stream.sentence[token].tolist(), stream.paragraph[token].tolist(), stream.paragraph[of_words].tolist(),
            confidence.tolist(), strict=True,
        )
    ]  # fmt: skip


def _subjects_of(stream: Stream, candidates: Candidates, verbs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The candidate that may speak and is the subject of each verb (token of the stream), -1 where none is."""
    is_thing = (candidates.types == NOMINAL) & (stream.bits[candidates.heads] & SPEAKING_NOUN == 0)
    speakers = np.flatnonzero((candidates.verb_after >= 0) & ~(is_thing & (candidates.leads_to < 0)))
    subject = np.full(len(stream.starts), -1, np.int64)
    # The first of several: Ida Roe of Hull Bay said.
    subject[candidates.verb_after[speakers[::-1]]] = speakers[::-1]
    return subject[verbs]


def _heads_of(
    stream: Stream, candidates: Candidates, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The candidate that each source ``starts:ends`` is headed by, -1 where it holds none: in "Canadian singer Ida Roe, who …"
    Roe, in "the head of Hull Bay" the head, in "the head of Hull Bay, Ida Roe" and in "HULL BAY — Ida Roe" Roe."""
    candidate_starts, candidate_ends = stream.starts[candidates.starts], stream.ends[candidates.ends - 1]
    first = np.searchsorted(candidate_ends, starts, side="right")
    chosen = np.full(len(starts), -1, np.int64)
    for k, (c, start, end) in enumerate(zip(first.tolist(), starts.tolist(), ends.tolist(), strict=True)):
        if start < 0 or c >= len(candidate_starts) or candidate_starts[c] >= end:
            continue
        c = _past_dateline(stream, candidates, c, end)
        while c + 1 < len(candidate_starts) and candidate_starts[c + 1] < end and _modifies(stream, candidates, c):
            c += 1
        led = candidates.leads_to[c]
        chosen[k] = (
            led if led >= 0 and candidate_starts[led] < end else _named_at_end(stream, candidates, c, start, end)
        )
    return chosen


def _named_at_end(stream: Stream, candidates: Candidates, c: int, start: int, end: int) -> int:
    """The name that a source ``start:end`` ends with, where nothing but a description or what the person did comes before it: the
    parents' group chair Ida Roe; the family's MP, Ida Roe; Addressing delegates, Ida Roe."""
    last = c
    while last + 1 < len(candidates.starts) and stream.starts[candidates.starts[last + 1]] < end:
        last += 1
    if candidates.types[last] != NAME or stream.ends[candidates.ends[last] - 1] != end:
        return c
    between = range(int(candidates.ends[c]), int(candidates.starts[last]))
    first = int(np.searchsorted(stream.starts, start))
    doing = "".join(map(chr, stream.codes[stream.ends[first] - 3 : stream.ends[first]])) == "ing"
    comma = int(candidates.starts[last]) - 1
    after_comma = stream.kinds[comma] == PUNCTUATION and stream.codes[stream.starts[comma]] == COMMA
    if doing and after_comma:
        return last
    described = all(stream.kinds[i] in (LOWER, CLITIC) and not stream.bits[i] & FUNCTION for i in between)
    owned = after_comma and len(between) > 1 and stream.kinds[between[0]] == CLITIC
    return last if candidates.types[c] == NOMINAL and (described or owned) else c


def _past_dateline(stream: Stream, candidates: Candidates, c: int, end: int) -> int:
    """The first candidate behind the dash of a dateline that a source ``…:end`` begins with: FORT HOLM, O.T. – The chief."""
    first = int(candidates.starts[c])
    if first > 0 and stream.paragraph[first] == stream.paragraph[first - 1]:
        return c
    for i in range(int(candidates.ends[c]), min(int(candidates.ends[c]) + DATELINE_TOKENS, len(stream.starts))):
        if stream.starts[i] >= end or stream.kinds[i] == LOWER:
            return c
        if stream.kinds[i] == PUNCTUATION and is_dash(stream.codes[stream.starts[i]]):
            behind = int(np.searchsorted(candidates.starts, i))
            is_within = behind < len(candidates.starts) and stream.starts[candidates.starts[behind]] < end
            return behind if is_within else c
    return c


def _modifies(stream: Stream, candidates: Candidates, c: int) -> bool:
    """Whether a candidate only belongs to the one after it: possessives, names of places and parties, a dateline."""
    if candidates.types[c] in MODIFIERS:
        return True
    between = range(int(candidates.ends[c]), int(candidates.starts[c + 1]))
    if any(stream.kinds[i] == PUNCTUATION and is_dash(stream.codes[stream.starts[i]]) for i in between):
        return True
    return all(stream.kinds[i] == LOWER and not stream.bits[i] & FUNCTION for i in between)
