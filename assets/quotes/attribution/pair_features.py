"""Hashed features of a quotation with one of its candidate speakers."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
import numpy as np

from assets.quotes.attribution.feature_hashing import (
    MARK_CONTINUES,
    MARK_REPAIRED,
    class_at,
    distance_bin,
    mix,
    word_at,
)
from assets.quotes.attribution.mention_types import NAME, NAME_POSSESSIVE
from assets.quotes.tokens.classes import K_BREAK, K_COLON, K_COMMA, K_PERIOD, K_QUOTE
from assets.quotes.tokens.lexicon import FINITE, GERUND, GIVEN, GROUP, HONORIFIC, LABEL, POST, REPORT, ROLE, SAY, SOURCE
from assets.quotes.tokens.stream import BREAK, IN_FIRST_KIND, IN_FIRST_PERSON, IN_LAST_CODE, IN_WORDS, LOWER, QUOTE
from assets.text.compiled import compiled

N_PAIR_FEATURES = 56


@compiled
def pair_features_of(  # type: ignore[no-untyped-def]
    offsets, chosen, places, inside, marks, kinds, hashes, bits, paragraph, sentence, classes, c_start, c_end, c_head, c_type,
    c_after, c_before, c_count, c_order, out,
):  # fmt: skip
    n = len(kinds)
    for q in range(len(places)):
        p = places[q]
        words = inside[q, IN_WORDS]
        wbin = 0 if words < 2 else (1 if words < 4 else (2 if words < 8 else 3))
        last = inside[q, IN_LAST_CODE]
        tail = (
            1 if last == 0x2C else (2 if last == 0x2E or last == 0x2026 else (3 if last == 0x21 or last == 0x3F else 0))
        )
        at_start = p == 0 or kinds[p - 1] == BREAK
        at_end = p + 1 >= n or kinds[p + 1] == BREAK
        edge = (1 if at_start else 0) + (2 if at_end else 0)
        upper = 1 if inside[q, IN_FIRST_KIND] != LOWER else 0
        form = edge * 32 + tail * 8 + upper * 4 + wbin
        cl1 = class_at(p - 1, classes)
        cr1 = class_at(p + 1, classes)
        l1 = word_at(p - 1, hashes)
        begin = offsets[q]
        stop = offsets[q + 1]
        split = begin  # first candidate after the quotation
        while split < stop and c_head[chosen[split]] < p:
            split += 1
        # The nearest candidate with a reporting verb, on each side of the same paragraph: the rule everybody starts with.
        near_left = -1
        for row in range(split - 1, begin - 1, -1):
            c = chosen[row]
            if sentence[c_head[c]] != sentence[p]:
                break
            v = c_after[c]
            if v >= 0 and v < p and bits[v] & REPORT:
                near_left = row
                break
        near_right = -1
        for row in range(split, stop):
            c = chosen[row]
            if paragraph[c_head[c]] != paragraph[p]:
                break
            v = c_after[c]
            w = c_before[c]
            if (v >= 0 and bits[v] & SAY) or (w > p and bits[w] & SAY and w - p <= 2):
                if c_start[c] - p <= 4:
                    near_right = row
                break
        for row in range(begin, stop):
            c = chosen[row]
            s, e, h = c_start[c], c_end[c], c_head[c]
            kind = np.int64(c_type[c])
            is_after = row >= split
            far = paragraph[h] - paragraph[p] + 3
            same_sentence = sentence[h] == sentence[p]
            if is_after:
                gap = max(0, s - p - 1)
                rank = row - split
                lo, hi = p + 1, s
            else:
                gap = max(0, p - e)
                rank = split - 1 - row
                lo, hi = e, p
            crossed_quotes = 0
            crossed_stops = 0
            crossed_commas = 0
            crossed_verbs = 0
            crossed_colon = 0
            between_verb = np.uint32(0)
            path = np.uint32(17)
            span_path = hi - lo <= 7
            for i in range(lo, min(hi, lo + 90)):
                k = classes[i]
                if k == K_QUOTE:
                    crossed_quotes += 1
                elif k == K_PERIOD or k == K_BREAK:
                    crossed_stops += 1
                elif k == K_COMMA:
                    crossed_commas += 1
                elif k == K_COLON:
                    crossed_colon += 1
                elif bits[i] & REPORT and kinds[i] == LOWER:
                    crossed_verbs += 1
                    if between_verb == 0 or not is_after:
                        between_verb = hashes[i]  # the verb nearest the quotation
                if span_path:
                    path = np.uint32((path * np.uint32(31)) ^ np.uint32(k + 1))
            if not span_path:
                path = np.uint32(5)
            va = c_after[c]
            vb = c_before[c]
            vah = hashes[va] if va >= 0 else np.uint32(0)
            vac = np.int64(classes[va]) if va >= 0 else 0
            va_report = 0
            va_place = 0  # the verb stands before the quotation, after it, or beyond it
            if va >= 0:
                va_report = (
                    (1 if bits[va] & REPORT else 0)
                    + (2 if bits[va] & SAY else 0)
                    + (4 if bits[va] & LABEL else 0)
                    + (8 if bits[va] & GERUND else 0)
                )
                va_place = 1 if va < p else 2
                if not is_after and va > p:
                    va_place = 3
            vbh = hashes[vb] if vb >= 0 else np.uint32(0)
            vb_report = 0
            if vb >= 0:
                vb_report = (
                    (1 if bits[vb] & REPORT else 0) + (2 if bits[vb] & SAY else 0) + (4 if bits[vb] & FINITE else 0)
                )
                if is_after and vb < p:
                    vb_report |= 16
            b1 = word_at(s - 1, hashes)
            b2 = word_at(s - 2, hashes)
            a1 = word_at(e, hashes)
            a2 = word_at(e + 1, hashes)
            cb1 = np.int64(class_at(s - 1, classes))
            cb2 = np.int64(class_at(s - 2, classes))
            ca1 = np.int64(class_at(e, classes))
            ca2 = np.int64(class_at(e + 1, classes))
            ca3 = np.int64(class_at(e + 2, classes))
            head_of_sentence = (
                s == 0 or sentence[s - 1] != sentence[h] or kinds[s - 1] == BREAK or kinds[s - 1] == QUOTE
            )
            first_in_sentence = c == 0 or sentence[c_head[c - 1]] != sentence[h]
            subject = (1 if head_of_sentence else 0) + (2 if first_in_sentence else 0)
            hb = bits[h]
            if kind == NAME or kind == NAME_POSSESSIVE:
                sort = (
                    (1 if bits[s] & (HONORIFIC | POST | ROLE) else 0)
                    + (2 if bits[s] & GIVEN else 0)
                    + (4 if hb & (GROUP | SOURCE) else 0)
                )
                sort = sort * 4 + min(e - s, 4) - 1
                identity = np.uint32(sort)
            else:
                identity = hashes[h]
                sort = (1 if hb & (ROLE | POST) else 0) + (2 if hb & GROUP else 0) + (4 if hb & SOURCE else 0)
            # Another quotation right beside the candidate, on the side away from this one.
            beside = 0
            if is_after:
                if e < n and kinds[e] == QUOTE:
                    beside = 1
                elif va >= 0 and va + 1 < n and kinds[va + 1] == QUOTE:
                    beside = 2
                elif va >= 0 and va + 2 < n and kinds[va + 2] == QUOTE:
                    beside = 3
            else:
                if s > 0 and kinds[s - 1] == QUOTE:
                    beside = 1
                elif s > 1 and kinds[s - 2] == QUOTE:
                    beside = 2
                elif va >= 0 and va + 1 < n and kinds[va + 1] == QUOTE and va + 1 < p:
                    beside = 3
            side = (1 if is_after else 0) + (2 if same_sentence else 0)
            where = side * 8 + far
            g = distance_bin(gap)
            crossing = min(crossed_quotes, 3) * 16 + min(crossed_stops, 3) * 4 + min(crossed_verbs, 3)
            rule = (
                (1 if row == near_left else 0)
                + (2 if row == near_right else 0)
                + (4 if near_left >= 0 else 0)
                + (8 if near_right >= 0 else 0)
            )
            frequency = min(c_count[c], 7)
            seen = min(c_order[c], 3)
            person = min(inside[q, IN_FIRST_PERSON], 2)
            out[row, 0] = mix(101, kind, where)
            out[row, 1] = mix(102, kind * 16 + g, where)
            out[row, 2] = mix(103, kind, crossing * 64 + where)
            out[row, 3] = mix(104, min(rank, 8), where * 8 + kind)
            out[row, 4] = mix(105, rule, where)
            out[row, 5] = mix(106, vah, where)
            out[row, 6] = mix(107, vah, va_place * 4 + min(crossed_quotes, 2))
            out[row, 7] = mix(108, va_report * 4 + va_place, where)
            out[row, 8] = mix(109, va_report * 4 + va_place, kind * 64 + subject * 16 + g)
            out[row, 9] = mix(110, vbh, where)
            out[row, 10] = mix(111, vb_report, where * 16 + g)
            out[row, 11] = mix(112, b1, side)
            out[row, 12] = mix(113, b1, b2)
            out[row, 13] = mix(114, a1, side)
            out[row, 14] = mix(115, a1, a2)
            out[row, 15] = mix(116, cb1 * 32 + cb2, side)
            out[row, 16] = mix(117, ca1 * 1024 + ca2 * 32 + ca3, side)
            out[row, 17] = mix(118, path, side)
            out[row, 18] = mix(119, path, vah)
            out[row, 19] = mix(120, path, kind * 64 + form)
            out[row, 20] = mix(121, identity, kind)
            out[row, 21] = mix(122, identity, where)
            out[row, 22] = mix(123, identity, vah)
            out[row, 23] = mix(124, subject * 8 + kind, where)
            out[row, 24] = mix(125, subject, va_report * 8 + min(crossed_verbs, 2))
            out[row, 25] = mix(126, form, where)
            out[row, 26] = mix(127, form, kind * 64 + where)
            out[row, 27] = mix(128, form, rule)
            out[row, 28] = mix(129, form, va_report * 16 + va_place * 4 + side)
            out[row, 29] = mix(130, between_verb, where)
            out[row, 30] = mix(131, between_verb, vah)
            out[row, 31] = mix(132, frequency * 4 + seen, kind)
            out[row, 32] = mix(133, beside * 4 + side, form)
            out[row, 33] = mix(134, beside * 4 + side, va_report)
            out[row, 34] = mix(135, cr1 * 32 + cl1, where * 8 + kind)
            out[row, 35] = mix(136, l1, where)
            out[row, 36] = mix(137, l1, vah)
            out[row, 37] = mix(138, cl1 * 32 + ca1, side * 16 + g)
            out[row, 38] = mix(139, crossed_commas, side * 64 + min(crossed_colon, 2) * 16 + min(crossed_quotes, 3))
            out[row, 39] = mix(140, sort, where)
            out[row, 40] = mix(141, sort, va_report * 8 + kind)
            out[row, 41] = mix(142, person, kind * 64 + where)
            out[row, 42] = mix(143, identity, person)
            out[row, 43] = mix(144, ca1, form)
            out[row, 44] = mix(145, cb1 * 32 + ca1, where)
            out[row, 45] = mix(146, marks[q, MARK_CONTINUES] * 2 + marks[q, MARK_REPAIRED], where)
            out[row, 46] = mix(147, vac, path)
            out[row, 47] = mix(148, g, crossing * 8 + kind)
            out[row, 48] = mix(149, vah, vbh)
            out[row, 49] = mix(150, form, crossing * 32 + where)
            out[row, 50] = mix(151, rule, kind * 16 + beside)
            out[row, 51] = mix(152, 0, 0)
            out[row, 52] = mix(153, identity, path)
            out[row, 53] = mix(154, vah, form)
            out[row, 54] = mix(155, b1, a1)
            out[row, 55] = mix(156, cb1, vbh)
