"""The lists of words and names: those that ship with the project, and the user's own over them.

A list is ``seeds/reference/NAME.csv``. ``DATA/reference/NAME.csv``, with the same columns or the first of them, adds rows; a
row whose first column holds a value that the shipped list has takes the place of all shipped rows with that value. What a
user adds there outlives an upgrade.
"""

import csv
import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

from pipeline.project import REFERENCE

OWN_LISTS_VARIABLE = "VERBATIM_REFERENCE"
"""Environment variable with the folder of the user's lists; worker processes inherit it."""


CORRECTION_LISTS = ("entity_overrides", "outlet_corrections", "quote_corrections")
"""Lists of people's corrections. They are no part of any step's version: each concerns a few rows, and the steps that make those
take it as input, so that a correction does not have everything done again."""


class ListError(ValueError):
    """A list that cannot be used; the message names the file, the line and what to write there."""


def use_lists(folder: Path) -> None:
    """Take the user's lists from this folder, in this process and in those it starts; it need not exist."""
    before = lists_version()
    os.environ[OWN_LISTS_VARIABLE] = str(folder)
    lists_version.cache_clear()
    if lists_version() != before:
        _forget_results()


def _forget_results() -> None:
    """Empty the caches of all plain functions: any of them may have read a list."""
    for name, module in list(sys.modules.items()):
        if name.startswith("assets."):
            for value in vars(module).values():
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()


def own_lists() -> Path | None:
    """The folder of the user's lists, where one was named and exists."""
    named = os.environ.get(OWN_LISTS_VARIABLE)
    return Path(named) if named and Path(named).is_dir() else None


def list_files() -> list[Path]:
    """All files that the lists are read from, shipped ones first."""
    own = own_lists()
    return [*sorted(REFERENCE.glob("*.csv")), *(sorted(own.glob("*.csv")) if own else [])]


@cache
def lists_version() -> str:
    """A hash of the content of all lists but those of corrections."""
    digest = blake2b(digest_size=8)
    for path in list_files():
        if path.stem in CORRECTION_LISTS:
            continue
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_list(name: str) -> list[dict[str, str]]:
    """The rows of a list: the shipped ones that the user's list does not replace, then the user's.

    Cells are stripped; columns that the user leaves out are empty. Raises :class:`ListError`.
    """
    columns, shipped = _rows(REFERENCE / f"{name}.csv")
    own = own_lists()
    if own is None or not (own / f"{name}.csv").is_file():
        return shipped
    path = own / f"{name}.csv"
    given, rows = _rows(path)
    key = columns[0]
    if key not in given or (unknown := [column for column in given if column not in columns]):
        raise ListError(
            f"{path}: the first line must name columns of {','.join(columns)}, {key} among them"
            + (f"; unknown: {', '.join(unknown)}" if key in given else "")
        )
    for line, row in enumerate(rows, start=2):
        if not row[key]:
            raise ListError(f"{path}, line {line}: {key} is empty; write one or remove the line")
    replaced = {row[key] for row in rows}
    return [row for row in shipped if row[key] not in replaced] + [
        {column: row.get(column, "") for column in columns} for row in rows
    ]


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = [column.strip() for column in reader.fieldnames or []]
            reader.fieldnames = columns
            rows = [{column: (row.get(column) or "").strip() for column in columns} for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ListError(f"{path}: not readable as CSV in UTF-8 ({error}); save it as such") from error
    return columns, rows
