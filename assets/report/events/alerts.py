"""What matches the user's alerts: a page, and a feed that readers of news take (Atom)."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from assets.report.formats import shortened
from assets.report.pages import Page, Row, sheets
from assets.report.tables import MOST_LISTED, Database

FEED = "alerts.atom"
MOST_ENTRIES = 200
ATOM = "http://www.w3.org/2005/Atom"
NO_TIME = datetime(1970, 1, 1)
"""A feed must say when it and each entry was updated; what is of no known day is told to be of this one."""
DID = {"said": "quotes", "printed": "prints", "left-out": "left out", "altered": "altered"}
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""

MATCHES = f"""
SELECT alerts.* EXCLUDE (url), a.published_precision,
    CASE WHEN alerts.quote_id IS NOT NULL THEN 'articles/' || alerts.article_id || '.html#q-' || alerts.quote_id
        WHEN alerts.article_id IS NOT NULL THEN 'articles/' || alerts.article_id || '.html' ELSE listed.address END AS address
FROM marts.alerts AS alerts LEFT JOIN core.articles AS a ON a.article_id = alerts.article_id
LEFT JOIN report_statements AS listed ON listed.statement_id = alerts.statement_id
ORDER BY alerts.published_at DESC NULLS LAST, alert_id LIMIT {MOST_LISTED}
"""


def lists(database: Database) -> Iterator[Page]:
    """The matches, the newest first, beside the alerts that are set; no page where none is."""
    rules = database.query(
        "SELECT rules.*, count(alert_id)::INTEGER AS n FROM core.alert_rules AS rules LEFT JOIN marts.alerts USING (rule) "
        "GROUP BY ALL ORDER BY rule"
    ).rows(named=True)
    if not rules:
        return
    matches = database.query(MATCHES).rows(named=True)
    for path, sheet, rows in sheets(matches, "alerts", total=sum(rule["n"] for rule in rules)):
        shown = [row | {"did": DID[row["watch"]]} for row in rows]
        yield Page(path, "alerts.html", "Alerts", {"rules": rules, "alerts": shown, "sheet": sheet})


def write_feed(database: Database, folder: Path) -> None:
    """The newest matches as an Atom feed; none where no alert is set."""
    if database.query("FROM core.alert_rules LIMIT 1").is_empty():
        return
    matches = database.query(MATCHES).head(MOST_ENTRIES)
    (folder / FEED).write_bytes(feed(matches.rows(named=True)))


def feed(matches: list[Row]) -> bytes:
    """The matches as Atom; the same matches give the same bytes, whenever the feed is written."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    newest = max((row["published_at"] for row in matches if row["published_at"]), default=NO_TIME)
    _add(root, "title", "Verbatim: alerts")
    _add(root, "id", "urn:verbatim:alerts")
    _add(root, "updated", _time(newest))
    _add(root, "link", rel="self", href=FEED)
    _add(root, "link", rel="alternate", type="text/html", href="alerts.html")
    _add(_add(root, "author"), "name", "Verbatim")
    for row in matches:
        entry = _add(root, "entry")
        _add(entry, "title", f"{row['rule']}: {row['outlet']} {DID[row['watch']]} “{shortened(row['text'], 120)}”")
        _add(entry, "id", f"urn:verbatim:alert:{row['alert_id']}")
        _add(entry, "updated", _time(row["published_at"] or NO_TIME))
        if row["address"]:
            _add(entry, "link", rel="alternate", type="text/html", href=row["address"])
        _add(entry, "content", content(row), type="text")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def content(row: Row) -> str:
    """A match in a few lines."""
    said = f"{row['speaker']}: “{row['text']}”" if row["speaker"] else f"“{row['text']}”"
    others = row["n_others"]
    told = {
        "said": f"{row['outlet']} quotes it.",
        "printed": f"{row['outlet']} prints it.",
        "left-out": f"{row['outlet']} left it out; {others} others carried it.",
        "altered": f"{row['outlet']} prints it so; {others} others print other words.",
    }
    return f"{said}\n{told[row['watch']]}"


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text is not None:
        element.text = NOT_XML.sub("", text)
    return element


def _time(at: datetime) -> str:
    return at.isoformat(timespec="seconds") + "Z"
