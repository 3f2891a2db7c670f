"""The pages of stories that several outlets report: the articles on a time line, who carried which words when, who copied whom."""

from collections.abc import Iterator

import polars as pl

from assets.report.events.lanes import lanes
from assets.report.events.printings import as_items, first_and_then, with_links
from assets.report.formats import delay
from assets.report.made_of import Kind, Part
from assets.report.outlets import article_rows
from assets.report.pages import Frames, Page, Row, grouped, sheets
from assets.report.tables import MOST_LISTED, Database
from assets.report.written.columns import (
    Rows,
    count_column,
    escaped,
    moment_column,
    rows_by_page,
    rows_of,
    shortened_column,
    speaker_column,
)

MOST_STATEMENTS = 80
"""Statements that a story's page lists, the widest-carried first; each outlet's page and the warehouse have all."""

RELATIONS = (
    """
CREATE OR REPLACE TEMP TABLE report_stories AS
SELECT story_id, count(*)::INTEGER AS n_articles, count(DISTINCT source_id)::INTEGER AS n_outlets,
    min(published_at) FILTER (published_precision <> 'month') AS first_at,
    max(published_at) FILTER (published_precision <> 'month') AS last_at,
    arg_min(title, (title = 'Untitled', published_precision = 'month', coalesce(published_at, 'infinity'::TIMESTAMP), article_id)) AS title
FROM core.stories JOIN report_articles USING (article_id) GROUP BY story_id HAVING count(DISTINCT source_id) > 1
""",
    f"""
CREATE OR REPLACE TEMP TABLE report_told AS
SELECT story_id, statement_id, listed.text, address, listed.speaker, listed.speaker_id, n_carried,
    n_possible, first_at, first_precision, count(*) OVER (PARTITION BY story_id) AS n_statements
FROM report_statements AS listed JOIN (SELECT statement_id, story_id FROM core.statements
SEMI JOIN report_stories USING (story_id)) USING (statement_id) WHERE n_carried > 0
QUALIFY row_number() OVER (PARTITION BY story_id ORDER BY n_carried DESC, first_at NULLS LAST, statement_id) <= {MOST_STATEMENTS}
""",
)
"""Stories that have a page: those that more than one outlet reports, under the headline that came first; and what each lists
of what was said."""

OF_STORY = "JOIN core.stories USING (article_id) SEMI JOIN report_stories USING (story_id)"
KIND = Kind(
    "stories",
    {
        "stories": Part("SELECT story_id AS page, * EXCLUDE (story_id) FROM report_stories"),
        "articles": Part(
            "SELECT story_id AS page, article_id, source_id, outlet, title, published_at, published_precision, n_words, "
            f"copied_agency, origin_article_id, origin_outlet, shared_share FROM report_articles {OF_STORY}",
            "published_precision = 'month', published_at NULLS LAST, article_id",
        ),
        "carried": Part(
            "SELECT told.story_id AS page, told.* EXCLUDE (story_id), outlet_id, outlet, coalesce(relation, c.kind) AS relation, c.article_id, "
            "c.quote_id, c.published_at, a.published_precision, hours_after_first FROM report_told AS told {only} "
            "JOIN marts.quote_coverage AS c USING (statement_id) JOIN core.articles AS a ON a.article_id = c.article_id WHERE carried",
            "n_carried DESC, first_at NULLS LAST, statement_id, published_at NULLS LAST, outlet_id",
            key="told.story_id",
        ),
        "copies": Part(
            "SELECT story_id AS page, copies.article_id, copies.outlet_id, copies.outlet, copies.title, copies.origin_article_id, copies.origin_outlet, "
            "origin.title AS origin_title, origin.source_id AS origin_outlet_id, copies.shared_share, copies.n_shared_tokens, "
            "copies.hours_after_origin, copies.published_at, origin.published_at AS origin_at FROM marts.syndication AS copies "
            f"{OF_STORY} JOIN report_articles AS origin ON origin.article_id = copies.origin_article_id",
            "origin_at NULLS LAST, origin_article_id, published_at NULLS LAST, article_id",
        ),
    },
)


def pages(frames: Frames) -> Iterator[Page]:
    articles, copies = (grouped(frames[name]) for name in ("articles", "copies"))
    carried = frames["carried"]
    statements = carried.unique("statement_id", keep="first", maintain_order=True)
    said = rows_by_page(statements, statement_rows(statements, with_links(carried)))
    n_statements = dict(statements.select("page", "n_statements").rows())
    of_story = frames["articles"]
    listed = rows_by_page(of_story, article_rows(of_story, "../", with_outlet=True))
    for story in frames["stories"].iter_rows(named=True):
        page = story["page"]
        content: Row = {
            "story": story,
            "lanes": lanes(articles[page]),
            "articles": listed[page],
            "statements": said.get(page, []),
            "n_statements": n_statements.get(page, 0),
            "copies": [copy | {"delay": since_origin(copy)} for copy in copies.get(page, [])],
        }
        yield Page(f"stories/{page}.html", "story.html", story["title"], content, page)


def statement_rows(statements: pl.DataFrame, printings: pl.DataFrame) -> Rows:
    """Statements, each with who printed it first and who after that."""
    first_at = moment_column("published_at", "published_precision")
    by_statement = grouped(printings.with_columns(moment=first_at), "statement_id")
    firsts, later = [], []
    for statement_id, address in statements.select("statement_id", escaped("address")).rows():
        first, then = first_and_then(by_statement[statement_id])
        firsts.append(as_items(first, "moment", address))
        later.append(as_items(then, "delay", address) if then else "nobody else")
    return rows_of(
        statements.with_columns(firsts=pl.Series(firsts, dtype=pl.String), later=pl.Series(later, dtype=pl.String)),
        '<tr role="row"><th scope="row" role="rowheader" class="words"><a href="../{}">{}</a></th><td role="cell">{}</td>'
        '<td role="cell" class="n" data-sort="{}">{} of {}</td><td role="cell" data-label="first">{}</td>'
        '<td role="cell" data-label="then">{}</td></tr>',
        escaped("address"),
        shortened_column("text", 200),
        speaker_column("speaker_id", "speaker", "../"),
        pl.col("n_carried"),
        count_column("n_carried"),
        count_column("n_possible"),
        pl.col("firsts"),
        pl.col("later"),
    )


def since_origin(copy: Row) -> str:
    """How long after the origin a copy came."""
    return delay(copy["hours_after_origin"], copy["published_at"], copy["origin_at"])


def lists(database: Database) -> Iterator[Page]:
    """All stories of several outlets, the widest first."""
    order = "n_outlets DESC, n_articles DESC, first_at NULLS LAST, story_id"
    rows = database.query(f"FROM report_stories ORDER BY {order} LIMIT {MOST_LISTED}").rows(named=True)
    total = int(database.query("SELECT count(*) AS n FROM report_stories")["n"][0])
    for path, sheet, shown in sheets(rows, "stories", total=total):
        yield Page(path, "stories.html", "Stories", {"stories": shown, "sheet": sheet})
