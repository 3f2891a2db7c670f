"""Feeds over HTTP into the inbox, as files like any other: the feed itself and, on request, the page behind each item.

A folder ``<host>-<id>/`` of each feed holds ``feed-<id>.xml`` for every state that was fetched, ``pages/`` with a
``manifest.csv`` that gives each page the address, headline and date of its item, and a hidden file with what the next
conditional request needs.
"""

import csv
import io
import time
from dataclasses import dataclass
from pathlib import Path

import orjson

from assets.documents.feeds.fetch import Fetcher, FetchError
from assets.documents.manifest import COLUMNS, MANIFEST_NAME
from assets.documents.readers.feed import feed_items
from assets.documents.record import Record
from assets.documents.source import SourceError
from assets.sources.hosts import host_of
from pipeline.ids import stable_id

_STATE_NAME = ".verbatim-feed.json"


@dataclass(frozen=True)
class FeedResult:
    """What one feed gave: files written, whether it had changed, and what could not be fetched (address and why)."""

    url: str
    changed: bool
    written: tuple[Path, ...]
    problems: tuple[str, ...]


def fetch_feed(url: str, inbox: Path, fetcher: Fetcher, with_pages: bool = False) -> FeedResult:
    """Fetch a feed into its folder below ``inbox``; a feed that has not changed writes nothing. Never raises for what a
    server does: that is in ``problems``."""
    host = host_of(url) or "feed"
    folder = inbox / f"{''.join(c if c.isalnum() or c in '.-' else '-' for c in host)}-{stable_id(url)[:8]}"
    state = _state(folder)
    try:
        fetched = fetcher.fetch(url, state.get("etag"), state.get("last_modified"))
    except FetchError as error:
        return FeedResult(url, False, (), (str(error),))
    if fetched.status == 304:
        return FeedResult(url, False, (), ())
    path = folder / f"feed-{stable_id(fetched.content)}.xml"
    written: list[Path] = []
    problems: list[str] = []
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(fetched.content)
        written.append(path)
    if with_pages:
        pages, problems = _fetch_pages(fetched.content, folder / "pages", fetcher)
        written += pages
    if not problems:
        # With a page still missing, the next run must see the feed again.
        marks = {"url": url, "etag": fetched.etag, "last_modified": fetched.last_modified}
        (folder / _STATE_NAME).write_bytes(orjson.dumps(marks))
    return FeedResult(url, bool(written), tuple(written), tuple(problems))


def _state(folder: Path) -> dict[str, str | None]:
    path = folder / _STATE_NAME
    if not path.is_file():
        return {}
    try:
        state = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        # A file that was cut off while it was written: the feed is fetched in full once more.
        return {}
    return state if isinstance(state, dict) else {}


def _fetch_pages(feed: bytes, folder: Path, fetcher: Fetcher) -> tuple[list[Path], list[str]]:
    """The pages that are not there yet, and a manifest for all."""
    problems: list[str] = []
    written: list[Path] = []
    rows = _manifest_rows(folder)
    try:
        items = [item for item in feed_items(feed) if isinstance(item, Record) and item.url]
    except SourceError as error:
        return [], [error.detail]
    folder.mkdir(parents=True, exist_ok=True)
    for item in items:
        name = f"{stable_id(item.url or '')}.html"
        if not (folder / name).exists():
            try:
                time.sleep(fetcher.pause(item.url or ""))
                page = fetcher.fetch(item.url or "")
            except FetchError as error:
                problems.append(str(error))
                continue
            (folder / name).write_bytes(page.content)
            written.append(folder / name)
        values = (name, item.url, item.outlet, item.published, item.title, ";".join(item.authors))
        rows[name] = tuple(value or "" for value in values)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *(rows[name] for name in sorted(rows))])
    (folder / MANIFEST_NAME).write_text(out.getvalue(), encoding="utf-8")
    return written, problems


def _manifest_rows(folder: Path) -> dict[str, tuple[str, ...]]:
    path = folder / MANIFEST_NAME
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as opened:
        return {row[0]: tuple(row) for row in list(csv.reader(opened))[1:] if row}
