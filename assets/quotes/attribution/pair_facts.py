"""What the features of a pair look at: the quotation, the candidate, the way between them and the candidate's verbs."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates
from assets.quotes.attribution.feature_hashing import (
    MARK_CONTINUES,
    MARK_REPAIRED,
    Quotations,
    class_at,
    distance_bin,
    edges_of,
    ending_of,
    word_at,
)
from assets.quotes.attribution.mention_types import NAME, NAME_POSSESSIVE
from assets.quotes.tokens.article import ArticleTokens
from assets.quotes.tokens.classes import K_BREAK, K_COLON, K_COMMA, K_PERIOD, K_QUOTE
from assets.quotes.tokens.lexicon import FINITE, GERUND, GIVEN, GROUP, HONORIFIC, LABEL, POST, REPORT, ROLE, SAY, SOURCE
from assets.quotes.tokens.stream import BREAK, IN_FIRST_KIND, IN_FIRST_PERSON, IN_LAST_CODE, IN_WORDS, LOWER, QUOTE
from assets.text.compiled import inlined, reading

NOWHERE, BEFORE_QUOTATION, AFTER_QUOTATION, BEYOND_QUOTATION = range(4)  # where a candidate's verb stands
BEHIND_QUOTATION = 16  # the verb before a candidate that follows the quotation precedes the quotation
FAR = 3  # paragraphs before and after count from here, so that none is negative
LONG_WAY, LONG_PATH = np.uint32(5), 7  # the hash of all paths of more tokens
WAY_REACH = 90  # tokens looked at between candidate and quotation


class Quotation(NamedTuple):
    """A quotation as all its pairs see it; ``split`` is the row of the first candidate after it.

    ``near_left`` and ``near_right`` are the rows of the nearest candidate with a reporting verb on each side, -1 where
    there is none: the rule everybody starts with.
    """

    place: int
    form: int  # edges of the paragraph, ending, first capital, length in bins
    person: int
    marks: int
    split: int
    near_left: int
    near_right: int
    left_word: np.uint32
    left_class: int
    right_class: int


class Pair(NamedTuple):
    """A candidate with a quotation: what it is, where it stands, how far away."""

    start: int
    end: int
    type: int
    is_after: bool
    side: int  # after the quotation (1), in its sentence (2)
    where: int  # side and paragraph
    gap: int
    rank: int
    rule: int
    subject: int
    identity: np.uint32
    sort: int
    beside: int


class Way(NamedTuple):
    """What lies between candidate and quotation."""

    quotations: int
    stops: int
    commas: int
    colons: int
    verbs: int
    verb: np.uint32
    path: np.uint32


class Verbs(NamedTuple):
    """The candidate's verbs: words, classes of reporting, and where the one after it stands."""

    after: np.uint32
    after_class: int
    after_report: int
    after_place: int
    before: np.uint32
    before_report: int


@reading
def quotation_of(
    tokens: ArticleTokens, candidates: Candidates, quotations: Quotations, q: int, chosen: NDArray[np.int32], begin: int,
    stop: int,
) -> Quotation:  # fmt: skip
    """Quotation ``q``, whose candidates are ``chosen[begin:stop]``."""
    p, inside = quotations.places[q], quotations.inside[q]
    words = inside[IN_WORDS]
    length = 0 if words < 2 else (1 if words < 4 else (2 if words < 8 else 3))
    capital = 1 if inside[IN_FIRST_KIND] != LOWER else 0
    split = begin
    while split < stop and candidates.heads[chosen[split]] < p:
        split += 1
    return Quotation(
        p,
        edges_of(tokens, p) * 32 + ending_of(inside[IN_LAST_CODE]) * 8 + capital * 4 + length,
        min(inside[IN_FIRST_PERSON], 2),
        quotations.marks[q, MARK_CONTINUES] * 2 + quotations.marks[q, MARK_REPAIRED],
        split,
        _nearest_before(tokens, candidates, p, chosen, begin, split),
        _nearest_after(tokens, candidates, p, chosen, split, stop),
        word_at(p - 1, tokens.hashes),
        class_at(p - 1, tokens.classes),
        class_at(p + 1, tokens.classes),
    )


@reading
def _nearest_before(
    tokens: ArticleTokens, candidates: Candidates, p: int, chosen: NDArray[np.int32], begin: int, split: int
) -> int:
    for row in range(split - 1, begin - 1, -1):
        c = chosen[row]
        if tokens.sentence[candidates.heads[c]] != tokens.sentence[p]:
            break
        verb = candidates.verb_after[c]
        if 0 <= verb < p and tokens.bits[verb] & REPORT:
            return row
    return -1


@reading
def _nearest_after(
    tokens: ArticleTokens, candidates: Candidates, p: int, chosen: NDArray[np.int32], split: int, stop: int
) -> int:
    bits = tokens.bits
    for row in range(split, stop):
        c = chosen[row]
        if tokens.paragraph[candidates.heads[c]] != tokens.paragraph[p]:
            break
        after, before = candidates.verb_after[c], candidates.verb_before[c]
        if (after >= 0 and bits[after] & SAY) or (before > p and bits[before] & SAY and before - p <= 2):
            return row if candidates.starts[c] - p <= 4 else -1
    return -1


@reading
def pair_of(tokens: ArticleTokens, candidates: Candidates, quotation: Quotation, row: int, c: int) -> Pair:
    """Candidate ``c``, which is ``row`` of those chosen, with the quotation."""
    p = quotation.place
    start, end, head = candidates.starts[c], candidates.ends[c], candidates.heads[c]
    kind = candidates.types[c]
    is_after = row >= quotation.split
    side = (1 if is_after else 0) + (2 if tokens.sentence[head] == tokens.sentence[p] else 0)
    rule = (
        (1 if row == quotation.near_left else 0)
        + (2 if row == quotation.near_right else 0)
        + (4 if quotation.near_left >= 0 else 0)
        + (8 if quotation.near_right >= 0 else 0)
    )
    is_named = kind == NAME or kind == NAME_POSSESSIVE
    sort = _sort_of_name(tokens, start, end, head) if is_named else _sort_of_phrase(tokens.bits[head])
    first_in_sentence = c == 0 or tokens.sentence[candidates.heads[c - 1]] != tokens.sentence[head]
    verb = candidates.verb_after[c]
    return Pair(
        start,
        end,
        kind,
        is_after,
        side,
        side * 8 + tokens.paragraph[head] - tokens.paragraph[p] + FAR,
        distance_bin(max(0, start - p - 1 if is_after else p - end)),
        row - quotation.split if is_after else quotation.split - 1 - row,
        rule,
        (1 if _heads_sentence(tokens, start, head) else 0) + (2 if first_in_sentence else 0),
        np.uint32(sort) if is_named else tokens.hashes[head],
        sort,
        _beside_after(tokens, end, verb) if is_after else _beside_before(tokens, start, verb, p),
    )


@inlined
def _heads_sentence(tokens: ArticleTokens, start: int, head: int) -> bool:
    kinds = tokens.kinds
    if start == 0 or kinds[start - 1] == BREAK or kinds[start - 1] == QUOTE:
        return True
    return bool(tokens.sentence[start - 1] != tokens.sentence[head])


@inlined
def _sort_of_name(tokens: ArticleTokens, start: int, end: int, head: int) -> int:
    """What kind of name: titled, with a given name, of a group, of how many words."""
    first = tokens.bits[start]
    sort = (
        (1 if first & (HONORIFIC | POST | ROLE) else 0)
        + (2 if first & GIVEN else 0)
        + (4 if tokens.bits[head] & (GROUP | SOURCE) else 0)
    )
    return sort * 4 + min(end - start, 4) - 1


@inlined
def _sort_of_phrase(bits: int) -> int:
    return (1 if bits & (ROLE | POST) else 0) + (2 if bits & GROUP else 0) + (4 if bits & SOURCE else 0)


@reading
def _beside_after(tokens: ArticleTokens, end: int, verb: int) -> int:
    """Whether another quotation stands right after the candidate (1) or after its verb (2, 3)."""
    kinds = tokens.kinds
    n = len(kinds)
    if end < n and kinds[end] == QUOTE:
        return 1
    if verb >= 0 and verb + 1 < n and kinds[verb + 1] == QUOTE:
        return 2
    return 3 if verb >= 0 and verb + 2 < n and kinds[verb + 2] == QUOTE else 0


@reading
def _beside_before(tokens: ArticleTokens, start: int, verb: int, p: int) -> int:
    """Whether another quotation stands before the candidate (1, 2) or after its verb, but before this one (3)."""
    kinds = tokens.kinds
    if start > 0 and kinds[start - 1] == QUOTE:
        return 1
    if start > 1 and kinds[start - 2] == QUOTE:
        return 2
    return 3 if verb >= 0 and verb + 1 < min(len(kinds), p) and kinds[verb + 1] == QUOTE else 0


@reading
def way_of(tokens: ArticleTokens, quotation: Quotation, pair: Pair) -> Way:
    """What lies between the two, and the classes of the tokens as one hash where they are few."""
    classes, bits, kinds = tokens.classes, tokens.bits, tokens.kinds
    p = quotation.place
    begin, stop = (p + 1, pair.start) if pair.is_after else (pair.end, p)
    quotations = stops = commas = colons = verbs = 0
    verb = np.uint32(0)
    path = np.uint32(17)
    for i in range(begin, min(stop, begin + WAY_REACH)):
        k = classes[i]
        if k == K_QUOTE:
            quotations += 1
        elif k == K_PERIOD or k == K_BREAK:
            stops += 1
        elif k == K_COMMA:
            commas += 1
        elif k == K_COLON:
            colons += 1
        elif bits[i] & REPORT and kinds[i] == LOWER:
            verbs += 1
            if verb == 0 or not pair.is_after:
                verb = tokens.hashes[i]  # the verb nearest the quotation
        path = np.uint32((path * np.uint32(31)) ^ np.uint32(k + 1))
    if stop - begin > LONG_PATH:
        path = LONG_WAY
    return Way(quotations, stops, commas, colons, verbs, verb, path)


@reading
def verbs_of(tokens: ArticleTokens, candidates: Candidates, quotation: Quotation, pair: Pair, c: int) -> Verbs:
    """The candidate's reporting verbs; 0 where it has none."""
    after, before = candidates.verb_after[c], candidates.verb_before[c]
    hashes, p = tokens.hashes, quotation.place
    after_report = after_place = before_report = 0
    if after >= 0:
        bits = tokens.bits[after]
        after_report = (
            (1 if bits & REPORT else 0)
            + (2 if bits & SAY else 0)
            + (4 if bits & LABEL else 0)
            + (8 if bits & GERUND else 0)
        )
        after_place = BEFORE_QUOTATION if after < p else AFTER_QUOTATION
        if not pair.is_after and after > p:
            after_place = BEYOND_QUOTATION
    if before >= 0:
        bits = tokens.bits[before]
        before_report = (1 if bits & REPORT else 0) + (2 if bits & SAY else 0) + (4 if bits & FINITE else 0)
        if pair.is_after and before < p:
            before_report |= BEHIND_QUOTATION
    return Verbs(
        hashes[after] if after >= 0 else np.uint32(0),
        tokens.classes[after] if after >= 0 else 0,
        after_report,
        after_place,
        hashes[before] if before >= 0 else np.uint32(0),
        before_report,
    )
