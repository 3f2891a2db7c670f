"""Which capitalised words are words of names."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.article_slots import slot_of, slots_for
from assets.quotes.tokens.article import ArticleTokens, opens_sentence
from assets.quotes.tokens.lexicon import (
    CALENDAR,
    CONJUNCTION,
    DETERMINER,
    FINITE,
    FUNCTION,
    HONORIFIC,
    OBJECT,
    POSSESSIVE,
    POST,
    RELATIVE,
    REPORT,
    SAY,
    SUBJECT,
    SUBORDINATOR,
)
from assets.quotes.tokens.punctuation import COLON, HYPHEN, is_dash
from assets.quotes.tokens.stream import ALL_CAPS, BREAK, CAPITALISED, LOWER, PUNCTUATION, QUOTE
from assets.text.compiled import compiled, inlined, reading

COMMON_BITS = 1 << 18  # size of the set of words that are common in lower case
SHORTEST_COMPOUND = 7  # code points of a participle with a hyphen
DATELINE_REACH = 12  # tokens of a place, a date and an agency before the first word


@compiled
def find_name_words(tokens: ArticleTokens, common: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which tokens of an article are words of names. Words that it capitalises within a sentence are names at a sentence's head, too."""
    kinds, hashes, bits = tokens.kinds, tokens.hashes, tokens.bits
    n = len(kinds)
    capital_keys, capital_taken = slots_for(n)
    for i in range(n):
        if _has_capital(kinds[i]) and not opens_sentence(tokens, i) and not _follows_dateline(tokens, i):
            slot_of(capital_keys, capital_taken, hashes[i], True)
    is_name = np.zeros(n, np.bool_)
    for i in range(n):
        if not _has_capital(kinds[i]):
            continue
        if bits[i] & FUNCTION and not _on_purpose(tokens, i):
            continue
        if bits[i] & CALENDAR and not (i + 1 < n and bits[i + 1] & SAY):
            continue
        is_name[i] = not (
            (opens_sentence(tokens, i) or _follows_dateline(tokens, i))
            and kinds[i] == CAPITALISED
            and (_is_common(common, hashes[i]) or _is_compound_participle(tokens, i))
            and not bits[i] & (HONORIFIC | POST)
            and slot_of(capital_keys, capital_taken, hashes[i], False) < 0
        )
    return is_name


@inlined
def _has_capital(kind: int) -> bool:
    return kind == CAPITALISED or kind == ALL_CAPS


@inlined
def _is_common(common: NDArray[np.uint8], key: np.uint32) -> bool:
    place = key & np.uint32(COMMON_BITS - 1)
    return bool((common[place >> 3] >> (place & 7)) & 1 == 1)


@reading
def _follows_dateline(tokens: ArticleTokens, i: int) -> bool:
    """HULL BAY — Hundreds of farmers: the first word behind the dash or the colon of a place, nothing small before it."""
    kinds, paragraph = tokens.kinds, tokens.paragraph
    if i < 2 or kinds[i - 1] != PUNCTUATION:
        return False
    mark = tokens.codes[tokens.starts[i - 1]]
    if not is_dash(mark) and mark != COLON:
        return False
    k = i - 2
    while k >= 0 and i - k <= DATELINE_REACH and paragraph[k] == paragraph[i]:
        if kinds[k] == LOWER or kinds[k] == QUOTE:
            return False
        if kinds[k] == BREAK:
            return True
        k -= 1
    return k < 0 or paragraph[k] != paragraph[i]


@reading
def _is_compound_participle(tokens: ArticleTokens, i: int) -> bool:
    """Cross-examining, Re-elected: which no list of common words has all of."""
    codes, start, end = tokens.codes, tokens.starts[i], tokens.ends[i]
    if end - start < SHORTEST_COMPOUND:
        return False
    ing = codes[end - 3] == ord("i") and codes[end - 2] == ord("n") and codes[end - 1] == ord("g")
    if not ing and not (codes[end - 2] == ord("e") and codes[end - 1] == ord("d")):
        return False
    hyphen = end - 1
    while hyphen > start and ord("a") <= codes[hyphen] <= ord("z"):
        hyphen -= 1
    return bool(hyphen > start and codes[hyphen] == HYPHEN)


@reading
def _on_purpose(tokens: ArticleTokens, i: int) -> bool:
    """Whether a function word is a name here: WHO, IT and US among lower-case words, Will or From before a verb."""
    kinds, bits = tokens.kinds, tokens.bits
    if i == 0 or i + 1 >= len(kinds) or (bits[i] & (SUBJECT | OBJECT | POSSESSIVE) and kinds[i] != ALL_CAPS):
        return False
    if kinds[i] == ALL_CAPS:
        return bool(kinds[i - 1] != ALL_CAPS and kinds[i + 1] != ALL_CAPS)
    if bits[i] & (DETERMINER | CONJUNCTION | SUBORDINATOR | RELATIVE):
        return False
    says = kinds[i + 1] == LOWER and bits[i + 1] & REPORT != 0 and bits[i + 1] & FINITE != 0
    return bool(says and tokens.sentence[i - 1] == tokens.sentence[i])
