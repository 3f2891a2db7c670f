"""The pages of what a speaker said over time: each statement on its day, and how its wording moved from outlet to outlet."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, islice

from markupsafe import Markup

from assets.report.events.printings import as_alternatives, first_and_then, with_delays, with_links
from assets.report.made_of import Kind, Part
from assets.report.marked_text import displayed, marked_wording
from assets.report.pages import Frames, Page, Row, grouped, sheets

FEWEST = 2
"""Statements from which a speaker has a time line."""
STATEMENTS_PER_PAGE = 100
MOST_WORDINGS = 10
"""Wordings of a statement that its place on a time line shows, the first printed; the statement's page has all."""

RELATION = f"""
CREATE OR REPLACE TEMP TABLE report_timelines AS
SELECT speaker_id, count(*)::INTEGER AS n_statements FROM report_statements
WHERE has_page AND speaker_id IS NOT NULL GROUP BY speaker_id HAVING count(*) >= {FEWEST}
"""

KIND = Kind(
    "timelines",
    {
        "timelines": Part(
            "SELECT speaker_id AS page, name, kind, n_statements FROM report_timelines JOIN report_speakers ON entity_id = speaker_id"
        ),
        "said": Part(
            "SELECT listed.speaker_id AS page, statement_id, listed.text, address, n_carried, listed.first_at, "
            "first_precision, story_id, stories.title AS story FROM report_statements AS listed "
            "SEMI JOIN report_timelines USING (speaker_id) LEFT JOIN (SELECT statement_id, story_id FROM core.statements) "
            "USING (statement_id) LEFT JOIN report_stories AS stories USING (story_id) WHERE has_page",
            "first_at NULLS LAST, n_carried DESC, statement_id",
        ),
        "printings": Part(
            "SELECT listed.speaker_id AS page, statement_id, outlet_id, outlet, wording, coalesce(relation, c.kind) AS relation, c.article_id, c.quote_id, first_at, "
            "first_precision, c.published_at, a.published_precision, hours_after_first FROM marts.quote_coverage AS c "
            "JOIN (FROM report_statements SEMI JOIN report_timelines USING (speaker_id) WHERE has_page) AS listed USING (statement_id) "
            "JOIN core.articles AS a ON a.article_id = c.article_id WHERE carried",
            "statement_id, published_at NULLS LAST, outlet_id",
        ),
    },
)


def pages(frames: Frames) -> Iterator[Page]:
    said, printed = grouped(frames["said"]), grouped(with_links(frames["printings"]))
    for speaker in frames["timelines"].iter_rows(named=True):
        page = speaker["page"]
        of_statement: dict[str, list[Row]] = {}
        for row in printed.get(page, []):
            of_statement.setdefault(row["statement_id"], []).append(row)
        told = [statement | moved(statement, of_statement[statement["statement_id"]]) for statement in said[page]]
        for path, sheet, rows in sheets(told, f"timelines/{page}", STATEMENTS_PER_PAGE):
            content: Row = {"speaker": speaker, "days": by_day(rows), "sheet": sheet}
            yield Page(path, "timeline.html", f"{speaker['name']} over time", content, page)


def moved(statement: Row, rows: Sequence[Row]) -> Row:
    """Who may have printed it first; each wording that differs from the fullest in more than spelling, with who printed it."""
    firsts, then = first_and_then(rows)
    wordings: dict[str, list[Row]] = {}
    for row in (*firsts, *then):
        if row["relation"] not in ("same", "spelling"):
            wordings.setdefault(displayed(row["wording"]), []).append(row)
    return {
        "firsts": Markup(as_alternatives([row["link"] for row in firsts])),
        "wordings": [
            {
                "printings": Markup(with_delays(printed)),
                "relation": printed[0]["relation"],
                "marked": marked_wording(statement["text"], wording),
            }
            for wording, printed in islice(wordings.items(), MOST_WORDINGS)
        ],
        "n_more": max(0, len(wordings) - MOST_WORDINGS),
        "n_same": sum(row["relation"] in ("same", "spelling") for row in rows),
    }


def by_day(said: Sequence[Row]) -> list[tuple[date | None, list[Row]]]:
    """The statements by the day of their first printing; those of no known day come last."""
    return [
        (day, list(rows)) for day, rows in groupby(said, key=lambda row: row["first_at"] and row["first_at"].date())
    ]
