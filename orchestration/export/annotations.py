"""Quotations as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), which annotation and edition tools read.

``annotations.jsonld`` is one collection, an annotation a line; ``texts/`` holds the bodies that its offsets refer to.
"""

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"confidence": "urn:verbatim:confidence"}]
COLLECTION = "annotations.jsonld"
TEXTS = "texts"
ARTICLES = "SELECT article_id, body FROM core.articles ORDER BY article_id"
QUOTES = """
    SELECT q.quote_id, q.article_id, q.start, q."end", q.text, q.pre, q.post, q.kind, q.confidence,
        coalesce(e.name, q.speaker_name, q.speaker_text) AS speaker, q.speaker_id, s.statement_id, a.url, a.language
    FROM core.quotes AS q JOIN core.articles AS a USING (article_id) JOIN core.statement_quotes AS s USING (quote_id)
    LEFT JOIN core.entities AS e ON q.speaker_id = e.entity_id
    ORDER BY q.article_id, q.ordinal
"""
AT_A_TIME = 1000


def write_annotations(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[int, int]:
    """Write texts and annotations; returns how many of each."""
    (folder / TEXTS).mkdir(exist_ok=True)
    n_texts = 0
    for row in _rows(connection, ARTICLES):
        (folder / TEXTS / f"{row['article_id']}.txt").write_text(row["body"], encoding="utf-8", newline="")
        n_texts += 1
    counted = connection.execute(f"SELECT count(*) FROM ({QUOTES})").fetchone()
    n_quotes = int(counted[0]) if counted else 0
    with (folder / COLLECTION).open("w", encoding="utf-8", newline="") as out:
        out.write(_head(n_quotes))
        for number, row in enumerate(_rows(connection, QUOTES)):
            out.write((",\n" if number else "\n") + _line(annotation(row)))
        out.write("\n]}}\n")
    return n_texts, n_quotes


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    answer = connection.cursor().execute(query)
    columns = [column[0] for column in answer.description or []]
    while rows := answer.fetchmany(AT_A_TIME):
        yield from (dict(zip(columns, row, strict=True)) for row in rows)


def _head(n_quotes: int) -> str:
    collection = {
        "@context": CONTEXT,
        "id": "urn:verbatim:quotations",
        "type": "AnnotationCollection",
        "label": "Quotations with their speakers",
        "generator": {"id": "urn:verbatim", "type": "Software", "name": f"Verbatim {version('verbatim')}"},
        "total": n_quotes,
    }
    page = {"id": "urn:verbatim:quotations:1", "type": "AnnotationPage", "startIndex": 0}
    # Both are closed when the last annotation is written: they are never in memory together.
    return f'{_line(collection)[:-1]},"first":{_line(page)[:-1]},"items":['


def annotation(row: Mapping[str, Any]) -> dict[str, Any]:
    """One quotation: what is said of it is the body, where it stands the target."""
    words = {"type": "TextQuoteSelector", "exact": row["text"], "prefix": row["pre"], "suffix": row["post"]}
    place = {"type": "TextPositionSelector", "start": row["start"], "end": row["end"]}
    text = {
        "id": f"{TEXTS}/{row['article_id']}.txt",
        "type": "Text",
        "format": "text/plain",
        "language": row["language"],
    }
    targets: list[dict[str, Any]] = [{"source": text, "selector": [words, place]}]
    if row["url"]:
        # Offsets count in the cleaned text; on the page the words are found by themselves.
        targets.append({"source": row["url"], "selector": words})
    bodies = [{"type": "TextualBody", "purpose": "classifying", "value": row["kind"]}]
    if row["speaker"]:
        bodies.append({"type": "TextualBody", "purpose": "tagging", "value": row["speaker"]})
    if row["speaker_id"]:
        bodies.append(_link("identifying", f"urn:verbatim:entity:{row['speaker_id']}"))
    bodies.append(_link("linking", f"urn:verbatim:statement:{row['statement_id']}"))
    return {
        "id": f"urn:verbatim:quote:{row['quote_id']}",
        "type": "Annotation",
        "motivation": "tagging",
        "confidence": row["confidence"],
        "body": bodies,
        "target": targets,
    }


def _link(purpose: str, source: str) -> dict[str, str]:
    return {"type": "SpecificResource", "purpose": purpose, "source": source}


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
