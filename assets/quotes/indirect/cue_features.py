"""Hashed features of a head: a word that may report what somebody said."""

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
    STRENGTH,
    VERBS,
    WORD,
    at,
    bucket,
    put,
    put1,
    put2,
)
from assets.quotes.indirect.tokens import SHAPE, SUFFIX
from assets.text.compiled import compiled

N_HEAD_FEATURES = 68


@compiled
def head_features(notes, table, h, out):  # type: ignore[no-untyped-def]
    """Features of token h as a head, into out (N_HEAD_FEATURES,)."""
    lo = notes[h, SENT_FIRST]
    hi = notes[h, SENT_LAST]
    w0 = notes[h, WORD]
    k = 0
    for d in range(-4, 6):
        k = put1(out, k, at(notes, h + d, lo, hi, WORD))
    for d in range(-5, 7):
        if d != 0:
            k = put1(out, k, at(notes, h + d, lo, hi, POS))
    for d in range(-2, 3):
        k = put1(out, k, at(notes, h + d, lo, hi, CLUSTER))
    p1 = at(notes, h + 1, lo, hi, POS)
    p2 = at(notes, h + 2, lo, hi, POS)
    p3 = at(notes, h + 3, lo, hi, POS)
    m1 = at(notes, h - 1, lo, hi, POS)
    m2 = at(notes, h - 2, lo, hi, POS)
    m3 = at(notes, h - 3, lo, hi, POS)
    k = put2(out, k, w0, at(notes, h + 1, lo, hi, WORD))
    k = put2(out, k, w0, at(notes, h - 1, lo, hi, WORD))
    k = put2(out, k, w0, p1)
    k = put(out, k, w0, p1, p2)
    k = put2(out, k, w0, m1)
    k = put(out, k, w0, m1, m2)
    k = put(out, k, p1, p2, p3)
    k = put(out, k, m1, m2, m3)
    k = put(out, k, w0, m1, p1)
    k = put(out, k, notes[h, CLUSTER], m1, p1)
    k = put2(out, k, at(notes, h + 1, lo, hi, WORD), at(notes, h + 2, lo, hi, WORD))
    k = put2(out, k, at(notes, h - 1, lo, hi, WORD), at(notes, h - 2, lo, hi, WORD))
    k = put2(out, k, w0, at(notes, h + 1, lo, hi, CLUSTER))
    k = put2(out, k, table[h, SUFFIX], table[h, SHAPE])
    k = put1(out, k, notes[h, FINE])
    k = put2(out, k, notes[h, STRENGTH], p1)
    # the sentence around
    k = put1(out, k, notes[lo, WORD])
    k = put1(out, k, bucket(h - lo))
    k = put2(out, k, w0, min(bucket(h - lo), 3))
    k = put1(out, k, bucket(hi - h))
    k = put2(out, k, w0, min(bucket(hi - h), 6))
    in_quote = notes[h, IN_QUOTE] > 0
    after = 0  # how far the next marked span begins, how far back the last one ended
    for j in range(h + 1, min(hi, h + 12) + 1):
        if notes[j, IN_QUOTE] > 0 and notes[j, IN_QUOTE] != notes[h, IN_QUOTE]:
            after = j - h
            break
    before = 0
    for j in range(h - 1, max(lo, h - 16) - 1, -1):
        if notes[j, IN_QUOTE] > 0 and notes[j, IN_QUOTE] != notes[h, IN_QUOTE]:
            before = h - j
            break
    k = put1(out, k, in_quote)
    k = put2(out, k, min(after, 5), in_quote)
    k = put2(out, k, bucket(before), in_quote)
    k = put(out, k, w0, min(after, 4), min(before, 5))
    starts_quoted = notes[lo, IN_QUOTE] > 0 or (lo < hi and notes[lo + 1, IN_QUOTE] > 0)
    k = put(out, k, w0, starts_quoted, in_quote)
    k = put(out, k, m1, starts_quoted, min(after, 4))
    k = put(out, k, min(notes[hi, QUOTES] - notes[lo, QUOTES], 3), starts_quoted, in_quote)
    # commas
    left = 0
    for j in range(h - 1, lo - 1, -1):
        if notes[j, POS] == 64 + 44:
            left = h - j
            break
    right = 0
    for j in range(h + 1, hi + 1):
        if notes[j, POS] == 64 + 44:
            right = j - h
            break
    k = put2(out, k, bucket(left), min(bucket(hi - h), 3))
    k = put2(out, k, bucket(right), min(bucket(hi - h), 3))
    k = put(out, k, min(left, 5), m1, m2)
    k = put(out, k, min(right, 3), p1, p2)
    k = put2(out, k, min(notes[h, COMMAS] - notes[lo, COMMAS], 3), min(notes[hi, COMMAS] - notes[h, COMMAS], 3))
    k = put2(out, k, min(notes[h, VERBS] - notes[lo, VERBS], 3), min(notes[hi, VERBS] - notes[h, VERBS], 4))
    k = put(out, k, w0, min(notes[h, VERBS] - notes[lo, VERBS], 3), min(notes[hi, VERBS] - notes[h, VERBS], 3))
    # other words of saying
    following = notes[h, NEXT_CUE]
    previous = notes[h, PREV_CUE]
    k = put1(out, k, notes[following, WORD] if following >= 0 else 0)
    k = put1(out, k, notes[previous, WORD] if previous >= 0 else 0)
    k = put2(out, k, bucket(following - h) if following >= 0 else 14, w0)
    k = put2(out, k, bucket(h - previous) if previous >= 0 else 14, w0)
    # complementiser ahead
    that = 0
    for j in range(h + 1, min(hi, h + 10) + 1):
        if notes[j, POS] == 9:  # COMPLEMENTISER
            that = j - h
            break
    k = put2(out, k, min(that, 8), w0)
    # what stands before this sentence's end and after it
    k = put(out, k, at(notes, hi + 1, 0, notes.shape[0] - 1, IN_QUOTE) > 3, min(bucket(hi - h), 4), w0)
    k = put2(out, k, at(notes, hi, lo, hi, POS), min(bucket(hi - h), 4))
    return k
