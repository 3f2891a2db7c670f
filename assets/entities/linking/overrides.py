"""The user's corrections: the list ``entity_overrides``."""

import polars as pl

from assets.corrections.lists import COLUMNS, ENTITIES, WRONG
from assets.entities.schema import KINDS
from pipeline.reference import ListError, read_list


def read_overrides() -> pl.DataFrame:
    """The corrections as a frame of text columns; raises ``ListError`` that names the row and what to write there."""
    rows = read_list("entity_overrides")
    for number, row in enumerate(rows, start=1):
        where = f"entity_overrides.csv, row {number}"
        if wrong := WRONG[ENTITIES](row):
            raise ListError(f"{where}: {wrong}")
        if row["kind"] not in KINDS:
            raise ListError(f"{where}: kind {row['kind']!r} is not one of {', '.join(KINDS)}")
        if not row["name"]:
            raise ListError(f"{where}: name is empty; write the name of the entity as core.entities has it")
        if row["action"] in ("merge", "rename", "split") and not row["other_name"]:
            raise ListError(f"{where}: {row['action']} needs other_name")
        if row["action"] == "identify" and not row["wikidata_id"]:
            raise ListError(f"{where}: identify needs wikidata_id")
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS[ENTITIES], pl.String))
