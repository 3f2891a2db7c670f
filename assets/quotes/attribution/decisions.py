"""What the words around a quotation settle, whatever the ranker finds likely: signatures, passives, monologues, words of nobody."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.attribute import Attributions
from assets.quotes.attribution.candidates import Candidates
from assets.quotes.attribution.mention_types import NAME, NAME_POSSESSIVE, NOMINAL, SUBJECT_PRONOUN
from assets.quotes.attribution.wordings import is_nobodys, signer, talks_about
from assets.quotes.tokens.classes import (
    K_COLON,
    K_COMMA,
    K_CONJUNCTION,
    K_ED,
    K_GERUND,
    K_ING,
    K_LOWER,
    K_PREPOSITION,
    K_THING_NOUN,
    K_TO,
)
from assets.quotes.tokens.lexicon import AUXILIARY, BY, DETERMINER, FINITE, FUNCTION, NUMBER_WORD, REPORT, SAY
from assets.quotes.tokens.stream import BREAK, CAPITALISED, LOWER, PUNCTUATION, QUOTE, Stream
from assets.text.hashing import fnv_32

SIGNED_CHANCE = 0.9  # no labelled set tells; a signature says whose the words are
SURE = 0.6  # chance from which a paragraph of a monologue keeps its own speaker
OBJECT_REACH = 5  # tokens from a verb to whom it is said of
DESCRIPTION_REACH = 8  # tokens from the determiner of a description to its verb
PARTICIPLE_REACH = 4  # tokens from what somebody is doing to where
AGENT_REACH = 4  # tokens of the agent's phrase after its first
OPENING_REACH = 4  # tokens from a preposition at a sentence's head to the name of an outlet
ALSO, ALSO_REACH = re.compile(r"[”\"’'] and $"), 6  # between two quotations that somebody goes on about
WHAT, THAT, WHICH, AS, OF = (fnv_32(word) for word in ("what", "that", "which", "as", "of"))


class Settled(NamedTuple):
    """Per quotation the candidate that speaks (-1 where nobody does) and the chance of that.

    ``agents`` are the first and last token of a phrase that speaks but is no candidate, by quotation.
    """

    chosen: NDArray[np.int64]
    chances: NDArray[np.float64]
    agents: dict[int, tuple[int, int]]

    def correct(self, stream: Stream, attributions: Attributions) -> None:
        """Put the agents in the place of the candidates that they spoke to."""
        for q, (first, last) in self.agents.items():
            attributions.starts[q], attributions.ends[q] = stream.starts[first], stream.ends[last]
            attributions.types[q] = NOMINAL


def settle(
    bodies: Sequence[str], stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], spans: NDArray[np.int64],
    continues: NDArray[np.int8], chosen: NDArray[np.int64], chances: NDArray[np.float64],
) -> Settled:  # fmt: skip
    """The decisions of the ranker, where the text does not settle another; ``spans`` as in ``read_stream``.

    ``continues`` tells which quotations go on one that the paragraph before left open.
    """
    chosen, chances = _subjects(stream, candidates, classes, chosen), chances.copy()
    _share_monologues(continues, chosen, chances)
    agents = _agents(stream, candidates, classes, chosen) | _of_a_number(stream, classes, chosen)
    articles = stream.article[stream.places] if len(stream.places) else np.zeros(0, np.int32)
    offsets = stream.offsets[articles]
    outer = zip(articles.tolist(), (spans[:, 2] - offsets).tolist(), (spans[:, 3] - offsets).tolist(), strict=True)
    talks = -1  # who goes on about the words before
    for q, (number, start, end) in enumerate(outer):
        talks = _who_talks(bodies[number], start, int(offsets[q]), stream, candidates, talks)
        if talks >= 0 and chosen[q] >= 0:
            chosen[q] = talks
        signed = signer(bodies[number], start, end)
        if signed is not None:
            c = _candidate_at(stream, candidates, signed[0] + int(offsets[q]), signed[1] + int(offsets[q]))
            if c >= 0:
                chances[q] = max(float(chances[q]), SIGNED_CHANCE) if chosen[q] == c else SIGNED_CHANCE
                chosen[q] = c
        elif chosen[q] >= 0 and is_nobodys(bodies[number], start, end):
            chosen[q] = -1
    return Settled(chosen, chances, {q: phrase for q, phrase in agents.items() if chosen[q] >= 0})


def _who_talks(
    body: str, start: int, offset: int, stream: Stream, candidates: Candidates, before: int
) -> int:  # fmt: skip
    """As Ida Roe went on about “…” and “…”, Tom Quill nodded: the candidate of Roe; ``before`` is whose the words before are."""
    if before >= 0 and ALSO.search(body, max(0, start - ALSO_REACH), start):
        return before
    talk = talks_about(body, start)
    if talk is None:
        return -1
    c = int(candidates.last_before(stream, np.array([talk + offset]))[0])
    return c if c >= 0 and stream.ends[candidates.ends[c] - 1] == talk + offset - 1 else -1


def _subjects(
    stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], chosen: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Who speaks in the place of what only leads to them (the clerk of Hull Bay, Ida Roe), whom they speak of, and what they speak in."""
    chosen = chosen.copy()
    for q in np.flatnonzero(chosen >= 0).tolist():
        c = int(chosen[q])
        labels = _who_calls(stream, candidates, int(stream.places[q]))
        if labels >= 0:
            chosen[q] = labels
        elif candidates.leads_to[c] >= 0:
            chosen[q] = candidates.leads_to[c]
        elif c > 0 and stream.places[q] < candidates.starts[c - 1] and _is_spoken_of(stream, candidates, classes, c):
            chosen[q] = c - 1
        elif candidates.types[c] in (NOMINAL, NAME) and _opens_for_subject(stream, candidates, classes, c):
            chosen[q] = c + 1
        elif c > 0 and stream.places[q] > candidates.heads[c] and _is_where_they_are(stream, candidates, classes, c):
            chosen[q] = c - 1
        elif candidates.types[c] == NOMINAL and _describes_words(stream, candidates, classes, c, int(stream.places[q])):
            chosen[q] = _subject_before(stream, candidates, classes, c)
    return chosen


def _is_spoken_of(stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], c: int) -> bool:
    """“We left,” Ida Roe said of the lawyer Tom Quill: Roe speaks."""
    verb = candidates.verb_after[c - 1]
    return bool(
        candidates.ends[c - 1] <= verb
        and verb + 1 < candidates.starts[c] <= verb + OBJECT_REACH
        and stream.bits[verb] & SAY
        and stream.bits[verb] & FINITE
        and (classes[verb + 1] == K_PREPOSITION or classes[verb + 1] == K_TO)
        and stream.sentence[verb] == stream.sentence[candidates.heads[c]]
    )


def _who_calls(stream: Stream, candidates: Candidates, place: int) -> int:
    """What one diplomat called “…”, a plan that Ida Roe described as “…”: the candidate between what or that and the verb right
    before the words, -1 where there is none."""
    verb = place - 1
    verb -= verb > 0 and stream.hashes[verb] == AS
    if verb < 2 or not stream.bits[verb] & REPORT or not stream.bits[verb] & FINITE or stream.kinds[verb] != LOWER:
        return -1
    c = int(np.searchsorted(candidates.heads, verb)) - 1
    if c < 0 or candidates.ends[c] != verb or candidates.starts[c] < 1:
        return -1
    return c if stream.hashes[candidates.starts[c] - 1] in (WHAT, THAT, WHICH) else -1


def _opens_for_subject(stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], c: int) -> bool:
    """In a statement, the port would say no more, but called it “a pity”: the port speaks."""
    before, after = int(candidates.starts[c]) - 1, int(candidates.ends[c])
    if before < 0 or c + 1 >= len(candidates.starts) or classes[after] != K_COMMA:
        return False
    sentence = stream.sentence[before]
    if candidates.types[c] == NAME:
        # In an email to the Herald, Ida Roe, of the port, wrote that it was “a pity”.
        first = before
        while first > 0 and before - first < OPENING_REACH and classes[first] != K_PREPOSITION:
            first -= 1
        before = first if all(stream.kinds[first + 1 : after] != PUNCTUATION) else before
        if candidates.types[c + 1] != NAME or 0 <= candidates.verb_after[c] < candidates.starts[c + 1]:
            return False
    if classes[before] != K_PREPOSITION:
        return False
    return bool(
        (before == 0 or stream.sentence[before - 1] != sentence or stream.kinds[before - 1] in (BREAK, QUOTE))
        and stream.sentence[after - 1] == sentence
        and after < candidates.starts[c + 1] <= after + 2
        and stream.sentence[candidates.heads[c + 1]] == sentence
    )


def _is_where_they_are(stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], c: int) -> bool:
    """Dockers marching past the gates chanted “…”: the dockers speak, not the gates."""
    doing, verb = int(candidates.ends[c - 1]), int(candidates.ends[c])
    return bool(
        doing + 1 < candidates.starts[c] <= doing + PARTICIPLE_REACH
        and classes[doing] in (K_ING, K_GERUND)
        and classes[candidates.starts[c] - 1] in (K_PREPOSITION, K_TO)
        and not np.isin(classes[doing : candidates.starts[c]], (K_COMMA, K_CONJUNCTION)).any()
        and candidates.verb_after[c] == verb
        and stream.bits[verb] & REPORT
        and stream.bits[verb] & FINITE
        and stream.sentence[doing - 1] == stream.sentence[verb]
    )


def _describes_words(stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], c: int, place: int) -> bool:
    """Ida Roe has a plainer campaign message: “…”: the campaign only tells what sort of message it is."""
    noun = int(candidates.ends[c])
    return noun + 2 == place and classes[noun] in (K_LOWER, K_THING_NOUN) and classes[noun + 1] == K_COLON


def _subject_before(stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], c: int) -> int:
    """The candidate before ``c`` that is the subject of a verb of the same sentence, ``c`` where there is none."""
    sentence = stream.sentence[candidates.heads[c]]
    for k in range(c - 1, -1, -1):
        if stream.sentence[candidates.heads[k]] != sentence:
            break
        governed = candidates.starts[k] > 0 and classes[candidates.starts[k] - 1] in (K_PREPOSITION, K_TO)
        if candidates.types[k] in (NAME, NOMINAL, SUBJECT_PRONOUN) and candidates.verb_after[k] >= 0 and not governed:
            return k
    return c


def _share_monologues(continues: NDArray[np.int8], chosen: NDArray[np.int64], chances: NDArray[np.float64]) -> None:
    """Words that go on over several paragraphs have one speaker: the surest, where the others are in doubt."""
    later = np.flatnonzero(continues)
    for first in later[~np.isin(later - 1, later)].tolist():
        stop = first + 1
        while stop < len(continues) and continues[stop]:
            stop += 1
        whole = np.arange(max(first - 1, 0), stop)
        known = whole[chosen[whole] >= 0]
        if not len(known):
            continue
        surest = known[np.argmax(chances[known])]
        doubtful = whole[(chosen[whole] < 0) | (chances[whole] < SURE)]
        if chances[surest] >= SURE:
            chosen[doubtful], chances[doubtful] = chosen[surest], chances[surest]


def _candidate_at(stream: Stream, candidates: Candidates, start: int, end: int) -> int:
    """The last name among the candidates within ``start:end``, -1 where there is none."""
    c = int(candidates.last_before(stream, np.array([end]))[0])
    while c >= 0 and stream.ends[candidates.ends[c] - 1] > start:
        if candidates.types[c] in (NAME, NAME_POSSESSIVE, NOMINAL) and stream.starts[candidates.starts[c]] < end:
            return c
        c -= 1
    return -1


def _agents(
    stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], chosen: NDArray[np.int64]
) -> dict[int, tuple[int, int]]:
    """Ida Roe was criticised by Tom Quill because “…”: Quill speaks. Agents that are no candidates come back as phrases."""
    of = np.flatnonzero(chosen >= 0)
    verb = candidates.verb_after[chosen[of]]
    n = len(stream.bits)
    at = np.where((verb > 0) & (verb + AGENT_REACH < n), verb, 1 if n > AGENT_REACH else 0)
    passive = (
        (at == verb)
        & (stream.bits[at - 1] & AUXILIARY != 0)
        & (stream.bits[np.minimum(at + 1, n - 1)] & BY != 0)
        & ((stream.bits[at] & REPORT != 0) | (classes[at] == K_ED))
    )
    phrases: dict[int, tuple[int, int]] = {}
    for q, first in zip(of[passive].tolist(), (at[passive] + 2).tolist(), strict=True):
        last = _end_of_phrase(stream, first)
        c = int(chosen[q]) + 1
        while c < len(candidates.starts) and candidates.ends[c] <= first:
            c += 1
        if c < len(candidates.starts) and candidates.starts[c] <= last:
            chosen[q] = c
        elif last > first:
            phrases[q] = first, last
    return phrases


def _of_a_number(stream: Stream, classes: NDArray[np.uint8], chosen: NDArray[np.int64]) -> dict[int, tuple[int, int]]:
    """When he was asked, the mother of three replied, “…”: the description up to the verb, by quotation."""
    phrases: dict[int, tuple[int, int]] = {}
    of = np.flatnonzero((chosen >= 0) & (stream.places > DESCRIPTION_REACH))
    counts = (stream.bits[stream.places[of] - 2] | stream.bits[stream.places[of] - 3]) & NUMBER_WORD != 0
    for q in of[counts].tolist():
        verb = int(stream.places[q]) - 1
        verb -= verb > 0 and classes[verb] in (K_COMMA, K_COLON)
        if verb < DESCRIPTION_REACH or not stream.bits[verb - 1] & NUMBER_WORD or stream.hashes[verb - 2] != OF:
            continue
        if not (stream.bits[verb] & SAY and stream.bits[verb] & FINITE and stream.kinds[verb] == LOWER):
            continue
        for first in range(verb - 3, verb - DESCRIPTION_REACH, -1):
            if stream.sentence[first] != stream.sentence[verb] or stream.kinds[first] == PUNCTUATION:
                break
            if stream.bits[first] & DETERMINER:
                phrases[q] = first, verb - 1
                break
    return phrases


def _end_of_phrase(stream: Stream, first: int) -> int:
    """The last token of the noun phrase that begins with ``first``."""
    last = first
    while (
        last + 1 < len(stream.kinds)
        and last - first < AGENT_REACH
        and stream.kinds[last + 1] in (LOWER, CAPITALISED)
        and not stream.bits[last + 1] & FUNCTION
        and stream.sentence[last + 1] == stream.sentence[first]
    ):
        last += 1
    return last
