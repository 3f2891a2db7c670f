"""Who may be the speaker: names, pronouns and nominal phrases of a token stream, found without deciding anything."""

# ruff: noqa: SIM102, SIM109 - compiled code compares integers one by one
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.article_slots import count_keys
from assets.quotes.attribution.mention_types import (
    INDEFINITE_PRONOUN,
    NAME,
    NAME_POSSESSIVE,
    NOMINAL,
    OBJECT_PRONOUN,
    POSSESSIVE_PRONOUN,
    RELATIVE_PRONOUN,
    SUBJECT_PRONOUN,
)
from assets.quotes.attribution.name_words import find_name_words, opens_sentence
from assets.quotes.attribution.verbs import link_verbs
from assets.quotes.tokens.classes import K_ED, K_GERUND, K_LY, token_classes
from assets.quotes.tokens.lexicon import (
    ADVERB,
    AUXILIARY,
    BY,
    CALENDAR,
    DETERMINER,
    FINITE,
    FUNCTION,
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
    SUFFIX,
)
from assets.quotes.tokens.stream import ALL_CAPS, CAPITALISED, CLITIC, LOWER, NUMBER, PUNCTUATION, Stream
from assets.text.compiled import compiled


@dataclass(frozen=True)
class Candidates:
    """Possible speakers in stream order: token ranges ``starts:ends``, the head token, type, key of the head spelling.

    ``verb_after`` and ``verb_before`` are the tokens that would be their reporting verb, -1 where there is none; ``count``
    is how often the article names the key and ``order`` which of these the mention is. Heads rise.
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

    def last_before(self, stream: Stream, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The last candidate that begins before each place, -1 where none does.

        A phrase may begin before the name in it (the mayor Ida Roe, the mayor), so that their beginnings do not only rise.
        """
        rising = np.minimum.accumulate(stream.starts[self.starts][::-1])[::-1]
        return np.searchsorted(rising, places) - 1


def find_candidates(stream: Stream, common: NDArray[np.uint8]) -> tuple[Candidates, NDArray[np.uint8]]:
    """Candidates of all articles of the stream, and the coarse class of every token.

    ``common`` is a bit set over word hashes: words that news prints in lower case, hence no names at a sentence's head.
    """
    classes = token_classes(stream)
    columns = _find(
        stream.firsts,
        stream.codes,
        stream.starts,
        stream.ends,
        stream.kinds,
        stream.hashes,
        stream.bits,
        stream.sentence,
        classes,
        common,
    )
    return Candidates(*columns), classes


@compiled
def _find(firsts, codes, starts, ends, kinds, hashes, bits, sentence, classes, common):  # type: ignore[no-untyped-def]
    n = len(starts)
    c_start = np.empty(n, np.int32)
    c_end = np.empty(n, np.int32)
    c_head = np.empty(n, np.int32)
    c_type = np.empty(n, np.int8)
    c_key = np.empty(n, np.uint32)
    c_after = np.empty(n, np.int32)
    c_before = np.empty(n, np.int32)
    c_count = np.empty(n, np.int32)
    c_order = np.empty(n, np.int32)
    count = 0
    for a in range(len(firsts) - 1):
        first, stop = firsts[a], firsts[a + 1]
        begin, end, head, kind, key, after, before, frequency, order = _find_in_article(
            codes, starts[first:stop], ends[first:stop], kinds[first:stop], hashes[first:stop], bits[first:stop],
            sentence[first:stop], classes[first:stop], common,
        )  # fmt: skip
        for c in range(len(begin)):
            c_start[count] = begin[c] + first
            c_end[count] = end[c] + first
            c_head[count] = head[c] + first
            c_type[count] = kind[c]
            c_key[count] = key[c]
            c_after[count] = after[c] + first if after[c] >= 0 else -1
            c_before[count] = before[c] + first if before[c] >= 0 else -1
            c_count[count] = frequency[c]
            c_order[count] = order[c]
            count += 1
    return (
        c_start[:count].copy(), c_end[:count].copy(), c_head[:count].copy(), c_type[:count].copy(), c_key[:count].copy(),
        c_after[:count].copy(), c_before[:count].copy(), c_count[:count].copy(), c_order[:count].copy(),
    )  # fmt: skip


@compiled
def _find_in_article(codes, starts, ends, kinds, hashes, bits, sentence, classes, common):  # type: ignore[no-untyped-def]
    n = len(starts)
    is_name = find_name_words(kinds, hashes, bits, sentence, common)
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
                take = before_verb or opens_sentence(i, kinds, sentence)
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

    c_start, c_end, c_head, c_type = (
        c_start[:count].copy(),
        c_end[:count].copy(),
        c_head[:count].copy(),
        c_type[:count].copy(),
    )
    after, before = link_verbs(
        codes, starts, ends, kinds, bits, sentence, classes, is_name, c_start, c_end, c_head, c_type
    )  # fmt: skip
    keys = hashes[c_head]
    counts, order = count_keys(keys)
    return c_start, c_end, c_head, c_type, keys, after, before, counts, order
