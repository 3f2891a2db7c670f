"""The same documents are read in whatever order the files come."""

import os
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest

from assets.documents.find import find_files
from assets.documents.intake import ingest, reconcile, unread
from assets.documents.options import ReadOptions
from assets.documents.schema import DOCUMENTS, DUPLICATES
from orchestration.tables import TABLES
from pipeline.settings import Settings
from pipeline.warehouse import Warehouse

STORY = (
    '{"title": "Quay wall to be mended", "text": "The council of Port Averley voted on Tuesday to mend the quay wall."}'
)
FILES = {
    "a.jsonl": STORY + "\n",
    "b.json": f"[{STORY}]",
    "c/copy.jsonl": f"{STORY}\n{STORY}\n",
}


def read_one_by_one(names: Sequence[str], folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The documents and duplicates after each of the files has come by itself."""
    inbox, warehouse = folder / "inbox", Warehouse(folder / "build.duckdb", TABLES)
    warehouse.prepare()
    for name in names:
        file = inbox / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FILES[name], encoding="utf-8")
        os.utime(file, (1_770_000_000, 1_770_000_000))
        with warehouse.transaction() as transaction:
            fresh = unread(transaction, find_files([inbox]), Settings(data_dir=folder))
        assert sum(ingest(warehouse, fresh, ReadOptions())) == 1
        with warehouse.transaction() as transaction:
            reconcile(transaction)
    with warehouse.transaction() as transaction:
        return transaction.read(DOCUMENTS), transaction.read(DUPLICATES)


@pytest.mark.parametrize("names", list(permutations(FILES)), ids=" ".join)
def test_bytes_found_at_several_places_are_read_as_at_the_first(names: Sequence[str], tmp_path: Path) -> None:
    documents, duplicates = read_one_by_one(names, tmp_path)
    assert documents.select("path", "record_no", "format").rows() == [("inbox/a.jsonl", 0, "jsonl")]
    assert duplicates.select("path", "record_no").rows() == [
        ("inbox/b.json", 0),
        ("inbox/c/copy.jsonl", 0),
        ("inbox/c/copy.jsonl", 1),
    ]
