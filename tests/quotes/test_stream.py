"""The tokens that attribution reads: words, marks, breaks, and one token for each quotation."""

import numpy as np
import pytest

from assets.quotes.lexicon import hash_word, lexicon
from assets.quotes.marks import find_marked_spans
from assets.quotes.stream import Stream, joined, read_stream

KINDS = "punctuation lower capitalised all_caps number clitic break quote".split()


def stream_of(*bodies: str) -> Stream:
    codes, offsets = joined(bodies)
    spans = [
        [place + int(offset) for place in (span.start, span.end, span.outer_start, span.outer_end)]
        for body, offset in zip(bodies, offsets[:-1], strict=True)
        for span in find_marked_spans(body)
        if span.level == 0
    ]
    return read_stream(codes, offsets, np.array(spans, np.int64).reshape(-1, 4), lexicon())


def words_of(stream: Stream) -> list[str]:
    text = "".join(map(chr, stream.codes.tolist()))
    return [text[start:end] for start, end in zip(stream.starts.tolist(), stream.ends.tolist(), strict=True)]


TOO_MANY_TOKENS = [
    ("a line of one sign", "=" * 3000),
    ("marks of many kinds", "=+*/" * 1000),
    ("a line break after each sign", "=\n" * 1000),
    ("digits parted by signs", "1=2=" * 1000),
    ("clitics alone", "a's" * 1000),
]


@pytest.mark.parametrize("body", [case[1] for case in TOO_MANY_TOKENS], ids=[case[0] for case in TOO_MANY_TOKENS])
def test_there_is_room_for_a_token_at_every_code_point(body: str) -> None:
    stream = stream_of("The ferry sailed.", body, "The ferry returned.")
    assert (np.diff(stream.starts) > 0).all()
    assert words_of(stream)[:3] == ["The", "ferry", "sailed"]
    assert words_of(stream)[-5:] == ["The", "ferry", "returned", ".", "\n"]


@pytest.mark.parametrize("letter", ["ﬁ", "船", "ﺵ", "𝒜", "𠮷", "\U0010ffff", "\ufffd", "ꭰ"])
@pytest.mark.parametrize("mark", "'’ʼ")
def test_a_letter_beyond_the_tables_may_follow_an_apostrophe(mark: str, letter: str) -> None:
    for before in ("d", "4", "S.", ""):
        words = words_of(stream_of(f"{before}{mark}{letter}n came"))
        assert "".join(words) == f"{before}{mark}{letter}n came\n".replace(" ", "")
        assert words[-2:] == ["came", "\n"]
