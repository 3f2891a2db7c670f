"""Factiva text exports, with field codes (HD, BY, PD, SN, LP, TD …) or as displayed; each article ends at ``Document ABC…``."""

import re
from collections.abc import Iterator

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.exports.text_export import pieces
from assets.documents.readers.shared.byline import names_in_byline
from assets.documents.readers.shared.paragraphs import join_blocks
from assets.documents.record import Record, Reject
from assets.documents.source import Source

_CODES = ("SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "ART", "CLM", "DE", "GC", "DLN")  # fmt: skip
_CODE = re.compile(rf"^\s{{0,4}}({'|'.join(_CODES)})(?:\s{{1,6}}(\S.*)|\s*)$")
_END = re.compile(r"^\s*(?:AN\s+)?(?:Document|Dokument|Documento)\s+[A-Z][A-Za-z]{1,9}0{2,}\d{4,}\w+\s*$")
_WORDS = re.compile(r"^\s*[\d.,\u202f ]+\s(?:words|Wörter|mots|palabras|parole|woorden|palavras)\s*$")
_DATE = re.compile(r"^\s*\d{1,2}\.? [A-Za-zÀ-ÿ]+\.? (?:19|20)\d\d\s*$|^\s*[A-Za-z]+ \d{1,2}, (?:19|20)\d\d\s*$")
_TIME = re.compile(r"^\s*\d{1,2}:\d\d(?:\s?[AP]M)?(?:\s\w+)?\s*$", re.I)
_COPYRIGHT = re.compile(r"^\s*(?:Copyright\b|\(c\)|©|\(?C\)? (?:19|20)\d\d)", re.I)
_SHORT_CODE = re.compile(r"^\s*[A-Z0-9]{2,8}\s*$")


def _matches(head: Head) -> bool:
    return is_factiva(head.text)


def is_factiva(text: str) -> bool:
    """Whether a text is such an export, by its beginning."""
    if "ocument" not in text and "okument" not in text and "HD" not in text:
        return False
    lines = text.splitlines()
    codes = {match.group(1) for line in lines[:200] if (match := _CODE.match(line))}
    if codes >= {"HD", "PD", "SN"} and codes & {"LP", "TD", "WC", "AN"}:
        return True
    return any(_END.match(line) for line in lines) and any(_WORDS.match(line) for line in lines)


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    record_no = -1
    for lines, raw, encoding in pieces(source, options, lambda _: False, lambda line: bool(_END.match(line))):
        if not any(_WORDS.match(line) or _CODE.match(line) for line in lines):
            # What the export says of itself after the last article: the search, the number of hits.
            continue
        record_no += 1
        coded = sum(bool(_CODE.match(line)) for line in lines) >= 4
        yield (_coded if coded else _displayed)(record_no, lines, raw, encoding)


def _coded(record_no: int, lines: list[str], raw: bytes, encoding: str) -> Item:
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        match = _CODE.match(line)
        if match:
            current = fields.setdefault(match.group(1), [])
            current.append(match.group(2) or "")
        else:
            current.append(line)
    one = {code: " ".join(" ".join(part).split()) or None for code, part in fields.items()}
    published = " ".join(value for value in (one.get("PD"), one.get("ET")) if value) or None
    body = [*fields.get("LP", []), "", *fields.get("TD", [])]
    return _record(record_no, raw, encoding, body, one.get("HD"), one.get("SN"), published, one.get("BY"))


def _displayed(record_no: int, lines: list[str], raw: bytes, encoding: str) -> Item:
    lines = [line for line in lines if not _END.match(line)]
    counted = next((number for number, line in enumerate(lines) if _WORDS.match(line)), None)
    if counted is None:
        return _record(record_no, raw, encoding, [], None, None, None, None)
    before = [line.strip() for line in lines[:counted] if line.strip()]
    byline = before.pop() if len(before) > 1 and re.match(r"(?:by|von|par|por|di)\s", before[-1], re.I) else None
    published, outlet = None, None
    position = counted + 1
    # Date, time, outlet, code, page, language and copyright; the story begins after them.
    for position in range(counted + 1, len(lines)):
        line = lines[position]
        if not line.strip():
            if published and outlet:
                break
        elif published is None and _DATE.match(line):
            published = line.strip()
        elif published is not None and _TIME.match(line):
            published = f"{published} {line.strip()}"
        elif outlet is None and not _SHORT_CODE.match(line) and not _COPYRIGHT.match(line):
            outlet = line.strip()
    return _record(
        record_no, raw, encoding, lines[position:], before[-1] if before else None, outlet, published, byline
    )


def _record(
    record_no: int, raw: bytes, encoding: str, body: list[str], title: str | None, outlet: str | None, published: str | None,
    byline: str | None,
) -> Item:  # fmt: skip
    paragraphs = join_blocks([line for line in body if not _COPYRIGHT.match(line)])
    if not paragraphs:
        return Reject(
            record_no, "missing_text", "this article of the export has no text; export it as full article", len(raw)
        )
    return Record(
        record_no, raw, "factiva", encoding, "\n".join(paragraphs), "body", None, outlet, title, published,
        names_in_byline(byline),
    )  # fmt: skip


FORMAT = Format("factiva", _matches, _read)
