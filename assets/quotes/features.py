"""What the ranker looks at: hashed features of a quotation and of each candidate speaker."""

# ruff: noqa: SIM109 - compiled code compares integers one by one

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from assets.quotes.candidates import (
    K_BREAK,
    K_COLON,
    K_COMMA,
    K_PERIOD,
    K_QUOTE,
    NAME,
    NAME_POSSESSIVE,
    Candidates,
)
from assets.quotes.lexicon import (
    FINITE,
    GERUND,
    GIVEN,
    GROUP,
    HONORIFIC,
    LABEL,
    POST,
    REPORT,
    ROLE,
    SAY,
    SO_CALLED,
    SOURCE,
    WORK,
)
from assets.quotes.stream import (
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
    Stream,
)

N_QUOTE_FEATURES = 46
N_PAIR_FEATURES = 56
BEFORE_LIMIT = 14  # candidates of the same paragraph before a quotation
AFTER_LIMIT = 10
EARLIER_LIMIT = 10  # candidates of the paragraphs before
LATER_LIMIT = 3
EARLIER_PARAGRAPHS = 2

# Columns of the marks that come with a quotation.
MARK_SINGLE, MARK_CONTINUES, MARK_REPAIRED = range(3)


@dataclass(frozen=True)
class Pairs:
    """Quotations and their candidates: rows ``offsets[q]:offsets[q + 1]`` of ``candidates`` and ``features`` belong to ``q``."""

    offsets: NDArray[np.int64]
    candidates: NDArray[np.int32]
    features: NDArray[np.uint32]
    quote_features: NDArray[np.uint32]


def pair_features(stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], marks: NDArray[np.int8]) -> Pairs:
    """Features of every quotation and of each of its candidates; ``marks`` has a row (single, continues, repaired) a quotation."""
    offsets, chosen = _windows(
        stream.places,
        stream.paragraph,
        stream.article,
        candidates.starts,
        candidates.ends,
        candidates.heads,
        candidates.types,
        candidates.verb_after,
        candidates.verb_before,
        stream.bits,
    )
    quote_features = _quote_features(
        stream.places,
        stream.inside,
        marks,
        stream.codes,
        stream.starts,
        stream.ends,
        stream.kinds,
        stream.hashes,
        stream.bits,
        stream.paragraph,
        stream.sentence,
        stream.article,
        classes,
    )
    features = _pair_features(
        offsets, chosen, stream.places, stream.inside, marks, stream.codes, stream.starts, stream.ends, stream.kinds, stream.hashes,
        stream.bits, stream.paragraph, stream.sentence, stream.article, classes, candidates.starts, candidates.ends,
        candidates.heads, candidates.types, candidates.keys, candidates.verb_after, candidates.verb_before,
        candidates.count, candidates.order,
    )  # fmt: skip
    return Pairs(offsets, chosen, features, quote_features)


@njit(cache=True, nogil=True, inline="always")
def mix(template, a, b):  # type: ignore[no-untyped-def]
    """32-bit hash of a feature: its template and two values."""
    h = np.uint32(template) * np.uint32(0x9E3779B1) + np.uint32(0x7F4A7C15)
    h = np.uint32((h ^ np.uint32(a)) * np.uint32(0x85EBCA6B))
    h = np.uint32(h ^ (h >> np.uint32(13)))
    h = np.uint32((h ^ np.uint32(b)) * np.uint32(0xC2B2AE35))
    return np.uint32(h ^ (h >> np.uint32(16)))


@njit(cache=True, nogil=True, inline="always")
def _bin(x):  # type: ignore[no-untyped-def]
    if x < 6:
        return x
    if x < 8:
        return 6
    if x < 12:
        return 7
    if x < 18:
        return 8
    if x < 28:
        return 9
    if x < 45:
        return 10
    return 11


@njit(cache=True, nogil=True)
def _windows(places, paragraph, article, c_start, c_end, c_head, c_type, after, before, bits):  # type: ignore[no-untyped-def]
    n_quotes = len(places)
    offsets = np.zeros(n_quotes + 1, np.int64)
    chosen = np.empty(n_quotes * (BEFORE_LIMIT + AFTER_LIMIT + EARLIER_LIMIT + LATER_LIMIT), np.int32)
    count = 0
    buffer = np.empty(BEFORE_LIMIT + EARLIER_LIMIT, np.int32)
    n = len(c_start)
    for q in range(n_quotes):
        place = places[q]
        first = np.searchsorted(c_head, place)
        taken = 0
        earlier = 0
        near = 0
        c = first - 1
        while c >= 0 and article[c_head[c]] == article[place]:
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
        while c < n and article[c_head[c]] == article[place]:
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


@njit(cache=True, nogil=True)
def _word(i, place, hashes, paragraph, article, n):  # type: ignore[no-untyped-def]
    if i < 0 or i >= n or article[i] != article[place]:
        return np.uint32(1)
    return hashes[i]


@njit(cache=True, nogil=True)
def _class(i, place, classes, paragraph, article, n):  # type: ignore[no-untyped-def]
    if i < 0 or i >= n or article[i] != article[place]:
        return K_BREAK
    return classes[i]


@njit(cache=True, nogil=True)
def _quote_features(  # type: ignore[no-untyped-def]
    places, inside, marks, codes, starts, ends, kinds, hashes, bits, paragraph, sentence, article, classes
):
    n_quotes = len(places)
    n = len(starts)
    out = np.zeros((n_quotes, N_QUOTE_FEATURES), np.uint32)
    for q in range(n_quotes):
        p = places[q]
        l1 = _word(p - 1, p, hashes, paragraph, article, n)
        l2 = _word(p - 2, p, hashes, paragraph, article, n)
        l3 = _word(p - 3, p, hashes, paragraph, article, n)
        r1 = _word(p + 1, p, hashes, paragraph, article, n)
        r2 = _word(p + 2, p, hashes, paragraph, article, n)
        r3 = _word(p + 3, p, hashes, paragraph, article, n)
        cl1 = _class(p - 1, p, classes, paragraph, article, n)
        cl2 = _class(p - 2, p, classes, paragraph, article, n)
        cl3 = _class(p - 3, p, classes, paragraph, article, n)
        cr1 = _class(p + 1, p, classes, paragraph, article, n)
        cr2 = _class(p + 2, p, classes, paragraph, article, n)
        cr3 = _class(p + 3, p, classes, paragraph, article, n)
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
        at_start = p == 0 or kinds[p - 1] == BREAK or article[p - 1] != article[p]
        at_end = p + 1 >= n or kinds[p + 1] == BREAK
        # The rest of the paragraph: is it a sentence at all, how many quotations stand in it?
        a = p
        while a > 0 and kinds[a - 1] != BREAK and article[a - 1] == article[p]:
            a -= 1
        b = p + 1
        while b < n and kinds[b] != BREAK and article[b] == article[p]:
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
        closing = (
            _class(b - 1, p, classes, paragraph, article, n)
            if b - 1 != p
            else (K_PERIOD if tail in (2, 3) else K_QUOTE)
        )
        heading = (1 if closing != K_PERIOD else 0) + (2 if capital > lower else 0) + (4 if b - a < 12 else 0)
        first_paragraph = 0
        k = p
        while k > 0 and article[k - 1] == article[p] and first_paragraph < 3:
            k -= 1
            if kinds[k] == BREAK:
                first_paragraph += 1
        # Nearest reporting verb on each side within the sentence.
        left_verb = np.uint32(0)
        left_steps = 0
        i = p - 1
        while i >= 0 and sentence[i] == sentence[p] and article[i] == article[p] and left_steps < 25:
            if kinds[i] == LOWER and bits[i] & REPORT:
                left_verb = hashes[i]
                break
            left_steps += 1
            i -= 1
        right_verb = np.uint32(0)
        right_steps = 0
        i = p + 1
        while i < n and sentence[i] == sentence[p] and article[i] == article[p] and right_steps < 25:
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
        out[q, 25] = mix(26, left_verb, _bin(left_steps))
        out[q, 26] = mix(27, right_verb, _bin(right_steps))
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
    return out


@njit(cache=True, nogil=True)
def _pair_features(  # type: ignore[no-untyped-def]
    offsets, chosen, places, inside, marks, codes, starts, ends, kinds, hashes, bits, paragraph, sentence, article, classes,
    c_start, c_end, c_head, c_type, c_key, c_after, c_before, c_count, c_order,
):  # fmt: skip
    n = len(starts)
    out = np.zeros((len(chosen), N_PAIR_FEATURES), np.uint32)
    for q in range(len(places)):
        p = places[q]
        words = inside[q, IN_WORDS]
        wbin = 0 if words < 2 else (1 if words < 4 else (2 if words < 8 else 3))
        last = inside[q, IN_LAST_CODE]
        tail = (
            1 if last == 0x2C else (2 if last == 0x2E or last == 0x2026 else (3 if last == 0x21 or last == 0x3F else 0))
        )
        at_start = p == 0 or kinds[p - 1] == BREAK or article[p - 1] != article[p]
        at_end = p + 1 >= n or kinds[p + 1] == BREAK or article[p + 1] != article[p]
        edge = (1 if at_start else 0) + (2 if at_end else 0)
        upper = 1 if inside[q, IN_FIRST_KIND] != LOWER else 0
        form = edge * 32 + tail * 8 + upper * 4 + wbin
        cl1 = _class(p - 1, p, classes, paragraph, article, n)
        cr1 = _class(p + 1, p, classes, paragraph, article, n)
        l1 = _word(p - 1, p, hashes, paragraph, article, n)
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
            b1 = _word(s - 1, h, hashes, paragraph, article, n)
            b2 = _word(s - 2, h, hashes, paragraph, article, n)
            a1 = _word(e, h, hashes, paragraph, article, n)
            a2 = _word(e + 1, h, hashes, paragraph, article, n)
            cb1 = np.int64(_class(s - 1, h, classes, paragraph, article, n))
            cb2 = np.int64(_class(s - 2, h, classes, paragraph, article, n))
            ca1 = np.int64(_class(e, h, classes, paragraph, article, n))
            ca2 = np.int64(_class(e + 1, h, classes, paragraph, article, n))
            ca3 = np.int64(_class(e + 2, h, classes, paragraph, article, n))
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
            g = _bin(gap)
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
    return out
