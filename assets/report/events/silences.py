"""Who left out what of a story: a file of each story, from which the pages of its statements take it.

It grows with every article on the story; the page of a statement, which does not hold it, stays as it is.
"""

from collections.abc import Iterator

import orjson
import polars as pl

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
            "statement_id, outlet_id",
            key="story_id",
        ),
    },
)


def pages(frames: Frames) -> Iterator[Ready]:
    """Outlets by number, and for each statement who left it out with how many articles on the story."""
    outlets = numbered(frames["left_out"])
    statements = dict(in_statements(frames["left_out"], outlets).rows())
    of_story = grouped(outlets)
    for story in frames["stories"]["page"]:
        names = [(row["outlet_id"], row["outlet"]) for row in of_story.get(story, [])]
        content = {"outlets": names, "statements": orjson.Fragment(f"{{{statements.get(story, '')}}}")}
        yield Ready(f"stories/{story}.js", story, as_script(KEY, content))


def numbered(left_out: pl.DataFrame) -> pl.DataFrame:
    """The outlets that left anything out of each story, by name: page, outlet_id, outlet, number."""
    outlets = left_out.select("page", "outlet_id", "outlet").unique().sort("page", "outlet", "outlet_id")
    return outlets.with_columns(number=pl.int_range(pl.len()).over("page"))


def in_statements(left_out: pl.DataFrame, outlets: pl.DataFrame) -> pl.DataFrame:
    """Each story's statements as the inside of a JSON object, each with pairs of an outlet's number and its articles."""
    pair = pl.format("[{},{}]", "number", "n_story_articles")
    statement = pl.format('"{}":[{}]', "statement_id", "pairs")
    return (
        left_out.join(outlets, on=["page", "outlet_id", "outlet"])
        .sort("page", "statement_id", "number")
        .group_by("page", "statement_id", maintain_order=True)
        .agg(pairs=pair.str.join(","))
        .group_by("page", maintain_order=True)
        .agg(statement.str.join(","))
    )
