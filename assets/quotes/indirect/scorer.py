"""The third net of the tagger of indirect speech: how likely a proposed span is right, and which spans stay."""

import numpy as np

from assets.quotes.indirect.annotations import IN_QUOTE, SENT_FIRST, SENT_LAST, STRENGTH
from assets.text.compiled import compiled, inlined

N_EVIDENCE = 19


@inlined
def logit(p):  # type: ignore[no-untyped-def]
    """A quarter of the log-odds of p, cut off where they would grow without end."""
    p = min(max(p, 1e-4), 1 - 1e-4)
    return np.log(p / (1 - p)) / 4


@compiled
def gather(notes, chances, side, h, a, b, p_near, p_far, evidence):  # type: ignore[no-untyped-def]
    """What the third net sees of the span of tokens a to b reported by head h, into evidence (N_EVIDENCE,)."""
    own = chances[side * 4 : side * 4 + 4]
    other = chances[4 - side * 4 : 8 - side * 4]
    length = b - a + 1
    marked = 0
    for i in range(a, b + 1):
        marked += notes[i, IN_QUOTE] > 0
    evidence[0] = logit(own[3])
    evidence[1] = logit(own[1])
    evidence[2] = logit(own[2])
    evidence[3] = logit(own[1] + own[3])
    evidence[4] = logit(other[3])
    evidence[5] = logit(other[1])
    evidence[6] = logit(p_near)
    evidence[7] = logit(p_far)
    evidence[8] = logit(p_near * p_far)
    evidence[9] = side
    evidence[10] = marked > 0
    evidence[11] = notes[a, IN_QUOTE] > 0
    evidence[12] = notes[b, IN_QUOTE] > 0
    evidence[13] = marked / length
    evidence[14] = length <= 2
    evidence[15] = np.log(length) / 3
    evidence[16] = notes[h, STRENGTH] / 3
    evidence[17] = min(abs((a if side == 0 else b) - h), 12) / 6
    evidence[18] = (notes[h, SENT_LAST] - b if side == 0 else a - notes[h, SENT_FIRST]) < 3


@compiled
def judge(evidence, inner, outer):  # type: ignore[no-untyped-def]
    """Evidence (n, N_EVIDENCE) → chance (n, 2) that span and label overlap by half, and that they are equal.

    inner (N_EVIDENCE + 1, units) and outer (units + 1, 2) are the weights, the last row of each the bias.
    """
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
def keep_likeliest(tokens, chances, threshold, n_tokens):  # type: ignore[no-untyped-def]
    """Numbers of the spans to keep, by place: likely ones first, none below the threshold, none over another."""
    taken = np.zeros(n_tokens, dtype=np.bool_)
    kept = np.empty(tokens.shape[0], dtype=np.int64)
    n_kept = 0
    for i in np.argsort(-chances[:, 0], kind="mergesort"):
        if chances[i, 0] < threshold:
            break
        first, last = tokens[i, 1], tokens[i, 2]
        if not taken[first : last + 1].any():
            taken[first : last + 1] = True
            kept[n_kept] = i
            n_kept += 1
    kept = kept[:n_kept]
    return kept[np.argsort(tokens[kept, 1], kind="mergesort")]
