"""Which quotations print the same words."""

from dataclasses import dataclass

import polars as pl

from assets.statements.across import candidates, met, united
from assets.statements.encoder import Encoder
from assets.statements.relations import relations
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS
from assets.statements.within import chapters, within
from pipeline.ids import stable_ids


@dataclass(frozen=True)
class GroupedStatements:
    """The statements, and which quotation prints which of them in what way."""

    statements: pl.DataFrame
    statement_quotes: pl.DataFrame


def group_statements(
    quotes: pl.DataFrame, articles: pl.DataFrame, stories: pl.DataFrame, encoder: Encoder | None = None
) -> GroupedStatements:
    """Every quotation (``QUOTES``) in exactly one statement, given articles (article_id, published_at) and ``STORIES``; both
    tables sorted by id. An ``encoder`` finds rewordings that share few words.
    """
    quotes = (
        quotes.join(articles.select("article_id", "published_at"), on="article_id", how="left")
        .join(stories, on="article_id", how="left")
        .join(chapters(articles, stories), on="article_id", how="left")
        .with_columns(pl.col("chapter").fill_null(""), state=pl.lit(0, pl.Int64))
    )
    told = within(quotes, encoder)
    pairs = candidates(told.printings, told.printings["quote_id"])
    printings = told.printings.join(quotes.select("quote_id", "text"), on="quote_id")
    groups = united(met(pairs, printings, told.printings, told.quotes.join(quotes, on="quote_id")), printings)
    return described(quotes.join(with_groups(told.quotes, groups), on="quote_id"), encoder.name if encoder else "")


def with_groups(placed: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Rows of ``CHAPTER_QUOTES`` with the group of their statement, which is alone where it has met no other (see ``united``)."""
    return placed.join(groups, on="statement", how="left").with_columns(
        pl.coalesce("group", "statement").alias("group")
    )


def described(printed: pl.DataFrame, engine: str) -> GroupedStatements:
    """The statements of quotations (quote_id, text, kind, source_id, speaker_id, story_id, published_at; statement, group and the
    rest of ``CHAPTER_QUOTES``), all those of a group. ``engine`` is the name of the model that compared their sense."""
    printed = printed.sort("published_at", "quote_id", nulls_last=True)
    firsts = printed.group_by("group").agg(first=pl.col("quote_id").first())
    firsts = firsts.with_columns(
        statement_id=pl.Series(stable_ids(("statement", first) for first in firsts["first"]), dtype=pl.String)
    )
    printed = printed.join(firsts, on="group", maintain_order="left")
    rewritten = printed.drop_nulls("rewritten").select("quote_id", evidence="rewritten")
    related = _with_engine(
        relations(printed, rewritten, printed.filter("is_interrupted")["quote_id"]).join(
            printed.select("quote_id", "sense", "statement_id"), on="quote_id"
        ),
        engine,
    )
    return GroupedStatements(
        _statements(printed.join(related.select("quote_id", "is_reference"), on="quote_id", maintain_order="left")),
        STATEMENT_QUOTES.frame(related.sort("quote_id")),
    )


def _with_engine(related: pl.DataFrame, engine: str) -> pl.DataFrame:
    """The evidence of quotations that a model put into their statement says so."""
    said = pl.format("{}; close in sense by {}, cosine {}", "evidence", pl.lit(engine), pl.col("sense").round(2))
    reworded = pl.col("relation").is_in(["reworded", "variant"]) & pl.col("sense").is_not_null()
    return related.with_columns(evidence=pl.when(reworded).then(said).otherwise("evidence"))


def _statements(ordered: pl.DataFrame) -> pl.DataFrame:
    return STATEMENTS.frame(
        ordered.group_by("statement_id")
        .agg(
            text=pl.col("text").filter(pl.col("is_reference")).first(),
            # The speaker whom most articles credit; the first credit in a tie.
            speaker_id=pl.col("speaker_id").drop_nulls().mode(maintain_order=True).first(),
            story_id=pl.col("story_id").first(),
            n_quotes=pl.len(),
            n_outlets=pl.col("source_id").n_unique(),
            first_published_at=pl.col("published_at").first(),
        )
        .sort("statement_id")
    )
