"""Taking documents out of the room's tables: those that are gone, are done again, or end every process that works on them."""

from functools import partial

import polars as pl

from assets.articles.schema import (
    ARTICLES,
    DOUBTFUL_LINES,
    LEFT_OUT,
    NON_ARTICLES,
    REMOVED_LINES,
    REPEATED_LINES,
)
from assets.documents.schema import DOCUMENTS
from assets.sources.schema import ARTICLE_SOURCES
from pipeline import ledger
from pipeline.engines.losses import TRIES
from pipeline.engines.refusal import EngineError
from pipeline.extraction import LeaveOut
from pipeline.settings import Settings
from pipeline.warehouse import Transaction

EXAMPLES = 3
DETAIL = (
    f"Looking for its % ended each process that tried it, {TRIES} times with nothing beside it; memory may have run out. Take it out of "
    "its file, or give the machine more memory; it is tried again by another version of Verbatim, or once it was away for a run."
)


def forget_gone(transaction: Transaction) -> None:
    """Drop what was made of documents that are no longer there."""
    gone = f"(SELECT document_id FROM {DOCUMENTS.path})"
    for table in (ARTICLES, ARTICLE_SOURCES, NON_ARTICLES, DOUBTFUL_LINES, REPEATED_LINES, LEFT_OUT):
        transaction.execute(f"DELETE FROM {table.path} WHERE document_id NOT IN {gone}")
    transaction.execute(
        f"DELETE FROM {REMOVED_LINES.path} WHERE article_id NOT IN (SELECT article_id FROM {ARTICLES.path})"
    )


def drop(transaction: Transaction, given: str) -> None:
    """Drop what was made of the documents that a relation names by item_id."""
    of_documents = f"WHERE document_id IN (SELECT item_id FROM {given})"
    transaction.execute(
        f"DELETE FROM {REMOVED_LINES.path} WHERE article_id IN (SELECT article_id FROM {ARTICLES.path} {of_documents})"
    )
    for table in (ARTICLES, ARTICLE_SOURCES, NON_ARTICLES, DOUBTFUL_LINES):
        transaction.execute(f"DELETE FROM {table.path} {of_documents}")


def version(settings: Settings) -> str:
    """What is found in an article by itself is decided by this: where it changes, what was left out is tried again."""
    return ledger.code_version("sources", "articles", "entities", "quotes") + settings.entity_engine


def leave_out(settings: Settings, what: str) -> LeaveOut:
    """What notes the documents, or articles, in which ``what`` cannot be looked for."""
    return partial(_note, version=version(settings), what=what)


def _note(transaction: Transaction, items: pl.Series, version: str, what: str) -> None:
    with transaction.visible(items.to_frame("item_id")) as given:
        transaction.execute(
            f"INSERT INTO {LEFT_OUT.path} BY NAME SELECT DISTINCT document_id, ? AS version, ? AS what FROM {DOCUMENTS.path} "
            f"LEFT JOIN {ARTICLES.path} USING (document_id) JOIN {given} ON item_id IN (document_id, article_id)",
            [version, what],
        )


def try_again(transaction: Transaction, settings: Settings) -> None:
    """Forget what was left out by another version."""
    others = transaction.query(f"SELECT document_id FROM {LEFT_OUT.path} WHERE version <> ?", [version(settings)])
    transaction.delete(LEFT_OUT, "document_id", others["document_id"])
    ledger.forget(transaction, "articles", others["document_id"])


def take_out(transaction: Transaction) -> None:
    """Let what was left out be no articles."""
    noted = f"(SELECT document_id AS item_id FROM {LEFT_OUT.path} ANTI JOIN {NON_ARTICLES.path} USING (document_id))"
    transaction.execute(f"CREATE OR REPLACE TEMP TABLE taken_out AS FROM {noted}")
    drop(transaction, "taken_out")
    transaction.execute(
        f"INSERT INTO {NON_ARTICLES.path} BY NAME SELECT document_id, 'crashed' AS reason, replace(?, '%', what) AS detail "
        f"FROM {LEFT_OUT.path} JOIN taken_out ON item_id = document_id",
        [DETAIL],
    )


def end_where_left_out(transaction: Transaction) -> None:
    """Raise where articles were left out after other steps have read them: the next run begins without them."""
    found = transaction.query(
        f"SELECT path, what FROM {LEFT_OUT.path} JOIN {ARTICLES.path} USING (document_id) "
        f"JOIN {DOCUMENTS.path} USING (document_id) ORDER BY path, record_no"
    )
    if found.height:
        shown = ", ".join(found["path"][:EXAMPLES]) + (", …" if found.height > EXAMPLES else "")
        which = shown if found.height == 1 else f"{found.height} articles ({shown})"
        raise EngineError(
            f"each process that looked for the {found['what'][0]} of {which} has died, {TRIES} times with nothing beside it; run again: "
            "what cannot be worked on is then left out, and core.non_articles says why"
        )
