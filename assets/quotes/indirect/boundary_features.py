"""Hashed features of a token as one of the boundaries of what a head reports, or of who is reported."""

from assets.quotes.indirect.annotations import (
    CLUSTER,
    COMMAS,
    FINE,
    IN_QUOTE,
    NEXT_CUE,
    POS,
    PREV_CUE,
    QUOTES,
    SENT_FIRST,
    SENT_LAST,
    VERBS,
    WORD,
    at,
    bucket,
    put,
    put1,
    put2,
)
from assets.text.compiled import compiled
from assets.text.hashing import paired_31 as mix

N_BOUNDARY_FEATURES = 54

# boundaries asked for, in this order: where what stands right of the head begins and ends, where what stands left of
# it ends and begins, the last and the first word of who speaks
RIGHT_NEAR, RIGHT_FAR, LEFT_NEAR, LEFT_FAR, SOURCE_LAST, SOURCE_FIRST = range(6)


@compiled
def boundary_features(notes, table, kind, h, anchor, i, out):  # type: ignore[no-untyped-def]
    """Features of token i as the boundary `kind` of head h; anchor: the near boundary already chosen, else h."""
    lo = notes[h, SENT_FIRST]
    hi = notes[h, SENT_LAST]
    d = 1 if kind in (RIGHT_FAR, LEFT_NEAR, SOURCE_LAST) else -1  # where outside lies
    w_head = notes[h, WORD]
    w_in = notes[i, WORD]
    w_out = at(notes, i + d, lo, hi, WORD)
    w_out2 = at(notes, i + 2 * d, lo, hi, WORD)
    in0 = notes[i, POS]
    in1 = at(notes, i - d, lo, hi, POS)
    in2 = at(notes, i - 2 * d, lo, hi, POS)
    out1 = at(notes, i + d, lo, hi, POS)
    out2 = at(notes, i + 2 * d, lo, hi, POS)
    out3 = at(notes, i + 3 * d, lo, hi, POS)
    k = 0
    k = put1(out, k, w_in)
    k = put1(out, k, w_out)
    k = put1(out, k, w_out2)
    k = put1(out, k, at(notes, i - d, lo, hi, WORD))
    k = put1(out, k, in0)
    k = put1(out, k, in1)
    k = put1(out, k, in2)
    k = put1(out, k, out1)
    k = put1(out, k, out2)
    k = put1(out, k, out3)
    k = put1(out, k, notes[i, CLUSTER])
    k = put1(out, k, at(notes, i + d, lo, hi, CLUSTER))
    k = put2(out, k, at(notes, i + 2 * d, lo, hi, CLUSTER), out1)
    k = put2(out, k, out1, in0)
    k = put2(out, k, w_out, w_in)
    k = put2(out, k, w_out, w_out2)
    k = put2(out, k, out1, out2)
    k = put(out, k, w_out, out2, out3)
    k = put(out, k, out1, out2, out3)
    k = put(out, k, in1, in0, out1)
    k = put2(out, k, w_head, out1)
    k = put2(out, k, w_head, in0)
    k = put2(out, k, w_head, w_in)
    k = put2(out, k, w_head, w_out)
    k = put(out, k, w_head, out1, out2)
    # marks
    q_in = notes[i, IN_QUOTE]
    q_out = notes[i + d, IN_QUOTE] if lo <= i + d <= hi else 0
    marks = (1 if q_in > 0 else 0) + (2 if q_out > 0 else 0) + (4 if q_in > 0 and q_in == q_out else 0)
    q_out2 = notes[i + 2 * d, IN_QUOTE] if lo <= i + 2 * d <= hi else 0
    marks2 = marks * 4 + (1 if q_out2 > 0 else 0) + (2 if q_out2 > 0 and q_out2 == q_in else 0)
    k = put2(out, k, marks, marks2)
    k = put(out, k, marks, out1, in0)
    # the sentence's edge
    edge = hi if d > 0 else lo
    rest = (edge - i) * d
    near_edge = rest
    while near_edge > 0:  # how many real words remain
        p = notes[i + near_edge * d, POS]
        if p < 64:
            break
        near_edge -= 1
    k = put1(out, k, bucket(near_edge))
    k = put2(out, k, bucket(near_edge), w_head)
    k = put(out, k, min(near_edge, 4), out1, marks)
    a = min(anchor, i)
    b = max(anchor, i)
    span = b - a
    k = put1(out, k, bucket(span))
    k = put2(out, k, bucket(span), out1)
    k = put2(out, k, min(bucket(span), 8), w_head)
    between = notes[b, COMMAS] - notes[a, COMMAS]
    beyond = abs(notes[edge, COMMAS] - notes[i, COMMAS])
    k = put(out, k, min(between, 4), out1, out2)
    k = put(out, k, min(between, 4), min(beyond, 4), out1)
    verbs = notes[b, VERBS] - notes[a, VERBS]
    verbs_beyond = abs(notes[edge, VERBS] - notes[i, VERBS])
    k = put2(out, k, min(verbs, 4), out1)
    k = put(out, k, min(verbs, 3), min(verbs_beyond, 3), out1)
    k = put(out, k, min(verbs_beyond, 3), out1, out2)
    w_anchor = notes[anchor, WORD]
    p_anchor = notes[anchor, POS]
    k = put(out, k, w_anchor, out1, out2)
    k = put(out, k, p_anchor, out1, min(verbs, 3))
    k = put2(out, k, w_anchor, w_out)
    k = put(out, k, p_anchor, min(near_edge, 3), w_head)
    # other words of saying, towards the outside
    cue = notes[i, NEXT_CUE] if d > 0 else notes[i, PREV_CUE]
    if cue >= 0 and cue != h:
        k = put(out, k, notes[cue, WORD], min(abs(cue - i), 5), out1)
        k = put(out, k, bucket(abs(cue - i)), out1, out2)
    else:
        k = put(out, k, 0, cue == h, out1)
        k = put(out, k, 20, out1, cue == h)
    k = put2(out, k, min(abs(i - h), 12), h > i)
    # the way from the head to the boundary
    lo2 = min(h, i)
    hi2 = max(h, i)
    path = 0
    words = 0
    if hi2 - lo2 <= 6:
        for j in range(lo2 + 1, hi2):
            path = mix(path, notes[j, POS])
            words = mix(words, notes[j, WORD])
    else:
        path = 7
        words = 7
    k = put(out, k, path, in0, h > i)
    k = put(out, k, words, w_head, h > i)
    k = put(out, k, path, w_head, h > i)
    # what remains to the edge, and the parity of brackets and dashes on the way
    tail = 0
    if rest <= 5:
        for j in range(1, rest + 1):
            tail = mix(tail, notes[i + j * d, POS])
    else:
        tail = 5
    k = put1(out, k, tail)
    brackets = 0
    for j in range(a, b + 1):
        p = notes[j, POS]
        if p == 64 + 40:
            brackets += 1
        elif p == 64 + 41:
            brackets -= 1
    k = put2(out, k, brackets + 2, out1)
    k = put(out, k, min(notes[b, QUOTES] - notes[a, QUOTES], 3), marks, min(near_edge, 3))
    k = put1(out, k, notes[i, FINE])
    k = put1(out, k, at(notes, i + d, lo, hi, FINE))
    k = put(out, k, w_out, at(notes, i + 2 * d, lo, hi, CLUSTER), at(notes, i + 3 * d, lo, hi, CLUSTER))
    return k
