"""Which mentions only lead to a name: the clerk of Hull Bay in "the clerk of Hull Bay, Ida Roe, said", Hull in "Hull editor Ida Roe"."""

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.mention_types import NAME, NOMINAL
from assets.quotes.attribution.mentions import Mentions
from assets.quotes.tokens.article import ArticleTokens
from assets.quotes.tokens.classes import K_BREAK, K_COMMA, K_CONJUNCTION, K_PERIOD, K_QUOTE
from assets.quotes.tokens.lexicon import (
    AUXILIARY,
    DETERMINER,
    FINITE,
    FUNCTION,
    GERUND,
    HONORIFIC,
    OBJECT,
    POSSESSIVE,
    POST,
    PREPOSITION,
    RELATIVE,
    REPORT,
    ROLE,
    SAY,
    SUBJECT,
    SUBORDINATOR,
)
from assets.quotes.tokens.stream import CAPITALISED, CLITIC, LOWER
from assets.text.compiled import compiled, reading

PHRASE_REACH = 14  # tokens of the phrase before a name in apposition
TITLE_REACH = 4  # tokens between the comma and the name
MODIFIER_REACH = 4  # tokens between a name and the name that it describes


@compiled
def find_leads(tokens: ArticleTokens, mentions: Mentions, verb_after: NDArray[np.int32]) -> NDArray[np.int32]:
    """Per mention of an article the mention that it leads to, -1 where it leads to none.

    ``verb_after`` is corrected: the verb after an apposition is the name's, not that of a place before it.
    """
    n = len(mentions.starts)
    leads_to = np.full(n, -1, np.int32)
    for c in range(n):
        if mentions.types[c] != NAME:
            continue
        comma = _comma_before(tokens, mentions.starts[c])
        first = _start_of_phrase(tokens, comma) if comma > 0 else -1
        if first >= 0 and _closes(tokens, first, mentions.starts[c], mentions.ends[c]):
            _lead_from(tokens, mentions, verb_after, c, first, leads_to)
        if c > 0 and leads_to[c - 1] < 0 and _describes(tokens, mentions, c - 1, verb_after[c]):
            leads_to[c - 1] = c
    return leads_to


@reading
def _lead_from(
    tokens: ArticleTokens, mentions: Mentions, verb_after: NDArray[np.int32], c: int, first: int, leads_to: NDArray[np.int32]
) -> None:  # fmt: skip
    """What the phrase from token ``first`` mentions leads to mention ``c``, but not who owns it: Quill's lawyer, Ida Roe."""
    for k in range(c - 1, -1, -1):
        if mentions.starts[k] < first:
            break
        if mentions.types[k] == NAME or mentions.types[k] == NOMINAL:
            leads_to[k] = c
            if mentions.types[k] == NAME and mentions.starts[k] > first + 1:
                verb_after[k] = -1
    verb = mentions.ends[c] + 1
    follows = verb < len(tokens.bits) and tokens.classes[verb - 1] == K_COMMA and tokens.kinds[verb] == LOWER
    if follows and verb_after[c] < 0:
        verb_after[c] = verb


@reading
def _comma_before(tokens: ArticleTokens, start: int) -> int:
    """The comma before the name that begins with token ``start``, its titles between; -1 where there is none."""
    k = start - 1
    while (
        k > 0
        and start - k <= TITLE_REACH
        and tokens.kinds[k] == LOWER
        and not tokens.bits[k] & (FUNCTION | AUXILIARY | REPORT)
    ):
        k -= 1
    return k if k > 0 and tokens.classes[k] == K_COMMA and tokens.sentence[k] == tokens.sentence[start] else -1


@reading
def _start_of_phrase(tokens: ArticleTokens, comma: int) -> int:
    """The determiner or possessive that opens the noun phrase before token ``comma``, -1 where no noun phrase is there."""
    bits, kinds = tokens.bits, tokens.kinds
    found = -1
    for k in range(comma - 1, max(-1, comma - 1 - PHRASE_REACH), -1):
        if tokens.sentence[k] != tokens.sentence[comma]:
            break
        b = bits[k]
        if b & (DETERMINER | POSSESSIVE) and kinds[k] != CLITIC:
            found = k
            if not (k > 0 and bits[k - 1] & PREPOSITION and tokens.sentence[k - 1] == tokens.sentence[comma]):
                break
            continue
        if _joins_portfolios(tokens, k):
            continue
        if tokens.classes[k] in (K_COMMA, K_CONJUNCTION, K_QUOTE, K_BREAK, K_PERIOD):
            break
        if b & (SUBJECT | OBJECT | RELATIVE | SUBORDINATOR | AUXILIARY) or (b & REPORT and b & (FINITE | GERUND)):
            break
    return found


@reading
def _joins_portfolios(tokens: ArticleTokens, k: int) -> bool:
    """The Minister for Water and Forests: one word with a capital to either side, what the post is for."""
    kinds = tokens.kinds
    return bool(
        tokens.classes[k] == K_CONJUNCTION
        and k > 1
        and kinds[k - 1] == CAPITALISED
        and kinds[k + 1] == CAPITALISED
        and kinds[k - 2] == LOWER
        and tokens.bits[k - 2] & PREPOSITION
    )


@reading
def _closes(tokens: ArticleTokens, first: int, start: int, end: int) -> bool:
    """Whether the name ``start:end`` is the phrase's: a comma and no list follows a name in full, or "said the" comes before."""
    classes, n = tokens.classes, len(tokens.classes)
    said = (
        first > 0
        and tokens.bits[first - 1] & SAY
        and tokens.bits[first - 1] & FINITE
        and tokens.kinds[first - 1] == LOWER
    )
    if end >= n or tokens.sentence[end] != tokens.sentence[first]:
        return bool(said)
    if classes[end] == K_COMMA:
        listed = end + 1 < n and classes[end + 1] == K_CONJUNCTION
        return bool(said or (not listed and end - start > 1))
    return bool(said and (classes[end] == K_PERIOD or classes[end] == K_QUOTE or classes[end] == K_BREAK))


@reading
def _describes(tokens: ArticleTokens, mentions: Mentions, c: int, verb: int) -> bool:
    """Whether name ``c`` describes the next one, whose verb is ``verb``: nothing but nouns between, the last of them a person's.

    Hull editor Ida Roe; Hull foreign ministry spokeswoman Ida Roe said: of more words the first may be a verb, unless another follows.
    """
    end, start = mentions.ends[c], mentions.starts[c + 1]
    if mentions.types[c] != NAME or start <= end or start - end > MODIFIER_REACH:
        return False
    if tokens.sentence[end - 1] != tokens.sentence[start]:
        return False
    for k in range(end, start):
        if tokens.kinds[k] != LOWER or tokens.bits[k] & (FUNCTION | AUXILIARY) or _says(tokens, k):
            return False
    of_person = tokens.bits[start - 1] & (ROLE | POST | HONORIFIC) != 0
    return bool(of_person and (start - end == 1 or _says(tokens, verb)))


@reading
def _says(tokens: ArticleTokens, verb: int) -> bool:
    return bool(verb >= 0 and tokens.bits[verb] & REPORT != 0 and tokens.bits[verb] & FINITE != 0)
