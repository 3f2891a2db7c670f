"""Which places were given to read and what each is called: kept, so that a label is given once."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import polars as pl

from assets.documents.find import FoundFile, find_files
from assets.documents.intake import take_back
from assets.documents.labels import Labels, escaped, unescaped
from assets.documents.schema import FILES, FOLDERS, REJECTS, SIGHTINGS
from pipeline.settings import INBOX
from pipeline.warehouse import Transaction


def look(transaction: Transaction, paths: Sequence[Path], data_dir: Path) -> list[FoundFile]:
    """The files at or below these paths under the labels that ``find`` would give them; nothing is kept."""
    return _labelled(paths, _labels(transaction, data_dir), data_dir)


def find(transaction: Transaction, paths: Sequence[Path], data_dir: Path) -> list[FoundFile]:
    """The files at or below these paths under the labels that they have, or get here and keep."""
    labels = _labels(transaction, data_dir)
    kept = dict(labels.by_place)
    found = _labelled(paths, labels, data_dir)
    data_dir = data_dir.resolve()
    if labels.by_place != kept:
        rows = [(stored(place, data_dir), label) for place, label in labels.by_place.items()]
        transaction.replace(FOLDERS, pl.DataFrame(rows, schema=FOLDERS.polars_schema, orient="row"))
    if labels.taken_over:
        give_up_ambiguous(transaction, found)
    return found


def _labels(transaction: Transaction, data_dir: Path) -> Labels:
    places = {data_dir.resolve() / unescaped(place): label for place, label in transaction.read(FOLDERS).iter_rows()}
    return Labels(places, lambda: read_before(transaction))


def _labelled(paths: Sequence[Path], labels: Labels, data_dir: Path) -> list[FoundFile]:
    found = find_files(paths, labels)
    return [file for file in found if not is_own(file.path, labels.root_of(file.path), data_dir.resolve())]


def is_own(file: Path, root: Path | None, data_dir: Path) -> bool:
    """Whether a file is the pipeline's, not a document: reading the folder around the data folder means its inbox only."""
    below_inbox = file.is_relative_to(data_dir / INBOX)
    return file.is_relative_to(data_dir) and not below_inbox and root is not None and data_dir.is_relative_to(root)


def stored(place: Path, data_dir: Path) -> str:
    """A place within the data folder is kept relative to it, so that the folder can be moved with its inbox."""
    with suppress(ValueError):
        place = place.relative_to(data_dir)
    return escaped(place.as_posix())


def read_before(transaction: Transaction) -> dict[str, datetime | None]:
    """The files read so far, each with its time; without one where nothing in it was a document or rejected."""
    rows = transaction.query(
        f"WITH times AS (SELECT path, ingested_at AS modified_at FROM {SIGHTINGS.path} "
        f"UNION ALL SELECT path, seen_at FROM {REJECTS.path}), "
        # A member has its archive's time.
        "of_files AS (SELECT split_part(path, '!', 1) AS path, max(modified_at) AS modified_at FROM times GROUP BY ALL) "
        f"SELECT path, modified_at FROM {FILES.path} LEFT JOIN of_files USING (path)"
    )
    return dict(rows.iter_rows())


def give_up_ambiguous(transaction: Transaction, found: Sequence[FoundFile]) -> None:
    """Take back the documents under a label that several files shared; its files are read under labels of their own."""
    names = {file.name for file in found}
    take_back(transaction, [file.former for file in found if file.former not in names])
