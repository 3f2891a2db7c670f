"""The third net of the tagger of indirect speech: how likely a proposed span is right, and which spans stay."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.annotations import IN_QUOTE, MOSTLY_REPORTS, SENT_FIRST, SENT_LAST, STRENGTH
from assets.quotes.indirect.cues import BELIEF, DIRECT, LEFT, N_CLASSES, REPORT, RIGHT
from assets.quotes.indirect.nets import Judge
from assets.text.compiled import compiled, inlined, reading

N_EVIDENCE = 19
# columns of the evidence: how likely the head reports a report, direct speech, a belief, any speech; the same of its other side;
# how sure the boundaries are; the side
(
    A_REPORT, A_DIRECT, A_BELIEF, A_SPEECH, OTHER_REPORT, OTHER_DIRECT, SURE_NEAR, SURE_FAR, SURE_BOTH, ON_LEFT, HAS_MARKS,
    OPENS_MARKED, CLOSES_MARKED, MARKED_SHARE, IS_SHORT, LENGTH, HEAD_STRENGTH, HEAD_DISTANCE, AT_EDGE,
) = range(N_EVIDENCE)  # fmt: skip
SHORT, NEAR_EDGE = 2, 3  # tokens
FARTHEST_HEAD, DISTANCE_UNIT = 12, 6  # tokens
LEAST_CHANCE = 1e-4  # where log-odds would grow without end


class Proposal(NamedTuple):
    """A span of tokens, both in it, that a head reports on one side of it, and how sure the boundaries are."""

    head: int
    side: int
    first: int
    last: int
    sure_near: float
    sure_far: float


@inlined
def logit(p: float) -> float:
    """A quarter of the log-odds of p, cut off where they would grow without end."""
    p = min(max(p, LEAST_CHANCE), 1 - LEAST_CHANCE)
    quarter: float = np.log(p / (1 - p)) / 4
    return quarter


@reading
def gather(
    notes: NDArray[np.int32], proposal: Proposal, chances: NDArray[np.float64], evidence: NDArray[np.float32]
) -> None:
    """What the third net sees of a proposal, into evidence (N_EVIDENCE,); ``chances`` are those of its head."""
    own, other = proposal.side * N_CLASSES, (LEFT - proposal.side) * N_CLASSES
    evidence[A_REPORT] = logit(chances[own + REPORT])
    evidence[A_DIRECT] = logit(chances[own + DIRECT])
    evidence[A_BELIEF] = logit(chances[own + BELIEF])
    evidence[A_SPEECH] = logit(chances[own + DIRECT] + chances[own + REPORT])
    evidence[OTHER_REPORT] = logit(chances[other + REPORT])
    evidence[OTHER_DIRECT] = logit(chances[other + DIRECT])
    evidence[SURE_NEAR] = logit(proposal.sure_near)
    evidence[SURE_FAR] = logit(proposal.sure_far)
    evidence[SURE_BOTH] = logit(proposal.sure_near * proposal.sure_far)
    evidence[ON_LEFT] = proposal.side
    _gather_span(notes, proposal, evidence)


@reading
def _gather_span(notes: NDArray[np.int32], proposal: Proposal, evidence: NDArray[np.float32]) -> None:
    head, side, first, last, _, _ = proposal
    length = last - first + 1
    marked = 0
    for i in range(first, last + 1):
        marked += notes[i, IN_QUOTE] > 0
    near = first if side == RIGHT else last
    to_edge = notes[head, SENT_LAST] - last if side == RIGHT else first - notes[head, SENT_FIRST]
    evidence[HAS_MARKS] = marked > 0
    evidence[OPENS_MARKED] = notes[first, IN_QUOTE] > 0
    evidence[CLOSES_MARKED] = notes[last, IN_QUOTE] > 0
    evidence[MARKED_SHARE] = marked / length
    evidence[IS_SHORT] = length <= SHORT
    evidence[LENGTH] = np.log(length) / 3
    evidence[HEAD_STRENGTH] = notes[head, STRENGTH] / MOSTLY_REPORTS
    evidence[HEAD_DISTANCE] = min(abs(near - head), FARTHEST_HEAD) / DISTANCE_UNIT
    evidence[AT_EDGE] = to_edge < NEAR_EDGE


@compiled
def judge(evidence: NDArray[np.float32], net: Judge) -> NDArray[np.float64]:
    """Evidence (n, N_EVIDENCE) → chance (n, 2) that span and label overlap by half, and that they are equal."""
    inner, outer = net
    n, width = evidence.shape
    units = inner.shape[1]
    result = np.empty((n, 2), dtype=np.float64)
    for i in range(n):
        first = outer[units, 0]
        second = outer[units, 1]
        for d in range(units):
            total = inner[width, d]
            for f in range(width):
                total += evidence[i, f] * inner[f, d]
            if total > 0:
                first += total * outer[d, 0]
                second += total * outer[d, 1]
        result[i, 0] = 1 / (1 + np.exp(-first))
        result[i, 1] = 1 / (1 + np.exp(-second))
    return result


@compiled
def keep_likeliest(
    first: NDArray[np.int64], last: NDArray[np.int64], chances: NDArray[np.float64], threshold: float, n_tokens: int
) -> NDArray[np.int64]:
    """Numbers of the spans to keep, by place: likely ones first, none below the threshold, none over another."""
    taken = np.zeros(n_tokens, dtype=np.bool_)
    kept = np.empty(len(first), dtype=np.int64)
    n_kept = 0
    for i in np.argsort(-chances, kind="mergesort"):
        if chances[i] < threshold:
            break
        if not taken[first[i] : last[i] + 1].any():
            taken[first[i] : last[i] + 1] = True
            kept[n_kept] = i
            n_kept += 1
    kept = kept[:n_kept]
    return kept[np.argsort(first[kept], kind="mergesort")]
