"""The pages of speakers: who carries them, what they said over time, in which form."""

from collections.abc import Iterator
from urllib.parse import quote

import polars as pl

from assets.report.charts import Chart, bars_over_time
from assets.report.formats import written
from assets.report.made_of import Kind, Part
from assets.report.pages import Frames, Page, Ready, Row, grouped, part, sheets
from assets.report.tables import Lists
from assets.report.written.columns import (
    Rows,
    count_column,
    displayed_column,
    escaped,
    leads_column,
    moment_column,
    percent_column,
    rows_by_page,
    rows_of,
    shortened_column,
    tables_of,
)
from assets.report.written.filled import filled

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
            "SELECT q.speaker_id AS page, quote_id, q.article_id, q.source_id, start, q.kind, q.text, "
            "address, outlet, published_at, published_precision FROM core.quotes AS q {only} "
            "JOIN report_articles AS a ON a.article_id = q.article_id "
            "LEFT JOIN core.statement_quotes USING (quote_id) LEFT JOIN report_statements AS listed USING (statement_id) "
            "WHERE q.speaker_id IS NOT NULL",
            "published_at NULLS LAST, article_id, start, quote_id",
            key="q.speaker_id",
        ),
        "days": Part(
            "SELECT speaker_id AS page, published_at::DATE AS day, if(kind = 'block', 'direct', kind) AS form, "
            "count(*) AS n FROM core.quotes JOIN core.articles USING (article_id) "
            "WHERE speaker_id IS NOT NULL AND published_at IS NOT NULL AND published_precision <> 'month' GROUP BY ALL",
            "day, form",
        ),
    },
)


def pages(frames: Frames) -> Iterator[Ready]:
    counted = frames["outlets"].group_by("page").agg(pl.sum(*(f"n_{form}" for form in FORMS)))
    shown = frames["speakers"].join(cut(frames["quotes"], frames["speakers"]), on="page", maintain_order="left")
    for table in (outlet_rows(frames["outlets"]), counted, charts(frames["days"])):
        shown = shown.join(table, on="page", how="left", maintain_order="left")
    shown = shown.with_columns(title=pl.col("name"), others=other_names(shown))
    texts = {
        "speaker_id": pl.col("page"),
        "name": pl.col("name"),
        "kind": pl.col("kind"),
        "others": pl.col("others"),
    }
    html = {
        "n_quotes": count_column("n_quotes"),
        "n_statements": count_column("n_statements"),
        "n_outlets": count_column("n_outlets"),
        **{name: pl.col(name) for name in ("outlets", "chart", "pager", "quotes")},
    }
    for form in FORMS:
        number = pl.col(f"n_{form}")
        html[form] = pl.when(number > 0).then(count_column(f"n_{form}"))
        html[f"share_{form}"] = percent_column(number / pl.col("n_quotes"))
    yield from filled("speaker.html", shown, texts, html, "speakers")


def other_names(speakers: pl.DataFrame) -> pl.Series:
    """The other names of each speaker, one after another."""
    names = speakers.select("name", "aliases").rows()
    return pl.Series(
        [", ".join(alias for alias in aliases or () if alias != name) for name, aliases in names], dtype=pl.String
    )


def cut(quotes: pl.DataFrame, speakers: pl.DataFrame) -> pl.DataFrame:
    """What each speaker said, in pages: page, file, quotes, pager."""
    rows = rows_by_page(quotes, quote_rows(quotes))
    found = [
        (page, path.removeprefix("speakers/").removesuffix(".html"), written(shown), part("pager", sheet))
        for page in speakers["page"]
        for path, sheet, shown in sheets(rows.get(page, []), f"speakers/{page}")
    ]
    return pl.DataFrame(
        found, {"page": pl.String, "file": pl.String, "quotes": pl.String, "pager": pl.String}, orient="row"
    )


def charts(days: pl.DataFrame) -> pl.DataFrame:
    """Quotations by time and form: page, chart."""
    shown = [(page, part("chart", over_time(counted))) for page, counted in grouped(days).items()]
    return pl.DataFrame(shown, {"page": pl.String, "chart": pl.String}, orient="row")


def outlet_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Outlets with how often they quote the speaker by form, and what share of what they quote that is."""
    return tables_of(
        frame,
        "outlets",
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
        frame.with_columns(displayed_column("text")),
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
