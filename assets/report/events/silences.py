"""Who left out what of a story: a file of each story, from which the pages of its statements take it.

It grows with every article on the story; the page of a statement, which does not hold it, stays as it is.
"""

from collections.abc import Iterator

from assets.report.made_of import Kind, Part
from assets.report.pages import Frames, Ready, grouped
from assets.report.search import as_script

KEY = "left-out"
KIND = Kind(
    "silences",
    {
        "stories": Part("SELECT story_id AS page FROM report_stories"),
        "left_out": Part(
            "SELECT story_id AS page, statement_id, outlet_id, outlet, n_story_articles FROM core.statements {only} "
            "SEMI JOIN report_stories USING (story_id) "
            "SEMI JOIN (SELECT statement_id FROM report_statements WHERE has_page) AS listed USING (statement_id) "
            "JOIN marts.quote_coverage USING (statement_id) WHERE NOT carried",
            "statement_id, outlet, outlet_id",
            key="story_id",
        ),
    },
)


def pages(frames: Frames) -> Iterator[Ready]:
    """Outlets by number, and for each statement who left it out with how many articles on the story."""
    left_out = grouped(frames["left_out"])
    for story in frames["stories"]["page"]:
        rows = left_out.get(story, [])
        outlets = sorted({(row["outlet"], row["outlet_id"]) for row in rows})
        number = {outlet: at for at, (_, outlet) in enumerate(outlets)}
        of_statement: dict[str, list[tuple[int, int]]] = {}
        for row in rows:
            of_statement.setdefault(row["statement_id"], []).append((number[row["outlet_id"]], row["n_story_articles"]))
        content = as_script(KEY, {"outlets": [(id, name) for name, id in outlets], "statements": of_statement})
        yield Ready(f"stories/{story}.js", story, content)
