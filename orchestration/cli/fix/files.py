"""The user's lists of corrections in ``DATA/reference``: rows read as they stand, added at the end, taken out again."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from assets.corrections.lists import COLUMNS, Correction, in_order
from orchestration.cli.command import UsageError

Row = dict[str, str]


def read_rows(reference: Path, name: str) -> list[Row]:
    """The corrections of one list in the order in which they were written; none where there is no file."""
    file, columns = reference / f"{name}.csv", COLUMNS[name]
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        given = [column.strip() for column in reader.fieldnames or []]
        if unknown := sorted(set(given) - set(columns)):
            raise UsageError(
                f"{file}: unknown columns {', '.join(unknown)}; the first line must name some of {','.join(columns)}"
            )
        reader.fieldnames = given
        return [{column: (row.get(column) or "").strip() for column in columns} for row in reader]


def write_rows(reference: Path, name: str, rows: Sequence[Row]) -> Path:
    """Make the list hold these rows, in one step: a run that reads it sees the old or the new one."""
    reference.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS[name], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file = reference / f"{name}.csv"
    fresh = file.with_name(f".{name}.csv.new")
    fresh.write_text(text.getvalue(), encoding="utf-8", newline="")
    fresh.replace(file)
    return file


def read_all(reference: Path) -> list[Correction]:
    """The corrections of all lists, the oldest first."""
    return in_order({name: read_rows(reference, name) for name in COLUMNS})


def take_out(reference: Path, taken: Correction) -> Path:
    """Take one correction out of its list."""
    rows = read_rows(reference, taken.list_name)
    rows.remove(dict(taken.row))
    return write_rows(reference, taken.list_name, rows)


def leads_back(rows: Sequence[Row], kind: str, name: str, other: str) -> bool:
    """Whether ``name`` has been put under ``other`` already, straight or by way of others, so that a merge would be a circle."""
    under = {row["other_name"]: row["name"] for row in rows if row["action"] == "merge" and row["kind"] == kind}
    at, seen = name, {name}
    while at in under and under[at] not in seen:
        at = under[at]
        seen.add(at)
    return other in seen
