"""The user's file ``entity_overrides.csv``: rows read as they stand, added at the end, taken out again."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from assets.entities.linking.overrides import COLUMNS
from orchestration.cli.command import UsageError

FILE = "entity_overrides.csv"
Row = dict[str, str]


def read_rows(reference: Path) -> list[Row]:
    """The corrections in the order in which they were made; none where there is no file."""
    file = reference / FILE
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        given = [name.strip() for name in reader.fieldnames or []]
        if unknown := sorted(set(given) - set(COLUMNS)):
            raise UsageError(
                f"{file}: unknown columns {', '.join(unknown)}; the first line must name some of {','.join(COLUMNS)}"
            )
        reader.fieldnames = given
        return [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in reader]


def write_rows(reference: Path, rows: Sequence[Row]) -> Path:
    """Make the file hold these rows, in one step: a run that reads it sees the old or the new one."""
    reference.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file = reference / FILE
    fresh = file.with_name(f".{FILE}.new")
    fresh.write_text(text.getvalue(), encoding="utf-8", newline="")
    fresh.replace(file)
    return file


def leads_back(rows: Sequence[Row], kind: str, name: str, other: str) -> bool:
    """Whether ``name`` has been put under ``other`` already, straight or by way of others, so that a merge would be a circle."""
    under = {row["other_name"]: row["name"] for row in rows if row["action"] == "merge" and row["kind"] == kind}
    at, seen = name, {name}
    while at in under and under[at] not in seen:
        at = under[at]
        seen.add(at)
    return other in seen
