"""The pages of statements: every outlet's wording against the fullest, and who left it out."""

from collections.abc import Iterator

import polars as pl
from markupsafe import Markup, escape

from assets.report.formats import delay, delay_hours
from assets.report.listing import Frames, Listing, between, grouped, ranges
from assets.report.marked_text import displayed, marked_wording
from assets.report.pages import Page, Row, sheets

COVERAGE_ROWS_PER_BATCH = 4_000


def batches(listing: Listing) -> Iterator[Frames]:
    """Statements that have a page, with their coverage and the paragraph around their fullest printing."""
    tables, statements = listing.tables, listing.paged_statements
    coverage = (
        tables.quote_coverage.join(statements.select("statement_id"), on="statement_id", how="semi")
        .join(
            tables.articles.select("article_id", "title", "published_precision"),
            on="article_id",
            how="left",
            maintain_order="left",
        )
        .sort("statement_id", "published_at", "outlet_id", nulls_last=True)
    )
    around = statements.select("quote_id").join(
        tables.quotes.select("quote_id", "article_id", "start", "end", "paragraph", quote_kind="kind"), on="quote_id"
    )
    for low, high in ranges(statements, "statement_id", pl.col("n_possible").cast(pl.Int64), COVERAGE_ROWS_PER_BATCH):
        chosen = between(statements, "statement_id", low, high)
        yield {
            "statements": chosen.join(around.drop("article_id"), on="quote_id", how="left")
            .join(tables.articles.select("article_id", "body", article="title"), on="article_id", how="left")
            .sort("statement_id"),
            "coverage": between(coverage, "statement_id", low, high),
        }


def pages(frames: Frames) -> Iterator[Page]:
    coverage = grouped(frames["coverage"], "statement_id")
    for statement in frames["statements"].iter_rows(named=True):
        rows = coverage[statement["statement_id"]]
        carried = [
            {
                **row,
                "marked": marked_wording(statement["text"], displayed(row["wording"])),
                **delays(row, statement),
            }
            for row in rows
            if row["carried"]
        ]
        carried.sort(key=lambda row: (row["hours"], row["outlet"], row["outlet_id"]))
        content = {
            "statement": statement,
            "carried": carried,
            "left_out": sorted((row for row in rows if not row["carried"]), key=lambda row: row["outlet"]),
            "paragraph": paragraph(statement),
        }
        yield Page(f"statements/{statement['statement_id']}.html", "statement.html", statement["text"][:80], content)


def delays(row: Row, statement: Row) -> Row:
    """How long after the first printing, as shown and as sorted; in hours only where both times of day are known."""
    timed = row["published_precision"] == statement["first_precision"] == "second"
    at = None if row["published_precision"] == "month" else row["published_at"]
    times = (row["hours_after_first"] if timed else None, at, statement["first_at"])
    return {"delay": delay(*times), "hours": delay_hours(*times)}


def paragraph(statement: Row) -> Markup:
    """The line of the body on which the fullest printing starts, with the printing marked, to the printing's end."""
    body, start, end = statement["body"], statement["start"], statement["end"]
    left = body.rfind("\n", 0, start) + 1
    right = body.find("\n", end)
    right = len(body) if right < 0 else right
    return (
        escape(body[left:start])
        + Markup('<mark class="{}">{}</mark>').format(statement["quote_kind"], body[start:end])
        + escape(body[end:right])
    )


def lists(listing: Listing) -> Iterator[Page]:
    """All statements, the widest-carried first, and the altered quotations."""
    n_paraphrased = listing.tables.statements.height - listing.statements.height
    for path, sheet, rows in sheets(listing.statements, "statements"):
        content = {"statements": rows, "sheet": sheet, "n_paraphrased": n_paraphrased}
        yield Page(path, "statements.html", "Statements", content)
    for path, sheet, rows in sheets(altered(listing), "altered", 100):
        yield Page(path, "altered.html", "Altered quotations", {"altered": with_marks(rows), "sheet": sheet})


def altered(listing: Listing) -> pl.DataFrame:
    """The altered quotations, those that most others print differently first."""
    addresses = listing.statements.select("statement_id", "address", "speaker_id")
    return (
        listing.tables.altered_quotes.join(addresses, on="statement_id", how="left")
        .join(listing.tables.articles.select("article_id", "published_precision"), on="article_id", how="left")
        .sort("n_other_outlets", "quote_id", descending=[True, False])
    )


def with_marks(rows: list[Row]) -> list[Row]:
    return [
        {
            **row,
            "usual": displayed(row["usual_wording"] or ""),
            "marked": marked_wording(displayed(row["usual_wording"] or row["wording"]), displayed(row["wording"])),
        }
        for row in rows
    ]
