"""The first page: how much there is, over which days, what spread, what was altered, who copies, what was not taken."""

from collections.abc import Iterator

from assets.report.coverage import quotes_by_day, undated_quotes
from assets.report.pages import Page, sheets
from assets.report.statements import with_marks
from assets.report.tables import Lists

ALTERED, OUTLETS = 5, 25
COUNTED = {
    "articles": "articles.html",
    "outlets": "outlets.html",
    "quotations": "days.html",
    "statements": "statements.html",
    "speakers": "speakers.html",
}


def lists(listed: Lists) -> Iterator[Page]:
    outlets = listed["outlet_coverage"].sort("share_wire", "outlet_id", descending=[True, False], nulls_last=True)
    (days,) = listed["days"].rows(named=True)
    content = {
        "counts": [(name, listed.count(name), address) for name, address in COUNTED.items()],
        **days,
        "chart": quotes_by_day(listed),
        "n_undated": undated_quotes(listed),
        "widest": listed.rows("widest"),
        "altered": with_marks(listed["altered"].head(ALTERED).rows(named=True)),
        "n_altered": listed.count("altered"),
        "outlets": outlets.head(OUTLETS).rows(named=True),
        "n_outlets": outlets.height,
        "unread": listed.rows("unread_languages"),
        "alerts": listed.rows("alerts"),
        "rejects": listed["reject_reasons"].rows(named=True),
    }
    yield Page("index.html", "overview.html", "Overview", content)
    yield Page("statement.html", "find.html", "A statement by its address")
    for path, sheet, rows in sheets(listed.rows("rejects"), "rejects", total=listed.count("rejects")):
        yield Page(path, "rejects.html", "Not taken", {"rejects": rows, "sheet": sheet})
