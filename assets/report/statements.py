"""The pages of statements: every outlet's wording against the fullest, and who left it out."""

from collections.abc import Iterator, Sequence

import polars as pl
from markupsafe import Markup, escape

from assets.report.formats import Rows, delay, delay_hours, escaped, rows_by_page, rows_of
from assets.report.made_of import Kind, Part
from assets.report.marked_text import displayed, marked_wording
from assets.report.pages import Frames, Page, Row, grouped, sheets
from assets.report.tables import Lists

KIND = Kind(
    "statements",
    {
        # With the line around the fullest printing.
        "statements": Part(
            "SELECT listed.statement_id AS page, listed.* EXCLUDE (rank, has_page, address), a.title AS article, "
            "q.kind AS quote_kind, string_split(substring(body, 1, start), chr(10))[-1] AS before, "
            'substring(body, start + 1, "end" - start) AS printed, '
            'string_split(substring(body, "end" + 1), chr(10))[1] AS after '
            "FROM report_statements AS listed LEFT JOIN core.quotes AS q USING (quote_id) "
            "LEFT JOIN core.articles AS a ON a.article_id = listed.article_id WHERE listed.has_page"
        ),
        "coverage": Part(
            "SELECT c.statement_id AS page, outlet_id, outlet, carried, quote_id, article_id, kind, wording, coalesce(relation, kind) AS relation, "
            "n_printings, n_story_articles, c.published_at, a.published_precision, hours_after_first, title, c.url "
            "FROM marts.quote_coverage AS c LEFT JOIN core.articles AS a USING (article_id) "
            "SEMI JOIN (SELECT statement_id FROM report_statements WHERE has_page) USING (statement_id)",
            "published_at NULLS LAST, outlet_id",
        ),
    },
)


def pages(frames: Frames) -> Iterator[Page]:
    coverage = grouped(frames["coverage"].filter("carried"))
    missing = frames["coverage"].filter(~pl.col("carried")).sort("page", "outlet", maintain_order=True)
    left_out = rows_by_page(missing, missing_rows(missing))
    for statement in frames["statements"].iter_rows(named=True):
        carried = [
            {
                **row,
                "marked": marked_wording(statement["text"], displayed(row["wording"])),
                **delays(row, statement),
            }
            for row in coverage.get(statement["page"], [])
        ]
        carried.sort(key=lambda row: (row["hours"], row["outlet"], row["outlet_id"]))
        content = {
            "statement": statement,
            "carried": carried,
            "left_out": left_out.get(statement["page"], []),
            "paragraph": paragraph(statement),
        }
        yield Page(
            f"statements/{statement['page']}.html", "statement.html", statement["text"][:80], content, statement["page"]
        )


def missing_rows(frame: pl.DataFrame) -> Rows:
    """Outlets that wrote about the story without the statement."""
    return rows_of(
        frame,
        '<tr><th scope="row"><a href="../outlets/{}.html">{}</a></th><td class="n">{}</td></tr>',
        escaped("outlet_id"),
        escaped("outlet"),
        pl.col("n_story_articles"),
    )


def delays(row: Row, statement: Row) -> Row:
    """How long after the first printing, as shown and as sorted; in hours only where both times of day are known."""
    timed = row["published_precision"] == statement["first_precision"] == "second"
    at = None if row["published_precision"] == "month" else row["published_at"]
    times = (row["hours_after_first"] if timed else None, at, statement["first_at"])
    return {"delay": delay(*times), "hours": delay_hours(*times)}


def paragraph(statement: Row) -> Markup:
    """The line of the body on which the fullest printing starts, with the printing marked, to the printing's end."""
    return (
        escape(statement["before"])
        + Markup('<mark class="{}">{}</mark>').format(statement["quote_kind"], statement["printed"])
        + escape(statement["after"])
    )


def lists(listed: Lists) -> Iterator[Page]:
    """All statements, the widest-carried first, and the altered quotations."""
    total = listed.count("statements")
    for path, sheet, rows in sheets(listed.rows("statements"), "statements", total=total):
        content = {"statements": rows, "sheet": sheet, "n_paraphrased": listed.count("all_statements") - total}
        yield Page(path, "statements.html", "Statements", content)
    for path, sheet, rows in sheets(listed.rows("altered"), "altered", 100, total=listed.count("altered")):
        yield Page(path, "altered.html", "Altered quotations", {"altered": with_marks(rows), "sheet": sheet})


def with_marks(rows: Sequence[Row]) -> list[Row]:
    return [
        {
            **row,
            "usual": displayed(row["usual_wording"] or ""),
            "marked": marked_wording(displayed(row["usual_wording"] or row["wording"]), displayed(row["wording"])),
        }
        for row in rows
    ]
