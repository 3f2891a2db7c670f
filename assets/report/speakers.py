"""The pages of speakers: who carries them, what they said over time, in which form."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from assets.report.charts import Chart, bars_over_time
from assets.report.listing import Frames, Listing, as_displayed, between, grouped, ranges
from assets.report.pages import Page, Row, sheets
from assets.text.dates.timestamp import with_known_days

QUOTES_PER_BATCH = 5_000
FORMS = ("direct", "partial", "indirect")


def batches(listing: Listing) -> Iterator[Frames]:
    """Speakers with the outlets that carry them and all their quotations in order of time."""
    tables, speakers = listing.tables, listing.speakers
    quotes = (
        listing.printed.filter(pl.col("speaker_id").is_not_null())
        .select("quote_id", "article_id", "source_id", "start", "kind", "speaker_id", "address", as_displayed("text"))
        .join(listing.articles.select("article_id", "outlet", "published_at", "published_precision"), on="article_id")
        .sort("speaker_id", "published_at", "article_id", "start", nulls_last=True)
    )
    for low, high in ranges(speakers, "entity_id", pl.col("n_quotes").cast(pl.Int64), QUOTES_PER_BATCH):
        yield {
            "speakers": between(speakers, "entity_id", low, high),
            "outlets": between(tables.speaker_coverage, "speaker_id", low, high),
            "quotes": between(quotes, "speaker_id", low, high),
        }


def pages(frames: Frames) -> Iterator[Page]:
    outlets = grouped(frames["outlets"], "speaker_id")
    quotes = {key[0]: group for key, group in frames["quotes"].partition_by("speaker_id", as_dict=True).items()}
    for speaker in frames["speakers"].iter_rows(named=True):
        speaker_id = speaker["entity_id"]
        said = quotes.get(speaker_id, frames["quotes"].clear())
        forms = [(form, sum(row[f"n_{form}"] for row in outlets[speaker_id])) for form in FORMS]
        chart = over_time(said)
        for path, sheet, rows in sheets(said, f"speakers/{speaker_id}"):
            content: Row = {
                "speaker": speaker,
                "outlets": outlets[speaker_id],
                "forms": forms,
                "chart": chart,
                "quotes": rows,
                "sheet": sheet,
            }
            yield Page(path, "speaker.html", speaker["name"], content)


def over_time(said: pl.DataFrame) -> Chart | None:
    """Quotations by time and form; none where all of them stand on one day or have none."""
    counted = (
        with_known_days(said)
        .filter(pl.col("published_at").is_not_null())
        .group_by(
            day=pl.col("published_at").dt.date(),
            form=pl.when(pl.col("kind") == "block").then(pl.lit("direct")).otherwise("kind"),
        )
        .len()
        .sort("day", "form")
        .rows()
    )
    days: set[date] = {row[0] for row in counted}
    return bars_over_time("Quotations over time", FORMS, counted) if len(days) > 1 else None


def lists(listing: Listing) -> Iterator[Page]:
    """All speakers, the most quoted first."""
    ordered = listing.speakers.sort("n_quotes", "name", "entity_id", descending=[True, False, False])
    for path, sheet, rows in sheets(ordered, "speakers"):
        yield Page(path, "speakers.html", "Speakers", {"speakers": rows, "sheet": sheet})
