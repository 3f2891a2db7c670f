"""What ties a quotation to the mention chosen for it: the cue, the rule it shows, and the kind of the quotation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.quotes.attribution.candidates import Candidates
from assets.quotes.tokens.characters import ALNUM, ALPHA, SPACE, UPPER, character_flags, flags_of
from assets.quotes.tokens.classes import K_COLON, K_DASH
from assets.quotes.tokens.lexicon import ACCORDING, PREPOSITION, REPORT, SAY
from assets.quotes.tokens.stream import LOWER, Stream
from assets.text.compiled import compiled, inlined

# How a speaker was found: the mention stands before or after the words in their sentence, before a colon, after
# "according to", in another sentence (a run of quotations), in a post's author line, before a turn, with a report.
RULES = ("said_before", "said_after", "colon", "according_to", "run", "post", "transcript", "indirect")
SAID_BEFORE, SAID_AFTER, COLON, ACCORDING_TO, RUN, IN_POST, IN_TRANSCRIPT, IN_REPORT = range(8)
# In the order of their names, which is the order of rows that begin and end together.
KINDS = ("block", "direct", "indirect", "partial")
BLOCK, DIRECT, INDIRECT, PARTIAL = range(4)
DIRECT_IN_RUN = 4  # direct where another quotation came before, else partial
HEADING_LENGTH = 90  # code points; longer lines are paragraphs whatever they end with
SAME_BREATH = 12  # tokens within which a mention of the same paragraph counts as of the same sentence


@dataclass(frozen=True)
class Attributions:
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


def attribute(
    stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], spans: NDArray[np.int64], continues: NDArray[np.int8],
    chosen: NDArray[np.int64],
) -> Attributions:  # fmt: skip
    """Attributions of the quotations to the candidates ``chosen`` (-1 where nobody); ``spans`` as in ``read_stream``."""
    return Attributions(
        *_attribute(
            stream.codes, stream.offsets, stream.starts, stream.ends, stream.kinds, stream.hashes, stream.bits,
            stream.paragraph, stream.sentence, stream.article, stream.firsts, stream.places, classes, candidates.starts, candidates.ends,
            candidates.heads, candidates.types, candidates.verb_after, candidates.verb_before, spans, continues, chosen,
            character_flags(),
        )
    )  # fmt: skip


@compiled
def _attribute(  # type: ignore[no-untyped-def]
    codes, offsets, starts, ends, kinds, hashes, bits, paragraph, sentence, article, firsts, places, classes, c_start, c_end, c_head,
    c_type, c_after, c_before, spans, continues, chosen, flags,
):  # fmt: skip
    n = len(chosen)
    kind = np.zeros(n, np.int8)
    headings = np.zeros(n, np.bool_)
    m_start, m_end = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    m_type = np.zeros(n, np.int8)
    m_sentence, m_paragraph = np.zeros(n, np.int64), np.zeros(n, np.int64)
    cue_start, cue_end = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    rule = np.zeros(n, np.int8)
    for q in range(n):
        c = chosen[q]
        if c < 0:
            continue
        place = places[q]
        begin, stop = offsets[article[place]], offsets[article[place] + 1] - 1
        first_token = firsts[article[place]]
        # Words, a dash and a name on one line are no heading, but what that person said.
        signed = place + 2 == c_start[c] and classes[place + 1] == K_DASH and paragraph[place] == paragraph[c_head[c]]
        headings[q] = not signed and _is_heading(codes, begin, stop, spans[q, 2], spans[q, 3], flags)
        kind[q] = _kind(codes, begin, spans, q, continues[q], place > first_token and bits[place - 1] & SAY != 0, flags)
        head, after, before = c_head[c], c_after[c], c_before[c]
        m_start[q], m_end[q] = starts[c_start[c]], ends[c_end[c] - 1]
        m_type[q], m_sentence[q], m_paragraph[q] = c_type[c], sentence[head], paragraph[head]
        first = -1  # token of the cue
        rule[q] = SAID_AFTER if head > place else SAID_BEFORE
        if c_start[c] > first_token + 1 and bits[c_start[c] - 1] & PREPOSITION and hashes[c_start[c] - 2] == ACCORDING:
            first = c_start[c] - 2
            rule[q] = ACCORDING_TO
        elif before >= 0 and bits[before] & SAY and kinds[before] == LOWER:
            first = before
        elif after >= 0 and bits[after] & REPORT:
            first = after
        elif before >= 0 and bits[before] & REPORT:
            first = before
        elif after >= 0:
            first = after
        if first >= 0:
            cue_start[q] = starts[first]
            cue_end[q] = ends[first + 1] if rule[q] == ACCORDING_TO else ends[first]
        same_breath = paragraph[head] == paragraph[place] and abs(place - head) < SAME_BREATH
        if sentence[head] != sentence[place] and not same_breath:
            rule[q] = RUN
        elif place > first_token and classes[place - 1] == K_COLON:
            rule[q] = COLON
    return kind, headings, m_start, m_end, m_type, m_sentence, m_paragraph, cue_start, cue_end, rule


@compiled
def _is_heading(codes, begin, stop, outer_start, outer_end, flags):  # type: ignore[no-untyped-def]
    """Whether the span stands in a headline, subhead or key point: a short line that does not end as sentences do."""
    start, end = outer_start, outer_end
    while start > begin and codes[start - 1] != 0x0A:
        start -= 1
    while end < stop and codes[end] != 0x0A:
        end += 1
    while start < end and flags_of(codes[start], flags) & SPACE:
        start += 1
    while end > start and flags_of(codes[end - 1], flags) & SPACE:
        end -= 1
    if end - start > HEADING_LENGTH:
        return False
    if end == start:
        return True
    last = codes[end - 1]
    if last == 0x29 or last == 0x5D or last == 0x2014 or last == 0x2013 or last == 0x2D:
        return False
    while end > start and _closes(codes[end - 1]):
        end -= 1
    return end == start or not _ends_clause(codes[end - 1])


@inlined
def _closes(code):  # type: ignore[no-untyped-def]
    """)]"”’'»*"""
    return (
        code == 0x29 or code == 0x5D or code == 0x22 or code == 0x201D or code == 0x2019 or code == 0x27 or code == 0xBB
        or code == 0x2A
    )  # fmt: skip


@inlined
def _ends_clause(code):  # type: ignore[no-untyped-def]
    """.?!,:;…"""
    return (
        code == 0x2E or code == 0x3F or code == 0x21 or code == 0x2C or code == 0x3A or code == 0x3B or code == 0x2026
    )  # fmt: skip


@compiled
def _kind(codes, begin, spans, q, continues, cue_right_before, flags):  # type: ignore[no-untyped-def]
    """Direct where the marks hold a sentence, or the rest of one that the cue cut in two; partial inside the reporter's."""
    i = spans[q, 2] - 1
    while i >= begin and flags_of(codes[i], flags) & SPACE:
        i -= 1
    before = codes[i] if i >= begin else np.uint32(0)
    first = flags_of(codes[spans[q, 0]], flags)
    opens = first & UPPER or not first & ALPHA
    of_word = before != 0x5F and flags_of(before, flags) & ALNUM
    if before != 0 and (of_word or before == 0x2019 or before == 0x27 or before == 0x29):
        return DIRECT if cue_right_before and opens else PARTIAL
    if opens or continues:
        return DIRECT
    last = codes[spans[q, 1] - 1]
    ends_sentence = last == 0x2E or last == 0x3F or last == 0x21
    # After a comma or a dash, or at the head of the text.
    joined = before == 0 or before == 0x2C or before == 0x2014 or before == 0x2013 or before == 0x2D
    return DIRECT_IN_RUN if joined and ends_sentence else PARTIAL
