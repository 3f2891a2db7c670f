"""IPTC ninjs 1 to 3, the agencies' JSON: recognised by its members, in a file of its own or as records of any JSON file.

Source: https://www.iptc.org/std/ninjs/. Version 2 moved body_text and headline into lists with roles, version 3 writes
names in camel case.
"""

from collections.abc import Iterator, Mapping

from assets.documents.readers.shared.byline import names_in_byline
from assets.documents.readers.shared.markup import markup_to_text
from assets.documents.record import Record, Reject

_BODIES_1 = ("body_xhtml", "body_html", "body_text")
_DATES = ("firstcreated", "contentcreated", "versioncreated")
_OUTLETS = ("copyrightholder", "creditline", "provider")


def is_ninjs(record: Mapping[str, object]) -> bool:
    """Whether an object is a ninjs item: it has a uri and members that no other news JSON has."""
    if "uri" not in record:
        return False
    names = {name.lower() for name in record}
    has_body = "bodies" in names or "headlines" in names or any(name.startswith("body_") for name in names)
    has_dates = "versioncreated" in names or "firstcreated" in names
    return has_dates and (has_body or "pubstatus" in names or "profile" in names)


def ninjs_record(record_no: int, raw: bytes, record: Mapping[str, object], encoding: str) -> Record | Reject:
    """The document in a ninjs item; what is not text, or was withdrawn by the agency, is a reject."""
    item = {name.lower(): value for name, value in record.items()}
    kind, status = str(item.get("type", "text")), str(item.get("pubstatus", "usable"))
    if kind not in ("text", "composite"):
        return Reject(record_no, "not_news", f"this item is of type {kind!r} and holds no article", len(raw))
    if status == "canceled":
        return Reject(record_no, "not_news", "the agency has withdrawn this item (pubstatus canceled)", len(raw))
    body = _body(item)
    if not body:
        detail = f"this ninjs item has no body ({', '.join(sorted(item)[:12])}); ask for a feed with the full text"
        return Reject(record_no, "missing_text", detail, len(raw))
    uri = str(item.get("uri", ""))
    return Record(
        record_no, raw, "ninjs", encoding, body, "body",
        url=next((address for address in _addresses(item, uri)), None),
        outlet=next((str(item[name]) for name in _OUTLETS if isinstance(item.get(name), str) and item[name]), None),
        title=_valued(item.get("headlines")) or _string(item.get("headline")),
        published=next((str(item[name]) for name in _DATES if item.get(name)), None),
        authors=names_in_byline(_string(item.get("by")) or _string(item.get("byline"))),
    )  # fmt: skip


def _body(item: Mapping[str, object]) -> str:
    """The story: markup before plain text, since it keeps the paragraphs."""
    bodies = item.get("bodies")
    found: list[tuple[bool, str]] = []
    for body in bodies if isinstance(bodies, list) else []:
        if isinstance(body, Mapping) and isinstance(body.get("value"), str):
            kind = str(body.get("contenttype") or body.get("contentType") or body.get("role") or "")
            found.append(("html" in kind or "nitf" in kind or "rich" in kind, body["value"]))
    if not found:
        names = [*_BODIES_1, *sorted(name for name in item if name.startswith("body_") and name not in _BODIES_1)]
        found = [(name != "body_text", str(item[name])) for name in names if isinstance(item.get(name), str)]
    found = [(is_markup, value) for is_markup, value in found if value.strip()]
    if not found:
        return ""
    is_markup, value = max(found, key=lambda body: body[0])
    return markup_to_text(value) if is_markup or value.lstrip().startswith("<") else value


def _valued(values: object) -> str | None:
    """The value of the member with the role ``main``, else the first."""
    members = [value for value in values if isinstance(value, Mapping)] if isinstance(values, list) else []
    members.sort(key=lambda value: value.get("role") != "main")
    return next((found for value in members if (found := _string(value.get("value")))), None)


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _addresses(item: Mapping[str, object], uri: str) -> Iterator[str]:
    for name in ("url", "link", "canonicalurl"):
        if (value := _string(item.get(name))) and value.startswith("http"):
            yield value
    if uri.startswith("http"):
        yield uri
