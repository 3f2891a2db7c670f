"""Hashed features of the tagger of indirect speech: heads (words that may report) and boundaries of what they report.

Every feature is a row number of a weight table; a fixed slot number parts the kinds of features. The same functions
serve training and use.
"""

import numpy as np
from numba import njit

from assets.quotes.indirect_tokens import is_mark, mix

# columns of the annotation table: what a token is to the features
WORD, POS, CLUSTER, FINE, STRENGTH, IN_QUOTE, SENT_FIRST, SENT_LAST, COMMAS, VERBS, NEXT_CUE, PREV_CUE, QUOTES = range(
    13
)
N_ANNOTATIONS = 13
N_HEAD_FEATURES = 68
N_BOUNDARY_FEATURES = 56

# boundaries asked for, in this order: where what stands right of the head begins and ends, where what stands left of
# it ends and begins, the last and the first word of who speaks
RIGHT_NEAR, RIGHT_FAR, LEFT_NEAR, LEFT_FAR, SOURCE_LAST, SOURCE_FIRST = range(6)
MAX_SPAN = 120  # tokens looked at on either side of a head

# coarse classes beyond those of the word lists: see `annotate`
POS_CAPITAL, POS_UPPER, POS_NUMBER, POS_ED, POS_ING, POS_LY, POS_S, POS_NOUN, POS_OTHER, POS_CLITIC = range(40, 50)
POS_PUNCTUATION = 64  # plus the code point's remainder
VERBAL = 1 << 6  # bit in the lexicon's class: auxiliary or modal


@njit(cache=True, inline="always")
def _bucket(n):  # type: ignore[no-untyped-def]
    if n < 6:
        return n
    if n < 8:
        return 6
    if n < 11:
        return 7
    if n < 15:
        return 8
    if n < 20:
        return 9
    if n < 30:
        return 10
    if n < 50:
        return 11
    return 12


@njit(cache=True)
def annotate(codes, table, word_class, cluster, fine, strength):  # type: ignore[no-untyped-def]
    """Token table → int64 (tokens, N_ANNOTATIONS). The four arrays are per vocabulary number (VOCAB; -1: unknown)."""
    n = table.shape[0]
    out = np.zeros((n, N_ANNOTATIONS), dtype=np.int64)
    for i in range(n):
        row = out[i]
        v = table[i, 7]
        shape = table[i, 3]
        row[0] = table[i, 2]
        row[2] = cluster[v] if v >= 0 else 0
        row[3] = fine[v] if v >= 0 else 0
        row[4] = strength[v] if v >= 0 else 0
        row[5] = table[i, 6] + 1
        a = table[i, 0]
        b = table[i, 1]
        known = word_class[v] & 63 if v >= 0 else 0
        if shape == 0:
            if is_mark(codes[a]):  # straight, curly or angular: all the same
                row[0] = 34
                row[1] = 64 + 34
            else:
                row[1] = 64 + codes[a] % 64
        elif known > 0:
            row[1] = known
        elif shape == 2:
            row[1] = 40
        elif shape == 3:
            row[1] = 41
        elif shape == 4:
            row[1] = 42
        elif shape == 5:
            row[1] = 49
        else:
            c = codes[b - 1] | 32
            d = codes[b - 2] | 32 if b - a > 3 else 0
            e = codes[b - 3] | 32 if b - a > 4 else 0
            if d == 101 and c == 100:
                row[1] = 43
            elif e == 105 and d == 110 and c == 103:
                row[1] = 44
            elif d == 108 and c == 121:
                row[1] = 45
            elif (d == 111 and c == 110) or (d == 116 and c == 121) or (e == 101 and d == 110 and c == 116):
                row[1] = 47
            elif c == 115 and d != 115:
                row[1] = 46
            else:
                row[1] = 48
    commas = 0
    verbs = 0
    quotes = 0
    for i in range(n):
        out[i, 8] = commas
        out[i, 9] = verbs
        if out[i, 1] == 64 + 44:
            commas += 1
        if out[i, 1] == 43 or (table[i, 7] >= 0 and word_class[table[i, 7]] & 64) or out[i, 4] >= 2:
            verbs += 1
        if out[i, 5] > 0 and (i == 0 or out[i - 1, 5] != out[i, 5]):
            quotes += 1
        out[i, 12] = quotes
    first = 0
    previous = -1
    for i in range(n):
        if i == 0 or table[i, 5] != table[i - 1, 5]:
            first = i
            previous = -1
        out[i, 6] = first
        out[i, 11] = previous
        if out[i, 4] >= 2:
            previous = i
    last = n - 1
    following = -1
    for i in range(n - 1, -1, -1):
        if i == n - 1 or table[i, 5] != table[i + 1, 5]:
            last = i
            following = -1
        out[i, 7] = last
        out[i, 10] = following
        if out[i, 4] >= 2:
            following = i
    return out


@njit(cache=True, inline="always")
def _at(notes, i, lo, hi, column):  # type: ignore[no-untyped-def]
    if i < lo:
        return 1
    if i > hi:
        return 2
    return notes[i, column] + 3


@njit(cache=True, inline="always")
def _put(out, k, a, b, c):  # type: ignore[no-untyped-def]
    """Write feature k of three values; _put1 and _put2 are the same with fewer, which is most of the cost."""
    out[k] = mix(mix(mix(k, a), b), c)
    return k + 1


@njit(cache=True, inline="always")
def _put2(out, k, a, b):  # type: ignore[no-untyped-def]
    out[k] = mix(mix(k, a), b)
    return k + 1


@njit(cache=True, inline="always")
def _put1(out, k, a):  # type: ignore[no-untyped-def]
    out[k] = mix(k, a)
    return k + 1


@njit(cache=True)
def head_features(notes, table, h, out):  # type: ignore[no-untyped-def]
    """Features of token h as a head, into out (N_HEAD_FEATURES,)."""
    lo = notes[h, 6]
    hi = notes[h, 7]
    w0 = notes[h, 0]
    k = 0
    for d in range(-4, 6):
        k = _put1(out, k, _at(notes, h + d, lo, hi, 0))
    for d in range(-5, 7):
        if d != 0:
            k = _put1(out, k, _at(notes, h + d, lo, hi, 1))
    for d in range(-2, 3):
        k = _put1(out, k, _at(notes, h + d, lo, hi, 2))
    p1 = _at(notes, h + 1, lo, hi, 1)
    p2 = _at(notes, h + 2, lo, hi, 1)
    p3 = _at(notes, h + 3, lo, hi, 1)
    m1 = _at(notes, h - 1, lo, hi, 1)
    m2 = _at(notes, h - 2, lo, hi, 1)
    m3 = _at(notes, h - 3, lo, hi, 1)
    k = _put2(out, k, w0, _at(notes, h + 1, lo, hi, 0))
    k = _put2(out, k, w0, _at(notes, h - 1, lo, hi, 0))
    k = _put2(out, k, w0, p1)
    k = _put(out, k, w0, p1, p2)
    k = _put2(out, k, w0, m1)
    k = _put(out, k, w0, m1, m2)
    k = _put(out, k, p1, p2, p3)
    k = _put(out, k, m1, m2, m3)
    k = _put(out, k, w0, m1, p1)
    k = _put(out, k, notes[h, 2], m1, p1)
    k = _put2(out, k, _at(notes, h + 1, lo, hi, 0), _at(notes, h + 2, lo, hi, 0))
    k = _put2(out, k, _at(notes, h - 1, lo, hi, 0), _at(notes, h - 2, lo, hi, 0))
    k = _put2(out, k, w0, _at(notes, h + 1, lo, hi, 2))
    k = _put2(out, k, table[h, 4], table[h, 3])
    k = _put1(out, k, notes[h, 3])
    k = _put2(out, k, notes[h, 4], p1)
    # the sentence around
    k = _put1(out, k, notes[lo, 0])
    k = _put1(out, k, _bucket(h - lo))
    k = _put2(out, k, w0, min(_bucket(h - lo), 3))
    k = _put1(out, k, _bucket(hi - h))
    k = _put2(out, k, w0, min(_bucket(hi - h), 6))
    in_quote = notes[h, 5] > 0
    after = 0  # how far the next marked span begins, how far back the last one ended
    for j in range(h + 1, min(hi, h + 12) + 1):
        if notes[j, 5] > 0 and notes[j, 5] != notes[h, 5]:
            after = j - h
            break
    before = 0
    for j in range(h - 1, max(lo, h - 16) - 1, -1):
        if notes[j, 5] > 0 and notes[j, 5] != notes[h, 5]:
            before = h - j
            break
    k = _put1(out, k, in_quote)
    k = _put2(out, k, min(after, 5), in_quote)
    k = _put2(out, k, _bucket(before), in_quote)
    k = _put(out, k, w0, min(after, 4), min(before, 5))
    starts_quoted = notes[lo, 5] > 0 or (lo < hi and notes[lo + 1, 5] > 0)
    k = _put(out, k, w0, starts_quoted, in_quote)
    k = _put(out, k, m1, starts_quoted, min(after, 4))
    k = _put(out, k, min(notes[hi, 12] - notes[lo, 12], 3), starts_quoted, in_quote)
    # commas
    left = 0
    for j in range(h - 1, lo - 1, -1):
        if notes[j, 1] == 64 + 44:
            left = h - j
            break
    right = 0
    for j in range(h + 1, hi + 1):
        if notes[j, 1] == 64 + 44:
            right = j - h
            break
    k = _put2(out, k, _bucket(left), min(_bucket(hi - h), 3))
    k = _put2(out, k, _bucket(right), min(_bucket(hi - h), 3))
    k = _put(out, k, min(left, 5), m1, m2)
    k = _put(out, k, min(right, 3), p1, p2)
    k = _put2(out, k, min(notes[h, 8] - notes[lo, 8], 3), min(notes[hi, 8] - notes[h, 8], 3))
    k = _put2(out, k, min(notes[h, 9] - notes[lo, 9], 3), min(notes[hi, 9] - notes[h, 9], 4))
    k = _put(out, k, w0, min(notes[h, 9] - notes[lo, 9], 3), min(notes[hi, 9] - notes[h, 9], 3))
    # other words of saying
    following = notes[h, 10]
    previous = notes[h, 11]
    k = _put1(out, k, notes[following, 0] if following >= 0 else 0)
    k = _put1(out, k, notes[previous, 0] if previous >= 0 else 0)
    k = _put2(out, k, _bucket(following - h) if following >= 0 else 14, w0)
    k = _put2(out, k, _bucket(h - previous) if previous >= 0 else 14, w0)
    # complementiser ahead
    that = 0
    for j in range(h + 1, min(hi, h + 10) + 1):
        if notes[j, 1] == 9:  # COMPLEMENTISER
            that = j - h
            break
    k = _put2(out, k, min(that, 8), w0)
    # what stands before this sentence's end and after it
    k = _put(out, k, _at(notes, hi + 1, 0, notes.shape[0] - 1, 5) > 3, min(_bucket(hi - h), 4), w0)
    k = _put2(out, k, _at(notes, hi, lo, hi, 1), min(_bucket(hi - h), 4))
    return k


@njit(cache=True)
def boundary_features(notes, table, kind, h, anchor, i, out):  # type: ignore[no-untyped-def]
    """Features of token i as the boundary `kind` of head h; anchor: the near boundary already chosen, else h."""
    lo = notes[h, 6]
    hi = notes[h, 7]
    d = 1 if kind in (RIGHT_FAR, LEFT_NEAR, SOURCE_LAST) else -1  # where outside lies
    w_head = notes[h, 0]
    w_in = notes[i, 0]
    w_out = _at(notes, i + d, lo, hi, 0)
    w_out2 = _at(notes, i + 2 * d, lo, hi, 0)
    in0 = notes[i, 1]
    in1 = _at(notes, i - d, lo, hi, 1)
    in2 = _at(notes, i - 2 * d, lo, hi, 1)
    out1 = _at(notes, i + d, lo, hi, 1)
    out2 = _at(notes, i + 2 * d, lo, hi, 1)
    out3 = _at(notes, i + 3 * d, lo, hi, 1)
    k = 0
    k = _put1(out, k, w_in)
    k = _put1(out, k, w_out)
    k = _put1(out, k, w_out2)
    k = _put1(out, k, _at(notes, i - d, lo, hi, 0))
    k = _put1(out, k, in0)
    k = _put1(out, k, in1)
    k = _put1(out, k, in2)
    k = _put1(out, k, out1)
    k = _put1(out, k, out2)
    k = _put1(out, k, out3)
    k = _put1(out, k, notes[i, 2])
    k = _put1(out, k, _at(notes, i + d, lo, hi, 2))
    k = _put2(out, k, _at(notes, i + 2 * d, lo, hi, 2), out1)
    k = _put2(out, k, out1, in0)
    k = _put2(out, k, w_out, w_in)
    k = _put2(out, k, w_out, w_out2)
    k = _put2(out, k, out1, out2)
    k = _put(out, k, w_out, out2, out3)
    k = _put(out, k, out1, out2, out3)
    k = _put(out, k, in1, in0, out1)
    k = _put2(out, k, w_head, out1)
    k = _put2(out, k, w_head, in0)
    k = _put2(out, k, w_head, w_in)
    k = _put2(out, k, w_head, w_out)
    k = _put(out, k, w_head, out1, out2)
    # marks
    q_in = notes[i, 5]
    q_out = notes[i + d, 5] if lo <= i + d <= hi else 0
    marks = (1 if q_in > 0 else 0) + (2 if q_out > 0 else 0) + (4 if q_in > 0 and q_in == q_out else 0)
    q_out2 = notes[i + 2 * d, 5] if lo <= i + 2 * d <= hi else 0
    marks2 = marks * 4 + (1 if q_out2 > 0 else 0) + (2 if q_out2 > 0 and q_out2 == q_in else 0)
    k = _put2(out, k, marks, marks2)
    k = _put(out, k, marks, out1, in0)
    # the sentence's edge
    edge = hi if d > 0 else lo
    rest = (edge - i) * d
    near_edge = rest
    while near_edge > 0:  # how many real words remain
        p = notes[i + near_edge * d, 1]
        if p < 64:
            break
        near_edge -= 1
    k = _put1(out, k, _bucket(near_edge))
    k = _put2(out, k, _bucket(near_edge), w_head)
    k = _put(out, k, min(near_edge, 4), out1, marks)
    a = min(anchor, i)
    b = max(anchor, i)
    span = b - a
    k = _put1(out, k, _bucket(span))
    k = _put2(out, k, _bucket(span), out1)
    k = _put2(out, k, min(_bucket(span), 8), w_head)
    between = notes[b, 8] - notes[a, 8]
    beyond = abs(notes[edge, 8] - notes[i, 8])
    k = _put(out, k, min(between, 4), out1, out2)
    k = _put(out, k, min(between, 4), min(beyond, 4), out1)
    verbs = notes[b, 9] - notes[a, 9]
    verbs_beyond = abs(notes[edge, 9] - notes[i, 9])
    k = _put2(out, k, min(verbs, 4), out1)
    k = _put(out, k, min(verbs, 3), min(verbs_beyond, 3), out1)
    k = _put(out, k, min(verbs_beyond, 3), out1, out2)
    w_anchor = notes[anchor, 0]
    p_anchor = notes[anchor, 1]
    k = _put(out, k, w_anchor, out1, out2)
    k = _put(out, k, p_anchor, out1, min(verbs, 3))
    k = _put2(out, k, w_anchor, w_out)
    k = _put(out, k, p_anchor, min(near_edge, 3), w_head)
    # other words of saying, towards the outside
    cue = notes[i, 10] if d > 0 else notes[i, 11]
    if cue >= 0 and cue != h:
        k = _put(out, k, notes[cue, 0], min(abs(cue - i), 5), out1)
        k = _put(out, k, _bucket(abs(cue - i)), out1, out2)
    else:
        k = _put(out, k, 0, cue == h, out1)
        k = _put(out, k, 20, out1, cue == h)
    k = _put2(out, k, min(abs(i - h), 12), h > i)
    # the way from the head to the boundary
    lo2 = min(h, i)
    hi2 = max(h, i)
    path = 0
    words = 0
    if hi2 - lo2 <= 6:
        for j in range(lo2 + 1, hi2):
            path = mix(path, notes[j, 1])
            words = mix(words, notes[j, 0])
    else:
        path = 7
        words = 7
    k = _put(out, k, path, in0, h > i)
    k = _put(out, k, words, w_head, h > i)
    k = _put(out, k, path, w_head, h > i)
    # what remains to the edge, and the parity of brackets and dashes on the way
    tail = 0
    if rest <= 5:
        for j in range(1, rest + 1):
            tail = mix(tail, notes[i + j * d, 1])
    else:
        tail = 5
    k = _put1(out, k, tail)
    brackets = 0
    for j in range(a, b + 1):
        p = notes[j, 1]
        if p == 64 + 40:
            brackets += 1
        elif p == 64 + 41:
            brackets -= 1
    k = _put2(out, k, brackets + 2, out1)
    k = _put(out, k, min(notes[b, 12] - notes[a, 12], 3), marks, min(near_edge, 3))
    k = _put1(out, k, notes[i, 3])
    k = _put1(out, k, _at(notes, i + d, lo, hi, 3))
    k = _put(out, k, w_out, _at(notes, i + 2 * d, lo, hi, 2), _at(notes, i + 3 * d, lo, hi, 2))
    return k
