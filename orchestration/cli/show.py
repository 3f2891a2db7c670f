"""A page as the cleaner saw it: the lines it kept, those it removed and why."""

import duckdb
from rich.console import Console
from rich.text import Text

from assets.articles.clean import clean_document
from assets.articles.document import documents_of
from assets.articles.lines.repeats import fold_line
from assets.sources.registry import default_registry
from orchestration.cli.console import written_time
from pipeline.settings import HtmlMode

KEPT = " "


def print_page(console: Console, connection: duckdb.DuckDBPyConnection, article_id: str, html_mode: HtmlMode) -> None:
    """The page an article was read from: kept lines as they are, each removed one with its reason."""
    article = connection.execute(
        "SELECT d.*, a.title, s.name AS outlet, a.published_at, a.published_precision, a.agency_id, a.authors FROM core.articles AS a "
        "JOIN raw.documents AS d USING (document_id) JOIN core.sources AS s USING (source_id) WHERE article_id = ?",
        [article_id],
    ).pl()
    facts = article.row(0, named=True)
    removed = connection.execute(
        "SELECT line_no, text, reason FROM core.removed_lines WHERE article_id = ? ORDER BY line_no", [article_id]
    ).fetchall()
    console.print(Text(facts["title"] or "Untitled", style="bold"))
    line = [
        facts["outlet"],
        facts["agency_id"],
        ", ".join(facts["authors"]),
        written_time(facts["published_at"], facts["published_precision"]) or "no date",
    ]
    console.print(Text(" · ".join(fact for fact in line if fact), style="dim"))
    console.print(Text(facts["path"]), "\n", sep="")
    repeated = [fold_line(text) for _, text, reason in removed if reason == "repeated"]
    document = documents_of(article)[0]._replace(repeated_lines=repeated)
    kept = clean_document(document, html_mode, default_registry()).kept
    lines = [(number, 1, KEPT, text) for number, text in kept] + [
        (number, 0, reason, text) for number, text, reason in removed
    ]
    for _, _, reason, text in sorted(lines):
        style = "" if reason == KEPT else "dim strike"
        console.print(Text.assemble((f"{reason:>14} ", "red" if style else ""), (text, style)), soft_wrap=True)
