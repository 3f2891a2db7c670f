"""What one report hands to the next: which files each page has and what it was made of, so that pages can stay as they are."""

import os
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.report.pages import FILES_SCHEMA
from assets.report.spelling import SPELLINGS_SCHEMA

PAGES_SCHEMA = pl.Schema({"kind": pl.String, **FILES_SCHEMA, "fingerprint": pl.UInt64})
PAGES_FILE, SPELLINGS_FILE = "pages.parquet", "spellings.parquet"


@dataclass(frozen=True)
class Site:
    """A report's folder, the files of its pages (kind, page, path, size, fingerprint), the spellings of its articles."""

    folder: Path
    pages: pl.DataFrame
    spellings: pl.DataFrame

    def save(self, folder: Path) -> None:
        """Write what the next report needs into a folder of its own, down to the disk: links are made by it."""
        folder.mkdir()
        for name, frame in ((PAGES_FILE, self.pages), (SPELLINGS_FILE, self.spellings)):
            with (folder / name).open("wb") as file:
                frame.write_parquet(file, compression="zstd")
                file.flush()
                os.fsync(file.fileno())


def saved_site(report: Path, folder: Path) -> Site:
    """The report as it was saved; without a page where nothing was, or where what was cannot be read."""
    try:
        pages, spellings = (pl.read_parquet(folder / name) for name in (PAGES_FILE, SPELLINGS_FILE))
    except (OSError, pl.exceptions.PolarsError):
        return no_site(report)
    if pages.schema != PAGES_SCHEMA or spellings.schema != SPELLINGS_SCHEMA:
        return no_site(report)
    return Site(report, pages, spellings)


def no_site(folder: Path) -> Site:
    return Site(folder, PAGES_SCHEMA.to_frame(), SPELLINGS_SCHEMA.to_frame())


def link_unchanged(last: Site, folder: Path, kind: str, fingerprints: pl.DataFrame) -> pl.DataFrame:
    """Link the files of the pages that are made of what they were made of; returns those of which every file is there.

    A file of another size than it was written with is none: a power cut can leave one empty.
    """
    same = last.pages.filter(pl.col("kind") == kind).join(fingerprints, on=["page", "fingerprint"], how="semi")
    there = [_link(last.folder / path, f"{folder}/{path}", size) for path, size in same.select("path", "size").iter_rows()]
    missing = same.filter(~pl.Series(there, dtype=pl.Boolean)).select("page").unique()
    return same.join(missing, on="page", how="anti")


def _link(source: Path, target: str, size: int) -> bool:
    try:
        if os.stat(source).st_size != size:
            return False
        os.link(source, target)
    except OSError:
        # Gone, or a file system without hard links: the page is written.
        return False
    return True
