"""The pages of speakers: who carries them, what they said over time, in which form."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from assets.report.charts import Chart, bars_over_time
from assets.report.made_of import Kind, Part
from assets.report.pages import Frames, Page, Row, grouped, sheets
from assets.report.tables import Lists, as_displayed
from assets.text.dates.timestamp import with_known_days

FORMS = ("direct", "partial", "indirect")
KIND = Kind(
    "speakers",
    {
        "speakers": Part("SELECT entity_id AS page, name, kind, aliases, n_outlets, n_quotes FROM report_speakers"),
        "outlets": Part(
            "SELECT speaker_id AS page, outlet_id, outlet, n_quotes, n_direct, n_partial, n_indirect, n_words, "
            "share_of_words FROM marts.speaker_coverage",
            "n_words DESC, outlet_id",
        ),
        "quotes": Part(
            f"SELECT q.speaker_id AS page, quote_id, q.article_id, q.source_id, start, q.kind, {as_displayed('q.text')} AS text, "
            "address, outlet, published_at, published_precision FROM core.quotes AS q "
            "JOIN report_articles AS a ON a.article_id = q.article_id "
            "LEFT JOIN core.statement_quotes USING (quote_id) LEFT JOIN report_statements AS listed USING (statement_id) "
            "WHERE q.speaker_id IS NOT NULL",
            "published_at NULLS LAST, article_id, start, quote_id",
        ),
    },
)


def pages(frames: Frames) -> Iterator[Page]:
    outlets = grouped(frames["outlets"])
    quotes = {key[0]: group for key, group in frames["quotes"].partition_by("page", as_dict=True).items()}
    for speaker in frames["speakers"].iter_rows(named=True):
        page = speaker["page"]
        said = quotes.get(page, frames["quotes"].clear())
        forms = [(form, sum(row[f"n_{form}"] for row in outlets[page])) for form in FORMS]
        chart = over_time(said)
        for path, sheet, rows in sheets(said, f"speakers/{page}"):
            content: Row = {
                "speaker": speaker,
                "outlets": outlets[page],
                "forms": forms,
                "chart": chart,
                "quotes": rows,
                "sheet": sheet,
            }
            yield Page(path, "speaker.html", speaker["name"], content, page)


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


def lists(listed: Lists) -> Iterator[Page]:
    """All speakers, the most quoted first."""
    for path, sheet, rows in sheets(listed["speakers"], "speakers", total=listed.count("speakers")):
        yield Page(path, "speakers.html", "Speakers", {"speakers": rows, "sheet": sheet})
