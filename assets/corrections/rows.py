"""Corrections as rows of tables."""

from collections.abc import Iterable, Sequence

import polars as pl

from assets.corrections.lists import ENTITIES, OUTLETS, QUOTES, Correction, Row, read_note
from assets.corrections.schema import CORRECTIONS, QUOTE_CORRECTIONS

OUTLETS_SCHEMA = {"number": pl.Int32, "file": pl.String, "record_no": pl.Int32, "outlet": pl.String}


def corrections(made: Sequence[Correction]) -> pl.DataFrame:
    """``CORRECTIONS`` of all corrections in their order."""
    rows: list[dict[str, object]] = []
    for number, (list_name, row) in enumerate(made, start=1):
        note = read_note(row["note"])
        about = {ENTITIES: _of_entity, OUTLETS: _of_outlet, QUOTES: _of_quote}[list_name]
        common = {"number": number, "made_by": note.by, "made_at": note.at, "why": note.why}
        rows.append(dict.fromkeys(CORRECTIONS.column_names) | common | about(row))
    return CORRECTIONS.frame(rows)


def _of_entity(row: Row) -> dict[str, object]:
    right = row["wikidata_id"] if row["action"] == "identify" else row["other_name"]
    return {
        "action": row["action"],
        "item": row["name"],
        "article_id": row["article_id"] or None,
        "corrected": right or None,
    }


def _of_outlet(row: Row) -> dict[str, object]:
    file = f"{row['file']}, record {row['record']}" if row["record"] else row["file"]
    return {"action": "outlet", "item": file, "found": row["found"] or None, "corrected": row["outlet"]}


def _of_quote(row: Row) -> dict[str, object]:
    return {
        "action": row["action"],
        "item": row["quote_id"],
        "article_id": row["article_id"] or None,
        "words": row["words"] or None,
        "start": int(row["start"]) if row["start"] else None,
        "found": row["found"] or None,
        "corrected": (row["speaker"] or None) if row["action"] == "speaker" else None,
    }


def outlets(made: Iterable[Correction]) -> pl.DataFrame:
    """number, file, record_no (from 0; null for all of the file) and outlet of the corrections of outlets."""
    rows = [
        (number, row["file"], int(row["record"]) - 1 if row["record"] else None, row["outlet"])
        for number, (list_name, row) in enumerate(made, start=1)
        if list_name == OUTLETS
    ]
    return pl.DataFrame(rows, schema=OUTLETS_SCHEMA, orient="row")


def quotes(made: Iterable[Correction]) -> pl.DataFrame:
    """``QUOTE_CORRECTIONS``."""
    return QUOTE_CORRECTIONS.frame(
        {
            "number": number,
            "action": row["action"],
            "quote_id": row["quote_id"],
            "article_id": row["article_id"],
            "words": row["words"],
            "speaker": row["speaker"] or None,
            "kind": row["kind"] or None,
        }
        for number, (list_name, row) in enumerate(made, start=1)
        if list_name == QUOTES
    )
