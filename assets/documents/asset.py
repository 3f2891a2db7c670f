"""Brings ``raw.documents``, ``raw.duplicates`` and ``raw.rejects`` up to date with the given files."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
from pydantic import Field

from assets.documents import places
from assets.documents.intake import ingest, read_options, reconcile, unread
from assets.documents.schema import DOCUMENTS, DUPLICATES, REASONS, REJECTS
from pipeline.resources import Pipeline
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import Transaction

TABLES = (DOCUMENTS, DUPLICATES, REJECTS)


class Files(dg.Config):
    """What to read."""

    paths: list[str] = Field(default=[], description="Files and folders; the inbox of the data folder if empty.")
    only: list[str] | None = Field(
        default=None,
        description="Labels of the files among them to read; all if left out. The sensor names those that have settled.",
    )


@dg.multi_asset(name="documents", specs=[table_spec(table, "documents") for table in TABLES], pool=WAREHOUSE_POOL)
def documents(config: Files, pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Read the files that are new or have changed."""
    warehouse = pipeline.warehouse
    paths = [Path(path) for path in config.paths] or [pipeline.settings.inbox]
    with warehouse.transaction() as transaction:
        found = places.find(transaction, paths, pipeline.settings.data_dir)
        if config.only is not None:
            wanted = set(config.only)
            found = [file for file in found if file.name in wanted]
        fresh = unread(transaction, found, pipeline.settings)
    options, workers = read_options(pipeline.settings), pipeline.workers
    tried_by = workers.map_batches if workers.apart_from_here else None
    with pipeline.reporter.step("documents", len(fresh), "files") as step:
        for n_read in ingest(warehouse, fresh, options, pipeline.engine.map_batches, tried_by):
            step.advance(n_read)
    with warehouse.transaction() as transaction:
        reconcile(transaction)
        for table in TABLES:
            counts = {"files_found": len(found), "files_read": len(fresh)}
            yield materialized(transaction, table, counts | (by_reason(transaction) if table is REJECTS else {}))


def by_reason(transaction: Transaction) -> dict[str, int]:
    """Rejects by reason, each a number that Dagster shows over time; a reason without any is none, not a gap."""
    found = dict(transaction.query(f"SELECT reason, count(*) FROM {REJECTS.path} GROUP BY reason").iter_rows())
    return {f"rejects_{reason}": found.get(reason, 0) for reason in REASONS}
