"""What ties a quotation to the mention chosen for it: the cue, the rule it shows, and the kind of the quotation."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates
from assets.quotes.attribution.kinds import Words, is_heading, kind_of
from assets.quotes.tokens.characters import character_flags
from assets.quotes.tokens.classes import K_COLON, K_DASH
from assets.quotes.tokens.lexicon import ACCORDING, PREPOSITION, REPORT, SAY
from assets.quotes.tokens.stream import LOWER, Stream
from assets.text.compiled import compiled, reading

# How a speaker was found: the mention stands before or after the words in their sentence, before a colon, after
# "according to", in another sentence (a run of quotations), in a post's author line, before a turn, with a report; or not at
# all, where the language of the article is not supported.
RULES = ("said_before", "said_after", "colon", "according_to", "run", "post", "transcript", "indirect", "unread")
SAID_BEFORE, SAID_AFTER, COLON, ACCORDING_TO, RUN, IN_POST, IN_TRANSCRIPT, IN_REPORT, UNREAD = range(9)
SAME_BREATH = 12  # tokens within which a mention of the same paragraph counts as of the same sentence


class Attributions(NamedTuple):
    """Per quotation: its kind, whether it stands in a heading, and of its mention offsets, type, place, cue and rule.

    Offsets are those of the batch; the cue is -1 where there is none.
    """

    kinds: NDArray[np.int8]
    headings: NDArray[np.bool_]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    types: NDArray[np.int8]
    sentences: NDArray[np.int64]
    paragraphs: NDArray[np.int64]
    cue_starts: NDArray[np.int64]
    cue_ends: NDArray[np.int64]
    rules: NDArray[np.int8]


class _Cue(NamedTuple):
    """The first token of a cue, -1 where there is none, and the rule that it shows."""

    token: int
    rule: int


def attribute(
    stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], spans: NDArray[np.int64], continues: NDArray[np.int8],
    chosen: NDArray[np.int64],
) -> Attributions:  # fmt: skip
    """Attributions of the quotations to the candidates ``chosen`` (-1 where nobody); ``spans`` as in ``read_stream``."""
    return _attribute(stream, candidates, classes, Words(stream.codes, spans, continues, character_flags()), chosen)


@compiled
def _attribute(
    stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], words: Words, chosen: NDArray[np.int64]
) -> Attributions:  # fmt: skip
    found = _nothing_found(len(chosen))
    for q in range(len(chosen)):
        c = chosen[q]
        if c < 0:
            continue
        place = stream.places[q]
        article = stream.article[place]
        begin, stop = stream.offsets[article], stream.offsets[article + 1] - 1
        first_token = stream.firsts[article]
        said_before = place > first_token and stream.bits[place - 1] & SAY != 0
        found.headings[q] = not _is_signed(stream, candidates, classes, place, c) and is_heading(words, begin, stop, q)
        found.kinds[q] = kind_of(words, begin, q, said_before)
        head = candidates.heads[c]
        found.starts[q] = stream.starts[candidates.starts[c]]
        found.ends[q] = stream.ends[candidates.ends[c] - 1]
        found.types[q] = candidates.types[c]
        found.sentences[q], found.paragraphs[q] = stream.sentence[head], stream.paragraph[head]
        cue = _cue_of(stream, candidates, c, first_token)
        if cue.token >= 0:
            found.cue_starts[q] = stream.starts[cue.token]
            found.cue_ends[q] = stream.ends[cue.token + 1 if cue.rule == ACCORDING_TO else cue.token]
        if _stands_elsewhere(stream, head, place):
            found.rules[q] = RUN
        elif place > first_token and classes[place - 1] == K_COLON:
            found.rules[q] = COLON
        elif cue.rule == ACCORDING_TO:
            found.rules[q] = ACCORDING_TO
        else:
            found.rules[q] = SAID_AFTER if head > place else SAID_BEFORE
    return found


@compiled
def _nothing_found(n: int) -> Attributions:
    return Attributions(
        np.zeros(n, np.int8),
        np.zeros(n, np.bool_),
        np.full(n, -1, np.int64),
        np.full(n, -1, np.int64),
        np.zeros(n, np.int8),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.full(n, -1, np.int64),
        np.full(n, -1, np.int64),
        np.zeros(n, np.int8),
    )


@reading
def _is_signed(stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], place: int, c: int) -> bool:
    """Words, a dash and a name on one line are no heading, but what that person said."""
    return bool(
        place + 2 == candidates.starts[c]
        and classes[place + 1] == K_DASH
        and stream.paragraph[place] == stream.paragraph[candidates.heads[c]]
    )


@reading
def _cue_of(stream: Stream, candidates: Candidates, c: int, first_token: int) -> _Cue:
    """The words that say that a candidate speaks; a verb of saying right before them counts more than one after."""
    bits, start = stream.bits, candidates.starts[c]
    after, before = candidates.verb_after[c], candidates.verb_before[c]
    if start > first_token + 1 and bits[start - 1] & PREPOSITION and stream.hashes[start - 2] == ACCORDING:
        return _Cue(start - 2, ACCORDING_TO)
    token = -1
    if before >= 0 and bits[before] & SAY and stream.kinds[before] == LOWER:
        token = before
    elif after >= 0 and bits[after] & REPORT:
        token = after
    elif before >= 0 and bits[before] & REPORT:
        token = before
    elif after >= 0:
        token = after
    return _Cue(token, SAID_BEFORE)


@reading
def _stands_elsewhere(stream: Stream, head: int, place: int) -> bool:
    """Whether the mention stands in another sentence than the quotation, and not close by in its paragraph either."""
    same_breath = stream.paragraph[head] == stream.paragraph[place] and abs(place - head) < SAME_BREATH
    return bool(stream.sentence[head] != stream.sentence[place] and not same_breath)
