"""The first page: how much there is, over which days, what spread, what was altered, who copies, what was not taken."""

from collections.abc import Iterator

import polars as pl

from assets.report.coverage import quotes_by_day, undated_quotes
from assets.report.listing import Listing
from assets.report.pages import Page, sheets
from assets.report.statements import altered, with_marks
from assets.text.dates.timestamp import with_known_days

WIDEST, ALTERED, OUTLETS = 12, 5, 25


def lists(listing: Listing) -> Iterator[Page]:
    tables = listing.tables
    days = with_known_days(tables.articles)["published_at"].drop_nulls().dt.date()
    changed = altered(listing)
    outlets = tables.outlet_coverage.sort("share_wire", "outlet_id", descending=[True, False], nulls_last=True)
    rejects = tables.rejects.group_by("reason").agg(
        pl.len().alias("n"), pl.col("path").sort().first(), pl.col("detail").sort_by("path").first()
    )
    content = {
        "counts": [
            ("articles", tables.articles.height, "articles.html"),
            ("outlets", tables.outlet_coverage.height, "outlets.html"),
            ("quotations", tables.quotes.height, "days.html"),
            ("statements", listing.statements.height, "statements.html"),
            ("speakers", listing.speakers.height, "speakers.html"),
        ],
        "first_day": days.min(),
        "last_day": days.max(),
        "chart": quotes_by_day(listing),
        "n_undated": undated_quotes(listing),
        "widest": listing.statements.head(WIDEST).rows(named=True),
        "altered": with_marks(changed.head(ALTERED).rows(named=True)),
        "n_altered": changed.height,
        "outlets": outlets.head(OUTLETS).rows(named=True),
        "n_outlets": outlets.height,
        "rejects": rejects.sort("n", "reason", descending=[True, False]).rows(named=True),
    }
    yield Page("index.html", "overview.html", "Overview", content)
    yield Page("statement.html", "find.html", "A statement by its address")
    for path, sheet, rows in sheets(tables.rejects, "rejects"):
        yield Page(path, "rejects.html", "Not taken", {"rejects": rows, "sheet": sheet})
