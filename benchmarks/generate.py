"""A made-up press corpus of any size, with the truth of which article copies which.

Three quarters of the articles print agency copy: a run of its sentences, some left out, some lightly edited, with words
of their own after it. Words are invented and follow a Zipf law, every outlet ends with its own line, and a stock of
idioms runs through all texts, so that phrases, pairs and statements have their usual company.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

Int64s = npt.NDArray[np.int64]
Rng = np.random.Generator

N_OUTLETS = 150
N_AGENCIES = 3
N_WORDS = 60_000
N_IDIOMS = 400
IDIOM_WORDS = 6
SENTENCES_PER_ARTICLE = 32
WORDS_PER_SENTENCE = 20
SENTENCES_PER_PARAGRAPH = 2
COPY_SHARE = 0.75
COPIES_PER_ORIGINAL = 10
EDIT_RATE = 0.06
OMISSION_RATE = 0.05
IDIOM_RATE = 0.05
FIRST_DAY = datetime(2030, 1, 1)
SECONDS = 30 * 86_400


@dataclass(frozen=True)
class _Sentences:
    """Word codes of many sentences, end to end; sentence ``s`` is ``words[offsets[s]:offsets[s + 1]]``."""

    words: Int64s
    offsets: Int64s


def generate_corpus(n_articles: int, seed: int = 0) -> pl.DataFrame:
    """``n_articles`` articles of about 650 words, in order of their ids; the same arguments give the same frame.

    Columns: article_id, source_id, agency_id (null for own work), title, body, published_at, copied_from (the
    article_id of the agency original; null for originals and own work) and sentences (int64 list: for copies, which of
    the original's sentences it prints; for originals all of them; else empty).
    """
    rng = np.random.default_rng(seed)
    rows = np.arange(n_articles)
    n_originals = max(1, round(n_articles * COPY_SHARE / COPIES_PER_ORIGINAL))
    is_copy = (rows >= n_originals) & (
        rng.random(n_articles) < COPY_SHARE * n_articles / (n_articles - n_originals + 1)
    )
    # A few originals are printed nearly everywhere, most by a handful of outlets.
    popularity = np.minimum(rng.pareto(1.5, n_originals) + 0.2, 15.0)
    origin = np.where(is_copy, rng.choice(n_originals, n_articles, p=popularity / popularity.sum()), -1)

    n_copied = np.round(rng.beta(3.0, 1.2, n_articles) * SENTENCES_PER_ARTICLE).astype(np.int64)
    n_copied = np.where(is_copy, np.maximum(n_copied, 1), 0)
    first_copied = np.floor(rng.random(n_articles) ** 3 * (SENTENCES_PER_ARTICLE - n_copied + 1)).astype(np.int64)
    copy_row, copy_place = _ranges(n_copied)
    copy_place += first_copied[copy_row]
    printed = rng.random(len(copy_row)) > OMISSION_RATE
    copy_row, copy_place = copy_row[printed], copy_place[printed]

    n_own = SENTENCES_PER_ARTICLE - n_copied
    own_row, own_place = _ranges(n_own)
    fresh = _draw_sentences(rng, len(own_row))
    copied = (np.cumsum(n_own) - n_own)[origin[copy_row]] + copy_place
    is_edited = rng.random(len(copied)) < EDIT_RATE
    edited = _with_one_word_changed(rng, fresh, copied[is_edited])
    copied[is_edited] = len(own_row) + np.arange(is_edited.sum())
    words = np.concatenate([fresh.words, edited.words])
    pool = _Sentences(words, np.concatenate([fresh.offsets, edited.offsets[1:] + len(fresh.words)]))

    row = np.concatenate([copy_row, own_row])
    order = np.lexsort((np.concatenate([copy_place, own_place + SENTENCES_PER_ARTICLE]), row))
    outlet = rng.integers(0, N_OUTLETS, n_articles)
    outlet[:n_originals] = N_OUTLETS + rng.integers(0, N_AGENCIES, n_originals)
    bodies = _bodies(rng, pool, row[order], np.concatenate([copied, np.arange(len(own_row))])[order], outlet)

    seconds = np.floor(rng.random(n_articles) * SECONDS)
    seconds = np.where(is_copy, seconds[origin] + np.floor(rng.lognormal(8.5, 1.0, n_articles)), seconds)
    lists_row = np.concatenate([copy_row, np.repeat(rows[:n_originals], SENTENCES_PER_ARTICLE)])
    lists_place = np.concatenate([copy_place, np.tile(np.arange(SENTENCES_PER_ARTICLE), n_originals)])
    places = pl.DataFrame({"row": lists_row, "sentences": lists_place}).group_by("row").agg(pl.col("sentences").sort())
    names = pl.Series([f"outlet-{i:03d}" for i in range(N_OUTLETS)] + [f"agency-{i}" for i in range(N_AGENCIES)])
    return (
        pl.DataFrame({"row": rows, "outlet": outlet, "origin": origin, "body": bodies, "seconds": seconds})
        .join(places, on="row", how="left", maintain_order="left")
        .with_columns(origin=pl.when(pl.col("origin") >= 0).then(pl.col("origin")))
        .select(
            article_id=_article_id("row"),
            source_id=names.gather(outlet),
            agency_id=pl.when(pl.col("origin").is_not_null()).then(names.gather(outlet[np.maximum(origin, 0)])),
            title=pl.col("body").str.extract(r"^((?:\S+ ){6}\S+)"),
            body="body",
            published_at=pl.lit(FIRST_DAY) + pl.duration(seconds=pl.col("seconds").cast(pl.Int64)),
            copied_from=_article_id("origin"),
            sentences=pl.col("sentences").fill_null([]),
        )
    )


def true_pairs(corpus: pl.DataFrame, least: float = 0.5) -> pl.DataFrame:
    """The pairs of articles that share agency copy so that one holds at least ``least`` of the other's words.

    Columns: article_a < article_b, containment (the larger of the two directions). Words of a sentence that both print
    are shared, lightly edited or not.
    """
    articles = corpus.lazy().with_row_index("row").with_columns(n_words=pl.col("body").str.count_matches(r"\w+"))
    lengths = (
        articles.filter(pl.col("copied_from").is_null() & (pl.col("sentences").list.len() > 0))
        .select(origin="article_id", sentence=pl.col("body").str.extract_all(r"[^.]+\."))
        .explode("sentence")
        .select("origin", n=pl.col("sentence").str.count_matches(r"\w+"))
        .with_columns(sentences=pl.int_range(pl.len()).over("origin"))
    )
    printed = (
        articles.filter(pl.col("sentences").list.len() > 0)
        .select("row", "n_words", pl.coalesce("copied_from", "article_id").alias("origin"), "sentences")
        .explode("sentences")
        .join(lengths, on=["origin", "sentences"])
    )
    return (
        printed.join(printed.drop("n"), on=["origin", "sentences"], suffix="_b")
        .filter(pl.col("row") < pl.col("row_b"))
        .group_by("row", "row_b")
        .agg(shared=pl.col("n").sum(), least_words=pl.min_horizontal("n_words", "n_words_b").first())
        .select(
            article_a=_article_id("row"),
            article_b=_article_id("row_b"),
            containment=pl.col("shared") / pl.col("least_words"),
        )
        .filter(pl.col("containment") >= least)
        .sort("article_a", "article_b")
        .collect()
    )


def _article_id(column: str) -> pl.Expr:
    return pl.lit("article-") + pl.col(column).cast(pl.String).str.zfill(7)


def _ranges(counts: Int64s) -> tuple[Int64s, Int64s]:
    """0 … count - 1 for every row, end to end: the rows, and the numbers."""
    rows = np.repeat(np.arange(len(counts)), counts)
    return rows, np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)


def _draw_words(rng: Rng, n: int) -> Int64s:
    """Word codes by a Zipf law (exponent 1), drawn by inversion."""
    return np.minimum(np.exp(rng.random(n) * np.log(N_WORDS)).astype(np.int64), N_WORDS) - 1


def _draw_sentences(rng: Rng, n: int) -> _Sentences:
    lengths = np.clip(np.round(rng.normal(WORDS_PER_SENTENCE, 6, n)).astype(np.int64), 4, 45)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    words = _draw_words(rng, int(offsets[-1]))
    idioms = _draw_words(rng, N_IDIOMS * IDIOM_WORDS).reshape(N_IDIOMS, IDIOM_WORDS)
    hosts = np.flatnonzero((rng.random(n) < IDIOM_RATE) & (lengths >= IDIOM_WORDS))
    at = offsets[hosts][:, None] + np.arange(IDIOM_WORDS)
    words[at] = idioms[rng.integers(0, N_IDIOMS, len(hosts))]
    return _Sentences(words, offsets)


def _with_one_word_changed(rng: Rng, sentences: _Sentences, chosen: Int64s) -> _Sentences:
    lengths = np.diff(sentences.offsets)[chosen]
    rows, places = _ranges(lengths)
    words = sentences.words[sentences.offsets[chosen][rows] + places]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    words[offsets[:-1] + np.floor(rng.random(len(chosen)) * lengths).astype(np.int64)] = _draw_words(rng, len(chosen))
    return _Sentences(words, offsets)


def _word_forms() -> pa.Array:
    """Invented words, short ones for frequent codes."""
    onsets, vowels, codas = (
        ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "st", "tr"],
        "aeiou",
        ["", "n", "r", "l", "s"],
    )
    syllables = [onset + vowel + coda for coda in codas for onset in onsets for vowel in vowels]
    forms = [*syllables, *(first + second for first in syllables for second in syllables)]
    return pa.array(forms[:N_WORDS], pa.large_string())


def _joined(parts: Any, lengths: Int64s, separator: str) -> Any:
    offsets = pa.array(np.concatenate([[0], np.cumsum(lengths)]), pa.int64())
    return pc.binary_join(pa.LargeListArray.from_arrays(offsets, parts), pa.scalar(separator, pa.large_string()))


def _bodies(rng: Rng, pool: _Sentences, row: Int64s, sentence: Int64s, outlet: Int64s) -> pl.Series:
    """Sentences (sorted by row) as texts: capitals, full stops, a few sentences a line, the outlet's own line last."""
    forms = _word_forms()
    plain = pl.Series(_joined(forms.take(pa.array(pool.words)), np.diff(pool.offsets), " "))
    texts = plain.str.slice(0, 1).str.to_uppercase() + plain.str.slice(1) + "."
    counts = np.bincount(row, minlength=len(outlet))
    _, place = _ranges(counts)
    n_lines = -(-counts // SENTENCES_PER_PARAGRAPH)
    lines_row, _ = _ranges(n_lines)
    line = (np.cumsum(n_lines) - n_lines)[row] + place // SENTENCES_PER_PARAGRAPH
    placed = texts.gather(sentence).to_arrow(compat_level=pl.CompatLevel.oldest())
    lines = _joined(placed, np.bincount(line, minlength=len(lines_row)), " ")
    stories = pl.Series(_joined(lines, n_lines, "\n"))
    closing = _draw_sentences(rng, N_OUTLETS + N_AGENCIES)
    own_lines = pl.Series(_joined(forms.take(pa.array(closing.words)), np.diff(closing.offsets), " "))
    return stories + "\n" + own_lines.gather(outlet)
