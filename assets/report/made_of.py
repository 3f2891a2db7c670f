"""What pages are made of: rows in SQL, so that one query says which have changed; the others are linked from the last report."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from assets.report.pages import FILES_SCHEMA, Frames
from assets.report.spelling import SPELLINGS_SCHEMA
from assets.report.tables import Database

ROWS_PER_BATCH = 40_000
PAGES_SCHEMA = pl.Schema({"kind": pl.String(), **dict(FILES_SCHEMA), "fingerprint": pl.UInt64()})
STATE = "report-state"
"""The folder beside a published report that holds this."""
PAGES_FILE, SPELLINGS_FILE = "pages.parquet", "spellings.parquet"


ONLY = "{only}"
TEXTS = "CREATE OR REPLACE TEMP TABLE report_texts AS SELECT article_id, hash(body) AS body FROM core.articles"
"""A hash of each text, which stands for it where it is only asked whether a page has changed: most of all that is read is text."""


@dataclass(frozen=True)
class Part:
    """Rows that pages show: SQL with the column ``page`` and everything that is shown, and their order within a page.

    Where few pages are wanted, joins of all rows are spared by ``{only}`` behind the first table in ``rows``: the rows
    whose ``key`` is one of the pages are taken before anything is joined to them.

    ``texts`` are columns beside those of ``rows``: each holds the text of the article that the column named by it holds.
    """

    rows: str
    order: str = "page"
    key: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_rows(self) -> str:
        return self.rows.replace(ONLY, "")

    def rows_of(self, pages: str) -> str:
        """The rows of these pages, a relation with their names."""
        if ONLY not in self.rows:
            return f"SELECT * FROM ({self.rows}) SEMI JOIN {pages} USING (page)"
        return self.rows.replace(ONLY, f"SEMI JOIN {pages} AS wanted ON wanted.page = {self.key}")

    def with_texts(self, rows: str, of: str) -> str:
        """The rows, a relation without the texts, with them, as the relation ``of`` has them."""
        if not self.texts:
            return f"SELECT * FROM {rows}"
        columns = ", ".join(f"of_{text}.body AS {text}" for text in self.texts)
        joins = " ".join(
            f"LEFT JOIN (SELECT article_id AS id, body FROM {of}) AS of_{text} ON of_{text}.id = rows.{article}"
            for text, article in self.texts.items()
        )
        return f"SELECT rows.*, {columns} FROM {rows} AS rows {joins}"


@dataclass(frozen=True)
class Kind:
    """The pages of one kind, by the parts that they are made of; the first part names the pages, each in one row.

    ``rows_per_batch`` is smaller where a row is long: a batch is worked on as a whole. Where any article changes most of
    the pages (``changes_often``), all rows are gathered at once, which is sooner done than to find out first which are needed.
    """

    name: str
    parts: dict[str, Part]
    rows_per_batch: int = ROWS_PER_BATCH
    changes_often: bool = False

    def part_table(self, part: str) -> str:
        return f"report_{self.name}_{part}"


def fingerprints(database: Database, kind: Kind, version: str, *, gathered: bool = False) -> pl.DataFrame:
    """One row per page: page, fingerprint of all its rows and the version of what writes it, n_rows.

    ``gathered`` says that all rows have been gathered for writing, and can be read there.
    """
    rows = {name: _rows_told(kind, name, gathered) for name in kind.parts}
    hashed = " UNION ALL ".join(
        f"SELECT page, hash('{name}', *COLUMNS(*)) AS h FROM ({kind.parts[name].with_texts(relation, 'report_texts')})"
        for name, relation in rows.items()
    )
    return database.query(
        "SELECT page, hash(?, sum(h), count(*)) AS fingerprint, count(*) AS n_rows "
        f"FROM ({hashed}) SEMI JOIN (SELECT page FROM {next(iter(rows.values()))}) USING (page) GROUP BY page ORDER BY page",
        [version],
    )


def _rows_told(kind: Kind, name: str, gathered: bool) -> str:
    """The rows of a part, without their texts."""
    part = kind.parts[name]
    if not gathered:
        return f"({part.all_rows})"
    without = f" EXCLUDE ({', '.join(part.texts)})" if part.texts else ""
    return f"(SELECT *{without} FROM {kind.part_table(name)})"


def gather(database: Database, kind: Kind, pages: str | None = None) -> None:
    """Put the rows of these pages, a relation with their names, or of all in the order of the pages: then each batch is one stretch."""
    for name, part in kind.parts.items():
        rows = part.all_rows if pages is None else part.rows_of(pages)
        database.execute(
            f"CREATE OR REPLACE TEMP TABLE {kind.part_table(name)} AS "
            f"SELECT * FROM ({part.with_texts(f'({rows})', 'core.articles')}) ORDER BY page, {part.order}"
        )


def keep_only(database: Database, kind: Kind, pages: str) -> None:
    """Of the rows that were gathered leave those of these pages, a relation with their names."""
    for name in kind.parts:
        database.execute(f"DELETE FROM {kind.part_table(name)} WHERE page NOT IN (SELECT page FROM {pages})")


def batches(database: Database, kind: Kind, pages: pl.DataFrame) -> Iterator[Frames]:
    """The gathered rows of these pages (page, n_rows), some thousand at a time, each part in its order."""
    for low, high in stretches(pages, kind.rows_per_batch):
        yield {
            name: database.query(
                f"SELECT * FROM {kind.part_table(name)} WHERE page BETWEEN ? AND ? ORDER BY page, {part.order}",
                [low, high],
            )
            for name, part in kind.parts.items()
        }
    for name in kind.parts:
        database.execute(f"DROP TABLE {kind.part_table(name)}")


def stretches(pages: pl.DataFrame, limit: int) -> Iterator[tuple[str, str]]:
    """First and last of consecutive pages that have about ``limit`` rows together."""
    weight = pl.col("n_rows").cast(pl.Int64)
    yield from (
        pages.sort("page")
        .select("page", at=(weight.cum_sum() - weight) // limit)
        .group_by("at", maintain_order=True)
        .agg(low=pl.col("page").first(), high=pl.col("page").last())
        .select("low", "high")
        .rows()
    )


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
    there = [
        _link(f"{last.folder}/{path}", f"{folder}/{path}", size)
        for path, size in same.select("path", "size").iter_rows()
    ]
    missing = same.filter(~pl.Series(there, dtype=pl.Boolean)).select("page").unique()
    return same.join(missing, on="page", how="anti")


def _link(source: str, target: str, size: int) -> bool:
    try:
        if os.lstat(source).st_size != size:
            return False
        os.link(source, target)
    except OSError:
        # Gone, or a file system without hard links: the page is written.
        return False
    return True
