"""The tagger of indirect speech: from code points and marked spans to reports of speech, in one numba call a text.

Three steps, all small feed-forward nets. The first reads every word that may report (a *head*) and says whether direct
speech, a belief or a report stands right of it and left of it. The second ranks the boundaries of a report, and of its
source, among the words around: the near boundary first, then the far one given the near one. Both sum embeddings of
hashed features, rectify all but the first units, and end in a linear layer. The third net reads what the two were sure
of and says how likely the span is right; where spans overlap, the likelier one stays.
"""

import numpy as np
from numba import njit

from assets.quotes.indirect_features import (
    LEFT_FAR,
    LEFT_NEAR,
    N_BOUNDARY_FEATURES,
    N_HEAD_FEATURES,
    RIGHT_FAR,
    RIGHT_NEAR,
    SOURCE_FIRST,
    SOURCE_LAST,
    annotate,
    boundary_features,
    head_features,
)
from assets.quotes.indirect_tokens import (
    CLASS_OF,
    LOWER,
    LOWER_OF,
    NUMBER,
    look_up,
    mark_quotes,
    mark_sentences,
    tokenize,
)

N_CLASSES = 4  # per side of a head
NOTHING, DIRECT, BELIEF, REPORT = range(N_CLASSES)
HEAD_LINEAR, BOUNDARY_LINEAR = 8, 4  # units that are not rectified
MIN_WORDS = 3  # less is a topic or a name, not what somebody said
GATE = 0.06  # heads less likely than this to report speech, direct or not, are not looked at further
N_EVIDENCE = 19


@njit(cache=True)
def analyse(codes, spans, keys, slots, word_class, cluster, fine, strength):  # type: ignore[no-untyped-def]
    """Code points and marked spans → token table and its annotations."""
    table = tokenize(codes, LOWER_OF, CLASS_OF)
    look_up(table, keys, slots)
    mark_quotes(table, spans)
    mark_sentences(codes, table, word_class)
    return table, annotate(codes, table, word_class, cluster, fine, strength)


@njit(cache=True)
def trims(codes, table, i):  # type: ignore[no-untyped-def]
    """Whether token i is a mark that spans of speech neither begin nor end with."""
    if table[i, 3] != 0:
        return False
    c = codes[table[i, 0]]
    return not (c == 37 or c == 36 or c == 64 or c == 0xA3 or c == 0x20AC or c == 0xB0 or c == 43 or c == 38 or c == 35)


@njit(cache=True, inline="always")
def ends_no_source(word_class):  # type: ignore[no-untyped-def]
    """Articles, conjunctions, prepositions, auxiliaries and modals (see WORD_CLASSES) end no name of a speaker."""
    return word_class == 1 or word_class == 2 or 9 <= word_class <= 26


@njit(cache=True)
def candidates(codes, table, notes, kind, h, anchor):  # type: ignore[no-untyped-def]
    """Tokens that may be the boundary `kind` of head h. A marked span may be entered at its edges alone."""
    lo = notes[h, 6]
    hi = notes[h, 7]
    if kind == RIGHT_NEAR:
        a, b = h + 1, min(hi, h + 25)
    elif kind == RIGHT_FAR:
        a, b = anchor, min(hi, anchor + 120)
    elif kind == LEFT_NEAR:
        a, b = max(lo, h - 30), h - 1
    elif kind == LEFT_FAR:
        a, b = max(lo, anchor - 120), anchor
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
        if kind < SOURCE_LAST and notes[i, 5] > 0:
            j = i + step
            while lo <= j <= hi and notes[j, 5] == notes[i, 5] and trims(codes, table, j):
                j += step
            if lo <= j <= hi and notes[j, 5] == notes[i, 5]:
                continue
        if kind == SOURCE_LAST and ends_no_source(notes[i, 1]):
            continue
        found[n] = i
        n += 1
    return found[:n]


@njit(cache=True)
def _best_boundary(codes, table, notes, kind, h, anchor, rows, out, features, hidden):  # type: ignore[no-untyped-def]
    """The best candidate and its probability; -1 where there is none."""
    found = candidates(codes, table, notes, kind, h, anchor)
    n = found.shape[0]
    if n == 0:
        return -1, 0.0
    mask = rows.shape[1] - 1
    units = rows.shape[2]
    scores = np.empty(n, dtype=np.float64)
    for c in range(n):
        used = boundary_features(notes, table, kind, h, anchor, found[c], features)
        hidden[:] = 0
        for f in range(used):
            row = rows[kind, features[f] & mask]
            for d in range(units):
                hidden[d] += row[d]
        total = 0.0
        for d in range(units):
            if d < BOUNDARY_LINEAR or hidden[d] > 0:
                total += hidden[d] * out[kind, d]
        scores[c] = total
    best = scores.argmax()
    total = 0.0
    for c in range(n):
        total += np.exp(scores[c] - scores[best])
    return found[best], 1.0 / total


@njit(cache=True)
def _head_chances(notes, table, h, head_rows, head_out, features, hidden, chances):  # type: ignore[no-untyped-def]
    """Probabilities of the classes right of head h, then left of it, into chances (8,)."""
    mask = head_rows.shape[0] - 1
    units = head_rows.shape[1]
    used = head_features(notes, table, h, features)
    hidden[:] = 0
    for f in range(used):
        row = head_rows[features[f] & mask]
        for d in range(units):
            hidden[d] += row[d]
    for o in range(8):
        chances[o] = head_out[units, o]
    for d in range(units):
        if d < HEAD_LINEAR or hidden[d] > 0:
            for o in range(8):
                chances[o] += hidden[d] * head_out[d, o]
    for side in range(2):
        group = chances[side * 4 : side * 4 + 4]
        top = group.max()
        total = 0.0
        for o in range(4):
            group[o] = np.exp(group[o] - top)
            total += group[o]
        for o in range(4):
            group[o] /= total


@njit(cache=True, inline="always")
def _logit(p):  # type: ignore[no-untyped-def]
    p = min(max(p, 1e-4), 1 - 1e-4)
    return np.log(p / (1 - p)) / 4


@njit(cache=True)
def _gather(notes, chances, side, h, a, b, p_near, p_far, evidence):  # type: ignore[no-untyped-def]
    """What the third net sees of the span of tokens a to b reported by head h, into evidence (N_EVIDENCE,)."""
    own = chances[side * 4 : side * 4 + 4]
    other = chances[4 - side * 4 : 8 - side * 4]
    length = b - a + 1
    marked = 0
    for i in range(a, b + 1):
        marked += notes[i, 5] > 0
    evidence[0] = _logit(own[3])
    evidence[1] = _logit(own[1])
    evidence[2] = _logit(own[2])
    evidence[3] = _logit(own[1] + own[3])
    evidence[4] = _logit(other[3])
    evidence[5] = _logit(other[1])
    evidence[6] = _logit(p_near)
    evidence[7] = _logit(p_far)
    evidence[8] = _logit(p_near * p_far)
    evidence[9] = side
    evidence[10] = marked > 0
    evidence[11] = notes[a, 5] > 0
    evidence[12] = notes[b, 5] > 0
    evidence[13] = marked / length
    evidence[14] = length <= 2
    evidence[15] = np.log(length) / 3
    evidence[16] = notes[h, 4] / 3
    evidence[17] = min(abs((a if side == 0 else b) - h), 12) / 6
    evidence[18] = (notes[h, 7] - b if side == 0 else a - notes[h, 6]) < 3


@njit(cache=True)
def propose(codes, table, notes, head_rows, head_out, rows, out):  # type: ignore[no-untyped-def]
    """Spans that may be reports of speech: tokens int64 (found, 3), head, first and last; evidence float32 (found, …)."""
    n_found = 0
    tokens = np.empty((64, 3), dtype=np.int64)
    evidence = np.empty((64, N_EVIDENCE), dtype=np.float32)
    of_head = np.empty(N_HEAD_FEATURES, dtype=np.int64)
    of_boundary = np.empty(N_BOUNDARY_FEATURES, dtype=np.int64)
    head_hidden = np.empty(head_rows.shape[1], dtype=np.int32)
    hidden = np.empty(rows.shape[2], dtype=np.int32)
    chances = np.empty(8, dtype=np.float64)
    for h in range(table.shape[0]):
        if notes[h, 4] == 0 or notes[h, 5] > 0:
            continue
        _head_chances(notes, table, h, head_rows, head_out, of_head, head_hidden, chances)
        for side in range(2):
            if chances[side * 4 + 1] + chances[side * 4 + 3] < GATE:
                continue
            kind = RIGHT_NEAR if side == 0 else LEFT_NEAR
            near, p_near = _best_boundary(codes, table, notes, kind, h, h, rows, out, of_boundary, hidden)
            if near < 0:
                continue
            far, p_far = _best_boundary(codes, table, notes, kind + 1, h, near, rows, out, of_boundary, hidden)
            if far < 0:
                continue
            a = min(near, far)
            b = max(near, far)
            if notes[a, 5] > 0 and notes[a, 5] == notes[b, 5]:
                continue  # a marked span alone: direct
            words = 0
            for i in range(a, b + 1):
                words += LOWER <= table[i, 3] <= NUMBER
            if words < MIN_WORDS:
                continue
            if n_found == tokens.shape[0]:
                tokens = np.concatenate((tokens, np.empty_like(tokens)))
                evidence = np.concatenate((evidence, np.empty_like(evidence)))
            tokens[n_found, 0] = h
            tokens[n_found, 1] = a
            tokens[n_found, 2] = b
            _gather(notes, chances, side, h, a, b, p_near, p_far, evidence[n_found])
            n_found += 1
    return tokens[:n_found], evidence[:n_found]


@njit(cache=True)
def find_sources(codes, table, notes, tokens, rows, out):  # type: ignore[no-untyped-def]
    """Places int64 (n, 6) in code points of content, cue and source (-1, -1 where none), sureness of the source (n,)."""
    features = np.empty(N_BOUNDARY_FEATURES, dtype=np.int64)
    hidden = np.empty(rows.shape[2], dtype=np.int32)
    places = np.full((tokens.shape[0], 6), -1, dtype=np.int64)
    sure = np.zeros(tokens.shape[0], dtype=np.float64)
    for k in range(tokens.shape[0]):
        h = tokens[k, 0]
        places[k, 0] = table[tokens[k, 1], 0]
        places[k, 1] = table[tokens[k, 2], 1]
        places[k, 2] = table[h, 0]
        places[k, 3] = table[h, 1]
        last, p_last = _best_boundary(codes, table, notes, SOURCE_LAST, h, h, rows, out, features, hidden)
        if last < 0:
            continue
        first, p_first = _best_boundary(codes, table, notes, SOURCE_FIRST, h, last, rows, out, features, hidden)
        if first >= 0:
            places[k, 4] = table[first, 0]
            places[k, 5] = table[last, 1]
            sure[k] = p_last * p_first
    return places, sure


@njit(cache=True)
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


@njit(cache=True)
def resolve(tokens, chances, threshold):  # type: ignore[no-untyped-def]
    """Numbers of the spans to keep, by place: likely ones first, none below the threshold, none over another."""
    kept = np.empty(tokens.shape[0], dtype=np.int64)
    n_kept = 0
    for i in np.argsort(-chances[:, 0], kind="mergesort"):
        if chances[i, 0] < threshold:
            break
        free = True
        for k in range(n_kept):
            other = kept[k]
            if tokens[i, 1] <= tokens[other, 2] and tokens[other, 1] <= tokens[i, 2]:
                free = False
                break
        if free:
            kept[n_kept] = i
            n_kept += 1
    kept = kept[:n_kept]
    return kept[np.argsort(tokens[kept, 1], kind="mergesort")]


@njit(cache=True)
def tag(  # type: ignore[no-untyped-def]
    codes, spans, keys, slots, word_class, cluster, fine, strength, head_rows, head_out, rows, out, inner, outer,
    trust, threshold,
):  # fmt: skip
    """Reports of speech in one text: places int64 (n, 6) as in `find_sources`, confidence float64 (n,), by place.

    codes int32 (length,): the text's code points; spans int64 (k, 2): its marked spans, sorted; the rest: weights.
    """
    table, notes = analyse(codes, spans, keys, slots, word_class, cluster, fine, strength)
    tokens, evidence = propose(codes, table, notes, head_rows, head_out, rows, out)
    chances = judge(evidence, inner, outer)
    kept = resolve(tokens, chances, threshold)
    places, sure = find_sources(codes, table, notes, tokens[kept], rows, out)
    confidence = np.empty(kept.shape[0], dtype=np.float64)
    for k in range(kept.shape[0]):
        score = trust[0] + trust[1] * _logit(chances[kept[k], 0]) + trust[2] * _logit(sure[k])
        confidence[k] = 1 / (1 + np.exp(-score))
    return places, confidence
