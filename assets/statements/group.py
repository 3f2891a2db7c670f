"""Which quotations print the same words."""

from dataclasses import dataclass

import polars as pl

from assets.statements.altered import altered
from assets.statements.compare import compared
from assets.statements.credit import settled
from assets.statements.embeddings import with_sense
from assets.statements.encoder import Encoder
from assets.statements.join import grouped, joined, joined_by_sense
from assets.statements.occasion import doubtful_speakers, interrupted, same_sentence
from assets.statements.printings import Printings, printings_of
from assets.statements.relations import Judge, judged, relations
from assets.statements.retold import retold
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS
from pipeline.ids import stable_ids


@dataclass(frozen=True)
class GroupedStatements:
    """The statements, and which quotation prints which of them in what way."""

    statements: pl.DataFrame
    statement_quotes: pl.DataFrame


def group_statements(
    quotes: pl.DataFrame,
    articles: pl.DataFrame,
    stories: pl.DataFrame,
    encoder: Encoder | None = None,
    judge: Judge = judged,
) -> GroupedStatements:
    """Every quotation (``QUOTES``) in exactly one statement, given articles (article_id, source_id, published_at,
    agency_id) and ``STORIES``; both tables sorted by id. An ``encoder`` finds rewordings that share few words; ``judge`` tells
    how words relate to others.
    """
    quotes = quotes.join(articles.select("article_id", "published_at", "agency_id"), on="article_id", how="left").join(
        stories, on="article_id", how="left"
    )
    printings = printings_of(quotes)
    pairs = compared(printings)
    copied = pl.concat([same_sentence(printings, quotes), retold(pairs, printings, quotes)], how="vertical_relaxed")
    printings = settled(pairs, printings, copied)
    pairs = with_sense(pairs, printings, quotes, encoder)
    doubtful = doubtful_speakers(pairs, printings, quotes)
    together = joined(pairs, printings, doubtful)
    groups = grouped(together, printings, doubtful)
    for a, b in copied.iter_rows():
        groups.unite(a, b)
    printing_of = dict(printings.of_quote.iter_rows())
    parts = interrupted(quotes).sort("quote_id")
    for quote_id, next_quote_id in parts.iter_rows():
        groups.unite(printing_of[quote_id], printing_of[next_quote_id])
    rewritten = altered(pairs, printings, quotes)
    for quote_id, printing in rewritten.select("quote_id", "printing").iter_rows():
        groups.unite(printing_of[quote_id], printing)
    root = printings.table.select("printing", group=groups.roots())
    printed = (
        quotes.join(printings.of_quote, on="quote_id")
        .join(root, on="printing")
        .sort("published_at", "quote_id", nulls_last=True)
    )
    firsts = printed.group_by("group").agg(first=pl.col("quote_id").first())
    firsts = firsts.with_columns(statement_id=pl.Series(stable_ids(("statement", first) for first in firsts["first"])))
    printed = printed.join(firsts, on="group")
    related = relations(printed, rewritten, pl.concat([parts["quote_id"], parts["next_quote_id"]]), judge)
    if encoder is not None:
        related = _with_engine(related, joined_by_sense(pairs, together), printings, encoder.name)
    return GroupedStatements(
        _statements(printed.join(related, on="quote_id")),
        STATEMENT_QUOTES.frame(
            related.join(printed.select("quote_id", "statement_id"), on="quote_id").sort("quote_id")
        ),
    )


def _with_engine(related: pl.DataFrame, by_sense: pl.DataFrame, printings: Printings, engine: str) -> pl.DataFrame:
    """The evidence of quotations that a model put into their statement says so."""
    cosine = (
        pl.concat([by_sense.select("sense", printing="a"), by_sense.select("sense", printing="b")])
        .group_by(pl.col("printing").cast(printings.of_quote.schema["printing"]))
        .agg(pl.col("sense").max())
        .join(printings.of_quote, on="printing")
        .select(
            "quote_id", said=pl.format("; close in sense by {}, cosine {}", pl.lit(engine), pl.col("sense").round(2))
        )
    )
    judged = related.join(cosine, on="quote_id", how="left")
    reworded = pl.col("relation").is_in(["reworded", "variant"])
    return judged.with_columns(
        evidence=pl.when(reworded).then(pl.col("evidence") + pl.col("said").fill_null("")).otherwise("evidence")
    ).drop("said")


def _statements(printed: pl.DataFrame) -> pl.DataFrame:
    ordered = printed.sort("published_at", "quote_id", nulls_last=True)
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
