"""The tagger of indirect speech: from code points and marked spans to reports of speech, in one numba call a batch.

Three steps, all small feed-forward nets. The first reads every word that may report (a *head*) and says whether direct
speech, a belief or a report stands right of it and left of it. The second ranks the boundaries of a report, and of its
source, among the words around: the near boundary first, then the far one given the near one. Both sum embeddings of
hashed features, rectify all but the first units, and end in a linear layer. The third net reads what the two were sure
of and says how likely the span is right; where spans overlap, the likelier one stays.
"""

import numpy as np

from assets.quotes.indirect.annotations import IN_QUOTE, annotate
from assets.quotes.indirect.boundaries import best_boundaries
from assets.quotes.indirect.boundary_features import (
    LEFT_NEAR,
    RIGHT_NEAR,
    SOURCE_FIRST,
    SOURCE_LAST,
)
from assets.quotes.indirect.cues import find_heads
from assets.quotes.indirect.scorer import N_EVIDENCE, gather, judge, keep_likeliest, logit
from assets.quotes.indirect.tokens import (
    CLASS_OF,
    END,
    LOWER,
    LOWER_OF,
    NUMBER,
    SHAPE,
    START,
    look_up,
    mark_quotes,
    mark_sentences,
    tokenize,
)
from assets.text.compiled import compiled

MIN_WORDS = 3  # less is a topic or a name, not what somebody said


@compiled
def analyse(codes, bounds, spans, keys, slots, word_class, cluster, fine, strength):  # type: ignore[no-untyped-def]
    """Code points and marked spans → token table and its annotations."""
    table = tokenize(codes, bounds, LOWER_OF, CLASS_OF)
    look_up(table, keys, slots)
    mark_quotes(table, spans)
    mark_sentences(codes, table, word_class)
    return table, annotate(codes, table, word_class, cluster, fine, strength)


@compiled
def propose(codes, table, notes, head_rows, head_out, rows, out):  # type: ignore[no-untyped-def]
    """Spans that may be reports of speech: tokens int64 (found, 3), head, first and last; evidence float32 (found, …)."""
    heads, sides, chances = find_heads(table, notes, head_rows, head_out)
    near = np.empty(heads.shape[0], dtype=np.int64)
    far = np.empty(heads.shape[0], dtype=np.int64)
    p_near = np.empty(heads.shape[0], dtype=np.float64)
    p_far = np.empty(heads.shape[0], dtype=np.float64)
    for side, kind in ((0, RIGHT_NEAR), (1, LEFT_NEAR)):
        of_side = np.flatnonzero(sides == side)
        its_heads = heads[of_side]
        found, chance = best_boundaries(codes, table, notes, kind, its_heads, its_heads, rows[kind], out[kind])
        near[of_side], p_near[of_side] = found, chance
        found, chance = best_boundaries(codes, table, notes, kind + 1, its_heads, found, rows[kind + 1], out[kind + 1])
        far[of_side], p_far[of_side] = found, chance
    tokens = np.empty((heads.shape[0], 3), dtype=np.int64)
    evidence = np.empty((heads.shape[0], N_EVIDENCE), dtype=np.float32)
    n_found = 0
    for k in range(heads.shape[0]):
        a, b = min(near[k], far[k]), max(near[k], far[k])
        if a < 0 or (notes[a, IN_QUOTE] > 0 and notes[a, IN_QUOTE] == notes[b, IN_QUOTE]):
            continue  # a marked span alone is direct
        words = 0
        for i in range(a, b + 1):
            words += LOWER <= table[i, SHAPE] <= NUMBER
        if words < MIN_WORDS:
            continue
        tokens[n_found] = heads[k], a, b
        gather(notes, chances[k], sides[k], heads[k], a, b, p_near[k], p_far[k], evidence[n_found])
        n_found += 1
    return tokens[:n_found], evidence[:n_found]


@compiled
def find_sources(codes, table, notes, tokens, rows, out):  # type: ignore[no-untyped-def]
    """Places int64 (n, 6) in code points of content, cue and source (-1, -1 where none), sureness of the source (n,)."""
    heads = tokens[:, 0].copy()
    # A constant would be a type of its own, and all below it compiled again for each.
    of_last, of_first = np.int64(SOURCE_LAST), np.int64(SOURCE_FIRST)
    last, p_last = best_boundaries(codes, table, notes, of_last, heads, heads, rows[of_last], out[of_last])
    first, p_first = best_boundaries(codes, table, notes, of_first, heads, last, rows[of_first], out[of_first])
    places = np.full((tokens.shape[0], 6), -1, dtype=np.int64)
    sure = np.zeros(tokens.shape[0], dtype=np.float64)
    for k in range(tokens.shape[0]):
        places[k, 0] = table[tokens[k, 1], START]
        places[k, 1] = table[tokens[k, 2], END]
        places[k, 2] = table[heads[k], START]
        places[k, 3] = table[heads[k], END]
        if first[k] >= 0:
            places[k, 4] = table[first[k], START]
            places[k, 5] = table[last[k], END]
            sure[k] = p_last[k] * p_first[k]
    return places, sure


@compiled
def tag(  # type: ignore[no-untyped-def]
    codes, bounds, spans, keys, slots, word_class, cluster, fine, strength, head_rows, head_out, rows, out, inner, outer,
    trust, threshold,
):  # fmt: skip
    """Reports of speech in a batch: places int64 (n, 6) as in `find_sources`, confidence float64 (n,), by place.

    codes uint32 (length,), bounds int64 (texts + 1,): the texts' code points, as in `tokenize`; spans int64 (k, 2): their
    marked spans, sorted, in offsets of the batch; the rest: weights. What is found in a text depends on it alone.
    """
    table, notes = analyse(codes, bounds, spans, keys, slots, word_class, cluster, fine, strength)
    tokens, evidence = propose(codes, table, notes, head_rows, head_out, rows, out)
    chances = judge(evidence, inner, outer)
    kept = keep_likeliest(tokens, chances, threshold, table.shape[0])
    places, sure = find_sources(codes, table, notes, tokens[kept], rows, out)
    confidence = np.empty(kept.shape[0], dtype=np.float64)
    for k in range(kept.shape[0]):
        score = trust[0] + trust[1] * logit(chances[kept[k], 0]) + trust[2] * logit(sure[k])
        confidence[k] = 1 / (1 + np.exp(-score))
    return places, confidence
