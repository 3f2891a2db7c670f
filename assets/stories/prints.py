"""What articles are compared by: samples of their shingles, and the words that may tell their event from others.

Both hang on the article alone, so they are kept, and only articles that have come or changed are read for them.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from assets.stories.schema import ARTICLE_PRINTS
from assets.stories.weeks import week_of
from assets.text.compiled import compiled
from assets.text.distinct import sort_distinct
from assets.text.hashing import GOLDEN, chained
from assets.text.languages.press import SMALL_WORD, press
from assets.text.languages.word_files import press_languages
from assets.text.tokens import tokenise
from assets.text.words import COMMON_WORDS, FUNCTION_WORDS

SHINGLE = 5  # tokens in a shingle
SAMPLED = 8  # one shingle in so many, by its hash, is kept
TITLE_WEIGHT = 2  # what a word counts in the title
SHORTEST_WORD = 3  # letters

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
UInt64s = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]


class Lists(NamedTuple):
    """A list for each row, end to end: that of row ``r`` is ``values[offsets[r]:offsets[r + 1]]``."""

    values: npt.NDArray[np.uint64]
    offsets: Int64s


def lists_of(column: pl.Series) -> Lists:
    """A column of lists of hashes."""
    offsets = np.concatenate([np.zeros(1, np.int64), column.list.len().cast(pl.Int64).cum_sum().to_numpy()])
    values = column.explode(empty_as_null=False, keep_nulls=False).cast(pl.Int64).to_numpy()
    return Lists(values.view(np.uint64), offsets)


def article_prints(articles: pl.DataFrame) -> pl.DataFrame:
    """``ARTICLE_PRINTS`` of some articles (article_id, title, body), in their order.

    A column ``language``, where there is one, says whose small words tell nothing; ``published_at`` when they were published.
    """
    n = articles.height
    nothing = {"language": pl.String(), "published_at": pl.Datetime("us")}
    articles = articles.with_columns(
        pl.lit(None, dtype).alias(name) for name, dtype in nothing.items() if name not in articles.columns
    )
    titles, bodies = np.arange(0, 2 * n, 2), np.arange(1, 2 * n, 2)
    texts = articles.select(pl.concat_list(pl.col("title").fill_null(""), "body").alias("text").explode())["text"]
    tokens = tokenise(texts if n else pl.Series("text", dtype=pl.String))
    forms = pl.Series(tokens.vocabulary.forms(), dtype=pl.String)
    languages = articles["language"]
    known = languages.unique().sort().to_list()
    telling = np.array([_telling(forms, language) for language in known], np.bool_).reshape(len(known), len(forms))
    of_row = languages.replace_strict(known, list(range(len(known))), return_dtype=pl.Int32).cast(pl.Int32).to_numpy()
    hashes = tokens.vocabulary.hashes
    samples, sample_offsets = _samples(shingles(tokens.codes, tokens.text_offsets, hashes), tokens.text_offsets, bodies)
    words, counts, word_offsets = _words(tokens.codes, tokens.text_offsets, hashes, telling, of_row, titles, bodies)
    return ARTICLE_PRINTS.frame(
        articles.select("article_id", "published_at", "language", week=week_of(pl.col("published_at"))).with_columns(
            samples=_column(samples.view(np.int64), sample_offsets),
            words=_column(words.view(np.int64), word_offsets),
            counts=_column(counts, word_offsets),
        )
    )


def _telling(forms: pl.Series, language: str | None) -> Bools:
    """Whether each word may tell an event from others, in an article of a language."""
    is_word = (forms.str.len_chars() >= SHORTEST_WORD) & ~forms.str.contains(r"^\d+$")
    if language in press_languages():
        words = press(language)
        small = pl.Series(
            [words.classes.get(words.folded(form), 0) & SMALL_WORD != 0 for form in forms], dtype=pl.Boolean
        )
    else:
        small = forms.is_in(list(FUNCTION_WORDS | COMMON_WORDS))
    telling: Bools = (is_word & ~small).to_numpy()
    return telling


def _column(values: npt.NDArray[np.generic], offsets: Int64s) -> pl.Series:
    """A column of lists that stand end to end."""
    return pl.Series(pa.LargeListArray.from_arrays(pa.array(offsets), pa.array(values)))


@compiled
def shingles(codes: Int32s, text_offsets: Int64s, form_hashes: UInt64s) -> UInt64s:
    """For every token, the hash of the shingle that starts there; 0 where the text ends sooner."""
    hashes = np.zeros(len(codes), np.uint64)
    for text in range(len(text_offsets) - 1):
        for start in range(text_offsets[text], text_offsets[text + 1] - SHINGLE + 1):
            h = GOLDEN
            for token in range(start, start + SHINGLE):
                h = chained(h, form_hashes[codes[token]])
            hashes[start] = h
    return hashes


@compiled
def _samples(hashes: UInt64s, text_offsets: Int64s, texts: Int64s) -> tuple[UInt64s, Int64s]:
    """The sampled shingles of each of some texts, each once, sorted: end to end, and where each text's begin."""
    n = 0
    for h in hashes:
        n += h % np.uint64(SAMPLED) == 0 and h != 0
    samples, offsets = np.empty(n, np.uint64), np.zeros(len(texts) + 1, np.int64)
    n = 0
    for row in range(len(texts)):
        first = n
        for h in hashes[text_offsets[texts[row]] : text_offsets[texts[row] + 1]]:
            if h % np.uint64(SAMPLED) == 0 and h != 0:
                samples[n] = h
                n += 1
        n = sort_distinct(samples, first, n)
        offsets[row + 1] = n
    return samples[:n].copy(), offsets


@compiled
def _words(
    codes: Int32s,
    text_offsets: Int64s,
    form_hashes: UInt64s,
    telling: Bools,
    of_row: Int32s,
    titles: Int64s,
    bodies: Int64s,
) -> tuple[UInt64s, Int32s, Int64s]:
    """The telling words of each title and body together, sorted by hash, and how often each stands there.

    ``telling`` has a row for each language, ``of_row`` that of each article.
    """
    words, counts = np.empty(len(codes), np.uint64), np.empty(len(codes), np.int32)
    offsets = np.zeros(len(titles) + 1, np.int64)
    times = np.zeros(len(form_hashes), np.int32)
    found = np.empty(len(form_hashes), np.int32)
    n = 0
    for row in range(len(titles)):
        n_found = 0
        for text, weight in ((titles[row], TITLE_WEIGHT), (bodies[row], 1)):
            for token in range(text_offsets[text], text_offsets[text + 1]):
                code = codes[token]
                if not telling[of_row[row], code]:
                    continue
                if times[code] == 0:
                    found[n_found] = code
                    n_found += 1
                times[code] += weight
        own = found[:n_found]
        for place in np.argsort(form_hashes[own]):
            words[n] = form_hashes[own[place]]
            counts[n] = times[own[place]]
            times[own[place]] = 0
            n += 1
        offsets[row + 1] = n
    return words[:n].copy(), counts[:n].copy(), offsets
