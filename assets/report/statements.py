"""The pages of statements: every outlet's wording against the fullest, and who left it out."""

from collections.abc import Iterator, Sequence

import polars as pl

from assets.report.formats import (
    RELATIONS,
    Rows,
    count_column,
    delay,
    delay_hours,
    escaped,
    moment_column,
    outward_column,
    plural_column,
    rows_of,
    shortened_column,
    speaker_column,
    strip_column,
    tables_of,
)
from assets.report.made_of import Kind, Part
from assets.report.marked_text import displayed, marked_wording
from assets.report.pages import Frames, Page, Ready, Row, sheets
from assets.report.tables import Lists
from assets.report.written.filled import filled

LONG_WORDS = 400
"""Letters from which a statement fills the screen at the size of a heading."""
WITH_PAGE = "SEMI JOIN (SELECT statement_id FROM report_statements WHERE has_page) USING (statement_id)"
KIND = Kind(
    "statements",
    {
        # With the line around the fullest printing.
        "statements": Part(
            "SELECT listed.statement_id AS page, listed.* EXCLUDE (rank, has_page, address), a.title AS article, "
            "q.kind AS quote_kind, stories.story_id, stories.title AS story, string_split(substring(body, 1, start), chr(10))[-1] AS before, "
            'substring(body, start + 1, "end" - start) AS printed, '
            'string_split(substring(body, "end" + 1), chr(10))[1] AS after '
            "FROM report_statements AS listed LEFT JOIN core.quotes AS q USING (quote_id) "
            "LEFT JOIN core.articles AS a ON a.article_id = listed.article_id LEFT JOIN (SELECT statement_id, story_id FROM core.statements) "
            "USING (statement_id) LEFT JOIN report_stories AS stories USING (story_id) WHERE listed.has_page"
        ),
        "coverage": Part(
            "SELECT c.statement_id AS page, outlet_id, outlet, quote_id, article_id, kind, wording, coalesce(relation, kind) AS relation, "
            "n_printings, c.published_at, a.published_precision, hours_after_first, title, c.url "
            "FROM marts.quote_coverage AS c LEFT JOIN core.articles AS a USING (article_id) "
            f"{WITH_PAGE} WHERE carried",
            "published_at NULLS LAST, outlet_id",
        ),
        "left_out": Part(
            "SELECT statement_id AS page, outlet_id, outlet, n_story_articles "
            f"FROM marts.quote_coverage {WITH_PAGE} WHERE NOT carried",
            "outlet, outlet_id",
        ),
    },
)


def pages(frames: Frames) -> Iterator[Ready]:
    listed = frames["statements"]
    carried = frames["coverage"].join(listed.select("page", "first_at", "first_precision", reference="text"), on="page")
    delayed = with_delays(carried).sort("page", "hours", "outlet", "outlet_id")
    shown = listed.with_columns(title=pl.col("text").str.slice(0, 80))
    for table in (carried_rows(delayed), missing_rows(frames["left_out"])):
        shown = shown.join(table, on="page", how="left", maintain_order="left")
    texts = {name: pl.col(name) for name in ("text", "statement_id", "story_id", "article_id", "quote_id")}
    html = {
        "length": pl.when(pl.col("text").str.len_chars() > LONG_WORDS).then(pl.lit(" long")).otherwise(pl.lit("")),
        "speaker": speaker_column("speaker_id", "speaker", "../"),
        "moment": moment_column("first_at", "first_precision"),
        "story": shortened_column("story", 80),
        "dots": strip_column(listed, "n_carried", "n_possible"),
        "n_carried": count_column("n_carried"),
        "possible": plural_column("n_possible", "outlet"),
        "n_left_out": count_column("n_left_out"),
        "wordings": plural_column("n_wordings", "wording"),
        "carried": pl.col("carried"),
        "left_out": pl.col("left_out"),
        "paragraph": paragraph(),
        "article": escaped(pl.col("article").replace("", None).fill_null("its article")),
    }
    yield from filled("statement.html", shown, texts, html, "statements")


def missing_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Outlets that wrote about the story without the statement."""
    return tables_of(
        frame,
        "left_out",
        '<tr><th scope="row"><a href="../outlets/{}.html">{}</a></th><td class="n">{}</td></tr>',
        escaped("outlet_id"),
        escaped("outlet"),
        pl.col("n_story_articles"),
    )


def with_delays(carried: pl.DataFrame) -> pl.DataFrame:
    """How long after the first printing, as shown and as sorted; in hours only where both times of day are known."""
    precision = pl.col("published_precision").fill_null("none")
    timed = (precision == "second") & (pl.col("first_precision") == "second").fill_null(False)
    times = carried.select(
        pl.when(timed).then("hours_after_first"), pl.when(precision != "month").then("published_at"), "first_at"
    ).rows()
    return carried.with_columns(
        delay=pl.Series([delay(*at) for at in times], dtype=pl.String),
        hours=pl.Series([delay_hours(*at) for at in times], dtype=pl.Float64),
    )


def carried_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Each outlet's wording with its differences from the fullest, its form, time and article."""
    # Most outlets print what another prints, too.
    wordings = frame.select("reference", "wording").unique()
    marked = [str(marked_wording(reference, displayed(wording))) for reference, wording in wordings.rows()]
    wordings = wordings.with_columns(marked=pl.Series(marked, dtype=pl.String))
    printed = pl.when(pl.col("n_printings") > 1).then(pl.format(", printed {} times", count_column("n_printings")))
    shown = frame.join(wordings, on=["reference", "wording"], how="left", maintain_order="left").with_columns(
        hours=pl.Series([str(hours) for hours in frame["hours"].to_list()], dtype=pl.String),
        outward=outward_column(frame["url"]),
        title=pl.col("title").replace("", None).fill_null("Untitled"),
    )
    return tables_of(
        shown,
        "carried",
        '<tr role="row"><th scope="row" role="rowheader"><a href="../outlets/{}.html">{}</a></th>'
        '<td role="cell" class="wording" dir="auto">{}</td><td role="cell" class="relation {}">{}</td>'
        '<td role="cell">{}{}</td><td role="cell" class="when">{}</td><td role="cell" class="n" data-sort="{}">{}</td>'
        '<td role="cell" class="title"><a href="../articles/{}.html{}">{}</a>{}</td></tr>',
        escaped("outlet_id"),
        escaped("outlet"),
        pl.col("marked"),
        pl.col("relation"),
        pl.col("relation").replace(RELATIONS),
        pl.col("kind"),
        printed,
        moment_column("published_at", "published_precision"),
        pl.col("hours"),
        pl.col("delay"),
        escaped("article_id"),
        # Words that are credited to nobody are no quotation to point at.
        pl.format("#q-{}", escaped("quote_id")),
        shortened_column("title", 80),
        pl.col("outward"),
    )


def paragraph() -> pl.Expr:
    """The line of the body on which the fullest printing starts, with the printing marked, to the printing's end."""
    return pl.format(
        '{}<mark class="{}">{}</mark>{}',
        *(escaped(pl.col(name).fill_null("None")) for name in ("before", "quote_kind", "printed", "after")),
    )


def lists(listed: Lists) -> Iterator[Page]:
    """All statements, the widest-carried first, and the altered quotations."""
    total = listed.count("statements")
    for path, sheet, rows in sheets(listed_rows(listed["statements"]), "statements", total=total):
        content = {"statements": rows, "sheet": sheet, "n_paraphrased": listed.count("all_statements") - total}
        yield Page(path, "statements.html", "Statements", content)
    for path, sheet, altered in sheets(listed.rows("altered"), "altered", 100, total=listed.count("altered")):
        yield Page(path, "altered.html", "Altered quotations", {"altered": with_marks(altered), "sheet": sheet})


def listed_rows(frame: pl.DataFrame) -> Rows:
    """Statements with their speaker, how many outlets carried them, of those on the story, and when first."""
    return rows_of(
        frame,
        '<tr><th scope="row" class="words"><a href="{}">{}</a></th><td>{}</td><td class="n"><a href="{}{}">{}</a></td>'
        '<td class="n">{}</td><td class="n">{}</td><td class="when">{}</td></tr>',
        escaped("address"),
        shortened_column("text", 240),
        speaker_column("speaker_id", "speaker", ""),
        escaped("address"),
        pl.when("has_page").then(pl.lit("#wordings")).otherwise(pl.lit("")),
        count_column("n_carried"),
        count_column("n_possible"),
        count_column("n_wordings"),
        moment_column("first_at", "first_precision"),
    )


def with_marks(rows: Sequence[Row]) -> list[Row]:
    return [
        {
            **row,
            "usual": displayed(row["usual_wording"] or ""),
            "marked": marked_wording(displayed(row["usual_wording"] or row["wording"]), displayed(row["wording"])),
        }
        for row in rows
    ]
