"""LexisNexis text exports: ``1 of 100 DOCUMENTS`` (Nexis, Lexis Academic) and ``End of Document`` (Nexis Uni, Lexis+).

The load date says when an article came into the archive and is never taken for its publication.
"""

import re
from collections.abc import Iterator

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.exports.text_export import pieces
from assets.documents.readers.shared.byline import names_in_byline
from assets.documents.readers.shared.markup import with_dateline
from assets.documents.readers.shared.paragraphs import join_blocks
from assets.documents.record import Record, Reject
from assets.documents.source import Source

_COUNTER = re.compile(
    r"^\s*(?:Dokument|Document)?\s*\d+ (?:of|von|de|van|di|sur) \d+ (?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTI|DOCUMENTOS)\s*$",
    re.I,
)
_END = re.compile(r"^\s*(?:End of Document|Ende des Dokuments|Fin du document)\s*$", re.I)
_PAGE_NUMBER = re.compile(r"^\s*Page \d+(?: of \d+)?\s*$", re.I)
_LABEL = re.compile(r"^\s*([A-Z][A-Za-z\-]+(?: [A-Z][A-Za-z\-]+)?)\s*:\s?(.*)$")
_BEFORE_BODY = frozenset(
    ["headline", "byline", "section", "length", "dateline", "highlight", "url", "series", "column", "correction"]
)
_AFTER_BODY = frozenset([
    "load-date", "language", "publication-type", "subject", "graphic", "journal-code", "industry", "geographic", "company",
    "person", "organization", "ticker", "acc-no", "country", "city", "state", "notes", "document-type", "type", "update",
    "classification", "pub-type", "correction-date", "photo", "image", "ladedatum", "sprache",
])  # fmt: skip
# One of these stands in every export; a text without them is none, which is seen at once.
_MARKS = ("DOCUMENT", "DOKUMENT", "Document", "Dokument", "Body")
_BODY = re.compile(r"^\s*Body\s*$")
_AFTER_LINE = re.compile(r"^\s*(?:Classification|Graphic|Notes|Copyright \d{4}.*|All Rights Reserved\.?)\s*$", re.I)
_COPYRIGHT = re.compile(r"^\s*(?:Copyright\b|©|All Rights Reserved)", re.I)
_DATE = re.compile(
    r"(?=.*\b(?:19|20)\d\d\b)(?:.*\b[A-Za-zÀ-ÿ]{3,9}\.? \d{1,2}, (?:19|20)\d\d|.*\b\d{1,2}\.? [A-Za-zÀ-ÿ]{3,9}\.? (?:19|20)\d\d|^\s*\d{4}-\d\d-\d\d|.*\b[A-Z][a-z]+ (?:19|20)\d\d\s*$)"
)


def _matches(head: Head) -> bool:
    return is_lexisnexis(head.text)


def is_lexisnexis(text: str) -> bool:
    """Whether a text is such an export, by its beginning."""
    if not any(mark in text for mark in _MARKS):
        return False
    lines = text.splitlines()
    if any(_COUNTER.match(line) for line in lines[:40]):
        return True
    labels = {match.group(1).lower() for line in lines if (match := _LABEL.match(line))}
    has_body = any(_BODY.match(line) for line in lines)
    return (has_body and "length" in labels) or (any(_END.match(line) for line in lines) and "load-date" in labels)


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    record_no = -1
    for lines, raw, encoding in pieces(
        source, options, lambda line: bool(_COUNTER.match(line)), lambda line: bool(_END.match(line))
    ):
        kept = [line for line in lines if not (_COUNTER.match(line) or _PAGE_NUMBER.match(line) or _END.match(line))]
        if not any(line.strip() for line in kept):
            continue
        record_no += 1
        yield _record(record_no, kept, raw, encoding)


def _record(record_no: int, lines: list[str], raw: bytes, encoding: str) -> Item:
    fields, opening, body = _parts(lines)
    paragraphs = join_blocks(body)
    if not paragraphs:
        return Reject(
            record_no, "missing_text", "this article of the export has no body; export it with its full text", len(raw)
        )
    title, outlet, published = _opening(opening)
    return Record(
        record_no, raw, "lexisnexis", encoding, with_dateline(fields.get("dateline"), "\n".join(paragraphs)), "body",
        url=fields.get("url") if fields.get("url", "").startswith("http") else None,
        outlet=outlet, title=fields.get("headline") or title, published=published,
        authors=names_in_byline(fields.get("byline")),
    )  # fmt: skip


def _parts(lines: list[str]) -> tuple[dict[str, str], list[str], list[str]]:
    """The labelled fields, the unlabelled lines before them, and the lines of the body."""
    fields: dict[str, str] = {}
    starts = [number for number, line in enumerate(lines) if _BODY.match(line)]
    last_label = -1
    in_field = ""
    opening: list[str] = []
    end_of_head = starts[0] if starts else len(lines)
    for number, line in enumerate(lines[:end_of_head]):
        match = _LABEL.match(line)
        label = match.group(1).lower() if match else ""
        if label in _AFTER_BODY or (starts == [] and number - last_label > 8 and last_label >= 0):
            break
        if match and label in _BEFORE_BODY:
            fields.setdefault(label, match.group(2).strip())
            last_label, in_field = number, label
        elif not line.strip():
            in_field = ""
        elif in_field:
            # A field that goes on in the next line.
            fields[in_field] = f"{fields[in_field]} {line.strip()}".strip()
            last_label = number
        elif last_label < 0:
            opening.append(line.strip())
    first = (starts[0] if starts else last_label) + 1
    if not starts and last_label < 0:
        return fields, opening, []
    return fields, opening, _body(lines[first:])


def _body(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        match = _LABEL.match(line)
        is_label = match is not None and (match.group(1).lower() in _AFTER_BODY)
        if is_label or _AFTER_LINE.match(line):
            return lines[:number]
    return lines


def _opening(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Title, outlet and date from the unlabelled lines: the date tells where the others stand."""
    lines = [line for line in lines if not _COPYRIGHT.match(line)]
    dated = next((number for number, line in enumerate(lines) if _DATE.match(line) and len(line) < 60), None)
    if dated is None:
        return (lines[0] if lines else None), None, None
    before, after = lines[:dated], lines[dated + 1 :]
    if len(before) >= 2:
        # Nexis Uni: title, outlet, date.
        return before[0], before[-1], lines[dated]
    # Nexis: outlet, date, perhaps the edition, title.
    titles = [line for line in after if not line.lower().endswith("edition")]
    return (titles[-1] if titles else None), (before[0] if before else None), lines[dated]


FORMAT = Format("lexisnexis", _matches, _read)
