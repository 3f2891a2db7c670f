"""The pages of statements: every outlet's wording against the fullest.

Who left one out, and of how many, changes with every article on the story, and hardly any of its statements with it: the
page takes that from a file of the story (``events/silences.py``).
"""

from collections.abc import Iterator, Sequence

import polars as pl

from assets.report.formats import RELATIONS, delay, delay_hours
from assets.report.made_of import Kind, Part
from assets.report.marked_text import displayed, marked_wording
from assets.report.pages import Frames, Page, Ready, Row, sheets
from assets.report.tables import Lists
from assets.report.written.bodies import CUT, with_words
from assets.report.written.columns import (
    Rows,
    count_column,
    escaped,
    moment_column,
    outward_column,
    plural_column,
    rows_of,
    shortened_column,
    speaker_column,
    tables_of,
)
from assets.report.written.filled import filled

LONG_WORDS = 400
"""Letters from which a statement fills the screen at the size of a heading."""
WITH_PAGE = "SEMI JOIN (SELECT statement_id FROM report_statements WHERE has_page) USING (statement_id)"
KIND = Kind(
    "statements",
    {
        "statements": Part(
            "SELECT listed.statement_id AS page, listed.* EXCLUDE (rank, has_page, address, n_possible), a.title AS article, "
            'q.start, q."end", q.kind AS quote_kind, stories.story_id, stories.title AS story '
            "FROM report_statements AS listed {only} LEFT JOIN core.quotes AS q USING (quote_id) "
            "LEFT JOIN core.articles AS a ON a.article_id = listed.article_id LEFT JOIN (SELECT statement_id, story_id FROM core.statements) "
            "USING (statement_id) LEFT JOIN report_stories AS stories USING (story_id) WHERE listed.has_page",
            key="listed.statement_id",
            texts={"body": "article_id"},
        ),
        "coverage": Part(
            "SELECT c.statement_id AS page, outlet_id, outlet, quote_id, article_id, kind, wording, coalesce(relation, kind) AS relation, "
            "n_printings, c.published_at, a.published_precision, hours_after_first, title, c.url "
            "FROM marts.quote_coverage AS c LEFT JOIN core.articles AS a USING (article_id) "
            f"{WITH_PAGE} WHERE carried",
            "published_at NULLS LAST, outlet_id",
        ),
    },
)


def pages(frames: Frames) -> Iterator[Ready]:
    listed = frames["statements"]
    carried = frames["coverage"].join(listed.select("page", "first_at", "first_precision", reference="text"), on="page")
    delayed = with_delays(carried).sort("page", "hours", "outlet", "outlet_id")
    shown = listed.with_columns(title=pl.col("text").str.slice(0, 80), paragraph=paragraphs(listed)).drop("body")
    shown = shown.join(carried_rows(delayed), on="page", how="left", maintain_order="left")
    texts = {name: pl.col(name) for name in ("text", "statement_id", "story_id", "article_id", "quote_id")}
    html = {
        "length": pl.when(pl.col("text").str.len_chars() > LONG_WORDS).then(pl.lit(" long")).otherwise(pl.lit("")),
        "speaker": speaker_column("speaker_id", "speaker", "../"),
        "moment": moment_column("first_at", "first_precision"),
        "story": shortened_column("story", 80),
        "n_carried": pl.col("n_carried"),
        "carried_by": count_column("n_carried"),
        "outlets": pl.when(pl.col("n_carried") == 1).then(pl.lit("outlet")).otherwise(pl.lit("outlets")),
        "wordings": plural_column("n_wordings", "wording"),
        "carried": pl.col("carried"),
        "paragraph": pl.col("paragraph"),
        "article": escaped(pl.col("article").replace("", None).fill_null("its article")),
    }
    yield from filled("statement.html", shown, texts, html, "statements")


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


def paragraphs(listed: pl.DataFrame) -> pl.Series:
    """The line on which the fullest printing of each statement starts, with the printing marked, to the end of the line of its end."""
    tagged = []
    for body, start, end, kind in listed.select("body", "start", "end", "quote_kind").rows():
        if start is None:
            tagged += [("", ""), ("", ""), ("", "")]
            continue
        words = body.replace(CUT, "\ufffd")
        stop = words.find("\n", end)
        after = words[end:] if stop < 0 else words[end:stop]
        tagged += [
            ("", words[words.rfind("\n", 0, start) + 1 : start]), (f'<mark class="{kind}">', words[start:end]), ("</mark>", after),
        ]  # fmt: skip
    html = with_words(tagged)
    return pl.Series(map("".join, zip(html[::3], html[1::3], html[2::3], strict=True)), dtype=pl.String)


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
