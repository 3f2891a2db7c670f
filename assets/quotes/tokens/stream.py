"""Articles as one stream of tokens in which every quotation is a single token: what attribution looks at."""

# ruff: noqa: SIM109 - compiled code compares integers one by one
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assets.quotes.tokens.lexicon import (
    ABBREVIATION,
    C_APOSTROPHE,
    C_DIGIT,
    C_HANDLE,
    C_HYPHEN,
    C_LOWER,
    C_NEWLINE,
    C_PERIOD,
    C_SPACE,
    C_STOP,
    C_UPPER,
    FIRST,
    FNV_OFFSET,
    FNV_PRIME,
    Lexicon,
    class_of,
    look_up,
)
from assets.text.code_points import looked_up
from assets.text.compiled import compiled

# Kinds of token.
PUNCTUATION, LOWER, CAPITALISED, ALL_CAPS, NUMBER, CLITIC, BREAK, QUOTE = range(8)
# Columns of Stream.inside: what stands between the marks of a quotation.
(
    IN_WORDS,
    IN_FIRST_WORD,
    IN_LAST_WORD,
    IN_FIRST_PERSON,
    IN_CAPITALS,
    IN_FIRST_KIND,
    IN_LAST_CODE,
    IN_SENTENCES,
    IN_SECOND_WORD,
) = range(9)
IN_COLUMNS = 9


@dataclass(frozen=True)
class Stream:
    """Tokens of a batch; ``starts`` and ``ends`` are offsets into ``codes``, article ``i`` begins at ``offsets[i]``.

    Its tokens are ``firsts[i]:firsts[i + 1]``. What looks at a token's neighbours is given these alone, so that what is
    found in an article cannot depend on the articles around it.

    ``paragraph`` and ``sentence`` number on through the batch. ``quote`` is the row of the quotation a QUOTE token stands
    for, else -1; ``places`` is the reverse. ``bits`` are the classes of ``assets.quotes.tokens.lexicon``.
    """

    codes: NDArray[np.uint32]
    offsets: NDArray[np.int64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    hashes: NDArray[np.uint32]
    bits: NDArray[np.int64]
    paragraph: NDArray[np.int32]
    sentence: NDArray[np.int32]
    article: NDArray[np.int32]
    quote: NDArray[np.int32]
    places: NDArray[np.int32]
    inside: NDArray[np.int64]

    @cached_property
    def firsts(self) -> NDArray[np.int64]:
        return np.searchsorted(self.article, np.arange(len(self.offsets)))

    def tokens_at(self, articles: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The token at or before each place, at least the first of its article."""
        return np.maximum(np.searchsorted(self.starts, places, side="right") - 1, self.firsts[articles])

    @cached_property
    def first_quotes(self) -> NDArray[np.int64]:
        """The quotations of article ``i`` are ``first_quotes[i]:first_quotes[i + 1]``."""
        return np.searchsorted(self.places, self.firsts)


def read_stream(
    codes: NDArray[np.uint32], offsets: NDArray[np.int64], spans: NDArray[np.int64], words: Lexicon
) -> Stream:
    """Tokens of a batch: article ``i`` is ``codes[offsets[i]:offsets[i + 1] - 1]``, with a line break after each.

    ``spans`` has a row (start, end, outer start, outer end) a quotation, in offsets of the batch, sorted, without overlaps.
    """
    columns = _tokenise(codes, offsets, spans, words.keys, words.bits, words.classes, words.lower)
    return Stream(codes, offsets, *columns)


def joined(bodies: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The code points of a batch, a line break after each body, and where each body begins; the last offset is the end."""
    codes = np.frombuffer("\n".join([*bodies, ""]).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return codes, np.cumsum([0, *(len(body) + 1 for body in bodies)])


@compiled
def _tokenise(codes, offsets, spans, keys, table, classes, lower):  # type: ignore[no-untyped-def]
    n = len(codes)
    n_spans = len(spans)
    capacity = n + n_spans  # each token but those of quotations has code points of its own
    starts = np.empty(capacity, np.int32)
    ends = np.empty(capacity, np.int32)
    kinds = np.empty(capacity, np.uint8)
    hashes = np.empty(capacity, np.uint32)
    bits = np.empty(capacity, np.int64)
    paragraph = np.empty(capacity, np.int32)
    sentence = np.empty(capacity, np.int32)
    article = np.empty(capacity, np.int32)
    quote = np.empty(capacity, np.int32)
    places = np.empty(n_spans, np.int32)
    inside = np.zeros((n_spans, IN_COLUMNS), np.int64)
    count = 0
    i = 0
    document = 0
    n_paragraphs = 0
    n_sentences = 0
    span = 0
    within = -1  # row of the quotation whose marks we are between
    while i < n:
        while i >= offsets[document + 1]:
            document += 1
        if within >= 0 and i >= spans[within, 1]:
            end = spans[within, 3]
            last = spans[within, 1] - 1
            inside[within, IN_LAST_CODE] = codes[last]
            i = max(end, i)
            within = -1
            following = i
            while following < n and class_of(codes[following], classes) == C_SPACE:
                following += 1
            if (
                codes[last] == 0x2E
                and following < n
                and (class_of(codes[following], classes) == C_UPPER or class_of(codes[following], classes) == 10)
            ):
                n_sentences += 1
            continue
        if within < 0 and span < n_spans and i >= spans[span, 2]:
            starts[count] = spans[span, 2]
            ends[count] = spans[span, 3]
            kinds[count] = QUOTE
            hashes[count] = 3
            bits[count] = 0
            paragraph[count] = n_paragraphs
            sentence[count] = n_sentences
            article[count] = document
            quote[count] = span
            places[span] = count
            count += 1
            within = span
            span += 1
            i = spans[within, 0]
            continue
        kind = class_of(codes[i], classes)
        if kind == C_SPACE:
            i += 1
            continue
        start = i
        limit = spans[within, 1] if within >= 0 else (spans[span, 2] if span < n_spans else n)  # where its run must end
        token = PUNCTUATION
        value = np.uint32(FNV_OFFSET)
        if kind == C_NEWLINE:
            i += 1
            if within >= 0:
                continue
            if count > 0 and kinds[count - 1] == BREAK and article[count - 1] == document:
                continue
            n_paragraphs += 1
            n_sentences += 1
            token = BREAK
            value = np.uint32(2)
        elif kind == C_LOWER or kind == C_UPPER or kind == C_DIGIT or kind == C_HANDLE:
            uppers = 0
            letters = 0
            digits = 0
            dotted = False
            while i < limit:
                code = codes[i]
                kind = class_of(code, classes)
                if kind == C_LOWER or kind == C_UPPER:
                    letters += 1
                    if kind == C_UPPER:
                        uppers += 1
                elif kind == C_DIGIT:
                    digits += 1
                elif kind == C_HANDLE and i == start:
                    pass
                elif i + 1 < limit and i > start:
                    after = class_of(codes[i + 1], classes)
                    if kind == C_HYPHEN and (after == C_LOWER or after == C_UPPER or after == C_DIGIT):
                        pass
                    elif kind == C_APOSTROPHE and (after == C_LOWER or after == C_UPPER):
                        # 's, 'd, 'll, 're, 've and 'm are tokens of their own.
                        first = looked_up(lower, codes[i + 1], codes[i + 1])
                        third = class_of(codes[i + 2], classes) if i + 2 < limit else C_SPACE
                        single = third != C_LOWER and third != C_UPPER
                        fourth = class_of(codes[i + 3], classes) if i + 3 < limit else C_SPACE
                        double = not single and fourth != C_LOWER and fourth != C_UPPER
                        if single and (first == 0x73 or first == 0x64 or first == 0x6D):
                            break
                        if double and (first == 0x6C or first == 0x72 or first == 0x76):
                            break
                    elif kind == C_PERIOD and (after == C_UPPER or after == C_LOWER) and letters > 0:
                        before = class_of(codes[i - 2], classes) if i - 2 >= start else C_SPACE
                        if before == C_LOWER or before == C_UPPER:
                            break
                        if after == C_LOWER and uppers > 0:
                            break
                        dotted = True
                    elif (
                        digits > 0
                        and after == C_DIGIT
                        and (kind == C_PERIOD or code == 0x2C or code == 0x3A or code == 0x2F)
                    ):
                        pass
                    else:
                        break
                else:
                    break
                value = np.uint32((value ^ looked_up(lower, code, code)) * np.uint32(FNV_PRIME))
                i += 1
            if i == start:
                i += 1
                value = np.uint32((value ^ codes[start]) * np.uint32(FNV_PRIME))
            if letters == 0:
                token = NUMBER if digits > 0 else PUNCTUATION
            elif class_of(codes[start], classes) == C_UPPER or codes[start] == 0x40:
                token = ALL_CAPS if uppers == letters and letters > 1 else CAPITALISED
            elif uppers > 0 and digits == 0:
                token = CAPITALISED  # eBay, iPhone, al-Assad
            else:
                token = LOWER if digits < letters else NUMBER
            word_bits = look_up(keys, table, value)
            if (
                i < limit
                and codes[i] == 0x2E
                and (dotted or (uppers == 1 and letters == 1) or word_bits & ABBREVIATION)
            ):
                i += 1
        elif kind == C_APOSTROPHE:
            j = i + 1
            value = np.uint32((value ^ np.uint32(0x27)) * np.uint32(FNV_PRIME))
            before = class_of(codes[i - 1], classes) if i > 0 else C_SPACE
            attached = before == C_LOWER or before == C_UPPER or before == C_DIGIT or before == C_PERIOD
            if attached:
                while j < limit and class_of(codes[j], classes) == C_LOWER and j - i < 3:
                    value = np.uint32((value ^ looked_up(lower, codes[j], codes[j])) * np.uint32(FNV_PRIME))
                    j += 1
                token = CLITIC
                if j == i + 1 and not (codes[i - 1] == 0x73 or codes[i - 1] == 0x53):
                    token = PUNCTUATION
            i = j
        else:
            value = np.uint32((value ^ codes[i]) * np.uint32(FNV_PRIME))
            i += 1
            while i < limit and codes[i] == codes[start] and (kind == C_PERIOD or codes[start] == 0x2D):
                i += 1  # ... and --
        if within >= 0:
            if token != PUNCTUATION and token != CLITIC:
                if inside[within, IN_WORDS] == 0:
                    inside[within, IN_FIRST_WORD] = value
                    inside[within, IN_FIRST_KIND] = token
                elif inside[within, IN_WORDS] == 1:
                    inside[within, IN_SECOND_WORD] = value
                inside[within, IN_WORDS] += 1
                inside[within, IN_LAST_WORD] = value
                if look_up(keys, table, value) & FIRST:
                    inside[within, IN_FIRST_PERSON] += 1
                if token == CAPITALISED or token == ALL_CAPS:
                    inside[within, IN_CAPITALS] += 1
            elif kind == C_PERIOD or kind == C_STOP:
                inside[within, IN_SENTENCES] += 1
            continue
        starts[count] = start
        ends[count] = i
        kinds[count] = token
        hashes[count] = value
        bits[count] = look_up(keys, table, value) if token != PUNCTUATION and token != BREAK else 0
        paragraph[count] = n_paragraphs
        sentence[count] = n_sentences
        article[count] = document
        quote[count] = -1
        count += 1
        if token == PUNCTUATION and (kind == C_PERIOD or kind == C_STOP):
            following = i
            while following < n and class_of(codes[following], classes) == C_SPACE:
                following += 1
            if following > i and following < n:
                after = class_of(codes[following], classes)
                if after != C_LOWER:
                    n_sentences += 1
    return (
        starts[:count],
        ends[:count],
        kinds[:count],
        hashes[:count],
        bits[:count],
        paragraph[:count],
        sentence[:count],
        article[:count],
        quote[:count],
        places,
        inside,
    )
