"""The lists that hold people's corrections: their columns, who made each and when, what is wrong with a row."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from assets.corrections.schema import OF_ENTITIES, OF_QUOTES
from pipeline.reference import CORRECTION_LISTS, ListError, read_list

ENTITIES, OUTLETS, QUOTES = CORRECTION_LISTS
COLUMNS: Mapping[str, tuple[str, ...]] = {
    ENTITIES: ("action", "kind", "name", "other_name", "article_id", "wikidata_id", "note"),
    OUTLETS: ("file", "record", "outlet", "found", "note"),
    QUOTES: ("action", "quote_id", "article_id", "start", "words", "speaker", "kind", "found", "note"),
}
Row = Mapping[str, str]
WHEN = "%Y-%m-%d %H:%M:%S"
_NOTE = re.compile(r"(?P<by>[^,:]+), (?P<at>\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?)(?:: (?P<why>.*))?", re.DOTALL)


class Note(NamedTuple):
    """Who made a correction, when and why, as far as its note says."""

    by: str | None
    at: datetime | None
    why: str | None


class Correction(NamedTuple):
    """A row of one of the lists."""

    list_name: str
    row: Row


def note(by: str, at: datetime, why: str = "") -> str:
    """A note in the form that :func:`read_note` reads."""
    return f"{by.replace(',', ' ').replace(':', ' ')}, {at.strftime(WHEN)}" + (f": {why}" if why else "")


def read_note(text: str) -> Note:
    """A note that a person wrote in another form is the reason."""
    found = _NOTE.fullmatch(text)
    if not found:
        return Note(None, None, text or None)
    try:
        at = datetime.strptime(found["at"], WHEN if " " in found["at"] else WHEN[:8])
    except ValueError:
        return Note(None, None, text)
    return Note(found["by"], at, found["why"] or None)


def in_order(lists: Mapping[str, Sequence[Row]]) -> list[Correction]:
    """All corrections, the oldest first; those whose note has no time come before all others."""
    rows = [Correction(name, row) for name in CORRECTION_LISTS for row in lists.get(name, ())]
    return sorted(rows, key=lambda one: read_note(one.row["note"]).at or datetime.min)


def all_corrections() -> list[Correction]:
    """The corrections that are in force, the oldest first. Raises ``ListError`` for a row that cannot be used."""
    lists = {name: read_list(name) for name in CORRECTION_LISTS}
    for name, rows in lists.items():
        for number, row in enumerate(rows, start=1):
            if wrong := WRONG[name](row):
                raise ListError(f"{name}.csv, row {number}: {wrong}")
    return in_order(lists)


def _wrong_outlet(row: Row) -> str:
    if not row["outlet"]:
        return "outlet is empty; write its name"
    if row["record"] and not row["record"].isdecimal():
        return f"record {row['record']!r} is not a number; records count from 1, and empty means all of the file"
    return ""


def _wrong_quote(row: Row) -> str:
    if row["action"] not in OF_QUOTES:
        return f"action {row['action']!r} is not one of {', '.join(OF_QUOTES)}"
    if not row["quote_id"]:
        return "quote_id is empty; write the id of the quotation as core.quotes has it"
    if row["start"] and not row["start"].isdecimal():
        return f"start {row['start']!r} is not a number"
    return ""


def _wrong_entity(row: Row) -> str:
    return "" if row["action"] in OF_ENTITIES else f"action {row['action']!r} is not one of {', '.join(OF_ENTITIES)}"


WRONG = {ENTITIES: _wrong_entity, OUTLETS: _wrong_outlet, QUOTES: _wrong_quote}
"""By list, what is wrong with a row; empty where nothing is."""
