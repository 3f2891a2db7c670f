"""Which candidates stand for a choice as the speaker of each quotation."""

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates
from assets.quotes.tokens.article import ArticleTokens
from assets.quotes.tokens.lexicon import REPORT, SAY
from assets.text.compiled import compiled

BEFORE_LIMIT = 14  # candidates of the same paragraph before a quotation
AFTER_LIMIT = 10
EARLIER_LIMIT = 10  # candidates of the paragraphs before
LATER_LIMIT = 3
EARLIER_PARAGRAPHS = 2
MOST_CANDIDATES = BEFORE_LIMIT + AFTER_LIMIT + EARLIER_LIMIT + LATER_LIMIT


@compiled
def candidate_windows(
    tokens: ArticleTokens, candidates: Candidates, places: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Offsets (quotations + 1,) and candidates of each quotation of an article: of its paragraph, some before, the next after."""
    offsets = np.zeros(len(places) + 1, np.int64)
    chosen = np.empty(len(places) * MOST_CANDIDATES, np.int32)
    count = 0
    for q in range(len(places)):
        first_after = np.searchsorted(candidates.heads, places[q])
        taken = _take_before(tokens, candidates, places[q], first_after, chosen[count:])
        chosen[count : count + taken] = chosen[count : count + taken][::-1].copy()
        count += taken
        count += _take_after(tokens, candidates, places[q], first_after, chosen[count:])
        offsets[q + 1] = count
    return offsets, chosen[:count].copy()


@compiled
def _take_before(
    tokens: ArticleTokens, candidates: Candidates, place: int, first_after: int, chosen: NDArray[np.int32]
) -> int:
    """Candidates before a quotation, from the nearest on, into ``chosen``; says how many."""
    paragraph, heads = tokens.paragraph, candidates.heads
    near = earlier = 0
    for c in range(first_after - 1, -1, -1):
        distance = paragraph[place] - paragraph[heads[c]]
        if distance > EARLIER_PARAGRAPHS or (distance > 0 and earlier == EARLIER_LIMIT):
            break
        if distance == 0 and near < BEFORE_LIMIT:
            chosen[near + earlier] = c
            near += 1
        elif distance == 1 or (distance > 1 and _has_verb(tokens, candidates, c)):
            chosen[near + earlier] = c
            earlier += 1
    return near + earlier


@compiled
def _take_after(
    tokens: ArticleTokens, candidates: Candidates, place: int, first_after: int, chosen: NDArray[np.int32]
) -> int:
    """Candidates after a quotation, in order, into ``chosen``; says how many."""
    paragraph, heads = tokens.paragraph, candidates.heads
    near = later = 0
    for c in range(first_after, len(heads)):
        distance = paragraph[heads[c]] - paragraph[place]
        if distance == 0 and near < AFTER_LIMIT:
            chosen[near + later] = c
            near += 1
        elif distance == 1 and later < LATER_LIMIT:
            chosen[near + later] = c
            later += 1
        elif distance >= 1:
            break
    return near + later


@compiled
def _has_verb(tokens: ArticleTokens, candidates: Candidates, c: int) -> bool:
    """Whether the candidate is the subject of a reporting verb, or follows a verb of saying."""
    after, before = candidates.verb_after[c], candidates.verb_before[c]
    return bool((after >= 0 and tokens.bits[after] & REPORT) or (before >= 0 and tokens.bits[before] & SAY))
