"""By what printings of different chapters find each other: all letters, three words in a row."""

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from assets.statements.printings import Printings
from assets.text.compiled import compiled
from assets.text.distinct import sort_distinct
from assets.text.hashing import chained

RUN = 3  # words
LONG = 16  # words from which runs are sampled,
SAMPLED = 2  # one in so many
WORDS, CONTENT = 4, 3  # that a printing has at least whose parts are looked for, where its speaker is known,
MANY_WORDS = 10  # of which so many are enough,
WORDS_OF_ANYBODY, CONTENT_OF_ANYBODY = 8, 4  # and where nobody knows who spoke
EQUAL_WORDS, EQUAL_CONTENT = 2, 2  # that it has to be looked for in whole, unless a sentence tells where it is from
MOST_ANYWHERE, MOST_SAME_LETTERS = 40, 300  # printings that share a run, or all letters, above which that tells nothing
RUN_KEY, LETTERS_KEY = np.uint64(7), np.uint64(5)

UInt64s = npt.NDArray[np.uint64]
Int64s = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def meeting_keys(printings: Printings, sentences: pl.DataFrame) -> pl.DataFrame:
    """The keys of the printings that have any: printing, keys, sentences; lists of bigint, each value once and sorted.

    Odd keys are of all letters, even ones of a run of words (see ``most_holders``).
    """
    table = printings.table.select("printing", "speaker", "indirect", "n_tokens", "n_content", "letters").join(
        sentences.group_by("printing").agg(sentences=pl.col("sentence").reinterpret(signed=True).sort()),
        on="printing",
        how="left",
        maintain_order="left",
    )
    n, content, known = pl.col("n_tokens"), pl.col("n_content"), pl.col("speaker") >= 0
    # A report without marks renders its sentence in its own chapter only.
    in_parts = (
        pl.when(known)
        .then(((n >= WORDS) & (content >= CONTENT)) | (n >= MANY_WORDS))
        .otherwise((n >= WORDS_OF_ANYBODY) & (content >= CONTENT_OF_ANYBODY))
    )
    in_whole = ((n >= EQUAL_WORDS) & (content >= EQUAL_CONTENT)) | pl.col("sentences").is_not_null()
    chosen = table.select(in_parts=in_parts & ~pl.col("indirect"), in_whole=in_whole & ~pl.col("indirect"))
    words = printings.wording
    keys, offsets = _keys(
        words.hashes,
        words.weights == 1,
        words.offsets,
        table["letters"].to_numpy(),
        chosen["in_parts"].to_numpy(),
        chosen["in_whole"].to_numpy(),
    )
    lists = pl.Series(pa.LargeListArray.from_arrays(pa.array(offsets), pa.array(keys.view(np.int64))))
    return table.select(
        "printing", keys=lists, sentences=pl.col("sentences").fill_null(pl.lit([], pl.List(pl.Int64)))
    ).filter(pl.col("keys").list.len() > 0)


def most_holders(key: str) -> str:
    """SQL: the most printings that may hold a key."""
    return f"CASE WHEN {key} & 1 = 1 THEN {MOST_SAME_LETTERS} ELSE {MOST_ANYWHERE} END"


def caps_of(keys: UInt64s) -> npt.NDArray[np.int32]:
    """The same of many keys."""
    caps: npt.NDArray[np.int32] = np.where(keys & np.uint64(1), MOST_SAME_LETTERS, MOST_ANYWHERE).astype(np.int32)
    return caps


@compiled
def _keys(
    words: UInt64s, content: Bools, offsets: Int64s, letters: UInt64s, in_parts: Bools, in_whole: Bools
) -> tuple[UInt64s, Int64s]:
    keys = np.empty(len(words) + len(letters), np.uint64)
    key_offsets = np.zeros(len(letters) + 1, np.int64)
    n = 0
    for p in range(len(letters)):
        begin = n
        first, last = offsets[p], offsets[p + 1]
        if in_whole[p]:
            keys[n] = chained(LETTERS_KEY, letters[p]) | np.uint64(1)
            n += 1
        if in_parts[p]:
            for t in range(first, last - RUN + 1):
                h = RUN_KEY
                tells = False
                for k in range(t, t + RUN):
                    h = chained(h, words[k])
                    tells = tells or content[k]
                if tells and (last - first < LONG or (h >> np.uint64(1)) % np.uint64(SAMPLED) == 0):
                    keys[n] = h & ~np.uint64(1)
                    n += 1
        n = sort_distinct(keys, begin, n)
        key_offsets[p + 1] = n
    return keys[:n].copy(), key_offsets
