"""What the quotations of a chapter come to among themselves.

A chapter is a week of a story, and most stories have one. One that is told for months would otherwise be gone over from the
beginning whenever an article comes; and what is said in its eighth week is not what was said in its first. Across weeks, and across
stories, statements meet as ``assets/statements/across.py`` says. Everything here hangs on the quotations of the chapter alone, so it
makes no difference which chapters are done together.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from assets.statements.altered import altered
from assets.statements.compare import compared
from assets.statements.credit import settled
from assets.statements.embeddings import with_sense
from assets.statements.encoder import Encoder
from assets.statements.join import Together, grouped, joined, joined_by_sense
from assets.statements.meeting import meeting_keys
from assets.statements.occasion import doubtful_speakers, interrupted, same_sentence, sentences
from assets.statements.printings import Printings, printings_of
from assets.statements.retold import is_saying
from assets.statements.schema import CHAPTER_PRINTINGS, CHAPTER_QUOTES

WEEK_DAYS = 7


@dataclass(frozen=True)
class Within:
    """Rows of ``CHAPTER_QUOTES`` and of ``CHAPTER_PRINTINGS``."""

    quotes: pl.DataFrame
    printings: pl.DataFrame


def chapters(articles: pl.DataFrame, stories: pl.DataFrame) -> pl.DataFrame:
    """The chapter of every article of ``STORIES``: article_id, chapter (its story and the week of it, from 0).

    ``articles`` has article_id and published_at; where that is not known, the article is with the beginning of its story.
    """
    since = pl.col("published_at") - pl.col("published_at").min().over("story_id")
    week = (since.dt.total_days() // WEEK_DAYS).fill_null(0)
    return stories.join(articles.select("article_id", "published_at"), on="article_id", how="left").select(
        "article_id", chapter=pl.format("{}:{}", "story_id", week)
    )


def within(quotes: pl.DataFrame, encoder: Encoder | None = None) -> Within:
    """Quotations (columns of ``QUOTES``, with chapter, story_id, published_at of their articles, and ``state``) of whole chapters, put together."""
    quotes = quotes.sort("quote_id")
    printings = printings_of(quotes)
    pairs = compared(printings)
    in_sentences = sentences(printings, quotes)
    copied = same_sentence(printings, in_sentences)
    printings = settled(pairs, printings, copied)
    pairs = with_sense(pairs, printings, quotes, encoder)
    doubtful = doubtful_speakers(pairs, printings, quotes)
    alike = joined(pairs, printings.table, doubtful)
    together = grouped(alike, printings, doubtful)
    for a, b in copied.iter_rows():
        together.groups.unite(a, b)
    printing_of = dict(printings.of_quote.iter_rows())
    parts = interrupted(quotes).sort("quote_id")
    for quote_id, next_quote_id in parts.iter_rows():
        together.groups.unite(printing_of[quote_id], printing_of[next_quote_id])
        # In other chapters only the sentence that they are parts of would be one with both.
        together.given |= {together.peers.find(printing_of[part]) for part in (quote_id, next_quote_id)}
    rewritten = altered(pairs, printings, quotes)
    for quote_id, printing in rewritten.select("quote_id", "printing").iter_rows():
        together.groups.unite(printing_of[quote_id], printing)
    placed = _placed(printings, quotes, together)
    by_sense = _by_sense(joined_by_sense(pairs, alike), printings)
    in_parts = pl.concat([parts["quote_id"], parts["next_quote_id"]])
    return Within(
        CHAPTER_QUOTES.frame(
            printings.of_quote.join(placed.select("printing", "statement", first="quote_id"), on="printing")
            .drop("printing")
            .rename({"first": "printing"})
            .join(quotes.select("quote_id", "chapter", "state"), on="quote_id")
            .join(rewritten.select("quote_id", rewritten="evidence"), on="quote_id", how="left")
            .join(by_sense, on="quote_id", how="left")
            .with_columns(is_interrupted=pl.col("quote_id").is_in(in_parts.implode()))
            .sort("quote_id")
        ),
        CHAPTER_PRINTINGS.frame(placed.join(meeting_keys(printings, in_sentences), on="printing").sort("printing")),
    )


def _placed(printings: Printings, quotes: pl.DataFrame, together: Together) -> pl.DataFrame:
    """Every printing with where it was put, all named by their first quotation; and what it takes to meet those of other chapters."""
    table = printings.table
    ids = table["quote_id"]
    roots = together.groups.roots()
    peers = together.peers.roots()
    speakers = quotes["speaker_id"].drop_nulls().unique().sort()
    voices = np.array(together.groups.speaker, np.int32)[roots] if len(roots) else np.zeros(0, np.int32)
    return (
        table.select(
            "printing",
            "quote_id",
            "hours",
            "sole_article",
            "doubt",
            "n_articles",
            saying=pl.when(is_saying()).then(pl.col("letters").reinterpret(signed=True)),
            speaker_id=_named(speakers, table["speaker"]),
            voice=_named(speakers, pl.Series(voices)),
            statement=ids.gather(roots),
            part=ids.gather(peers),
            is_given=pl.Series([root in together.given for root in peers.tolist()], dtype=pl.Boolean),
        )
        .with_columns(is_alone=pl.len().over("statement") == 1)
        .join(quotes.select("quote_id", "chapter", "story_id"), on="quote_id", maintain_order="left")
    )


def _named(names: pl.Series, codes: pl.Series) -> pl.Series:
    return (
        names.gather(codes.replace(-1, None).cast(pl.Int64))
        if len(names)
        else pl.repeat(None, len(codes), dtype=pl.String, eager=True)
    )


def _by_sense(pairs: pl.DataFrame, printings: Printings) -> pl.DataFrame:
    """The closest sense by which a model put a quotation to another: quote_id, sense."""
    return (
        pl.concat([pairs.select("sense", printing="a"), pairs.select("sense", printing="b")])
        .group_by(pl.col("printing").cast(printings.of_quote.schema["printing"]))
        .agg(pl.col("sense").max())
        .join(printings.of_quote, on="printing")
        .select("quote_id", "sense")
    )
