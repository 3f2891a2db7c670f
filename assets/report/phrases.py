"""The pages of phrases: the widest and longest repeated passages, by kind, with the articles where each stands."""

from collections.abc import Iterator

import polars as pl

from assets.report.formats import passage
from assets.report.pages import Page, sheets
from assets.report.tables import Lists
from assets.report.written.columns import (
    Rows,
    count_column,
    day_column,
    escaped,
    moment_column,
    rows_of,
    shortened_column,
)

KINDS = ("wire", "quote", "idiom", "boilerplate")


def lists(listed: Lists) -> Iterator[Page]:
    phrases = listed["repeated_phrases"].sort("n_outlets", "n_tokens", "phrase_id", descending=[True, True, False])
    rows = pl.Series(phrase_rows(phrases, listed["phrase_places"]), dtype=pl.String)
    phrases = phrases.select("kind", row=rows)
    counts = dict(listed["phrase_kinds"].rows())
    kinds = [(kind, counts[kind]) for kind in KINDS if kind in counts]
    yield from _pages(phrases["row"].to_list(), "phrases", kinds, None, sum(counts.values()))
    for kind, _ in kinds:
        yield from _pages(phrases.filter(kind=kind)["row"].to_list(), f"phrases-{kind}", kinds, kind, counts[kind])


def _pages(rows: Rows, stem: str, kinds: list[tuple[str, int]], kind: str | None, total: int) -> Iterator[Page]:
    for path, sheet, shown in sheets(rows, stem, 250, total):
        content = {"phrases": shown, "sheet": sheet, "kinds": kinds, "kind": kind}
        yield Page(path, "phrases.html", "Repeated phrases", content)


def phrase_rows(phrases: pl.DataFrame, places: pl.DataFrame) -> Rows:
    """Phrases with their kind and numbers, where each was first, and the articles with it."""
    listed = phrases.join(place_lists(places), on="phrase_id", how="left", maintain_order="left").with_columns(
        pl.col("n_listed").fill_null(0), pl.col("places").fill_null("")
    )
    n_more = pl.col("n_articles") - pl.col("n_listed")
    more = pl.when(n_more > 0).then(pl.format('<p class="note">and {} more in the warehouse</p>', n_more)).fill_null("")
    articles = pl.format(
        "{} article{}",
        count_column("n_articles"),
        pl.when(pl.col("n_articles") == 1).then(pl.lit("")).otherwise(pl.lit("s")),
    )
    return rows_of(
        listed,
        '<tr><th scope="row" class="words">{}</th><td>{}</td><td class="n">{}</td><td class="n">{}</td><td class="n">{}</td>'
        '<td>{}<br>{}</td><td><details><summary>{}</summary><ul class="plain">{}</ul>{}</details></td></tr>',
        shortened_column("phrase", 600),
        pl.col("kind"),
        count_column("n_tokens"),
        count_column("n_articles"),
        count_column("n_outlets"),
        escaped(pl.col("first_outlet").fill_null("None")),
        day_column("first_published_at"),
        articles,
        pl.col("places"),
        more,
    )


def place_lists(places: pl.DataFrame) -> pl.DataFrame:
    """The first articles with each phrase: phrase_id, places (HTML), n_listed."""
    # An address of a passage holds no sign that HTML has a use for; most places of a phrase open alike.
    passages = {opening: passage(opening) for opening in places["opening"].unique().to_list()}
    precision = pl.when(pl.col("published_precision") == "month").then(pl.lit("month")).otherwise(pl.lit("day"))
    return (
        places.with_columns(
            passage=pl.col("opening").replace_strict(passages, return_dtype=pl.String), precision=precision
        )
        .select(
            "phrase_id",
            place=pl.format(
                '<li><a href="articles/{}.html{}">{}</a> {}</li>',
                escaped("article_id"),
                "passage",
                escaped("outlet"),
                moment_column("published_at", "precision"),
            ),
        )
        .group_by("phrase_id", maintain_order=True)
        .agg(places=pl.col("place").str.join(), n_listed=pl.len())
    )
