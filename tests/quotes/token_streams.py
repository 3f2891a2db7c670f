"""Bodies as the stream of tokens that attribution reads, for the tests of it."""

import numpy as np

from assets.quotes.marks.spans import find_marked_spans
from assets.quotes.tokens.lexicon import lexicon
from assets.quotes.tokens.stream import Stream, joined, read_stream

KINDS = ("mark", "lower", "capitalised", "capitals", "number", "clitic", "break", "quote")


def stream_of(*bodies: str) -> Stream:
    """The stream of a batch, its quotations found as the extraction finds them."""
    codes, offsets = joined(bodies)
    spans = [
        [place + offset for place in (span.start, span.end, span.outer_start, span.outer_end)]
        for body, offset in zip(bodies, offsets.tolist(), strict=False)
        for span in find_marked_spans(body)
        if span.level == 0
    ]
    return read_stream(codes, offsets, np.array(spans, np.int64).reshape(-1, 4), lexicon())


def text_of(stream: Stream, start: int, end: int) -> str:
    return "".join(map(chr, stream.codes[start:end].tolist()))


def words_of(stream: Stream) -> list[str]:
    """Every token as printed."""
    return [text_of(stream, *place) for place in zip(stream.starts.tolist(), stream.ends.tolist(), strict=True)]


def kinds_of(stream: Stream) -> list[str]:
    return [KINDS[kind] for kind in stream.kinds.tolist()]
