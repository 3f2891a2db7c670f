"""A line that the filter is given, as a document."""

from typing import Any

import orjson


def read_line(number: int, line: bytes) -> dict[str, Any]:
    """The document of a line; one with ``error`` says why there is none."""
    try:
        document = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return {"doc_id": None, "error": f"line {number}: not JSON ({error})"}
    if not isinstance(document, dict):
        return {"doc_id": None, "error": f"line {number}: not an object; give doc_id and text or html"}
    if not isinstance(document.get("text") or document.get("html"), str):
        return {"doc_id": document.get("doc_id"), "error": f"line {number}: neither text nor html"}
    return document
