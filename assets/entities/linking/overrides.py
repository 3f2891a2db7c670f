"""The user's corrections: ``seeds/reference/entity_overrides.csv``."""

from pathlib import Path

import polars as pl

from assets.entities.schema import KINDS
from pipeline.project import REFERENCE

OVERRIDES_PATH = REFERENCE / "entity_overrides.csv"
ACTIONS = ("merge", "split", "rename", "ignore", "identify")
COLUMNS = ("action", "kind", "name", "other_name", "article_id", "wikidata_id", "note")


def read_overrides(path: Path = OVERRIDES_PATH) -> pl.DataFrame:
    """The corrections as a frame of text columns; raises ValueError that names the line and what to write there."""
    frame = pl.read_csv(path, infer_schema=False)
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise ValueError(f"{path.name}: columns {', '.join(missing)} are missing; the header is {','.join(COLUMNS)}")
    frame = frame.select(pl.col(column).fill_null("").str.strip_chars() for column in COLUMNS)
    for line, row in enumerate(frame.iter_rows(named=True), start=2):
        where = f"{path.name} line {line}"
        if row["action"] not in ACTIONS:
            raise ValueError(f"{where}: action {row['action']!r} is none of {', '.join(ACTIONS)}")
        if row["kind"] not in KINDS:
            raise ValueError(f"{where}: kind {row['kind']!r} is none of {', '.join(KINDS)}")
        if not row["name"]:
            raise ValueError(f"{where}: name is empty; write the name of the entity as core.entities has it")
        if row["action"] in ("merge", "rename", "split") and not row["other_name"]:
            raise ValueError(f"{where}: {row['action']} needs other_name")
        if row["action"] == "identify" and not row["wikidata_id"]:
            raise ValueError(f"{where}: identify needs wikidata_id")
    return frame
