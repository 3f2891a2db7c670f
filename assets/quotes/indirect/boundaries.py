"""The second net of the tagger of indirect speech: where a report, or who is reported, begins and ends."""

import numpy as np

from assets.quotes.indirect.annotations import IN_QUOTE, POS, SENT_FIRST, SENT_LAST
from assets.quotes.indirect.boundary_features import (
    LEFT_FAR,
    LEFT_NEAR,
    N_BOUNDARY_FEATURES,
    RIGHT_FAR,
    RIGHT_NEAR,
    SOURCE_LAST,
    boundary_features,
)
from assets.quotes.indirect.tokens import PUNCTUATION, SHAPE, START
from assets.text.compiled import compiled, inlined
from assets.text.quantised_sums import sum_of_rows

BOUNDARY_LINEAR = 4  # units that are not rectified
MAX_SPAN = 120  # tokens looked at on either side of a head


@compiled
def trims(codes, table, i):  # type: ignore[no-untyped-def]
    """Whether token i is a mark that spans of speech neither begin nor end with."""
    if table[i, SHAPE] != PUNCTUATION:
        return False
    c = codes[table[i, START]]
    return not (c == 37 or c == 36 or c == 64 or c == 0xA3 or c == 0x20AC or c == 0xB0 or c == 43 or c == 38 or c == 35)


@inlined
def ends_no_source(word_class):  # type: ignore[no-untyped-def]
    """Articles, conjunctions, prepositions, auxiliaries and modals (see WORD_CLASSES) end no name of a speaker."""
    return word_class == 1 or word_class == 2 or 9 <= word_class <= 26


@compiled
def candidates(codes, table, notes, kind, h, anchor):  # type: ignore[no-untyped-def]
    """Tokens that may be the boundary `kind` of head h. A marked span may be entered at its edges alone."""
    lo = notes[h, SENT_FIRST]
    hi = notes[h, SENT_LAST]
    if kind == RIGHT_NEAR:
        a, b = h + 1, min(hi, h + 25)
    elif kind == RIGHT_FAR:
        a, b = anchor, min(hi, anchor + MAX_SPAN)
    elif kind == LEFT_NEAR:
        a, b = max(lo, h - 30), h - 1
    elif kind == LEFT_FAR:
        a, b = max(lo, anchor - MAX_SPAN), anchor
    elif kind == SOURCE_LAST:
        a, b = max(lo, h - 30), min(hi, h + 25)
    else:
        a, b = max(lo, anchor - 30), anchor
    found = np.empty(max(0, b - a + 1), dtype=np.int64)
    n = 0
    step = -1 if kind in (RIGHT_NEAR, LEFT_FAR) else 1
    for i in range(a, b + 1):
        if i == h or trims(codes, table, i):
            continue
        if kind < SOURCE_LAST and notes[i, IN_QUOTE] > 0:
            j = i + step
            while lo <= j <= hi and notes[j, IN_QUOTE] == notes[i, IN_QUOTE] and trims(codes, table, j):
                j += step
            if lo <= j <= hi and notes[j, IN_QUOTE] == notes[i, IN_QUOTE]:
                continue
        if kind == SOURCE_LAST and ends_no_source(notes[i, POS]):
            continue
        found[n] = i
        n += 1
    return found[:n]


@compiled
def best_boundaries(codes, table, notes, kind, heads, anchors, rows, out):  # type: ignore[no-untyped-def]
    """Per head the likeliest boundary `kind`, given the anchor: tokens int64 (n,), -1 where there is none, and chances.

    rows (packed, of 16 units) and out float32 (16,) are the weights of this kind. One kind at a time keeps
    its rows in the cache.
    """
    best = np.full(heads.shape[0], -1, dtype=np.int64)
    chances = np.zeros(heads.shape[0], dtype=np.float64)
    features = np.empty(N_BOUNDARY_FEATURES, dtype=np.int64)
    units = out.shape[0]
    hidden = np.empty(units, dtype=np.int32)
    scores = np.empty(MAX_SPAN + 1, dtype=np.float64)
    mask = rows.shape[0] - 1
    for k in range(heads.shape[0]):
        if anchors[k] < 0:
            continue
        found = candidates(codes, table, notes, kind, heads[k], anchors[k])
        n = found.shape[0]
        if n == 0:
            continue
        for c in range(n):
            boundary_features(notes, table, kind, heads[k], anchors[k], found[c], features)
            for f in range(N_BOUNDARY_FEATURES):
                features[f] &= mask
            sum_of_rows(rows, features, N_BOUNDARY_FEATURES, hidden)
            total = 0.0
            for d in range(units):
                if d < BOUNDARY_LINEAR or hidden[d] > 0:
                    total += hidden[d] * out[d]
            scores[c] = total
        top = scores[:n].argmax()
        total = 0.0
        for c in range(n):
            total += np.exp(scores[c] - scores[top])
        best[k] = found[top]
        chances[k] = 1.0 / total
    return best, chances
