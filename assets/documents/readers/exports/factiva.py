"""Factiva exports as text, with field codes (HD, BY, PD, SN, LP, TD …) or as displayed; ``Document ABC…`` ends an article."""

import re
from collections.abc import Iterator

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.exports.article_ends import FACTIVA
from assets.documents.readers.exports.text_export import Piece, pieces
from assets.documents.readers.shared.byline import is_byline, names_in_byline
from assets.documents.readers.shared.paragraphs import join_blocks
from assets.documents.readers.shared.stated_date import is_date_line
from assets.documents.record import Record, Reject
from assets.documents.source import Source
from assets.text.languages.bylines import AND, either
from assets.text.languages.name_parts import PARTICLES

_CODES = ("SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "ART", "CLM", "DE", "GC", "DLN")  # fmt: skip
_CODE = re.compile(rf"^\s{{0,4}}({'|'.join(_CODES)})(?:\s{{1,6}}(\S.*)|\s*)$")
WORDS = re.compile(
    r"^\s*[\d.,\u202f ]+\s?(?:words?|Wörter|Wort|mots?|palabras?|parol[ea]|woord(?:en)?|palavras?|слов\w*|słów|słowa|ord|字|語|文字|단어)\s*$"
)
_TIME = re.compile(r"^\s*\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[AP]M)?(?:\s\w+)?\s*$", re.I)
COPYRIGHT = re.compile(r"^\s*(?:Copyright\b|\(c\)|©|\(?C\)? (?:19|20)\d\d)", re.I)
_NAME = re.compile(
    rf"^(?:[^\W\d_a-z]['’]?[^\W\d_]*[.\-]?[^\W\d_]*,?\s+(?:(?:{either(AND | PARTICLES)})\s+)*){{1,7}}[^\W\d_a-z][\w'’\-]+$"
)
_SHORT_CODE = re.compile(r"^\s*[A-Z0-9]{2,8}\s*$")
# Lines between the number of words and the story: date, time, outlet, code, edition, page, language, copyright.
_MOST_LINES_ABOUT = 14


def _matches(head: Head) -> bool:
    return is_factiva(head.text)


def is_factiva(text: str) -> bool:
    """Whether a text is such an export, by its beginning."""
    lines = text.replace("\xa0", " ").splitlines()
    codes = {match.group(1) for line in lines[:200] if (match := _CODE.match(line))}
    if codes >= {"HD", "PD", "SN"} and codes & {"LP", "TD", "WC", "AN"}:
        return True
    return any(FACTIVA.match(line) for line in lines) and any(WORDS.match(line) for line in lines)


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    record_no = -1
    for piece in pieces(source, options, lambda _: False, is_between):
        if piece.is_oversize:
            record_no += 1
            yield piece.rejected(record_no, options.max_file_bytes)
            continue
        if not any(WORDS.match(line) or _CODE.match(line) for line in piece.lines):
            # What the export says of itself after the last article: the search, the number of hits.
            continue
        record_no += 1
        coded = sum(bool(_CODE.match(line)) for line in piece.lines) >= 4
        yield (_coded if coded else _displayed)(record_no, piece)


def is_between(line: str) -> bool:
    """Whether a line comes between two articles."""
    return bool(FACTIVA.match(line))


def is_labelled(line: str) -> bool:
    """Whether a line opens with a label of the export or is one of its headings, so that a paragraph ends above it."""
    return any(mark.match(line) for mark in (_CODE, WORDS, _TIME, COPYRIGHT))


def _coded(record_no: int, piece: Piece) -> Item:
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in piece.lines:
        match = _CODE.match(line)
        if match:
            current = fields.setdefault(match.group(1), [])
            current.append(match.group(2) or "")
        else:
            current.append(line)
    one = {code: " ".join(" ".join(part).split()) or None for code, part in fields.items()}
    body = [*fields.get("LP", []), "", *fields.get("TD", [])]
    return factiva_record(
        record_no, piece.data, piece.encoding, join_blocks(body), one.get("HD"), one.get("SN"),
        " ".join(value for value in (one.get("PD"), one.get("ET")) if value) or None, one.get("BY"),
    )  # fmt: skip


def _displayed(record_no: int, piece: Piece) -> Item:
    lines = [line for line in piece.lines if not FACTIVA.match(line)]
    counted = next((number for number, line in enumerate(lines) if WORDS.match(line)), None)
    if counted is None:
        return factiva_record(record_no, piece.data, piece.encoding, [], None, None, None, None)
    before = [line.strip() for line in lines[:counted] if line.strip()]
    byline = before.pop() if len(before) > 1 and _stands_as_byline(before[-1], before[-2]) else None
    start = _start_of_story(lines, counted + 1)
    outlet, published = outlet_and_date(lines[counted + 1 : start])
    body = [line for line in lines[start:] if not COPYRIGHT.match(line)]
    return factiva_record(
        record_no, piece.data, piece.encoding, join_blocks(body), before[-1] if before else None, outlet, published, byline
    )  # fmt: skip


def _stands_as_byline(line: str, above: str) -> bool:
    """Whether a line below the headline names who wrote it, with or without a word such as "By"."""
    is_name = _NAME.match(line) is not None and len(above) > len(line) and not _NAME.match(above)
    return is_byline(line) or is_name


def _start_of_story(lines: list[str], first: int) -> int:
    """Where the story begins: after the copyright, else after the block that names outlet and date."""
    about = [number for number in range(first, len(lines)) if lines[number].strip()][:_MOST_LINES_ABOUT]
    rights = next((number for number in about if COPYRIGHT.match(lines[number])), None)
    if rights is not None:
        return rights + 1
    for number in range(first, len(lines)):
        if not lines[number].strip() and all(outlet_and_date(lines[first:number])):
            return number
    return first


def outlet_and_date(lines: list[str]) -> tuple[str | None, str | None]:
    """Outlet and date from the lines below the number of words; the time belongs to the date."""
    published, outlet = None, None
    for line in (line.strip() for line in lines if line.strip()):
        if published is None and is_date_line(line):
            published = line
        elif published is not None and _TIME.match(line):
            published = f"{published} {line}"
        elif outlet is None and not (_SHORT_CODE.match(line) or COPYRIGHT.match(line) or _TIME.match(line)):
            outlet = line
    return outlet, published


def factiva_record(
    record_no: int, raw: bytes, encoding: str, paragraphs: list[str], title: str | None, outlet: str | None,
    published: str | None, byline: str | None,
) -> Item:  # fmt: skip
    """The document of one article; a reject where it has no text."""
    if not paragraphs:
        return Reject(
            record_no, "missing_text", "this article of the export has no text; export the full article", len(raw)
        )
    return Record(
        record_no, raw, "factiva", encoding, "\n".join(paragraphs), "body", None, outlet, title, published,
        names_in_byline(byline),
    )  # fmt: skip


FORMAT = Format("factiva", _matches, _read)
