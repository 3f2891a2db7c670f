"""The reporting verb of a candidate speaker: whose subject it may be."""

import numpy as np

from assets.quotes.attribution.mention_types import NAME_POSSESSIVE, NOMINAL
from assets.quotes.tokens.classes import (
    K_ADVERB,
    K_AUXILIARY,
    K_BRACKET,
    K_CLITIC,
    K_COMMA,
    K_CONJUNCTION,
    K_DASH,
    K_DETERMINER,
    K_ED,
    K_LOWER,
    K_LY,
    K_NAME,
    K_NUMBER,
    K_OTHER,
    K_PERSON_NOUN,
    K_POSSESSIVE,
    K_PREPOSITION,
    K_REPORT,
    K_SAY,
    K_THING_NOUN,
    K_TITLE,
)
from assets.quotes.tokens.lexicon import AUXILIARY, DETERMINER, FUNCTION, REPORT
from assets.quotes.tokens.stream import CLITIC, LOWER, QUOTE
from assets.text.compiled import compiled


@compiled
def link_verbs(codes, starts, ends, kinds, bits, sentence, classes, is_name, c_start, c_end, c_head, c_type):  # type: ignore[no-untyped-def]
    """Per candidate the tokens that would be its reporting verb, after it and before it; -1 where there is none."""
    count = len(c_start)
    after = np.full(count, -1, np.int32)
    before = np.full(count, -1, np.int32)
    for c in range(count):
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
    return after, before


@compiled
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
