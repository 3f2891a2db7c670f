"""The search index of the warehouse: brought up to date for what has come, changed or gone, and the macros that rank."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from assets.search.index import build_index
from assets.search.schema import SEARCH_DOCUMENTS, SEARCH_POSTINGS, SEARCH_TABLES, SEARCH_WORDS, TEXTS
from pipeline import ledger
from pipeline.project import ASSETS
from pipeline.warehouse import Transaction

STEP = "search"
MACROS: Path = ASSETS / "search" / "macros.sql"
FOUND, TODO, GONE, LEFT = "search_found", "search_todo", "search_gone", "search_left"
"""For as long as the index is brought up to date: all texts there are, those to be read, documents that are no more or are
others now, and the entries that these had."""


def add_search(transaction: Transaction) -> None:
    """Bring the schema ``search`` up to date; made anew where it was made by another version."""
    version = f"{ledger.code_version('search')}{ledger.library_versions('PyStemmer')}"
    if not ledger.is_current(transaction, STEP, version):
        transaction.execute("DROP SCHEMA IF EXISTS search CASCADE")
        transaction.execute("CREATE SCHEMA search")
        for table in SEARCH_TABLES:
            transaction.create(table)
        ledger.record_corpus(transaction, STEP, version)
    _find(transaction)
    _forget(transaction)
    _add(transaction)
    transaction.execute(MACROS.read_text(encoding="utf-8"))


def _find(transaction: Transaction) -> None:
    texts = " UNION ALL ".join(
        f"SELECT '{part}' AS part, id, language, hash(text, language) AS content FROM ({query})"
        for part, query in TEXTS.items()
    )
    # The index has hashes as numbers of 63 bits, which all that reads a table can hold.
    transaction.execute(
        f"CREATE OR REPLACE TEMP TABLE {FOUND} AS SELECT (hash(part, id) >> 1)::BIGINT AS document, part, id, "
        f"(content >> 1)::BIGINT AS content FROM ({texts})"
    )
    known = SEARCH_DOCUMENTS.path
    transaction.execute(
        f"CREATE OR REPLACE TEMP TABLE {TODO} AS FROM {FOUND} ANTI JOIN {known} USING (document, content)"
    )
    transaction.execute(
        f"CREATE OR REPLACE TEMP TABLE {GONE} AS SELECT document FROM {known} ANTI JOIN {FOUND} USING (document, content)"
    )


def _forget(transaction: Transaction) -> None:
    """Take out what is gone, and the words that no other text has."""
    if not transaction.scalar(f"SELECT count(*) FROM {GONE}"):
        return
    gone = f"document IN (SELECT document FROM {GONE})"
    transaction.execute(
        f"CREATE OR REPLACE TEMP TABLE {LEFT} AS SELECT DISTINCT entry FROM {SEARCH_POSTINGS.path} WHERE {gone}"
    )
    for table in (SEARCH_DOCUMENTS, SEARCH_POSTINGS):
        transaction.execute(f"DELETE FROM {table.path} WHERE {gone}")
    transaction.execute(
        f"DELETE FROM {SEARCH_WORDS.path} WHERE entry IN (FROM {LEFT} ANTI JOIN {SEARCH_POSTINGS.path} USING (entry))"
    )


def _add(transaction: Transaction) -> None:
    index = build_index(_texts(transaction))
    transaction.append(SEARCH_DOCUMENTS, index.documents)
    with transaction.visible(index.words) as given:
        new = f"FROM {given} ANTI JOIN {SEARCH_WORDS.path} USING (entry)"
        transaction.execute(f"INSERT INTO {SEARCH_WORDS.path} {new} ORDER BY entry")
    for rows in index.postings:
        transaction.append(SEARCH_POSTINGS, rows)


def _texts(transaction: Transaction) -> Iterator[pl.DataFrame]:
    """The texts that are to be read, a part at a time."""
    for part, query in TEXTS.items():
        yield transaction.query(
            f"SELECT todo.*, language, text FROM ({query}) JOIN {TODO} AS todo USING (id) WHERE part = ? ORDER BY document",
            [part],
        )
