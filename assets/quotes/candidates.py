"""Who may be the speaker: names, pronouns and nominal phrases of a token stream, found without deciding anything."""

# ruff: noqa: SIM102, SIM109 - compiled code compares integers one by one

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from assets.quotes.lexicon import (
    ADVERB,
    AUXILIARY,
    BY,
    CALENDAR,
    CONJUNCTION,
    DETERMINER,
    FINITE,
    FUNCTION,
    GERUND,
    GROUP,
    HONORIFIC,
    INDEFINITE,
    NEGATION,
    OBJECT,
    PARTICLE,
    PORTFOLIO,
    POSSESSIVE,
    POST,
    PREPOSITION,
    RELATIVE,
    REPORT,
    ROLE,
    SAY,
    SOURCE,
    SUBJECT,
    SUBORDINATOR,
    SUFFIX,
)
from assets.quotes.stream import ALL_CAPS, BREAK, CAPITALISED, CLITIC, LOWER, NUMBER, PUNCTUATION, QUOTE, Stream

(
    NAME,
    NAME_POSSESSIVE,
    SUBJECT_PRONOUN,
    OBJECT_PRONOUN,
    POSSESSIVE_PRONOUN,
    RELATIVE_PRONOUN,
    NOMINAL,
    INDEFINITE_PRONOUN,
) = range(8)

# Coarse classes of tokens, the alphabet in which the path between speaker and quotation is written.
(
    K_OTHER, K_QUOTE, K_BREAK, K_COMMA, K_PERIOD, K_COLON, K_BRACKET, K_DASH, K_SAY, K_REPORT, K_GERUND, K_AUXILIARY,
    K_PREPOSITION, K_DETERMINER, K_CONJUNCTION, K_SUBORDINATOR, K_SUBJECT, K_POSSESSIVE, K_NAME, K_TITLE, K_ED, K_ING,
    K_LY, K_LOWER, K_NUMBER, K_CLITIC, K_PERSON_NOUN, K_THING_NOUN, K_ADVERB, K_RELATIVE, K_TO,
) = range(31)  # fmt: skip
COMMON_BITS = 1 << 18  # size of the set of words that are common in lower case
OF, AND, TO = 0, 0, 0


@dataclass(frozen=True)
class Candidates:
    """Possible speakers in stream order: token ranges ``starts:ends``, the head token, type, key of the head spelling.

    ``verb_after`` and ``verb_before`` are the tokens that would be their reporting verb, -1 where there is none; ``count``
    is how often the article names the key and ``order`` which of these the mention is.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    heads: NDArray[np.int32]
    types: NDArray[np.int8]
    keys: NDArray[np.uint32]
    verb_after: NDArray[np.int32]
    verb_before: NDArray[np.int32]
    count: NDArray[np.int32]
    order: NDArray[np.int32]


def find_candidates(stream: Stream, common: NDArray[np.uint8]) -> tuple[Candidates, NDArray[np.uint8]]:
    """Candidates of all articles of the stream, and the coarse class of every token.

    ``common`` is a bit set over word hashes: words that news prints in lower case, hence no names at a sentence's head.
    """
    classes = _token_classes(stream.codes, stream.starts, stream.ends, stream.kinds, stream.bits)
    columns = _find(
        stream.codes,
        stream.starts,
        stream.ends,
        stream.kinds,
        stream.hashes,
        stream.bits,
        stream.sentence,
        stream.article,
        classes,
        common,
    )
    return Candidates(*columns), classes


@njit(cache=True, nogil=True)
def _token_classes(codes, starts, ends, kinds, bits):  # type: ignore[no-untyped-def]
    n = len(starts)
    out = np.zeros(n, np.uint8)
    for i in range(n):
        kind = kinds[i]
        b = bits[i]
        if kind == QUOTE:
            c = K_QUOTE
        elif kind == BREAK:
            c = K_BREAK
        elif kind == PUNCTUATION:
            code = codes[starts[i]]
            if code == 0x2C or code == 0x3B:
                c = K_COMMA
            elif code == 0x2E or code == 0x21 or code == 0x3F or code == 0x2026:
                c = K_PERIOD
            elif code == 0x3A:
                c = K_COLON
            elif code == 0x28 or code == 0x29 or code == 0x5B or code == 0x5D:
                c = K_BRACKET
            elif code == 0x2013 or code == 0x2014 or code == 0x2D or code == 0x2015:
                c = K_DASH
            else:
                c = K_OTHER
        elif kind == CLITIC:
            c = K_CLITIC
        elif kind == NUMBER:
            c = K_NUMBER
        elif kind == LOWER or b & FUNCTION:
            last = codes[ends[i] - 1]
            length = ends[i] - starts[i]
            if b & SUBJECT and not b & RELATIVE:
                c = K_SUBJECT
            elif b & RELATIVE:
                c = K_RELATIVE
            elif b & POSSESSIVE:
                c = K_POSSESSIVE
            elif b & AUXILIARY:
                c = K_AUXILIARY
            elif b & GERUND:
                c = K_GERUND
            elif b & SAY and b & FINITE:
                c = K_SAY
            elif b & REPORT and not b & (SOURCE | PREPOSITION):
                c = K_REPORT
            elif b & CONJUNCTION:
                c = K_CONJUNCTION
            elif b & DETERMINER:
                c = K_DETERMINER
            elif b & PREPOSITION:
                c = K_TO if length == 2 and last == 0x6F and codes[starts[i]] == 0x74 else K_PREPOSITION
            elif b & SUBORDINATOR:
                c = K_SUBORDINATOR
            elif b & (ROLE | POST | HONORIFIC):
                c = K_PERSON_NOUN
            elif b & (GROUP | SOURCE):
                c = K_THING_NOUN
            elif b & (ADVERB | NEGATION):
                c = K_ADVERB
            elif length > 4 and last == 0x79 and codes[ends[i] - 2] == 0x6C:
                c = K_LY
            elif length > 4 and last == 0x64 and codes[ends[i] - 2] == 0x65:
                c = K_ED
            elif length > 4 and last == 0x67 and codes[ends[i] - 2] == 0x6E and codes[ends[i] - 3] == 0x69:
                c = K_ING
            else:
                c = K_LOWER
        else:
            c = K_TITLE if b & (HONORIFIC | POST | ROLE) else K_NAME
        out[i] = c
    return out


@njit(cache=True, nogil=True)
def _slot(table, tags, key, article, insert):  # type: ignore[no-untyped-def]
    """Place of (key, article) in an open-addressing table, -1 where it is absent and not inserted."""
    mask = len(table) - 1
    slot = np.int64((np.uint64(key) * np.uint64(2654435761) + np.uint64(article) * np.uint64(40503)) & np.uint64(mask))
    while tags[slot] >= 0:
        if table[slot] == key and tags[slot] == article:
            return slot
        slot = (slot + 1) & mask
    if not insert:
        return -1
    table[slot] = key
    tags[slot] = article
    return slot


@njit(cache=True, nogil=True)
def _is_common(common, key):  # type: ignore[no-untyped-def]
    place = key & np.uint32(COMMON_BITS - 1)
    return (common[place >> 3] >> (place & 7)) & 1 == 1


@njit(cache=True, nogil=True)
def _sentence_head(i, kinds, sentence):  # type: ignore[no-untyped-def]
    if i == 0 or sentence[i - 1] != sentence[i] or kinds[i - 1] == QUOTE or kinds[i - 1] == BREAK:
        return True
    return kinds[i - 1] == PUNCTUATION and (i == 1 or sentence[i - 2] != sentence[i])


@njit(cache=True, nogil=True)
def _capitalised_on_purpose(i, kinds, bits, sentence):  # type: ignore[no-untyped-def]
    """Whether a function word is a name here: WHO, IT and US among lower-case words, Will or From before a verb."""
    if i == 0 or i + 1 >= len(kinds) or (bits[i] & (SUBJECT | OBJECT | POSSESSIVE) and kinds[i] != ALL_CAPS):
        return False
    if kinds[i] == ALL_CAPS:
        return kinds[i - 1] != ALL_CAPS and kinds[i + 1] != ALL_CAPS
    if bits[i] & (DETERMINER | CONJUNCTION | SUBORDINATOR | RELATIVE):
        return False
    return (
        kinds[i + 1] == LOWER
        and bits[i + 1] & REPORT != 0
        and bits[i + 1] & FINITE != 0
        and sentence[i - 1] == sentence[i]
    )


@njit(cache=True, nogil=True)
def _find(codes, starts, ends, kinds, hashes, bits, sentence, article, classes, common):  # type: ignore[no-untyped-def]
    n = len(starts)
    size = 16
    while size < 2 * n + 16:
        size *= 2
    # Words that an article capitalises within a sentence are names at a sentence's head, too.
    capital_keys = np.zeros(size, np.uint32)
    capital_tags = np.full(size, -1, np.int32)
    for i in range(n):
        if (kinds[i] == CAPITALISED or kinds[i] == ALL_CAPS) and not _sentence_head(i, kinds, sentence):
            _slot(capital_keys, capital_tags, hashes[i], article[i], True)
    is_name = np.zeros(n, np.bool_)
    for i in range(n):
        if kinds[i] != CAPITALISED and kinds[i] != ALL_CAPS:
            continue
        b = bits[i]
        if b & FUNCTION and not _capitalised_on_purpose(i, kinds, bits, sentence):
            continue
        if b & CALENDAR and not (i + 1 < n and bits[i + 1] & SAY):
            continue
        if (
            _sentence_head(i, kinds, sentence)
            and kinds[i] == CAPITALISED
            and _is_common(common, hashes[i])
            and not b & (HONORIFIC | POST)
            and _slot(capital_keys, capital_tags, hashes[i], article[i], False) < 0
        ):
            continue
        is_name[i] = True

    c_start = np.empty(n, np.int32)
    c_end = np.empty(n, np.int32)
    c_head = np.empty(n, np.int32)
    c_type = np.empty(n, np.int8)
    count = 0
    i = 0
    while i < n:
        b = bits[i]
        kind = kinds[i]
        if is_name[i]:
            j = i + 1
            all_titles = b & (HONORIFIC | POST | ROLE) != 0
            group = b & GROUP != 0
            while j < n and sentence[j] == sentence[i]:
                if is_name[j]:
                    all_titles = all_titles and bits[j] & (HONORIFIC | POST | ROLE) != 0
                    group = group or bits[j] & GROUP != 0
                    j += 1
                elif (
                    bits[j] & PARTICLE and kinds[j] != PUNCTUATION and j + 1 < n and is_name[j + 1] and not bits[j] & BY
                ):
                    j += 2
                elif j + 2 < n and bits[j] & PARTICLE and bits[j + 1] & PARTICLE and is_name[j + 2]:
                    j += 3
                elif (
                    bits[j - 1] & POST
                    and j + 2 < n
                    and ends[j] - starts[j] == 2
                    and codes[starts[j]] == 0x6F
                    and bits[j + 1] & PORTFOLIO
                    and is_name[j + 1]
                    and is_name[j + 2]
                ):
                    j += 2  # Secretary of State Ida Roe
                    all_titles = False
                elif (kinds[j] == PUNCTUATION and codes[starts[j]] == 0x26 and j + 1 < n and is_name[j + 1]) or (
                    group
                    and bits[j] & PREPOSITION
                    and ends[j] - starts[j] == 2
                    and codes[starts[j]] == 0x6F
                    and j + 1 < n
                    and is_name[j + 1]
                ):
                    j += 2
                else:
                    break
            head = j - 1
            while head > i and bits[head] & SUFFIX and is_name[head - 1]:
                head -= 1
            if (
                j + 1 < n
                and kinds[j] == PUNCTUATION
                and codes[starts[j]] == 0x2C
                and bits[j + 1] & SUFFIX
                and is_name[j + 1]
            ):
                j += 2
            c_start[count] = i
            c_end[count] = j
            c_head[count] = head
            if all_titles:
                c_type[count] = NOMINAL
                k = i - 1
                while (
                    k >= 0
                    and i - k <= 4
                    and sentence[k] == sentence[i]
                    and (kinds[k] == LOWER or kinds[k] == CAPITALISED)
                ):
                    if bits[k] & (DETERMINER | POSSESSIVE):
                        c_start[count] = k
                        break
                    if bits[k] & FUNCTION:
                        break
                    k -= 1
            elif j < n and kinds[j] == CLITIC and (ends[j] - starts[j] == 1 or codes[ends[j] - 1] == 0x73):
                c_type[count] = NAME_POSSESSIVE
            else:
                c_type[count] = NAME
            count += 1
            i = j
            continue
        if b & (SUBJECT | OBJECT | POSSESSIVE | RELATIVE) and (
            kind == LOWER or kind == CAPITALISED or (kind == ALL_CAPS and ends[i] - starts[i] > 2)
        ):
            c_start[count] = i
            c_end[count] = i + 1
            c_head[count] = i
            if b & RELATIVE:
                c_type[count] = RELATIVE_PRONOUN
            elif b & POSSESSIVE:
                c_type[count] = POSSESSIVE_PRONOUN
            elif b & SUBJECT:
                c_type[count] = SUBJECT_PRONOUN
            else:
                c_type[count] = OBJECT_PRONOUN
            count += 1
            # "her" may be a determiner of a phrase that follows: go on with the next token.
            i += 1
            continue
        if kind == LOWER or (kind == CAPITALISED and not b & CALENDAR):
            following = i + 1
            while (
                following < n
                and following < i + 4
                and (bits[following] & (AUXILIARY | ADVERB | NEGATION) or classes[following] == K_LY)
                and sentence[following] == sentence[i]
            ):
                following += 1
            before_verb = (
                following < n
                and sentence[following] == sentence[i]
                and kinds[following] == LOWER
                and bits[following] & REPORT != 0
                and bits[following] & FINITE != 0
            )
            noun = b & (ROLE | GROUP | SOURCE | POST) != 0
            take = False
            if (
                b & INDEFINITE
                and (before_verb or (i + 1 < n and bits[i + 1] & PREPOSITION))
                and not (i > 0 and kinds[i - 1] == CLITIC)
            ):
                take = before_verb or _sentence_head(i, kinds, sentence)
            elif noun and not b & FUNCTION:
                take = True
                if i + 1 < n and sentence[i + 1] == sentence[i]:
                    if is_name[i + 1] or (
                        bits[i + 1] & (ROLE | GROUP | SOURCE | POST) and not bits[i + 1] & (REPORT | FUNCTION)
                    ):
                        take = False
                if take and b & REPORT and i > 0:
                    k = i - 1
                    take = (
                        bits[k] & (DETERMINER | POSSESSIVE) != 0
                        or kinds[k] == CLITIC
                        or (
                            kinds[k] == LOWER
                            and not bits[k] & (FUNCTION | AUXILIARY)
                            and not bits[k] & (ROLE | GROUP | POST)
                        )
                    ) and sentence[k] == sentence[i]
            elif before_verb and not b & (FUNCTION | ADVERB | AUXILIARY | REPORT) and classes[i] != K_LY:
                take = True
            elif (
                i >= 2
                and not b & (FUNCTION | ADVERB | AUXILIARY)
                and bits[i - 1] & (DETERMINER | POSSESSIVE)
                and bits[i - 2] & SAY
                and bits[i - 2] & FINITE
                and kinds[i - 2] == LOWER
            ):
                # said the <unlisted noun>: the phrase runs to the next function word
                j = i
                while (
                    j + 1 < n
                    and j - i < 5
                    and (kinds[j + 1] == LOWER or kinds[j + 1] == CAPITALISED or kinds[j + 1] == CLITIC)
                    and not bits[j + 1] & FUNCTION
                    and not bits[j + 1] & REPORT
                    and sentence[j + 1] == sentence[i]
                ):
                    j += 1
                if not is_name[j] and (j == i or not bits[j] & (ROLE | GROUP | SOURCE | POST)):
                    c_start[count] = i - 1
                    c_end[count] = j + 1
                    c_head[count] = j
                    c_type[count] = NOMINAL
                    count += 1
                    i = j + 1
                    continue
            if take:
                c_start[count] = i
                c_end[count] = i + 1
                c_head[count] = i
                c_type[count] = INDEFINITE_PRONOUN if b & INDEFINITE and not noun else NOMINAL
                k = i - 1
                while k >= 0 and i - k <= 7 and sentence[k] == sentence[i]:
                    if bits[k] & (DETERMINER | POSSESSIVE) and kinds[k] != CLITIC:
                        c_start[count] = k
                        break
                    if kinds[k] == CAPITALISED or kinds[k] == ALL_CAPS or kinds[k] == CLITIC or kinds[k] == NUMBER:
                        if bits[k] & FUNCTION and kinds[k] != ALL_CAPS and kinds[k] != CLITIC:
                            break
                        c_start[count] = k
                    elif (
                        kinds[k] == LOWER
                        and not bits[k] & (FUNCTION | AUXILIARY)
                        and not (bits[k] & REPORT and bits[k] & FINITE)
                        and classes[k] != K_ED
                        and classes[k] != K_GERUND
                        and classes[k] != K_LY
                    ):
                        c_start[count] = k
                    else:
                        break
                    k -= 1
                if kinds[c_start[count]] == CLITIC:
                    c_start[count] = i
                count += 1
        i += 1

    c_key = np.empty(count, np.uint32)
    after = np.full(count, -1, np.int32)
    before = np.full(count, -1, np.int32)
    counts = np.zeros(count, np.int32)
    order = np.zeros(count, np.int32)
    key_table = np.zeros(size, np.uint32)
    key_tags = np.full(size, -1, np.int32)
    key_counts = np.zeros(size, np.int32)
    for c in range(count):
        c_key[c] = hashes[c_head[c]]
        slot = _slot(key_table, key_tags, c_key[c], article[c_head[c]], True)
        order[c] = key_counts[slot]
        key_counts[slot] += 1
        after[c] = _verb_after(c_end[c], codes, starts, ends, kinds, bits, sentence, classes, c_type[c])
        k = c_start[c] - 1
        # said Democratic Sen. X, said the actor X: nouns between verb and name belong to the name
        steps = 0
        while (
            k > 0
            and steps < 6
            and sentence[k] == sentence[c_head[c]]
            and (
                (kinds[k] == LOWER and not bits[k] & (FUNCTION | REPORT | AUXILIARY))
                or bits[k] & DETERMINER
                or is_name[k]
                or kinds[k] == CLITIC
            )
        ):
            if bits[k] & REPORT and kinds[k] == LOWER:
                break
            k -= 1
            steps += 1
        if k >= 0 and kinds[k] == LOWER and sentence[k] == sentence[c_head[c]] and bits[k] & REPORT:
            before[c] = k
        elif c_start[c] > 0 and sentence[c_start[c] - 1] == sentence[c_head[c]] and kinds[c_start[c] - 1] == LOWER:
            before[c] = c_start[c] - 1
    for c in range(count):
        slot = _slot(key_table, key_tags, c_key[c], article[c_head[c]], False)
        counts[c] = key_counts[slot]
    return (
        c_start[:count].copy(),
        c_end[:count].copy(),
        c_head[:count].copy(),
        c_type[:count].copy(),
        c_key,
        after,
        before,
        counts,
        order,
    )


@njit(cache=True, nogil=True)
def _verb_after(j, codes, starts, ends, kinds, bits, sentence, classes, kind):  # type: ignore[no-untyped-def]
    """The verb whose subject ends before token ``j``: appositions, brackets, auxiliaries and adverbs are stepped over."""
    n = len(starts)
    if j >= n:
        return -1
    s = sentence[j - 1]
    if kind == NAME_POSSESSIVE:
        return -1
    for _ in range(2):
        if j >= n or sentence[j] != s:
            return -1
        if classes[j] == K_BRACKET:
            k = j + 1
            while k < n and k < j + 12 and sentence[k] == s and classes[k] != K_BRACKET:
                k += 1
            if k < n and classes[k] == K_BRACKET:
                j = k + 1
        if j < n and (classes[j] == K_COMMA or classes[j] == K_DASH) and j + 1 < n and classes[j + 1] != K_CONJUNCTION:
            mark = classes[j]
            k = j + 1
            while k < n and k < j + 30 and sentence[k] == s and kinds[k] != QUOTE:
                if (
                    classes[k] == mark
                    and k + 1 < n
                    and (
                        classes[k + 1] == K_SAY
                        or classes[k + 1] == K_REPORT
                        or classes[k + 1] == K_AUXILIARY
                        or classes[k + 1] == K_ED
                        or classes[k + 1] == K_ADVERB
                        or classes[k + 1] == K_LY
                    )
                ):
                    break
                k += 1
            if k < n and k < j + 30 and classes[k] == mark and sentence[k] == s:
                j = k + 1
            else:
                return -1
    if kind == NOMINAL and j < n and classes[j] == K_PREPOSITION and sentence[j] == s:
        # A spokesman for the port said: the verb after the prepositional phrase is the phrase's.
        k = j + 1
        while k < n and k < j + 9 and sentence[k] == s and classes[k] in (
            K_DETERMINER, K_LOWER, K_NAME, K_TITLE, K_CLITIC, K_PREPOSITION, K_POSSESSIVE, K_PERSON_NOUN, K_THING_NOUN, K_NUMBER, K_OTHER
        ):  # fmt: skip
            k += 1
        if k < n and sentence[k] == s and classes[k] == K_SAY:
            return k
        return -1
    steps = 0
    while (
        j < n
        and steps < 4
        and sentence[j] == s
        and (classes[j] == K_AUXILIARY or classes[j] == K_ADVERB or classes[j] == K_LY)
    ):
        j += 1
        steps += 1
    if j < n and sentence[j] == s and kinds[j] == LOWER and (not bits[j] & FUNCTION or bits[j] & REPORT):
        return j
    return -1
