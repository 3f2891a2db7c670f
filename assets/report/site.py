"""The report as files: pages that changed are written, the others linked from the last report; the search index beside."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import polars as pl

from assets.report import articles, coverage, outlets, overview, phrases, speakers, statements
from assets.report.copies import comparisons
from assets.report.events import alerts, silences, stories, timelines
from assets.report.made_of import (
    PAGES_SCHEMA,
    TEXTS,
    Kind,
    Site,
    batches,
    fingerprints,
    gather,
    keep_only,
    link_unchanged,
    no_site,
)
from assets.report.pages import Frames, Page, write_pages
from assets.report.search import write_search
from assets.report.spelling import SPELLINGS_SCHEMA, house_spellings, spelling_counts
from assets.report.spreadsheet import write_csv
from assets.report.tables import MOST_STATEMENT_PAGES, Database, Lists, relations

FOLDERS = ("articles", "comparisons", "outlets", "search", "speakers", "statements", "stories", "timelines")
PAGES: dict[str, Callable[[Frames], Iterator[Page]]] = {
    room.KIND.name: room.pages
    for room in (articles, comparisons, statements, speakers, stories, silences, timelines, outlets)
}


@dataclass(frozen=True)
class Batch:
    """The rows of some pages of one kind, and the folder they are written to."""

    kind: str
    frames: Frames
    folder: Path
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Written:
    """What became of a batch: its files, and the spellings counted in its articles."""

    files: pl.DataFrame
    spellings: pl.DataFrame


MapBatches = Callable[[Callable[[Batch], Written], Iterable[Batch], int], Iterable[Written]]
"""Applies a picklable function to batches, here or in other processes; the number is that of the pages made so far with theirs."""


def here(function: Callable[[Batch], Written], batches: Iterable[Batch], n_pages: int) -> Iterable[Written]:
    return map(function, batches)


@dataclass(frozen=True)
class Made:
    """The report that was made, and how many of its pages were written; the others are links."""

    site: Site
    n_pages: int
    n_written: int


def write_site(
    database: Database,
    folder: Path,
    version: str = "",
    last: Site | None = None,
    map_batches: MapBatches = here,
    most_statement_pages: int = MOST_STATEMENT_PAGES,
) -> Made:
    """Put all pages into ``folder``, made anew by the caller; those that are as in ``last`` as links to its files.

    ``version`` stands for all that decides how rows become pages. At most a few batches are in memory as rows at any time.
    """
    for statement in (TEXTS, *relations(most_statement_pages), *stories.RELATIONS, timelines.RELATION):
        database.execute(statement)
    shutil.copytree(Path(__file__).with_name("static"), folder / "static")
    for name in FOLDERS:
        (folder / name).mkdir()
    variants = database.query("FROM reference.spelling_variants ORDER BY ALL")
    words = frozenset(variants["variant"]) | frozenset(variants["spelling"])
    update = _Update(database, folder, last or no_site(folder), f"{version}:{sorted(words)}", words)
    made_of_rows = (articles, comparisons, statements, speakers, stories, silences, timelines)
    update.make(tuple(room.KIND for room in made_of_rows), map_batches)
    spellings = pl.concat(update.spellings)
    with database.visible(house_spellings(spellings, variants)) as given:
        database.execute(f"CREATE OR REPLACE TEMP TABLE report_spellings AS FROM {given}")
    outlets.prepare(database)
    update.make((outlets.KIND,), map_batches)
    write_search(database, folder / "search")
    write_spreadsheets(database, folder)
    alerts.write_feed(database, folder)
    n_lists = write_pages(
        chain(list_pages(Lists(database)), stories.lists(database), alerts.lists(database)), folder
    ).height
    pages = pl.concat(update.pages)
    return Made(Site(folder, pages, spellings), pages.height + n_lists, update.n_written + n_lists)


@dataclass
class _Update:
    """Brings the pages that are made of rows up to date, kind by kind."""

    database: Database
    folder: Path
    last: Site
    version: str
    words: frozenset[str]
    pages: list[pl.DataFrame] = field(default_factory=lambda: [PAGES_SCHEMA.to_frame()])
    spellings: list[pl.DataFrame] = field(default_factory=lambda: [SPELLINGS_SCHEMA.to_frame()])
    n_stale: int = 0
    n_written: int = 0

    def make(self, kinds: tuple[Kind, ...], map_batches: MapBatches) -> None:
        for kind in kinds:
            made_of, stale = self._stale(kind)
            self.n_stale += stale.height
            todo = (Batch(kind.name, frames, self.folder, self.words) for frames in batches(self.database, kind, stale))
            for written in map_batches(write_batch, todo, self.n_stale):
                files = written.files.join(made_of, on="page", how="left")
                self.pages.append(files.select(pl.lit(kind.name).alias("kind"), *list(PAGES_SCHEMA)[1:]))
                self.spellings.append(written.spellings)
                self.n_written += files.height

    def _stale(self, kind: Kind) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The fingerprints of the pages, and of those that must be written; the rows of these are gathered, the others linked."""
        is_first = self.last.pages.filter(kind=kind.name).is_empty()
        gathered = is_first or kind.changes_often
        if gathered:
            gather(self.database, kind)
        made_of = fingerprints(self.database, kind, self.version, gathered=gathered)
        if is_first:
            return made_of, made_of
        linked = link_unchanged(self.last, self.folder, kind.name, made_of)
        self.pages.append(linked)
        if kind is articles.KIND:
            self.spellings.append(self.last.spellings.join(linked, on="page", how="semi"))
        stale = made_of.join(linked, on="page", how="anti")
        with self.database.visible(stale.select("page")) as given:
            (keep_only if gathered else gather)(self.database, kind, given)
        return made_of, stale


def write_batch(batch: Batch) -> Written:
    """Write the pages of a batch; what a worker runs."""
    files = write_pages(PAGES[batch.kind](batch.frames), batch.folder)
    is_read = batch.kind == articles.KIND.name
    spellings = spelling_counts(batch.frames["articles"], batch.words) if is_read else SPELLINGS_SCHEMA.to_frame()
    return Written(files, spellings)


def list_pages(listed: Lists) -> Iterator[Page]:
    """The pages that are made of everything: overview, lists, matrices, phrases."""
    for room in (overview, statements, speakers, outlets, coverage, phrases):
        yield from room.lists(listed)


SPREADSHEETS = {
    "statements": "SELECT * EXCLUDE (rank, has_page, quote_id, article_id) FROM report_statements ORDER BY rank",
    "speakers": "SELECT * EXCLUDE (aliases) FROM report_speakers ORDER BY entity_id",
    "articles": "SELECT * EXCLUDE (origin_article_id) FROM report_articles ORDER BY published_at NULLS LAST, article_id",
}
"""The lists that are cut into pages, whole."""


def write_spreadsheets(database: Database, folder: Path) -> None:
    for name, rows in SPREADSHEETS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", errors="replace", newline="") as out:
            write_csv(out, database.query(rows))
