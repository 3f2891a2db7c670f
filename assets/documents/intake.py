"""Which files have been read as they are now, and at which places each document was found."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

import polars as pl

from assets.documents.find import FoundFile
from assets.documents.options import ReadOptions
from assets.documents.read import DocumentBatch, crashed, portions, read_documents, read_in_vain, read_portion
from assets.documents.schema import DOCUMENTS, DUPLICATES, FILES, REJECTS, SIGHTINGS
from pipeline import ledger
from pipeline.engines.losses import Apart, in_halves
from pipeline.ids import stable_id
from pipeline.settings import Settings
from pipeline.warehouse import Transaction, Warehouse

Portion = Sequence[FoundFile]
Read = list[list[DocumentBatch] | None]
MapPortions = Callable[[Callable[[Portion], Read], Iterable[Portion], Apart[Portion, Read]], Iterable[Read]]
"""Runs a function over portions, in their order; see :class:`pipeline.engines.choose.Engine`."""


def here(function: Callable[[Portion], Read], given: Iterable[Portion], apart: Apart[Portion, Read]) -> Iterable[Read]:
    """All in this process."""
    return map(function, given)


FLUSH_BYTES = 32 << 20
FLUSH_FILES = 1000
UNREAD = ""
"""Fingerprint of a file whose reading has begun and not ended: the next run reads it again."""


def read_options(settings: Settings) -> ReadOptions:
    return ReadOptions(
        max_file_bytes=settings.max_file_mb << 20,
        max_archive_depth=settings.max_archive_depth,
        max_archive_members=settings.max_archive_members,
        max_expanded_bytes=settings.max_expanded_gb << 30,
        mapping=settings.mapping,
    )


def unread(transaction: Transaction, found: Sequence[FoundFile], settings: Settings) -> list[tuple[FoundFile, str]]:
    """The files that have not been read as they are now, each with its fingerprint."""
    version = stable_id(ledger.code_version("documents"), repr(read_options(settings)))
    seen = dict(transaction.read(FILES, ["path", "fingerprint"]).iter_rows())
    prints = ((file, stable_id(version, file.fingerprint)) for file in found)
    return [(file, fingerprint) for file, fingerprint in prints if seen.get(file.name) != fingerprint]


def ingest(
    warehouse: Warehouse,
    files: Sequence[tuple[FoundFile, str]],
    options: ReadOptions,
    map_batches: MapPortions = here,
    tried_by: MapPortions | None = None,
) -> Iterator[int]:
    """Read files into the raw tables; yields how many have been read since the last time.

    The database is open only while rows are written, so that memory and locks are bounded by a flush. What this process is to
    read itself is read in vain by others first where ``tried_by`` says who they are: it may have ended the run before.
    """
    given = portions([file for file, _ in files])
    reads = chain.from_iterable(map_batches(partial(read_portion, options=options), given, Apart(in_halves, crashed)))
    with warehouse.transaction() as transaction:
        forget(transaction, [file.name for file, _ in files])
    batches: list[DocumentBatch] = []
    done: list[tuple[str, str, int]] = []
    for (file, fingerprint), read in zip(files, reads, strict=True):
        n_seen = 0
        if read is None and tried_by is not None:
            ((read,),) = tried_by(partial(read_in_vain, options=options), [[file]], Apart(in_halves, crashed))
        for batch in read_documents([file], options) if read is None else read:
            n_seen += batch.n_seen
            batches.append(batch)
            if sum(batch.documents["n_bytes"].sum() for batch in batches) > FLUSH_BYTES:
                flush(warehouse, batches, [])
                batches.clear()
        done.append((file.name, fingerprint, n_seen))
        if len(done) >= FLUSH_FILES:
            flush(warehouse, batches, done)
            yield len(done)
            batches.clear()
            done.clear()
    flush(warehouse, batches, done)
    yield len(done)


def forget(transaction: Transaction, names: Sequence[str]) -> None:
    """Take back what was read from these files before, and mark them as unread."""
    take_back(transaction, names)
    transaction.insert(FILES, pl.DataFrame({"path": names}).with_columns(fingerprint=pl.lit(UNREAD), n_seen=pl.lit(0)))


def take_back(transaction: Transaction, names: Sequence[str]) -> None:
    """Drop the documents and rejects of these files, and that they were read."""
    if not names:
        return
    with transaction.visible(pl.DataFrame({"path": names}, schema={"path": pl.String})) as given:
        again = f"SELECT path FROM {FILES.path} SEMI JOIN {given} USING (path)"
        for table in (SIGHTINGS, REJECTS):
            # A "!" with a dot, a slash or nothing after it is part of another file's name (see ``assets.documents.labels``).
            transaction.execute(
                f"DELETE FROM {table.path} AS place USING ({again}) AS file "
                "WHERE place.path = file.path OR (starts_with(place.path, file.path || '!') "
                "AND substr(place.path, length(file.path) + 2, 1) NOT IN ('', '.', '/'))"
            )
        transaction.execute(f"DELETE FROM {FILES.path} WHERE path IN (SELECT path FROM {given})")


def flush(warehouse: Warehouse, batches: Sequence[DocumentBatch], done: Sequence[tuple[str, str, int]]) -> None:
    """Write what was read: where each document is, and the content of those not yet known."""
    if not batches and not done:
        return
    documents = pl.concat([DOCUMENTS.empty(), *(batch.documents for batch in batches)])
    rejects = pl.concat([REJECTS.empty(), *(batch.rejects for batch in batches)])
    with warehouse.transaction() as transaction:
        transaction.insert(REJECTS, rejects)
        transaction.insert(SIGHTINGS, documents.select(SIGHTINGS.column_names))
        firsts = documents.sort("path", "record_no").unique("document_id", keep="first", maintain_order=True)
        forget_other_readings(transaction, firsts)
        with transaction.visible(firsts) as given:
            transaction.execute(
                f"INSERT INTO {DOCUMENTS.path} BY NAME SELECT * FROM {given} "
                f"ANTI JOIN {DOCUMENTS.path} USING (document_id) ORDER BY document_id"
            )
        read = pl.DataFrame(list(done), schema=FILES.polars_schema, orient="row")
        transaction.delete(FILES, "path", read["path"])
        transaction.insert(FILES, read)


def forget_other_readings(transaction: Transaction, firsts: pl.DataFrame) -> None:
    """Drop documents that read otherwise at an earlier place, found only now: a name may say what bytes leave open."""
    names = [name for name in DOCUMENTS.column_names if name not in SIGHTINGS.column_names]
    known, found = (", ".join(f"{table}.{name}" for name in names) for table in ("known", "found"))
    with transaction.visible(firsts) as given:
        otherwise = transaction.query(
            f"SELECT document_id AS item_id FROM {DOCUMENTS.path} AS known JOIN {given} AS found USING (document_id) "
            f"WHERE (found.path, found.record_no) < (known.path, known.record_no) AND ({found}) IS DISTINCT FROM ({known})"
        )["item_id"]
    transaction.delete(DOCUMENTS, "document_id", otherwise)
    ledger.forget(transaction, "articles", otherwise)


def reconcile(transaction: Transaction) -> None:
    """Drop documents that are no longer found anywhere; every other one is at its first place, its other places are duplicates."""
    places = (
        f"SELECT *, row_number() OVER (PARTITION BY document_id ORDER BY path, record_no) AS nth FROM {SIGHTINGS.path}"
    )
    transaction.execute(
        f"DELETE FROM {DOCUMENTS.path} WHERE document_id NOT IN (SELECT document_id FROM {SIGHTINGS.path})"
    )
    transaction.execute(
        f"UPDATE {DOCUMENTS.path} AS document SET path = place.path, record_no = place.record_no, "
        f"ingested_at = place.ingested_at FROM ({places}) AS place "
        "WHERE place.nth = 1 AND place.document_id = document.document_id "
        "AND (place.path, place.record_no, place.ingested_at) "
        "IS DISTINCT FROM (document.path, document.record_no, document.ingested_at)"
    )
    transaction.execute(f"DELETE FROM {DUPLICATES.path}")
    transaction.execute(
        f"INSERT INTO {DUPLICATES.path} BY NAME SELECT document_id, path, record_no, n_bytes "
        f"FROM ({places}) WHERE nth > 1 ORDER BY path, record_no"
    )
