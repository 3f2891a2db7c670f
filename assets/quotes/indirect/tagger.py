"""The tagger of indirect speech: from code points and marked spans to reports of speech, in one compiled call a batch.

Three steps, all small feed-forward nets. The first reads every word that may report (a *head*) and says whether direct
speech, a belief or a report stands right of it and left of it. The second ranks the boundaries of a report, and of its
source, among the words around: the near boundary first, then the far one given the near one. Both sum embeddings of
hashed features, rectify all but the first units, and end in a linear layer. The third net reads what the two were sure
of and says how likely the span is right; where spans overlap, the likelier one stays.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.annotations import IN_QUOTE, Text, analyse
from assets.quotes.indirect.boundaries import best_boundaries
from assets.quotes.indirect.boundary_features import LEFT_NEAR, RIGHT_NEAR, SOURCE_FIRST, SOURCE_LAST
from assets.quotes.indirect.cues import LEFT, RIGHT, find_heads
from assets.quotes.indirect.nets import Net, Nets, Weights
from assets.quotes.indirect.scorer import N_EVIDENCE, Proposal, gather, judge, keep_likeliest, logit
from assets.quotes.indirect.tokens import END, LOWER, NUMBER, SHAPE, START
from assets.text.compiled import compiled, reading

MIN_WORDS = 3  # less is a topic or a name, not what somebody said


class Proposals(NamedTuple):
    """Spans that may be reports of speech: their heads, first and last tokens, and evidence (found, N_EVIDENCE)."""

    heads: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    evidence: NDArray[np.float32]


@compiled
def propose(text: Text, nets: Nets) -> Proposals:
    """All spans that may be reports of speech, likely or not."""
    heads, sides, chances = find_heads(text, nets.heads)
    near, sure_near = np.empty(len(heads), dtype=np.int64), np.empty(len(heads), dtype=np.float64)
    far, sure_far = np.empty(len(heads), dtype=np.int64), np.empty(len(heads), dtype=np.float64)
    for side, kind in ((RIGHT, RIGHT_NEAR), (LEFT, LEFT_NEAR)):
        of_side = np.flatnonzero(sides == side)
        its_heads = heads[of_side]
        found, chance = best_boundaries(text, _net_of(nets, kind), kind, its_heads, its_heads)
        near[of_side], sure_near[of_side] = found, chance
        found, chance = best_boundaries(text, _net_of(nets, kind + 1), kind + 1, its_heads, found)
        far[of_side], sure_far[of_side] = found, chance
    first, last = np.minimum(near, far), np.maximum(near, far)
    kept = np.empty(len(heads), dtype=np.int64)
    evidence = np.empty((len(heads), N_EVIDENCE), dtype=np.float32)
    n = 0
    for k in range(len(heads)):
        if not _may_be_report(text, first[k], last[k]):
            continue
        proposal = Proposal(heads[k], sides[k], first[k], last[k], sure_near[k], sure_far[k])
        gather(text.notes, proposal, chances[k], evidence[n])
        kept[n] = k
        n += 1
    kept = kept[:n]
    return Proposals(heads[kept], first[kept], last[kept], evidence[:n])


@compiled
def _net_of(nets: Nets, kind: int) -> Net:
    """The net for a kind of boundary."""
    return Net(nets.boundaries.rows[kind], nets.boundaries.out[kind])


@reading
def _may_be_report(text: Text, first: int, last: int) -> bool:
    """Whether the span was found and has words enough; a marked span alone is direct."""
    if first < 0 or (text.notes[first, IN_QUOTE] > 0 and text.notes[first, IN_QUOTE] == text.notes[last, IN_QUOTE]):
        return False
    words = 0
    for i in range(first, last + 1):
        words += LOWER <= text.table[i, SHAPE] <= NUMBER
    return words >= MIN_WORDS


@compiled
def find_sources(text: Text, found: Proposals, nets: Nets) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Places int64 (n, 6) in code points of content, cue and source (-1, -1 where none), sureness of the source (n,)."""
    heads = found.heads
    # A constant would be a type of its own, and all below it compiled again for each.
    of_last, of_first = int(np.int64(SOURCE_LAST)), int(np.int64(SOURCE_FIRST))
    last, sure_last = best_boundaries(text, _net_of(nets, of_last), of_last, heads, heads)
    first, sure_first = best_boundaries(text, _net_of(nets, of_first), of_first, heads, last)
    places = np.full((len(heads), 6), -1, dtype=np.int64)
    sure = np.zeros(len(heads), dtype=np.float64)
    for k in range(len(heads)):
        places[k, 0], places[k, 1] = text.table[found.first[k], START], text.table[found.last[k], END]
        places[k, 2], places[k, 3] = text.table[heads[k], START], text.table[heads[k], END]
        if first[k] >= 0:
            places[k, 4], places[k, 5] = text.table[first[k], START], text.table[last[k], END]
            sure[k] = sure_last[k] * sure_first[k]
    return places, sure


@compiled
def tag(
    codes: NDArray[np.uint32], bounds: NDArray[np.int64], spans: NDArray[np.int64], weights: Weights
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Reports of speech in a batch: places int64 (n, 6) as in `find_sources`, confidence float64 (n,), by place.

    codes (length,), bounds (texts + 1,): the texts' code points, as in `tokenize`; spans (k, 2): their marked spans,
    sorted, in offsets of the batch. What is found in a text depends on it alone.
    """
    text = analyse(codes, bounds, spans, weights.characters, weights.vocabulary)
    found = propose(text, weights.nets)
    likely = judge(found.evidence, weights.judge)[:, 0].copy()
    kept = keep_likeliest(found.first, found.last, likely, weights.threshold, len(text.table))
    reports = Proposals(found.heads[kept], found.first[kept], found.last[kept], found.evidence[kept])
    places, sure = find_sources(text, reports, weights.nets)
    trust = weights.trust
    confidence = np.empty(len(kept), dtype=np.float64)
    for k in range(len(kept)):
        score = trust[0] + trust[1] * logit(likely[kept[k]]) + trust[2] * logit(sure[k])
        confidence[k] = 1 / (1 + np.exp(-score))
    return places, confidence
