"""The names of each article, placed among its sentences, for the resolver."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.entities.names.titles import leading_titles
from assets.quotes.attribution.candidates import Candidates
from assets.quotes.attribution.mention_types import (
    NAME,
    NAME_POSSESSIVE,
    NOMINAL,
    OBJECT_PRONOUN,
    POSSESSIVE_PRONOUN,
    SUBJECT_PRONOUN,
)
from assets.quotes.resolution.article_names import Article, Named, Pronoun
from assets.quotes.resolution.documents import DOCUMENTS
from assets.quotes.resolution.grammar import as_grammar_has_it
from assets.quotes.resolution.titles import full_names
from assets.quotes.resolution.unnamed import ONE_OF_MANY
from assets.quotes.tokens.lexicon import (
    FEMALE,
    FINITE,
    GIVEN,
    GROUP,
    HONORIFIC,
    MALE,
    PLURAL,
    POST,
    PREPOSITION,
    REPORT,
    ROLE,
    SAY,
    SOURCE,
)
from assets.quotes.tokens.punctuation import CLOSING_BRACKET, OPENING_BRACKET
from assets.quotes.tokens.stream import ALL_CAPS, QUOTE, Stream
from assets.text.compiled import compiled
from assets.text.hashing import fnv_32

BRACKET_REACH = 40  # code points
UNNAMED_AFTER = [fnv_32(word) for word in ONE_OF_MANY]
DOCUMENT_HEADS = [fnv_32(word) for word in sorted(DOCUMENTS)]
LONGEST_PREPOSITION = 2  # tokens: for the


class _Standing(NamedTuple):
    """Where each candidate begins and ends in the batch, whether it is a subject, its sentence's first, a subject of saying."""

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    subject: NDArray[np.bool_]
    first: NDArray[np.bool_]
    said: NDArray[np.bool_]


def articles_with_names(
    bodies: Sequence[str], article_ids: Sequence[str], stream: Stream, candidates: Candidates, mentions: pl.DataFrame
) -> list[Article]:
    """One ``Article`` per body, in order; ``mentions`` where an article has any, else the capitalised runs of its text."""
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
    # The candidate that begins last before the mention ends, if the two overlap, gives the name's place in its sentence.
    index = np.maximum(candidates.last_before(stream, m_end), 0)
    overlaps = (starts[index] < m_end) & (ends[index] > m_start) if len(starts) else np.zeros(len(known), np.bool_)
    token = stream.tokens_at(place, m_start)
    order = np.lexsort((m_end, m_start, place))
    place, m_start, token, index, overlaps = place[order], m_start[order], token[order], index[order], overlaps[order]
    columns = (
        known["start"].gather(order).to_list(),
        known["end"].gather(order).to_list(),
        *(column[token].tolist() if len(stream.starts) else [] for column in (stream.sentence, stream.paragraph)),
        known["kind"].gather(order).to_list(),
        known["name"].gather(order).to_list(),
        *(
            (overlaps & flags[index]).tolist() if len(starts) else overlaps.tolist()
            for flags in (subject, possessive, first, said)
        ),
        (stream.kinds[token] == QUOTE).tolist() if len(stream.starts) else [],
        _aside(stream.codes, stream.offsets[place], m_start).tolist(),
    )
    cuts = np.searchsorted(place, np.arange(len(bodies) + 1)).tolist()
    rows = [Named._make((*row, "", False, NAME)) for row in zip(*columns, strict=True)]
    heads = stream.starts[np.searchsorted(stream.sentence, stream.sentence[token])] if len(stream.starts) else token
    leads = (heads - stream.offsets[place]).tolist()
    named = [
        as_grammar_has_it(bodies[number], rows[begin:end], leads[begin:end])
        for number, (begin, end) in enumerate(pairwise(cuts))
    ]
    standing = _Standing(starts, ends, subject, first, said)
    bare = [i for i, names in enumerate(named) if not names]
    if bare:
        _from_capitals(bodies, bare, named, stream, candidates, standing)
    groups = _groups(bodies, stream, candidates, standing)
    unnamed = _unnamed(bodies, stream, candidates, standing)
    pronouns = _pronouns(len(bodies), stream, candidates, starts)
    return [Article(*parts) for parts in zip(bodies, named, groups, unnamed, pronouns, strict=True)]


def _pronouns(n: int, stream: Stream, candidates: Candidates, starts: NDArray[np.int32]) -> list[list[Pronoun]]:
    """Per article its pronouns of one gender."""
    bits = stream.bits[candidates.heads]
    gendered = np.flatnonzero(
        np.isin(candidates.types, (SUBJECT_PRONOUN, OBJECT_PRONOUN, POSSESSIVE_PRONOUN)) & (bits & (MALE | FEMALE) != 0)
    )
    heads = candidates.heads[gendered]
    articles = stream.article[heads]
    rows = [
        Pronoun(start, sentence, "m" if male else "f", subject)
        for start, sentence, male, subject in zip(
            (starts[gendered] - stream.offsets[articles]).tolist(), stream.sentence[heads].tolist(),
            (bits[gendered] & MALE != 0).tolist(), (candidates.types[gendered] == SUBJECT_PRONOUN).tolist(), strict=True,
        )
    ]  # fmt: skip
    cuts = np.searchsorted(articles, np.arange(n + 1)).tolist()
    return [rows[begin:end] for begin, end in pairwise(cuts)]


def _groups(bodies: Sequence[str], stream: Stream, candidates: Candidates, standing: _Standing) -> list[list[Named]]:
    """Per article the groups without a name that are subjects: the label, two senators."""
    bits = stream.bits[candidates.heads]
    plural = ends_with_s(stream, candidates.heads) | (bits & PLURAL != 0)
    is_group = standing.subject & ((bits & GROUP != 0) | ((bits & (ROLE | POST) != 0) & plural))
    return _phrases(bodies, stream, candidates, standing, "group", is_group)


def _unnamed(bodies: Sequence[str], stream: Stream, candidates: Candidates, standing: _Standing) -> list[list[Named]]:
    """Per article the people without a name with whom a sentence opens, and whether it tells what they said: a spokesman denied, one porter said."""
    bits = stream.bits[candidates.heads]
    # The end of the paragraph before may be the first token of a sentence.
    opens = candidates.starts - np.searchsorted(stream.sentence, stream.sentence[candidates.starts]) <= 1
    is_one = np.isin(stream.hashes[candidates.starts], UNNAMED_AFTER) & (bits & (PLURAL | GROUP) == 0)
    is_document = np.isin(stream.hashes[candidates.heads], DOCUMENT_HEADS)
    speaking = standing._replace(said=_speaks(stream, candidates))
    return _phrases(bodies, stream, candidates, speaking, "person", opens & is_one & ~is_document)


def _speaks(stream: Stream, candidates: Candidates) -> NDArray[np.bool_]:
    """Which candidates are the subject of a verb that tells of speech, if only behind what they are of: a spokesman for the club denied."""
    verbs = stream.bits[np.maximum(candidates.verb_after, 0)]
    speaks = (candidates.verb_after >= 0) & (verbs & REPORT != 0)
    after = stream.bits[np.minimum(candidates.ends, len(stream.bits) - 1)]
    is_of = (after & PREPOSITION != 0) & (np.roll(candidates.starts, -1) - candidates.ends <= LONGEST_PREPOSITION)
    either: NDArray[np.bool_] = speaks | (is_of & np.roll(speaks, -1))
    return either


def _phrases(
    bodies: Sequence[str],
    stream: Stream,
    candidates: Candidates,
    standing: _Standing,
    kind: str,
    wanted: NDArray[np.bool_],
) -> list[list[Named]]:
    """Per article the wanted ones of its phrases without a name."""
    found: list[list[Named]] = [[] for _ in bodies]
    starts, ends, _, first, said = standing
    bits = stream.bits[candidates.heads]
    plural = ends_with_s(stream, candidates.heads) | (bits & PLURAL != 0)
    for c in np.flatnonzero(wanted & (candidates.types == NOMINAL)).tolist():
        head = candidates.heads[c]
        number = int(stream.article[head])
        offset = int(stream.offsets[number])
        begin, end = int(starts[c]) - offset, int(ends[c]) - offset
        gender = "m" if bits[c] & MALE else "f" if bits[c] & FEMALE else ""
        found[number].append(
            Named(
                begin, end, int(stream.sentence[head]), int(stream.paragraph[head]), kind, bodies[number][begin:end], True,
                False, bool(first[c]), bool(said[c]), False, False, gender, bool(plural[c]), NOMINAL,
            )
        )  # fmt: skip
    return found


def ends_with_s(stream: Stream, tokens: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which words end with an s, as plurals do."""
    ending: NDArray[np.bool_] = stream.codes[stream.ends[tokens] - 1] == ord("s")
    return ending


@compiled
def _aside(
    codes: NDArray[np.uint32], begins: NDArray[np.int64], starts: NDArray[np.signedinteger]
) -> NDArray[np.bool_]:
    """Whether each name is in brackets that open shortly before it; ``begins`` are the offsets of their articles."""
    aside = np.zeros(len(starts), np.bool_)
    for k in range(len(starts)):
        first = max(begins[k], starts[k] - BRACKET_REACH)
        i = starts[k] - 1
        while i >= first and codes[i] != OPENING_BRACKET and codes[i] != CLOSING_BRACKET:
            i -= 1
        aside[k] = i >= first and codes[i] == OPENING_BRACKET
    return aside


def _says(stream: Stream, candidates: Candidates) -> NDArray[np.bool_]:
    """Which candidates are the subject of a verb of saying."""
    if not len(candidates.starts):
        return np.zeros(0, np.bool_)
    after = (candidates.verb_after >= 0) & (stream.bits[np.maximum(candidates.verb_after, 0)] & SAY != 0)
    before = (candidates.verb_before >= 0) & (stream.bits[np.maximum(candidates.verb_before, 0)] & SAY != 0)
    finite = stream.bits[np.maximum(candidates.verb_before, 0)] & FINITE != 0
    says: NDArray[np.bool_] = after | (before & finite & (candidates.starts - candidates.verb_before <= 1))
    return says


def _from_capitals(
    bodies: Sequence[str],
    wanted: Sequence[int],
    named: list[list[Named]],
    stream: Stream,
    candidates: Candidates,
    standing: _Standing,
) -> None:
    """Names of articles that came without mentions: capitalised runs, people where a title or a given name says so."""
    starts, ends, subject, first, said = standing
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
            text = bodies[number][starts[c] - offset : ends[c] - offset]
            called = bool(bits[0] & (HONORIFIC | POST | ROLE | GIVEN)) or leading_titles(text.split()) > 0
            titled = called and len(bits) > 1
            kind = (
                "organisation" if grouped and not titled else ("person" if titled or len(bits) == 1 else "organisation")
            )
            runs.append((text, kind))
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
                    bool(_aside(stream.codes, stream.offsets[number : number + 1], starts[c : c + 1])[0]),
                )
            )
