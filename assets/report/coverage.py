"""The coverage page: statements × outlets and outlets × outlets, ordered so that the pattern shows; quotes by day."""

from collections.abc import Iterator
from urllib.parse import quote

import polars as pl

from assets.report.charts import bars_over_time
from assets.report.formats import NO_DATE
from assets.report.pages import ROWS_PER_PAGE, Page, Row, sheets
from assets.report.seriation import seriated
from assets.report.tables import MATRIX_STATEMENTS, MOST_LISTED, Lists
from assets.report.written.columns import Rows, count_column, day_column, escaped, rows_of
from assets.text.dates.timestamp import with_known_days

MATRIX_OUTLETS = 40
SHADES = 5
CARRIED, LEFT_OUT, NO_STORY = 3, 1, 0


def lists(listed: Lists) -> Iterator[Page]:
    content = {
        **statement_matrix(listed),
        **shared_matrix(listed),
        "pairs": listed.rows("article_pairs"),
        "chart": quotes_by_day(listed),
        "n_undated": undated_quotes(listed),
    }
    yield Page("coverage.html", "coverage.html", "Coverage", content)
    days = with_first_headlines(listed).sort("published_on", "outlet", "outlet_id")
    for path, sheet, rows in sheets(day_rows(days), "days"):
        yield Page(
            path, "days.html", "Quotations by day", {"days": rows, "sheet": sheet, "n_undated": undated_quotes(listed)}
        )


def with_first_headlines(listed: Lists) -> pl.DataFrame:
    """``quotes_daily`` with ``articles``: the page of the list of articles on which the outlet's day begins."""
    day = pl.col("published_at").dt.date()
    first = (
        with_known_days(listed["headlines"].with_row_index("row"))
        .group_by(published_on=day, outlet_id="source_id")
        .agg(number=pl.col("row").min() // ROWS_PER_PAGE + 1)
        .filter(pl.col("number") <= MOST_LISTED // ROWS_PER_PAGE)
        .with_columns(
            articles=pl.when(pl.col("number") == 1)
            .then(pl.lit("articles.html"))
            .otherwise(pl.format("articles-{}.html", "number"))
        )
    )
    return listed["quotes_daily"].join(first, on=["published_on", "outlet_id"], how="left")


def day_rows(days: pl.DataFrame) -> Rows:
    """What an outlet printed on a day; each number leads to the articles where the list of articles has that day."""
    plain = pl.col("published_on").dt.strftime("%-d %b %Y").fill_null(str(NO_DATE.striptags()))
    named = days.select(pl.format("{} {}", plain, "outlet")).to_series().to_list()
    list_of = pl.format("{}#articles~{}", "articles", pl.lit(pl.Series(list(map(quote, named)), dtype=pl.String)))

    def cell(n: str) -> pl.Expr:
        linked = pl.format('<td class="n"><a href="{}">{}</a></td>', list_of, count_column(n))
        return pl.coalesce(linked, pl.format('<td class="n">{}</td>', count_column(n)))

    return rows_of(
        days,
        '<tr><th scope="row" class="when">{}</th><td><a href="outlets/{}.html">{}</a></td>{}{}{}</tr>',
        day_column("published_on"),
        escaped("outlet_id"),
        escaped("outlet"),
        *map(cell, ("n_articles", "n_quotes", "n_statements")),
    )


def statement_matrix(listed: Lists) -> Row:
    """The widest-carried statements by the outlets that carry most of them, both seriated."""
    statements = listed["statements"].head(MATRIX_STATEMENTS)
    coverage = listed["widest_coverage"]
    widest = (
        coverage.group_by("outlet_id", "outlet")
        .agg(pl.col("carried").sum())
        .sort("carried", "outlet", "outlet_id", descending=[True, False, False])
        .head(MATRIX_OUTLETS)
        .sort("outlet_id")
    )
    outlets = widest.select("outlet_id", "outlet").rows(named=True)
    rows = statements.sort("statement_id").rows(named=True)
    cells = {(cell["statement_id"], cell["outlet_id"]): cell for cell in coverage.iter_rows(named=True)}
    matrix = [[_state(cells.get((row["statement_id"], outlet["outlet_id"]))) for outlet in outlets] for row in rows]
    by_row = seriated(matrix)
    by_column = seriated([list(column) for column in zip(*matrix, strict=True)])
    ordered = [outlets[at] for at in by_column]
    return {
        "outlets": ordered,
        "statements": [
            {**rows[at], "cells": [cells.get((rows[at]["statement_id"], outlet["outlet_id"])) for outlet in ordered]}
            for at in by_row
        ],
        "n_statements": listed.count("statements"),
    }


def _state(cell: Row | None) -> int:
    if cell is None:
        return NO_STORY
    return CARRIED if cell["carried"] else LEFT_OUT


def shared_matrix(listed: Lists) -> Row:
    """Outlet × outlet: how many pairs of articles share text, shaded by the words they share."""
    shared = listed["shared_text"]
    both = (
        pl.concat(
            [
                shared.select("outlet_a", "outlet_b", "n_pairs", "n_shared_tokens"),
                shared.select(
                    outlet_a="outlet_b", outlet_b="outlet_a", n_pairs="n_pairs", n_shared_tokens="n_shared_tokens"
                ),
            ]
        )
        .group_by("outlet_a", "outlet_b")
        .agg(pl.col("n_pairs", "n_shared_tokens").sum())
    )
    most = (
        both.group_by("outlet_a")
        .agg(pl.col("n_shared_tokens").sum())
        .sort("n_shared_tokens", "outlet_a", descending=[True, False])
        .head(MATRIX_OUTLETS)["outlet_a"]
        .sort()
        .to_list()
    )
    cells = {(row["outlet_a"], row["outlet_b"]): row for row in both.iter_rows(named=True)}
    highest = max((cells[key]["n_shared_tokens"] for key in cells), default=1) or 1
    names = dict(listed["sources"].select("source_id", "name").rows())
    matrix = [
        [cells.get((a, b), {"n_shared_tokens": 0})["n_shared_tokens"] if a != b else highest for b in most]
        for a in most
    ]
    order = [most[at] for at in seriated(matrix)]
    shown = [
        {
            "outlet_id": a,
            "outlet": names[a],
            "cells": [
                {
                    **cells[a, b],
                    "outlet": names[b],
                    "shade": -(-SHADES * cells[a, b]["n_shared_tokens"] // highest),
                }
                if (a, b) in cells
                else None
                for b in order
            ],
        }
        for a in order
    ]
    return {"sharing": shown, "names": names}


def quotes_by_day(listed: Lists) -> object:
    """The chart of quotations by day; None where no article has a date."""
    by_day = (
        listed["quotes_daily"]
        .filter(pl.col("published_on").is_not_null())
        .group_by("published_on")
        .agg(pl.col("n_quotes").sum())
        .sort("published_on")
    )
    return bars_over_time("Quotations", ("direct",), [(day, "direct", n) for day, n in by_day.rows()])


def undated_quotes(listed: Lists) -> int:
    """Quotations that no day counts, because their article has no date."""
    return listed.count("quotations") - listed.count("dated")
