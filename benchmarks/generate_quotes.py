"""Made-up quotations of any number, with the truth of which print the same words."""

import numpy as np
import polars as pl

from assets.text.words import FUNCTION_WORDS
from benchmarks.generate import FIRST_DAY, N_OUTLETS, SECONDS, Rng

STATEMENTS_PER_STORY = 8
PRINTINGS_PER_STATEMENT = 6
SPEAKERS_PER_STORY = 3
N_SPEAKERS = 20_000
N_CONTENT_WORDS = 20_000
UNKNOWN_SPEAKERS = 0.1
EDITS = ("same", "fragment", "edited", "short")
EDIT_SHARES = (0.6, 0.2, 0.15, 0.05)


def generate_quotes(n_quotes: int, seed: int = 0) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Quotes (the columns of ``QUOTES`` that grouping reads), articles, stories, and labels (quote_id, statement)."""
    rng = np.random.default_rng(seed)
    n_statements = max(1, n_quotes // PRINTINGS_PER_STATEMENT)
    statement = np.minimum(np.sort(rng.integers(0, n_statements, n_quotes)), n_statements - 1)
    story = statement // STATEMENTS_PER_STORY
    n_stories = int(story.max()) + 1
    lengths = np.clip(np.round(rng.lognormal(2.7, 0.5, n_statements)).astype(np.int64), 4, 60)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    said = _draw_words(rng, int(offsets[-1]))
    speakers = np.minimum(rng.zipf(1.3, (n_stories, SPEAKERS_PER_STORY)) - 1, N_SPEAKERS - 1)
    speaker = speakers[
        np.arange(n_statements) // STATEMENTS_PER_STORY, rng.integers(0, SPEAKERS_PER_STORY, n_statements)
    ]

    edit = rng.choice(len(EDITS), n_quotes, p=EDIT_SHARES)
    full = lengths[statement]
    printed = np.where(edit == 1, np.maximum(3, full // 2), np.where(edit == 3, np.minimum(full, 2), full))
    first = offsets[statement] + np.floor(rng.random(n_quotes) * (full - printed + 1)).astype(np.int64)
    at = np.repeat(first - (np.cumsum(printed) - printed), printed) + np.arange(printed.sum())
    words = said[at]
    edited = np.flatnonzero(edit == 2)
    changed = (np.cumsum(printed) - printed)[edited] + np.floor(rng.random(len(edited)) * printed[edited]).astype(
        np.int64
    )
    words[changed] = _draw_words(rng, len(edited))
    forms = pl.Series(_forms())
    texts = (
        pl.DataFrame({"quote": np.repeat(np.arange(n_quotes), printed), "word": forms.gather(words)})
        .group_by("quote", maintain_order=True)
        .agg(pl.col("word").str.join(" "))["word"]
    )
    unknown = rng.random(n_quotes) < UNKNOWN_SPEAKERS
    article = story * 16 + rng.integers(0, 16, n_quotes)
    quotes = pl.DataFrame(
        {
            "quote_id": np.arange(n_quotes),
            "article_id": article,
            "speaker_id": speaker[statement],
            "unknown": unknown,
            "text": texts,
        }
    ).select(
        (pl.lit("q") + pl.col("quote_id").cast(pl.String).str.zfill(8)).alias("quote_id"),
        _article_id(),
        source_id=pl.lit("outlet-") + (pl.col("article_id") * 7919 % N_OUTLETS).cast(pl.String),
        text="text",
        kind=pl.lit("direct"),
        start=pl.int_range(pl.len()).cast(pl.Int32) * 1000,
        end=pl.int_range(pl.len()).cast(pl.Int32) * 1000 + 500,
        paragraph=pl.int_range(pl.len()).cast(pl.Int32),
        speaker_id=pl.when(~pl.col("unknown")).then(pl.lit("s") + pl.col("speaker_id").cast(pl.String)),
        confidence=pl.lit(1.0),
        speaker_name=pl.lit(None, pl.String),
        speaker_text=pl.lit(None, pl.String),
        pre=pl.lit(""),
        post=pl.lit(""),
    )
    seconds = np.floor(rng.random(n_stories) * SECONDS).astype(np.int64)
    present = np.unique(article)
    articles = pl.DataFrame({"article_id": present, "story": present // 16, "seconds": seconds[present // 16]})
    return (
        quotes,
        articles.select(
            _article_id(),
            source_id=pl.lit("outlet-") + (pl.col("article_id") * 7919 % N_OUTLETS).cast(pl.String),
            published_at=pl.lit(FIRST_DAY) + pl.duration(seconds=pl.col("seconds")),
            agency_id=pl.lit(None, pl.String),
        ),
        articles.select(story_id=pl.lit("story-") + pl.col("story").cast(pl.String), article_id=_article_id()),
        pl.DataFrame({"quote_id": quotes["quote_id"], "statement": statement}),
    )


def _article_id() -> pl.Expr:
    return (pl.lit("a") + pl.col("article_id").cast(pl.String).str.zfill(8)).alias("article_id")


def _forms() -> list[str]:
    onsets = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"]
    syllables = [onset + vowel for onset in onsets for vowel in "aeiou"]
    invented = [a + b + c for a in syllables for b in syllables for c in ("n", "r", "st", "lk", "m")]
    return sorted(FUNCTION_WORDS) + invented[:N_CONTENT_WORDS]


def _draw_words(rng: Rng, n: int) -> np.ndarray:
    """Half of the words of a quotation are function words; the others follow a Zipf law."""
    content = np.exp(rng.random(n) * np.log(N_CONTENT_WORDS)).astype(np.int64) - 1 + len(FUNCTION_WORDS)
    function = np.floor(len(FUNCTION_WORDS) * rng.random(n) ** 3).astype(np.int64)
    return np.where(rng.random(n) < 0.5, function, content)
