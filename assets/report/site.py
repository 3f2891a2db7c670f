"""The report as files: which pages there are, in which batches they are made, and the search index beside them."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import polars as pl

from assets.report import articles, coverage, outlets, overview, phrases, speakers, statements
from assets.report.listing import Frames, Listing
from assets.report.pages import Page, write_pages
from assets.report.search import write_search
from assets.report.spelling import SPELLINGS_SCHEMA, house_spellings, spelling_counts
from assets.report.spreadsheet import write_csv
from assets.report.tables import ReportTables

FOLDERS = ("articles", "outlets", "search", "speakers", "statements")
PAGES: dict[str, Callable[[Frames], Iterator[Page]]] = {
    "articles": articles.pages,
    "outlets": outlets.pages,
    "speakers": speakers.pages,
    "statements": statements.pages,
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
    """What became of a batch: its pages, and the spellings counted in its articles."""

    n_pages: int
    spellings: pl.DataFrame


MapBatches = Callable[[Callable[[Batch], Written], Iterable[Batch]], Iterable[Written]]


def write_site(tables: ReportTables, folder: Path, map_batches: MapBatches = map) -> int:
    """Write all pages into ``folder``, made anew by the caller; returns how many there are.

    ``map_batches`` applies a picklable function to batches, here or in other processes; at most a few batches are in
    memory as rows at any time.
    """
    listing = Listing(tables)
    shutil.copytree(Path(__file__).with_name("static"), folder / "static")
    for name in FOLDERS:
        (folder / name).mkdir()
    words = frozenset(tables.spelling_variants["variant"]) | frozenset(tables.spelling_variants["spelling"])
    first = chain(
        (Batch("articles", frames, folder, words) for frames in articles.batches(listing)),
        (Batch("statements", frames, folder) for frames in statements.batches(listing)),
        (Batch("speakers", frames, folder) for frames in speakers.batches(listing)),
    )
    done = list(map_batches(write_batch, first))
    counts = pl.concat([SPELLINGS_SCHEMA.to_frame(), *(written.spellings for written in done)])
    spellings = house_spellings(counts, tables.spelling_variants)
    second = (Batch("outlets", frames, folder) for frames in outlets.batches(listing, spellings))
    done += map_batches(write_batch, second)
    write_search(listing, folder / "search")
    write_spreadsheets(listing, folder)
    return sum(written.n_pages for written in done) + write_pages(list_pages(listing), folder)


def write_batch(batch: Batch) -> Written:
    """Write the pages of a batch; what a worker runs."""
    n_pages = write_pages(PAGES[batch.kind](batch.frames), batch.folder)
    articles_read = batch.frames["articles"] if batch.kind == "articles" else None
    spellings = SPELLINGS_SCHEMA.to_frame() if articles_read is None else spelling_counts(articles_read, batch.words)
    return Written(n_pages, spellings)


def list_pages(listing: Listing) -> Iterator[Page]:
    """The pages that are made of everything: overview, lists, matrices, phrases."""
    for room in (overview, statements, speakers, outlets, coverage, phrases):
        yield from room.lists(listing)


def write_spreadsheets(listing: Listing, folder: Path) -> None:
    """The lists that are cut into pages, whole, as CSV."""
    whole = {
        "statements": listing.statements.drop("has_page", "quote_id", "article_id"),
        "speakers": listing.speakers.drop("aliases"),
        "articles": listing.headlines.drop("origin_article_id"),
    }
    for name, frame in whole.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", errors="replace", newline="") as out:
            write_csv(out, frame.columns, frame.iter_rows())
