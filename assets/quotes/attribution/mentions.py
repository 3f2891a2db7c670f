"""Mentions of who may speak in one article: runs of name words, pronouns, and phrases about people and groups."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.mention_types import (
    NAME,
    NAME_POSSESSIVE,
    NOMINAL,
    OBJECT_PRONOUN,
    POSSESSIVE_PRONOUN,
    RELATIVE_PRONOUN,
    SUBJECT_PRONOUN,
)
from assets.quotes.attribution.phrases import Mention, phrase_at
from assets.quotes.tokens.article import ArticleTokens
from assets.quotes.tokens.lexicon import (
    BY,
    DETERMINER,
    FUNCTION,
    GROUP,
    HONORIFIC,
    OBJECT,
    PARTICLE,
    PORTFOLIO,
    POSSESSIVE,
    POST,
    PREPOSITION,
    RELATIVE,
    ROLE,
    SUBJECT,
    SUFFIX,
)
from assets.quotes.tokens.punctuation import AMPERSAND, COMMA
from assets.quotes.tokens.stream import ALL_CAPS, CAPITALISED, CLITIC, LOWER, PUNCTUATION
from assets.text.compiled import compiled, reading

TITLE = HONORIFIC | POST | ROLE
PRONOUN = SUBJECT | OBJECT | POSSESSIVE | RELATIVE
DETERMINER_REACH = 4  # tokens before a title within which its determiner may stand


class Mentions(NamedTuple):
    """Token ranges ``starts:ends``, head tokens and types, in the order of their heads."""

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    heads: NDArray[np.int32]
    types: NDArray[np.int8]


@compiled
def find_mentions(tokens: ArticleTokens, is_name: NDArray[np.bool_]) -> Mentions:
    """The mentions of an article; ``is_name`` tells which of its tokens are words of names."""
    n = len(tokens.starts)
    starts, ends, heads = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    types = np.empty(n, np.int8)
    count = i = 0
    while i < n:
        if is_name[i]:
            mention = _name_at(tokens, is_name, i)
        elif _is_pronoun(tokens, i):
            # "her" may be a determiner of a phrase that follows: that one is found from its own head.
            mention = Mention(i, i + 1, i, _pronoun_type(tokens.bits[i]))
        else:
            mention = phrase_at(tokens, is_name, i)
        if mention.start < 0:
            i += 1
            continue
        starts[count], ends[count] = mention.start, mention.end
        heads[count], types[count] = mention.head, mention.type
        count += 1
        i = mention.end
    return Mentions(starts[:count].copy(), ends[:count].copy(), heads[:count].copy(), types[:count].copy())


@reading
def _is_pronoun(tokens: ArticleTokens, i: int) -> bool:
    """US and IT are no pronouns, they are names that the words around do not make names."""
    kind = tokens.kinds[i]
    no_name = kind == LOWER or kind == CAPITALISED or (kind == ALL_CAPS and tokens.ends[i] - tokens.starts[i] > 2)
    return bool(no_name and tokens.bits[i] & PRONOUN != 0)


@compiled
def _pronoun_type(bits: int) -> int:
    if bits & RELATIVE:
        return RELATIVE_PRONOUN
    if bits & POSSESSIVE:
        return POSSESSIVE_PRONOUN
    return SUBJECT_PRONOUN if bits & SUBJECT else OBJECT_PRONOUN


@reading
def _name_at(tokens: ArticleTokens, is_name: NDArray[np.bool_], i: int) -> Mention:
    """The name that begins with token ``i``; titles alone are the phrase of a person."""
    kinds, bits, sentence = tokens.kinds, tokens.bits, tokens.sentence
    n = len(kinds)
    only_titles = bits[i] & TITLE != 0
    group = bits[i] & GROUP != 0
    end = i + 1
    while end < n and sentence[end] == sentence[i]:
        if is_name[end]:
            only_titles = only_titles and bits[end] & TITLE != 0
            group = group or bits[end] & GROUP != 0
            end += 1
            continue
        joined = _particles(tokens, is_name, end)
        if joined == 0 and _joins_portfolio(tokens, is_name, end):
            joined = 2
            only_titles = False
        elif joined == 0 and _joins_names(tokens, is_name, end, group):
            joined = 2
        if joined == 0:
            break
        end += joined
    head = end - 1
    while head > i and bits[head] & SUFFIX and is_name[head - 1]:
        head -= 1
    if end + 1 < n and _is_mark(tokens, end, COMMA) and bits[end + 1] & SUFFIX and is_name[end + 1]:
        end += 2  # Ida Roe, Jr.
    kind = NAME
    if only_titles:
        kind = NOMINAL
    elif end < n and _is_genitive(tokens, end):
        kind = NAME_POSSESSIVE
    start = _determiner_before(tokens, i) if only_titles else i
    return Mention(start, end, head, kind)


@reading
def _particles(tokens: ArticleTokens, is_name: NDArray[np.bool_], j: int) -> int:
    """How many tokens go on the name from token ``j`` by way of particles: de Roe, de la Roe. 0 where none do."""
    n, bits = len(is_name), tokens.bits
    if not (j < n and bits[j] & PARTICLE):
        return 0
    if tokens.kinds[j] != PUNCTUATION and j + 1 < n and is_name[j + 1] and not bits[j] & BY:
        return 2
    return 3 if j + 2 < n and bits[j + 1] & PARTICLE and is_name[j + 2] else 0


@reading
def _joins_portfolio(tokens: ArticleTokens, is_name: NDArray[np.bool_], j: int) -> bool:
    """Secretary of State Ida Roe, Minister for Water Ida Roe."""
    bits = tokens.bits
    return bool(
        bits[j - 1] & POST
        and j + 2 < len(is_name)
        and (_is_of(tokens, j) or _is_for(tokens, j))
        and bits[j + 1] & PORTFOLIO
        and is_name[j + 1]
        and is_name[j + 2]
    )


@reading
def _joins_names(tokens: ArticleTokens, is_name: NDArray[np.bool_], j: int, group: bool) -> bool:
    """Hull & Bay, Bank of Estmere."""
    if j + 1 >= len(is_name) or not is_name[j + 1]:
        return False
    return _is_mark(tokens, j, AMPERSAND) or bool(group and tokens.bits[j] & PREPOSITION and _is_of(tokens, j))


@reading
def _is_of(tokens: ArticleTokens, i: int) -> bool:
    return bool(tokens.ends[i] - tokens.starts[i] == 2 and tokens.codes[tokens.starts[i]] == ord("o"))


@reading
def _is_for(tokens: ArticleTokens, i: int) -> bool:
    return bool(tokens.ends[i] - tokens.starts[i] == 3 and tokens.codes[tokens.starts[i]] == ord("f"))


@reading
def _is_mark(tokens: ArticleTokens, i: int, code: int) -> bool:
    return bool(tokens.kinds[i] == PUNCTUATION and tokens.codes[tokens.starts[i]] == code)


@reading
def _is_genitive(tokens: ArticleTokens, i: int) -> bool:
    """'s, or the apostrophe after an s."""
    is_bare = tokens.ends[i] - tokens.starts[i] == 1
    return bool(tokens.kinds[i] == CLITIC and (is_bare or tokens.codes[tokens.ends[i] - 1] == ord("s")))


@reading
def _determiner_before(tokens: ArticleTokens, i: int) -> int:
    """The determiner of the titles that begin with token ``i``, else ``i``: the former Mayor."""
    kinds, bits = tokens.kinds, tokens.bits
    for k in range(i - 1, max(-1, i - 1 - DETERMINER_REACH), -1):
        if tokens.sentence[k] != tokens.sentence[i] or not (kinds[k] == LOWER or kinds[k] == CAPITALISED):
            break
        if bits[k] & (DETERMINER | POSSESSIVE):
            return k
        if bits[k] & FUNCTION:
            break
    return i
