"""Which quotations print the same words."""

from dataclasses import dataclass

import polars as pl

from assets.ids import stable_id
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS


@dataclass(frozen=True)
class GroupedStatements:
    """The statements, and which quotation prints which of them in what way."""

    statements: pl.DataFrame
    statement_quotes: pl.DataFrame


def group_statements(quotes: pl.DataFrame, articles: pl.DataFrame, stories: pl.DataFrame) -> GroupedStatements:
    """Every quotation (``QUOTES``) in exactly one statement, given articles (article_id, source_id, published_at,
    agency_id) and ``STORIES``; both tables sorted by id.
    """
    printed = (
        quotes.select("quote_id", "article_id", "source_id", "text", "speaker_id")
        .join(articles.select("article_id", "published_at"), on="article_id", how="left")
        .join(stories, on="article_id", how="left")
        .with_columns(key=pl.col("text").str.to_lowercase().str.replace_all(r"[\W_]+", ""))
        .with_columns(
            group=pl.struct("key", "speaker_id", pl.when(pl.col("key").str.len_chars() < 20).then("story_id"))
        )
        .sort("published_at", "quote_id", nulls_last=True)
        .with_columns(first=pl.col("quote_id").first().over("group"))
    )
    ids = {first: stable_id("statement", first) for first in printed["first"].unique().to_list()}
    printed = printed.with_columns(statement_id=pl.col("first").replace_strict(ids, return_dtype=pl.String))
    statements = printed.group_by("statement_id").agg(
        text=pl.col("text").sort_by(pl.col("text").str.len_chars(), "quote_id", descending=[True, False]).first(),
        speaker_id=pl.col("speaker_id").first(),
        story_id=pl.col("story_id").first(),
        n_quotes=pl.len(),
        n_outlets=pl.col("source_id").n_unique(),
        first_published_at=pl.col("published_at").first(),
    )
    statement_quotes = printed.select(
        "statement_id",
        "quote_id",
        relation=pl.lit("same"),
        similarity=pl.lit(1.0),
        evidence=pl.lit("the same letters"),
    )
    return GroupedStatements(
        STATEMENTS.frame(statements.sort("statement_id")), STATEMENT_QUOTES.frame(statement_quotes.sort("quote_id"))
    )
