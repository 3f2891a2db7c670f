"""A page, its template, and writing it."""

import os
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from assets.report.formats import FILTERS
from assets.report.tables import MOST_LISTED

Row = dict[str, Any]
Shown = TypeVar("Shown")
"""A row as a template takes it: its values, or the HTML it has already been written as."""
Frames = dict[str, pl.DataFrame]
FILES_SCHEMA = pl.Schema({"page": pl.String, "path": pl.String, "size": pl.Int64})
ROWS_PER_PAGE = 500


@dataclass(frozen=True)
class Page:
    """One page: where it stands, by which template, its title and what the template shows; of which thing it is."""

    path: str
    template: str
    title: str
    content: Row = field(default_factory=dict)
    of: str = ""


@dataclass(frozen=True)
class Ready:
    """A page as it is written: where it stands, of which thing it is, its bytes."""

    path: str
    of: str
    content: bytes


@dataclass(frozen=True)
class Sheet:
    """One page of a long list: its number, the file names of all of them, which rows it shows, of how many."""

    number: int
    names: tuple[str, ...]
    first: int
    last: int
    listed: int
    total: int


def sheets(
    rows: Sequence[Shown], stem: str, rows_per_page: int = ROWS_PER_PAGE, total: int | None = None
) -> Iterator[tuple[str, Sheet, Sequence[Shown]]]:
    """A list cut into pages: (path, sheet, rows). The first is ``stem.html``, the second ``stem-2.html``.

    ``total`` is given where ``rows`` are no more than the first, those that are listed.
    """
    listed = min(len(rows), MOST_LISTED)
    n_pages = max(1, -(-listed // rows_per_page))
    paths = [f"{stem}.html" if number == 0 else f"{stem}-{number + 1}.html" for number in range(n_pages)]
    names = tuple(path.rsplit("/", 1)[-1] for path in paths)
    for number, path in enumerate(paths):
        first = number * rows_per_page
        shown = rows[first : min(first + rows_per_page, listed)]
        yield (
            path,
            Sheet(number, names, first + 1, first + len(shown), listed, len(rows) if total is None else total),
            shown,
        )


@cache
def template(name: str) -> Template:
    """A compiled template; one environment per process."""
    return _environment().get_template(name)


class _RowEnvironment(Environment):
    """Templates read mostly rows: ``row.name`` looks there first, which saves a failing look-up each time."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def _environment() -> Environment:
    environment = _RowEnvironment(
        loader=PackageLoader("assets.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.filters |= FILTERS
    environment.globals["table_opening"] = table_opening
    return environment


def write_pages(pages: Iterable[Page | Ready], folder: Path) -> pl.DataFrame:
    """Write pages below ``folder``, whose sub-folders exist; returns their files: page, path, size."""
    files = []
    for page in pages:
        ready = page if isinstance(page, Ready) else rendered(page)
        _write(f"{folder}/{ready.path}", ready.content)
        files.append((ready.of, ready.path, len(ready.content)))
    return pl.DataFrame(files, schema=FILES_SCHEMA, orient="row")


def rendered(page: Page) -> Ready:
    root = "../" * page.path.count("/")
    before, between, after = frame_around(root)
    shown = template(page.template).render(page.content, root=root)
    content = f"{before}{escape(page.title)}{between}{shown}{after}".encode("utf-8", "replace")
    return Ready(page.path, page.of, content)


@cache
def frame_around(root: str) -> list[str]:
    """What stands before the title, between it and the content, and after the content of a page."""
    hole = Markup("\0")
    return template("frame.html").render(root=root, title=hole, content=hole).split("\0")


@cache
def _opening(*arguments: Hashable) -> Markup:
    return part("opening", *arguments)


def part(name: str, *arguments: object) -> Markup:
    """What a macro of ``parts.html`` makes of the arguments."""
    return Markup(getattr(template("parts.html").module, name)(*arguments))


def table_opening(name: str, caption: str, headings: Sequence[str], *more: Hashable) -> Markup:
    """The beginning of a table, which thousands of pages have alike."""
    return _opening(name, caption, tuple(headings), *more)


def _write(path: str, content: bytes) -> None:
    """Without Python's file objects, which ask the system four things more about each of many small files."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        while content:
            content = content[os.write(handle, content) :]
    finally:
        os.close(handle)


def grouped(frame: pl.DataFrame, key: str = "page") -> dict[str, list[Row]]:
    """Rows by the value of a column, both in the order of the frame; for the rows of one batch."""
    groups: dict[str, list[Row]] = {}
    for row in frame.iter_rows(named=True):
        groups.setdefault(row[key], []).append(row)
    return groups
