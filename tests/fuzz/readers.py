"""Every reader of files, run on a folder of them and held to the contract: documents and rejects are what was seen."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from assets.documents.find import find_files
from assets.documents.options import MIB, ReadOptions
from assets.documents.read import read_documents
from assets.documents.schema import DOCUMENTS, REASONS, REJECTS
from tests.fuzz.files import make_file

BATCH = 64  # files of a folder
LIMITS = ReadOptions(max_file_bytes=MIB, max_expanded_bytes=32 * MIB, batch_rows=50)

Batch = list[tuple[str, bytes]]  # names and contents


def make_batch(seed: int, numbers: Sequence[int]) -> Batch:
    return [make_file(seed, number) for number in numbers]


def run(batch: Batch) -> dict[str, int]:
    """Reads the files, each in a folder of its own; says how many rows of which kind came."""
    with TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        for number, (name, data) in enumerate(batch):
            own = inbox / f"{number:03}"
            own.mkdir(parents=True)
            (own / name).write_bytes(data)
        documents, rejects = [DOCUMENTS.empty()], [REJECTS.empty()]
        for rows in read_documents(find_files([inbox]), LIMITS):
            assert rows.n_seen == len(rows.documents) + len(rows.rejects), "rows were lost"
            documents.append(rows.documents)
            rejects.append(rows.rejects)
    read, refused = pl.concat(documents), pl.concat(rejects)
    seen = {path.split("/")[1].split("!")[0] for path in [*read["path"], *refused["path"]]}
    wanted = {f"{number:03}" for number, (name, _) in enumerate(batch) if name != "manifest.csv"}
    assert wanted <= seen, f"files without a row: {sorted(wanted - seen)}"
    places = Counter(zip(refused["path"], refused["record_no"], strict=True))
    assert not places or places.most_common(1)[0][1] == 1, f"rejected twice: {places.most_common(1)}"
    assert set(refused["reason"]) <= set(REASONS), "a reason of its own"
    assert (refused["detail"].str.len_chars() > 0).all(), "a reject without advice"
    assert (read["content"].str.len_chars() > 0).all(), "a document without text"
    for column in DOCUMENTS.columns:
        if column.values:
            assert read[column.name].drop_nulls().is_in(column.values).all(), f"{column.name}: a value of its own"
        assert column.nullable or read[column.name].null_count() == 0, f"{column.name} is null"
    return {"documents": len(read), "rejects": len(refused), **Counter(f"as {kind}" for kind in read["format"])}
