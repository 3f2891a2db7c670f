"""Putting the search index into a release: its tables from the texts that the release holds, and the macros that rank."""

from pathlib import Path

from assets.search.index import build_index
from assets.search.schema import SEARCH_TABLES, TEXTS
from pipeline.project import ASSETS
from pipeline.warehouse import Transaction

MACROS: Path = ASSETS / "search" / "macros.sql"


def add_search(release: Transaction) -> None:
    """Make the schema ``search``, anew where the release has one."""
    index = build_index((part, release.query(query)) for part, query in TEXTS.items())
    parts = ([index.documents], [index.words], index.postings)
    release.execute("DROP SCHEMA IF EXISTS search CASCADE")
    release.execute("CREATE SCHEMA search")
    for table, frames in zip(SEARCH_TABLES, parts, strict=True):
        release.create(table)
        release.replace_in_order(table, frames)
    release.execute(MACROS.read_text(encoding="utf-8"))
