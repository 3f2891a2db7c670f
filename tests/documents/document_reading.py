"""Reading what a test writes, held to the contract."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.documents.find import find_files
from assets.documents.options import ReadOptions
from assets.documents.read import read_documents
from assets.documents.schema import DOCUMENTS, FORMATS, REASONS, REJECTS


@dataclass(frozen=True)
class Outcome:
    """All rows of one reading, as dicts in order."""

    documents: list[dict[str, object]]
    rejects: list[dict[str, object]]

    @property
    def reasons(self) -> list[object]:
        return [reject["reason"] for reject in self.rejects]

    @property
    def document(self) -> dict[str, object]:
        assert (len(self.documents), self.rejects) == (1, [])
        return self.documents[0]

    @property
    def reject(self) -> dict[str, object]:
        assert (self.documents, len(self.rejects)) == ([], 1)
        return self.rejects[0]


def read_all(paths: list[Path], options: ReadOptions | None = None) -> Outcome:
    """Read everything and hold every batch to the contract."""
    documents, rejects = [DOCUMENTS.empty()], [REJECTS.empty()]
    for batch in read_documents(find_files(paths), options or ReadOptions()):
        assert batch.n_seen == len(batch.documents) + len(batch.rejects)
        documents.append(batch.documents)
        rejects.append(batch.rejects)
    outcome = Outcome(pl.concat(documents).to_dicts(), pl.concat(rejects).to_dicts())
    places = [(reject["path"], reject["record_no"]) for reject in outcome.rejects]
    assert len(set(places)) == len(places), "a place is rejected once"
    assert all(reject["reason"] in REASONS and reject["detail"] for reject in outcome.rejects)
    assert all(document["format"] in FORMATS and document["content"] for document in outcome.documents)
    return outcome
