"""The pages of outlets: what they print, whom they quote, what they alone have, leave out, copy and how they spell."""

from collections.abc import Iterator

import polars as pl

from assets.report.formats import percent
from assets.report.made_of import Kind, Part
from assets.report.pages import ROWS_PER_PAGE, Frames, Page, Row, grouped, sheets
from assets.report.speakers import form_cells
from assets.report.statements import with_marks
from assets.report.tables import MOST_LISTED, Database, Lists
from assets.report.written.columns import (
    Rows,
    count_column,
    escaped,
    moment_column,
    percent_column,
    rows_by_page,
    rows_of,
    shortened_column,
    speaker_column,
)

SHOWN = 50
"""Rows of each list on the outlet's own page; the whole list has pages of its own."""
MOST_STATEMENTS = 1_000
"""The widest-carried statements of each kind that an outlet's lists have; what it left out grows with everything that others print."""
LISTS = {
    "carried": "Statements it carried",
    "alone": "What it alone carried",
    "left-out": "What it left out",
    "articles": "Articles",
    "copies": "Wire copy and copies",
}


ARTICLE_LISTS = ("articles", "copies")
RELATIONS = (
    # The statements of an outlet's lists: report_lists has a row for each place in one. Of what is left out hardly any are.
    f"""
    CREATE OR REPLACE TEMP TABLE report_lists AS
    WITH covered AS (
        SELECT outlet_id AS page, if(carried, 'carried', 'left-out') AS list, rank, n_carried = 1 AND n_possible > 1 AS is_alone
        FROM marts.quote_coverage JOIN (SELECT statement_id, rank, n_carried, n_possible FROM report_statements)
        USING (statement_id)
    ), listed AS (
        SELECT page, list, min(rank, {MOST_STATEMENTS}) AS ranks, count(*) AS total FROM covered GROUP BY ALL UNION ALL
        SELECT page, 'alone', min(rank, {MOST_STATEMENTS}), count(*) FROM covered WHERE list = 'carried' AND is_alone GROUP BY ALL
    )
    SELECT page, list, unnest(ranks) AS rank, generate_subscripts(ranks, 1) AS row, total FROM listed
    """,
    "CREATE OR REPLACE TEMP TABLE report_rows (rank BIGINT, html VARCHAR)",
)
STATEMENTS_AT_ONCE = 50_000


def prepare(database: Database) -> None:
    """Write the row of each statement that is in the lists of outlets, once for all of them."""
    for relation in RELATIONS:
        database.execute(relation)
    (highest,) = database.query("SELECT coalesce(max(rank), -1) AS rank FROM report_lists")["rank"]
    for first in range(0, highest + 1, STATEMENTS_AT_ONCE):
        shown = database.query(
            "SELECT rank, text, address, has_page, speaker_id, speaker, n_carried, n_possible FROM report_statements "
            "SEMI JOIN report_lists USING (rank) WHERE rank >= ? AND rank < ?",
            [first, first + STATEMENTS_AT_ONCE],
        )
        written = pl.DataFrame(
            {"rank": shown["rank"], "html": pl.Series(statement_rows(shown, "../"), dtype=pl.String)}
        )
        with database.visible(written) as given:
            database.execute(f"INSERT INTO report_rows FROM {given}")


def _statements(name: str) -> Part:
    return Part(
        f"SELECT page, row, total, html FROM report_lists JOIN report_rows USING (rank) WHERE list = '{name}'", "row"
    )


_PRINTED = (
    "SELECT source_id AS page, article_id, title, published_at, published_precision, n_words, origin_article_id, "
    "origin_outlet, copied_agency, shared_share, "
    "row_number() OVER (PARTITION BY source_id ORDER BY published_at NULLS LAST, article_id) AS row, "
    "count(*) OVER (PARTITION BY source_id) AS total "
    f"FROM report_articles WHERE {{which}} QUALIFY row <= {MOST_LISTED}"
)
_COPIED = "(origin_article_id IS NOT NULL OR copied_agency IS NOT NULL)"
KIND = Kind(
    "outlets",
    {
        "outlets": Part(
            "SELECT outlet_id AS page, coverage.*, s.kind AS source_kind, s.domain, s.country "
            "FROM marts.outlet_coverage AS coverage LEFT JOIN core.sources AS s ON s.source_id = outlet_id"
        ),
        "carried": _statements("carried"),
        "alone": _statements("alone"),
        "left_out": _statements("left-out"),
        "articles": Part(_PRINTED.format(which="true"), "row"),
        "copies": Part(_PRINTED.format(which=_COPIED), "row"),
        # From whom an outlet has its copies; decimals add up to the same mean in any order.
        "origins": Part(
            "SELECT source_id AS page, coalesce(copied_agency, origin_outlet) AS origin, count(*) AS n_articles, "
            "sum(n_words)::BIGINT AS n_words, avg(shared_share::DECIMAL(18, 9)) AS shared_share "
            f"FROM report_articles WHERE {_COPIED} GROUP BY ALL",
            "n_words DESC, origin",
        ),
        "speakers": Part(
            "SELECT outlet_id AS page, *, row_number() OVER (PARTITION BY outlet_id ORDER BY n_words DESC, speaker_id) AS row, "
            "count(*) OVER (PARTITION BY outlet_id) AS total "
            f"FROM marts.speaker_coverage QUALIFY row <= {ROWS_PER_PAGE}",
            "row",
        ),
        "altered": Part(
            "SELECT outlet_id AS page, *, row_number() OVER (PARTITION BY outlet_id ORDER BY n_other_outlets DESC, quote_id) AS row, "
            f"count(*) OVER (PARTITION BY outlet_id) AS total FROM report_altered QUALIFY row <= {SHOWN}",
            "row",
        ),
        "spellings": Part(
            "SELECT outlet_id AS page, * FROM report_spellings", "n_variant + n_spelling DESC, variant, spelling"
        ),
    },
    changes_often=True,
)


def pages(frames: Frames) -> Iterator[Page]:
    rows = {name: rows_by_page(frames[part_of(name)], list_rows(name, frames[part_of(name)])) for name in LISTS}
    whom = rows_by_page(frames["speakers"], speaker_rows(frames["speakers"]))
    altered, origins, spellings = (grouped(frames[name]) for name in ("altered", "origins", "spellings"))
    totals = {name: totals_of(frames[part_of(name)]) for name in (*LISTS, "speakers", "altered")}
    for outlet in frames["outlets"].iter_rows(named=True):
        page = outlet["page"]
        own = {name: of_page.get(page, []) for name, of_page in rows.items()}
        total = {name: of_page.get(page, 0) for name, of_page in totals.items()}
        content: Row = {
            "outlet": outlet,
            "shown": {name: listed[:SHOWN] for name, listed in own.items()},
            "totals": total,
            "titles": LISTS,
            "speakers": whom.get(page, []),
            "altered": with_marks(altered.get(page, [])),
            "origins": origins.get(page, []),
            "spellings": spellings.get(page, []),
        }
        yield Page(f"outlets/{page}.html", "outlet.html", outlet["outlet"], content, page)
        for name, title in LISTS.items():
            if len(own[name]) > SHOWN:
                yield from _list_pages(outlet, name, title, own[name], total[name])


def part_of(name: str) -> str:
    return name.replace("-", "_")


def list_rows(name: str, frame: pl.DataFrame) -> Rows:
    """The rows of one list of all outlets; those of statements are HTML already."""
    return article_rows(frame, "../", with_outlet=False) if name in ARTICLE_LISTS else frame["html"].to_list()


def totals_of(frame: pl.DataFrame) -> dict[str, int]:
    """How many rows the list of each outlet has in all, of which the frame holds the first."""
    return dict(frame.unique("page").select("page", "total").rows())


def statement_rows(frame: pl.DataFrame, root: str) -> Rows:
    """Statements with their speakers and how many outlets carried them, of those on the story."""
    address = pl.format(f"{root}{{}}", escaped("address"))
    return rows_of(
        frame,
        '<tr><th scope="row" class="words"><a href="{}">{}</a></th><td>{}</td><td class="n"><a href="{}{}">{}</a></td>'
        '<td class="n">{}</td></tr>',
        address,
        shortened_column("text", 240),
        speaker_column("speaker_id", "speaker", root),
        address,
        pl.when("has_page").then(pl.lit("#wordings")).otherwise(pl.lit("")),
        count_column("n_carried"),
        count_column("n_possible"),
    )


def speaker_rows(frame: pl.DataFrame) -> Rows:
    """Speakers with how often the outlet quotes them by form, and what share of what it quotes that is."""
    shares = frame["share_of_words"].to_list()
    page = pl.format("../speakers/{}.html", escaped("speaker_id"))
    return rows_of(
        frame,
        '<tr><th scope="row"><a href="{}">{}</a></th>{}{}{}{}<td class="n">{}</td><td class="n" data-sort="{}">{}</td></tr>',
        page,
        escaped("speaker"),
        *form_cells(frame, page),
        count_column("n_words"),
        pl.lit(pl.Series([str(share) for share in shares], dtype=pl.String)),
        pl.lit(pl.Series([percent(share) for share in shares], dtype=pl.String)),
    )


def article_rows(frame: pl.DataFrame, root: str, *, with_outlet: bool) -> Rows:
    """Articles with what they are copies of."""
    origin = escaped(pl.coalesce("copied_agency", "origin_outlet"))
    copy = pl.format(f'<a href="{root}articles/{{}}.html">{{}}</a>', escaped("origin_article_id"), origin)
    side_by_side = pl.format(
        f'<a href="{root}comparisons/{{}}.html" title="side by side">{{}}</a>',
        escaped("article_id"),
        percent_column("shared_share"),
    )
    outlet_cell = f'<td><a href="{root}outlets/{{}}.html">{{}}</a></td>' if with_outlet else ""
    return rows_of(
        frame,
        f'<tr><th scope="row"><a href="{root}articles/{{}}.html">{{}}</a></th>{outlet_cell}<td class="when">{{}}</td>'
        '<td class="n">{}</td><td>{}</td><td class="n">{}</td></tr>',
        escaped("article_id"),
        shortened_column("title", 160),
        *([escaped("source_id"), escaped("outlet")] if with_outlet else []),
        moment_column("published_at", "published_precision"),
        count_column("n_words"),
        pl.coalesce(copy, escaped("copied_agency"), pl.lit("")),
        pl.when(pl.col("origin_article_id").is_null()).then(pl.lit("")).otherwise(side_by_side),
    )


def _list_pages(outlet: Row, name: str, title: str, written: Rows, n: int) -> Iterator[Page]:
    # No slug holds an underscore, so that no list of one outlet takes the name of another outlet's page.
    for path, sheet, rows in sheets(written, f"outlets/{outlet['outlet_id']}_{name}", total=n):
        content: Row = {
            "outlet": outlet,
            "name": name,
            "heading": title,
            "rows": rows,
            "sheet": sheet,
        }
        yield Page(path, "outlet-list.html", f"{title}: {outlet['outlet']}", content, outlet["page"])


def lists(listed: Lists) -> Iterator[Page]:
    """All outlets, all articles in order of time."""
    outlets = listed["outlet_coverage"].sort("share_wire", "outlet_id", descending=[True, False], nulls_last=True)
    yield Page("outlets.html", "outlets.html", "Outlets", {"outlets": outlets.rows(named=True)})
    headlines = article_rows(listed["headlines"], "", with_outlet=True)
    for path, sheet, rows in sheets(headlines, "articles", total=listed.count("articles")):
        yield Page(path, "articles.html", "Articles", {"articles": rows, "sheet": sheet})
