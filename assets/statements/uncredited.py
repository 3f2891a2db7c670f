"""Whether an article prints the words of a statement without a quotation of them that was found: six in a row, or all of a shorter one.

An outlet has left a statement out only where its words are nowhere in its articles on the story.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.statements.schema import UNCREDITED_WORDS
from assets.text.compiled import compiled
from assets.text.tables import empty_table, put, value_of
from assets.text.tokens import tokenise
from assets.text.words import is_content_word, spelling

RUN = 6  # words in a row that are nobody else's
FIRST_ROOM = 1 << 16  # places
FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, with its bits spread: 2**64 divided by the golden ratio

Int64s = npt.NDArray[np.int64]
UInt64s = npt.NDArray[np.uint64]


def uncredited_words(statements: pl.DataFrame, articles: pl.DataFrame, printed: pl.DataFrame) -> pl.DataFrame:
    """The first place in each article of the words of each statement of its story that it does not print as a quotation.

    ``statements`` has statement_id, story_id and text, ``articles`` article_id, story_id and body, ``printed`` the pairs of
    statement_id and article_id that have a quotation.
    """
    texts = pl.concat([statements["text"].rename("text"), articles["body"].rename("text")])
    tokens = tokenise(texts)
    forms = tokens.vocabulary.forms()
    spelt = pl.Series([spelling(form) for form in forms], dtype=pl.String).rank("dense").cast(pl.Int64).to_numpy()
    content = np.array([is_content_word(form) for form in forms], np.bool_)
    codes = spelt[tokens.codes].astype(np.uint64)
    stories = pl.concat([statements["story_id"], articles["story_id"]]).rank("dense").to_numpy().astype(np.uint64)
    n_tokens = np.diff(tokens.text_offsets)
    n_content = np.diff(np.concatenate([[0], np.cumsum(content[tokens.codes])])[tokens.text_offsets])
    said = tokens.text_offsets[: statements.height + 1]
    found = []
    for width in range(1, RUN + 1):
        starts, texts_of, keys = _windows(codes[: said[-1]], said, stories, width)
        length = n_tokens[texts_of]
        wanted = (length >= RUN) if width == RUN else (length == width) & (n_content[texts_of] > 0)
        starts, texts_of, keys = starts[wanted], texts_of[wanted], keys[wanted]
        places = _places(codes, tokens.text_offsets, stories, statements.height, width, keys)
        pairs = (
            pl.DataFrame({"key": keys, "text": texts_of, "at": starts})
            .join(pl.DataFrame(dict(zip(("at", "text", "key"), places, strict=True))), on="key", suffix="_there")
            .sort("text", "text_there", "at_there", "at")
        )
        same = np.ones(pairs.height, np.bool_)
        for step in range(width):
            same &= codes[pairs["at"].to_numpy() + step] == codes[pairs["at_there"].to_numpy() + step]
        found.append(pairs.filter(pl.Series(same)).unique(["text", "text_there"], keep="first", maintain_order=True))
    pairs = pl.concat(found)
    first, here = pairs["at_there"].to_numpy(), pairs["at"].to_numpy()
    n_words = _in_common(
        codes, tokens.text_offsets, pairs["text"].to_numpy(), pairs["text_there"].to_numpy(), here, first
    )
    rows = pl.DataFrame(
        {
            "statement_id": statements["statement_id"].gather(pairs["text"]),
            "article_id": articles["article_id"].gather(pairs["text_there"] - statements.height),
            "story_id": statements["story_id"].gather(pairs["text"]),
            "start": tokens.starts[first],
            "end": tokens.ends[first + n_words - 1],
            "n_words": n_words.astype(np.int32),
        }
    )
    return UNCREDITED_WORDS.frame(
        rows.join(printed, on=["statement_id", "article_id"], how="anti").sort("statement_id", "article_id")
    )


def _windows(codes: UInt64s, offsets: Int64s, stories: UInt64s, width: int) -> tuple[Int64s, Int64s, UInt64s]:
    """First token, text and key of every run of ``width`` words; equal words of one story have equal keys."""
    n = len(codes) - width + 1
    if n <= 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint64)
    keys = np.zeros(n, np.uint64)
    for step in range(width):
        keys = keys * FACTOR + codes[step : step + n]
    texts = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))[:n]
    starts = np.arange(n)
    whole = starts + width <= offsets[texts + 1]
    starts, texts = starts[whole], texts[whole]
    return starts, texts, (keys[whole] ^ (stories[texts] << np.uint64(32))) * FACTOR


@compiled
def _places(
    codes: UInt64s, offsets: Int64s, stories: UInt64s, first: int, width: int, wanted: UInt64s
) -> tuple[Int64s, Int64s, UInt64s]:
    """The runs of ``width`` words, of the texts from the ``first`` on, that have one of some keys: as ``_windows`` says."""
    table = empty_table(len(wanted))
    for key in wanted:
        put(table, key, 1)
    room = FIRST_ROOM
    starts, texts, keys = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.uint64)
    n = 0
    for text in range(first, len(offsets) - 1):
        for start in range(offsets[text], offsets[text + 1] - width + 1):
            h = np.uint64(0)
            for step in range(width):
                h = h * FACTOR + codes[start + step]
            h = (h ^ (stories[text] << np.uint64(32))) * FACTOR
            if value_of(table, h) == 0:
                continue
            if n == room:
                room *= 2
                starts, texts, keys = _longer(starts, room), _longer(texts, room), _longer(keys, room)
            starts[n], texts[n], keys[n] = start, text, h
            n += 1
    return starts[:n].copy(), texts[:n].copy(), keys[:n].copy()


@compiled
def _longer(values: npt.NDArray[Any], room: int) -> npt.NDArray[Any]:
    longer = np.empty(room, values.dtype)
    longer[: len(values)] = values
    return longer


def _in_common(codes: UInt64s, offsets: Int64s, texts: Int64s, others: Int64s, starts: Int64s, there: Int64s) -> Int64s:
    """How many words from each pair of tokens on are the same in both texts."""
    lengths = np.zeros(len(starts), np.int64)
    going = np.arange(len(starts))
    while len(going):
        a, b = starts[going] + lengths[going], there[going] + lengths[going]
        inside = (a < offsets[texts[going] + 1]) & (b < offsets[others[going] + 1])
        going, a, b = going[inside], a[inside], b[inside]
        going = going[codes[a] == codes[b]]
        lengths[going] += 1
    return lengths
