"""Hashed features of a quotation alone: is it one, and of what kind?"""

import numpy as np

from assets.quotes.attribution.feature_hashing import (
    MARK_CONTINUES,
    MARK_REPAIRED,
    MARK_SINGLE,
    class_at,
    distance_bin,
    mix,
    word_at,
)
from assets.quotes.tokens.classes import K_PERIOD, K_QUOTE
from assets.quotes.tokens.lexicon import REPORT, SO_CALLED, WORK
from assets.quotes.tokens.stream import (
    ALL_CAPS,
    BREAK,
    CAPITALISED,
    IN_CAPITALS,
    IN_FIRST_KIND,
    IN_FIRST_PERSON,
    IN_FIRST_WORD,
    IN_LAST_CODE,
    IN_LAST_WORD,
    IN_SECOND_WORD,
    IN_SENTENCES,
    IN_WORDS,
    LOWER,
    QUOTE,
)
from assets.text.compiled import compiled

N_QUOTE_FEATURES = 46


@compiled
def quote_features(  # type: ignore[no-untyped-def]
    places, inside, marks, kinds, hashes, bits, sentence, classes, out
):
    n_quotes = len(places)
    n = len(kinds)
    for q in range(n_quotes):
        p = places[q]
        l1 = word_at(p - 1, hashes)
        l2 = word_at(p - 2, hashes)
        l3 = word_at(p - 3, hashes)
        r1 = word_at(p + 1, hashes)
        r2 = word_at(p + 2, hashes)
        r3 = word_at(p + 3, hashes)
        cl1 = class_at(p - 1, classes)
        cl2 = class_at(p - 2, classes)
        cl3 = class_at(p - 3, classes)
        cr1 = class_at(p + 1, classes)
        cr2 = class_at(p + 2, classes)
        cr3 = class_at(p + 3, classes)
        words = inside[q, IN_WORDS]
        wbin = words if words < 8 else (8 if words < 15 else 9)
        last = inside[q, IN_LAST_CODE]
        if last == 0x2C:
            tail = 1
        elif last == 0x2E or last == 0x2026:
            tail = 2
        elif last == 0x21 or last == 0x3F:
            tail = 3
        elif last == 0x3A or last == 0x3B or last == 0x2014 or last == 0x2D:
            tail = 4
        else:
            tail = 0
        first_kind = inside[q, IN_FIRST_KIND]
        caps = inside[q, IN_CAPITALS]
        title_case = (
            0 if words == 0 else (3 if caps == words else (2 if caps * 5 >= words * 3 else (1 if caps > 1 else 0)))
        )
        at_start = p == 0 or kinds[p - 1] == BREAK
        at_end = p + 1 >= n or kinds[p + 1] == BREAK
        # The rest of the paragraph: is it a sentence at all, how many quotations stand in it?
        a = p
        while a > 0 and kinds[a - 1] != BREAK:
            a -= 1
        b = p + 1
        while b < n and kinds[b] != BREAK:
            b += 1
        n_in = 0
        rank = 0
        lower = 0
        capital = 0
        for i in range(a, b):
            if kinds[i] == QUOTE:
                if i < p:
                    rank += 1
                n_in += 1
            elif kinds[i] == LOWER:
                lower += 1
            elif kinds[i] == CAPITALISED or kinds[i] == ALL_CAPS:
                capital += 1
        closing = class_at(b - 1, classes) if b - 1 != p else (K_PERIOD if tail in (2, 3) else K_QUOTE)
        heading = (1 if closing != K_PERIOD else 0) + (2 if capital > lower else 0) + (4 if b - a < 12 else 0)
        first_paragraph = 0
        k = p
        while k > 0 and first_paragraph < 3:
            k -= 1
            if kinds[k] == BREAK:
                first_paragraph += 1
        # Nearest reporting verb on each side within the sentence.
        left_verb = np.uint32(0)
        left_steps = 0
        i = p - 1
        while i >= 0 and sentence[i] == sentence[p] and left_steps < 25:
            if kinds[i] == LOWER and bits[i] & REPORT:
                left_verb = hashes[i]
                break
            left_steps += 1
            i -= 1
        right_verb = np.uint32(0)
        right_steps = 0
        i = p + 1
        while i < n and sentence[i] == sentence[p] and right_steps < 25:
            if kinds[i] == LOWER and bits[i] & REPORT:
                right_verb = hashes[i]
                break
            right_steps += 1
            i += 1
        work = 0
        i = p - 1
        while i >= p - 6 and i >= 0 and sentence[i] == sentence[p]:
            if bits[i] & WORK:
                work |= 1
            if bits[i] & SO_CALLED:
                work |= 2
            i -= 1
        i = p + 1
        while i <= p + 5 and i < n and sentence[i] == sentence[p]:
            if bits[i] & WORK:
                work |= 4
            i += 1
        mark = marks[q, MARK_SINGLE] + 2 * marks[q, MARK_CONTINUES] + 4 * marks[q, MARK_REPAIRED]
        person = min(inside[q, IN_FIRST_PERSON], 3)
        sentences = min(inside[q, IN_SENTENCES], 3)
        shape = wbin * 40 + tail * 8 + min(first_kind, 7)
        edge = (1 if at_start else 0) + (2 if at_end else 0)
        for f, value in enumerate((l1, l2, l3, r1, r2, r3)):
            out[q, f] = mix(f + 1, value, 0)
        out[q, 6] = mix(7, l1, l2)
        out[q, 7] = mix(8, r1, r2)
        out[q, 8] = mix(9, l1, r1)
        out[q, 9] = mix(10, cl1 * 32 + cl2, cl3)
        out[q, 10] = mix(11, cr1 * 32 + cr2, cr3)
        out[q, 11] = mix(12, cl1 * 32 + cr1, wbin)
        out[q, 12] = mix(13, tail, cr1)
        out[q, 13] = mix(14, shape, 0)
        out[q, 14] = mix(15, first_kind, cl1 * 8 + tail)
        out[q, 15] = mix(16, mark, wbin)
        out[q, 16] = mix(17, edge, wbin)
        out[q, 17] = mix(18, edge * 8 + tail, first_kind)
        out[q, 18] = mix(19, title_case * 16 + wbin, cl1)
        out[q, 19] = mix(20, title_case, cr1 * 8 + tail)
        out[q, 20] = mix(21, heading, edge)
        out[q, 21] = mix(22, min(n_in, 6) * 8 + min(rank, 6), edge)
        out[q, 22] = mix(23, inside[q, IN_FIRST_WORD], 0)
        out[q, 23] = mix(24, inside[q, IN_LAST_WORD], tail)
        out[q, 24] = mix(25, person * 4 + sentences, wbin)
        out[q, 25] = mix(26, left_verb, distance_bin(left_steps))
        out[q, 26] = mix(27, right_verb, distance_bin(right_steps))
        out[q, 27] = mix(28, left_verb, 0)
        out[q, 28] = mix(29, right_verb, 0)
        out[q, 29] = mix(30, work, wbin)
        out[q, 30] = mix(31, work, title_case)
        out[q, 31] = mix(32, first_paragraph, heading)
        out[q, 32] = mix(33, (1 if left_verb else 0) + (2 if right_verb else 0), edge * 16 + wbin)
        out[q, 33] = mix(34, inside[q, IN_FIRST_WORD], inside[q, IN_SECOND_WORD])
        out[q, 34] = mix(35, cl1, cl2 * 32 + cr1)
        out[q, 35] = mix(36, title_case * 8 + tail, (1 if left_verb else 0) + (2 if right_verb else 0) + 4 * edge)
        out[q, 36] = mix(37, l2, l3)
        out[q, 37] = mix(38, mark, heading)
        out[q, 38] = mix(39, 0, 0)
        out[q, 39] = mix(40, inside[q, IN_LAST_WORD], inside[q, IN_FIRST_WORD]) if words <= 3 else mix(40, 0, 0)
        out[q, 40] = mix(41, l1, tail * 16 + wbin)
        out[q, 41] = mix(42, r1, tail)
        out[q, 42] = mix(43, wbin, work * 8 + min(first_kind, 7))
        out[q, 43] = mix(44, cl1 * 32 + cl2, cr1 * 32 + cr2)
        out[q, 44] = mix(45, l1, inside[q, IN_FIRST_WORD])
        out[q, 45] = mix(46, first_kind * 8 + tail, wbin * 4 + sentences)
