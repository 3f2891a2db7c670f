"""The pages of speakers: who carries them, what they said over time, in which form."""

from collections.abc import Iterator
from urllib.parse import quote

import polars as pl

from assets.report.charts import Chart, bars_over_time
from assets.report.formats import (
    Rows,
    count_column,
    escaped,
    leads_column,
    moment_column,
    rows_by_page,
    rows_of,
    shortened_column,
)
from assets.report.made_of import Kind, Part
from assets.report.pages import Frames, Page, Row, grouped, sheets
from assets.report.tables import Lists, as_displayed

FORMS = ("direct", "partial", "indirect")
KIND = Kind(
    "speakers",
    {
        "speakers": Part(
            "SELECT entity_id AS page, name, kind, aliases, n_outlets, n_quotes, n_statements FROM report_speakers "
            "LEFT JOIN report_timelines ON speaker_id = entity_id"
        ),
        "outlets": Part(
            "SELECT speaker_id AS page, outlet_id, outlet, n_quotes, n_direct, n_partial, n_indirect, n_words, "
            # As it is shown: every article of an outlet moves the exact share of everybody whom the outlet quotes.
            "coalesce(format('{:.0f} %', 100 * share_of_words), '–') AS share FROM marts.speaker_coverage",
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
        "days": Part(
            "SELECT speaker_id AS page, published_at::DATE AS day, if(kind = 'block', 'direct', kind) AS form, "
            "count(*) AS n FROM core.quotes JOIN core.articles USING (article_id) "
            "WHERE speaker_id IS NOT NULL AND published_at IS NOT NULL AND published_precision <> 'month' GROUP BY ALL",
            "day, form",
        ),
    },
)


def pages(frames: Frames) -> Iterator[Page]:
    days = grouped(frames["days"])
    outlets = rows_by_page(frames["outlets"], outlet_rows(frames["outlets"]))
    counted = frames["outlets"].group_by("page").agg(pl.sum("n_direct", "n_partial", "n_indirect"))
    forms = {page: list(zip(FORMS, n, strict=True)) for page, *n in counted.rows()}
    quotes = rows_by_page(frames["quotes"], quote_rows(frames["quotes"]))
    for speaker in frames["speakers"].iter_rows(named=True):
        page = speaker["page"]
        chart = over_time(days.get(page, []))
        for path, sheet, rows in sheets(quotes.get(page, []), f"speakers/{page}"):
            content: Row = {
                "speaker": speaker,
                "outlets": outlets[page],
                "forms": forms[page],
                "chart": chart,
                "quotes": rows,
                "sheet": sheet,
            }
            yield Page(path, "speaker.html", speaker["name"], content, page)


def outlet_rows(frame: pl.DataFrame) -> Rows:
    """Outlets with how often they quote the speaker by form, and what share of what they quote that is."""
    return rows_of(
        frame,
        '<tr><th scope="row"><a href="../outlets/{}.html">{}</a></th>{}{}{}{}<td class="n">{}</td><td class="n">{}</td></tr>',
        escaped("outlet_id"),
        escaped("outlet"),
        *form_cells(frame, pl.lit("")),
        count_column("n_words"),
        pl.col("share"),
    )


def form_cells(frame: pl.DataFrame, page: pl.Expr) -> Iterator[pl.Expr]:
    """Quotations of one speaker in one outlet, all and by form, each leading to them on the speaker's page."""
    named = pl.Series([quote(outlet) for outlet in frame["outlet"].to_list()], dtype=pl.String)
    said = pl.format("{}#said~{}", page, named)
    yield leads_column("n_quotes", said)
    for form in FORMS:
        yield leads_column(f"n_{form}", said + f"%20{form}")


def quote_rows(frame: pl.DataFrame) -> Rows:
    """Quotations with their form, outlet, time and article."""
    words = shortened_column("text", 280)
    return rows_of(
        frame,
        '<tr><th scope="row" class="words">{}</th><td>{}</td><td><a href="../outlets/{}.html">{}</a></td>'
        '<td class="when">{}</td><td><a href="../articles/{}.html#q-{}">in its article</a></td></tr>',
        pl.coalesce(pl.format('<a href="../{}">{}</a>', escaped("address"), words), words),
        pl.col("kind").replace("block", "direct, as a block"),
        escaped("source_id"),
        escaped("outlet"),
        moment_column("published_at", "published_precision"),
        escaped("article_id"),
        escaped("quote_id"),
    )


def over_time(counted: list[Row]) -> Chart | None:
    """Quotations by time and form; none where all of them stand on one day or have none."""
    days = {row["day"] for row in counted}
    rows = [(row["day"], row["form"], row["n"]) for row in counted]
    return bars_over_time("Quotations over time", FORMS, rows) if len(days) > 1 else None


def lists(listed: Lists) -> Iterator[Page]:
    """All speakers, the most quoted first."""
    for path, sheet, rows in sheets(listed_rows(listed["speakers"]), "speakers", total=listed.count("speakers")):
        yield Page(path, "speakers.html", "Speakers", {"speakers": rows, "sheet": sheet})


def listed_rows(frame: pl.DataFrame) -> Rows:
    """Speakers with how often they are quoted, in how many words and by how many outlets."""
    page = pl.format("speakers/{}.html", escaped("entity_id"))
    return rows_of(
        frame,
        '<tr><th scope="row"><a href="{}">{}</a></th><td>{}</td><td class="n"><a href="{}#said">{}</a></td>'
        '<td class="n">{}</td><td class="n"><a href="{}#outlets">{}</a></td></tr>',
        page,
        escaped("name"),
        pl.col("kind"),
        page,
        count_column("n_quotes"),
        count_column("n_words"),
        page,
        count_column("n_outlets"),
    )
