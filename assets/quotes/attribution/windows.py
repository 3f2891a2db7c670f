"""Which candidates stand for a choice as the speaker of each quotation."""

import numpy as np

from assets.quotes.tokens.lexicon import REPORT, SAY
from assets.text.compiled import compiled

BEFORE_LIMIT = 14  # candidates of the same paragraph before a quotation
AFTER_LIMIT = 10
EARLIER_LIMIT = 10  # candidates of the paragraphs before
LATER_LIMIT = 3
EARLIER_PARAGRAPHS = 2
MOST_CANDIDATES = BEFORE_LIMIT + AFTER_LIMIT + EARLIER_LIMIT + LATER_LIMIT


@compiled
def candidate_windows(places, paragraph, c_head, after, before, bits):  # type: ignore[no-untyped-def]
    """Offsets (quotations + 1,) and candidates of each quotation of an article: of its paragraph, some before, the next after."""
    n_quotes = len(places)
    offsets = np.zeros(n_quotes + 1, np.int64)
    chosen = np.empty(n_quotes * MOST_CANDIDATES, np.int32)
    count = 0
    buffer = np.empty(BEFORE_LIMIT + EARLIER_LIMIT, np.int32)
    n = len(c_head)
    for q in range(n_quotes):
        place = places[q]
        first = np.searchsorted(c_head, place)
        taken = 0
        earlier = 0
        near = 0
        c = first - 1
        while c >= 0:
            distance = paragraph[place] - paragraph[c_head[c]]
            if distance > EARLIER_PARAGRAPHS:
                break
            if distance == 0:
                if near < BEFORE_LIMIT:
                    buffer[taken] = c
                    taken += 1
                    near += 1
            elif earlier < EARLIER_LIMIT:
                verbs = (after[c] >= 0 and bits[after[c]] & REPORT) or (before[c] >= 0 and bits[before[c]] & SAY)
                if distance == 1 or verbs:
                    buffer[taken] = c
                    taken += 1
                    earlier += 1
            else:
                break
            c -= 1
        for k in range(taken - 1, -1, -1):
            chosen[count] = buffer[k]
            count += 1
        c = first
        near = 0
        later = 0
        while c < n:
            distance = paragraph[c_head[c]] - paragraph[place]
            if distance == 0 and near < AFTER_LIMIT:
                chosen[count] = c
                count += 1
                near += 1
            elif distance == 1 and later < LATER_LIMIT:
                chosen[count] = c
                count += 1
                later += 1
            elif distance >= 1:
                break
            c += 1
        offsets[q + 1] = count
    return offsets, chosen[:count].copy()
