"""What every kind of page refers to: the printed statements in their order with their addresses, who has a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from assets.report.marked_text import HANGING
from assets.report.tables import ReportTables

MOST_STATEMENT_PAGES = 20_000
"""The widest-carried statements have a page each; the others are shown at their place in their article."""
Frames = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Listing:
    """The report's tables with what is derived from several of them; frames throughout, no row is a Python object."""

    tables: ReportTables
    most_statement_pages: int = MOST_STATEMENT_PAGES

    @cached_property
    def statements(self) -> pl.DataFrame:
        """One row per statement that somebody printed between marks or as a block, the widest-carried first.

        statement_id, text (as displayed), speaker_id, speaker, n_carried, n_possible, n_wordings, first_at,
        first_precision, quote_id and article_id of its fullest printing, has_page, address (from the report's root).
        """
        tables = self.tables
        carried = tables.quote_coverage.group_by("statement_id").agg(
            n_carried=pl.col("carried").sum().cast(pl.Int32),
            n_possible=pl.len().cast(pl.Int32),
            n_wordings=pl.col("wording").drop_nulls().n_unique().cast(pl.Int32),
            speaker=pl.col("speaker").first(),
        )
        printings = (
            tables.statement_quotes.select("statement_id", "quote_id")
            .join(tables.quotes.select("quote_id", "article_id", "kind", "n_words", "text"), on="quote_id")
            .join(tables.statements.select("statement_id", longest="text"), on="statement_id")
            .with_columns(is_longest=pl.col("text") == pl.col("longest"))
            .drop("text", "longest")
            .join(tables.articles.select("article_id", "published_at", "published_precision"), on="article_id")
        )
        first = (
            printings.filter(pl.col("published_at").is_not_null() & (pl.col("published_precision") != "month"))
            .sort("statement_id", "published_at", pl.col("published_precision") == "second", "article_id")
            .group_by("statement_id", maintain_order=True)
            .agg(first_at=pl.col("published_at").first(), first_precision=pl.col("published_precision").first())
        )
        fullest = (
            printings.sort(
                "statement_id",
                "is_longest",
                pl.col("kind") == "indirect",
                "n_words",
                "quote_id",
                descending=[False, True, False, True, False],
            )
            .group_by("statement_id", maintain_order=True)
            .agg(pl.col("quote_id", "article_id").first())
        )
        page = pl.format("statements/{}.html", "statement_id")
        place = pl.format("articles/{}.html#q-{}", "article_id", "quote_id")
        return (
            tables.statements.select("statement_id", "speaker_id", as_displayed("text"))
            .join(carried, on="statement_id")
            .join(first, on="statement_id", how="left")
            .join(fullest, on="statement_id", how="left")
            .sort("n_carried", pl.col("text").str.len_chars(), "statement_id", descending=[True, True, False])
            .with_columns(has_page=pl.int_range(pl.len()) < self.most_statement_pages)
            .with_columns(address=pl.when("has_page").then(page).otherwise(place))
        )

    @cached_property
    def paged_statements(self) -> pl.DataFrame:
        return self.statements.filter("has_page").sort("statement_id")

    @cached_property
    def speakers(self) -> pl.DataFrame:
        """One row per speaker with a page, by id: entity_id, name, kind, aliases, n_outlets, n_quotes, n_words."""
        totals = self.tables.speaker_coverage.group_by(entity_id="speaker_id").agg(
            n_outlets=pl.len().cast(pl.Int32), n_quotes=pl.col("n_quotes").sum(), n_words=pl.col("n_words").sum()
        )
        return self.tables.entities.join(totals, on="entity_id").sort("entity_id")

    @cached_property
    def articles(self) -> pl.DataFrame:
        """The articles with the names of their outlet and agency, and what they are a copy of."""
        sources = self.tables.sources
        copies = self.tables.syndication.select(
            "article_id", "origin_article_id", "origin_outlet", "shared_share", copied_agency="agency"
        )
        return (
            self.tables.articles.with_columns(pl.col("title").fill_null("Untitled"))
            .join(sources.select("source_id", outlet="name"), on="source_id", how="left")
            .join(sources.select(agency_id="source_id", agency="name"), on="agency_id", how="left")
            .join(copies, on="article_id", how="left")
            .sort("article_id")
        )

    @cached_property
    def headlines(self) -> pl.DataFrame:
        """The articles without their text, the first published first."""
        return self.articles.drop("body", "url", "authors", "dateline").sort(
            "published_at", "article_id", nulls_last=True
        )

    @cached_property
    def printed(self) -> pl.DataFrame:
        """The quotations with the statement each prints: its id, address and how many outlets carried it."""
        statements = self.statements.select("statement_id", "address", "has_page", "n_carried", "n_possible")
        of_quote = self.tables.statement_quotes.select("quote_id", "statement_id").join(statements, on="statement_id")
        return self.tables.quotes.join(of_quote, on="quote_id", how="left").sort("article_id", "start", "quote_id")

    @cached_property
    def coverage(self) -> pl.DataFrame:
        """Statement × outlet with the statement's text, address and carriers, the widest-carried first."""
        columns = self.statements.select("statement_id", "text", "address", "has_page", "n_carried", "n_possible")
        return (
            self.tables.quote_coverage.select("statement_id", "outlet_id", "speaker_id", "speaker", "carried")
            .join(columns.with_row_index("rank"), on="statement_id")
            .sort("rank", "outlet_id")
        )


def as_displayed(column: str) -> pl.Expr:
    """:func:`assets.report.marked_text.displayed` for a column."""
    return pl.col(column).str.strip_chars().str.strip_chars_end(HANGING)


def ranges(frame: pl.DataFrame, key: str, weight: pl.Expr, limit: int) -> Iterator[tuple[str, str]]:
    """First and last key of consecutive stretches of a frame sorted by its key, each of about ``limit`` weight."""
    stretch = frame.select(key, at=(weight.cum_sum() - weight) // limit)
    yield from (
        stretch.group_by("at", maintain_order=True)
        .agg(low=pl.col(key).first(), high=pl.col(key).last())
        .select("low", "high")
        .rows()
    )


def between(frame: pl.DataFrame, key: str, low: str, high: str) -> pl.DataFrame:
    return frame.filter(pl.col(key).is_between(pl.lit(low), pl.lit(high)))


def grouped(frame: pl.DataFrame, key: str) -> dict[str, list[dict[str, Any]]]:
    """Rows by the value of a column, both in the order of the frame; for the rows of one batch."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        groups.setdefault(row[key], []).append(row)
    return groups
