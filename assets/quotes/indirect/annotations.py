"""Tokens annotated for the tagger of indirect speech, and how its features read and hash the annotations."""

import numpy as np

from assets.quotes.indirect.tokens import END, HASH, QUOTE, SENTENCE, SHAPE, START, VOCAB, is_mark
from assets.text.compiled import compiled, inlined
from assets.text.hashing import paired_31 as mix

# columns of the annotation table: what a token is to the features
WORD, POS, CLUSTER, FINE, STRENGTH, IN_QUOTE, SENT_FIRST, SENT_LAST, COMMAS, VERBS, NEXT_CUE, PREV_CUE, QUOTES = range(
    13
)
N_ANNOTATIONS = 13

# coarse classes beyond those of the word lists: see `annotate`
POS_CAPITAL, POS_UPPER, POS_NUMBER, POS_ED, POS_ING, POS_LY, POS_S, POS_NOUN, POS_OTHER, POS_CLITIC = range(40, 50)
POS_PUNCTUATION = 64  # plus the code point's remainder
VERBAL = 1 << 6  # bit in the lexicon's class: auxiliary or modal


@inlined
def bucket(n):  # type: ignore[no-untyped-def]
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


@compiled
def annotate(codes, table, word_class, cluster, fine, strength):  # type: ignore[no-untyped-def]
    """Token table → int32 (tokens, N_ANNOTATIONS). The four arrays are per vocabulary number (VOCAB; -1: unknown)."""
    n = table.shape[0]
    out = np.empty((n, N_ANNOTATIONS), dtype=np.int32)
    for i in range(n):
        row = out[i]
        v = table[i, VOCAB]
        shape = table[i, SHAPE]
        row[WORD] = table[i, HASH]
        row[CLUSTER] = cluster[v] if v >= 0 else 0
        row[FINE] = fine[v] if v >= 0 else 0
        row[STRENGTH] = strength[v] if v >= 0 else 0
        row[IN_QUOTE] = table[i, QUOTE] + 1
        a = table[i, START]
        b = table[i, END]
        known = word_class[v] & 63 if v >= 0 else 0
        if shape == 0:
            if is_mark(codes[a]):  # straight, curly or angular: all the same
                row[WORD] = 34
                row[POS] = 64 + 34
            else:
                row[POS] = 64 + codes[a] % 64
        elif known > 0:
            row[POS] = known
        elif shape == 2:
            row[POS] = 40
        elif shape == 3:
            row[POS] = 41
        elif shape == 4:
            row[POS] = 42
        elif shape == 5:
            row[POS] = 49
        else:
            c = codes[b - 1] | 32
            d = codes[b - 2] | 32 if b - a > 3 else 0
            e = codes[b - 3] | 32 if b - a > 4 else 0
            if d == 101 and c == 100:
                row[POS] = 43
            elif e == 105 and d == 110 and c == 103:
                row[POS] = 44
            elif d == 108 and c == 121:
                row[POS] = 45
            elif (d == 111 and c == 110) or (d == 116 and c == 121) or (e == 101 and d == 110 and c == 116):
                row[POS] = 47
            elif c == 115 and d != 115:
                row[POS] = 46
            else:
                row[POS] = 48
    commas = 0
    verbs = 0
    quotes = 0
    for i in range(n):
        out[i, COMMAS] = commas
        out[i, VERBS] = verbs
        if out[i, POS] == 64 + 44:
            commas += 1
        if out[i, POS] == 43 or (table[i, VOCAB] >= 0 and word_class[table[i, VOCAB]] & 64) or out[i, STRENGTH] >= 2:
            verbs += 1
        if out[i, IN_QUOTE] > 0 and (i == 0 or out[i - 1, IN_QUOTE] != out[i, IN_QUOTE]):
            quotes += 1
        out[i, QUOTES] = quotes
    first = 0
    previous = -1
    for i in range(n):
        if i == 0 or table[i, SENTENCE] != table[i - 1, SENTENCE]:
            first = i
            previous = -1
        out[i, SENT_FIRST] = first
        out[i, PREV_CUE] = previous
        if out[i, STRENGTH] >= 2:
            previous = i
    last = n - 1
    following = -1
    for i in range(n - 1, -1, -1):
        if i == n - 1 or table[i, SENTENCE] != table[i + 1, SENTENCE]:
            last = i
            following = -1
        out[i, SENT_LAST] = last
        out[i, NEXT_CUE] = following
        if out[i, STRENGTH] >= 2:
            following = i
    return out


@inlined
def at(notes, i, lo, hi, column):  # type: ignore[no-untyped-def]
    if i < lo:
        return 1
    if i > hi:
        return 2
    return notes[i, column] + 3


@inlined
def put(out, k, a, b, c):  # type: ignore[no-untyped-def]
    """Write feature k of three values; put1 and put2 are the same with fewer, which is most of the cost."""
    out[k] = mix(mix(mix(k, a), b), c)
    return k + 1


@inlined
def put2(out, k, a, b):  # type: ignore[no-untyped-def]
    out[k] = mix(mix(k, a), b)
    return k + 1


@inlined
def put1(out, k, a):  # type: ignore[no-untyped-def]
    out[k] = mix(k, a)
    return k + 1
