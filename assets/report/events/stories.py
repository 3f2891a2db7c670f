"""The pages of stories that several outlets report: the articles on a time line, who carried which words when, who copied whom."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from assets.report.events.lanes import lanes, last_moment
from assets.report.formats import delay, delay_hours, rows_by_page
from assets.report.made_of import Kind, Part
from assets.report.outlets import article_rows
from assets.report.pages import Frames, Page, Row, grouped, sheets
from assets.report.tables import MOST_LISTED, Database

NO_DAY = 1e9
"""What the delay of a printing of no known day is sorted by, as ``delay_hours`` has it."""
NEVER = datetime.max
MOST_PRINTINGS = 12
"""Printings that are named one by one where a statement is one of many; its own page has all."""
MOST_STATEMENTS = 80
"""Statements that a story's page lists, the widest-carried first; each outlet's page and the warehouse have all."""

RELATION = """
CREATE OR REPLACE TEMP TABLE report_stories AS
SELECT story_id, count(*)::INTEGER AS n_articles, count(DISTINCT source_id)::INTEGER AS n_outlets,
    min(published_at) FILTER (published_precision <> 'month') AS first_at,
    max(published_at) FILTER (published_precision <> 'month') AS last_at,
    arg_min(title, (title = 'Untitled', published_precision = 'month', coalesce(published_at, 'infinity'::TIMESTAMP), article_id)) AS title
FROM core.stories JOIN report_articles USING (article_id) GROUP BY story_id HAVING count(DISTINCT source_id) > 1
"""
"""Stories that have a page: those that more than one outlet reports, under the headline that came first."""

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
            "SELECT s.story_id AS page, statement_id, listed.text, address, listed.speaker, listed.speaker_id, n_carried, "
            "n_possible, first_at, first_precision, outlet_id, outlet, coalesce(relation, c.kind) AS relation, c.article_id, c.quote_id, c.published_at, "
            "a.published_precision, hours_after_first FROM marts.quote_coverage AS c "
            "JOIN (SELECT statement_id, story_id FROM core.statements SEMI JOIN report_stories USING (story_id)) AS s "
            "USING (statement_id) JOIN report_statements AS listed USING (statement_id) "
            "JOIN core.articles AS a ON a.article_id = c.article_id WHERE carried",
            "n_carried DESC, first_at NULLS LAST, statement_id, published_at NULLS LAST, outlet_id",
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
    articles, carried, copies = (grouped(frames[name]) for name in ("articles", "carried", "copies"))
    of_story = frames["articles"]
    listed = rows_by_page(of_story, article_rows(of_story, "../", with_outlet=True))
    for story in frames["stories"].iter_rows(named=True):
        page = story["page"]
        said = statements(carried.get(page, []))
        content: Row = {
            "story": story,
            "lanes": lanes(articles[page]),
            "articles": listed[page],
            "statements": said[:MOST_STATEMENTS],
            "most_printings": MOST_PRINTINGS,
            "n_statements": len(said),
            "copies": [copy | {"delay": since_origin(copy)} for copy in copies.get(page, [])],
        }
        yield Page(f"stories/{page}.html", "story.html", story["title"], content, page)


def statements(carried: Sequence[Row]) -> list[Row]:
    """The statements of a story, each with who printed it first and who after that."""
    by_statement: dict[str, list[Row]] = {}
    for row in carried:
        by_statement.setdefault(row["statement_id"], []).append(row)
    return [
        rows[0] | dict(zip(("firsts", "then"), first_and_then(rows), strict=True)) for rows in by_statement.values()
    ]


def first_and_then(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The printings that may be the first, several where of one only the day is known, and the later ones in order of time.

    None that surely came after another is among the first; where no day is known, any of them may be it.
    """
    ordered = printings(rows)
    dated = [row for row in ordered if row["published_at"] is not None and row["published_precision"] != "month"]
    if not dated:
        return ordered, []
    earliest = min(map(last_moment, dated))
    firsts = [row for row in dated if row["published_at"] <= earliest]
    return firsts, [row for row in ordered if row not in firsts]


def printings(rows: Sequence[Row]) -> list[Row]:
    """The printings of a statement in order of time with how long after the first each came, those of no known day last."""
    found = []
    for row in rows:
        timed = row["published_precision"] == row["first_precision"] == "second"
        at = None if row["published_precision"] == "month" else row["published_at"]
        times = (row["hours_after_first"] if timed else None, at, row["first_at"])
        found.append(row | {"delay": delay(*times), "hours": delay_hours(*times)})
    return sorted(
        found, key=lambda row: (row["hours"] >= NO_DAY, row["published_at"] or NEVER, row["outlet"], row["outlet_id"])
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
