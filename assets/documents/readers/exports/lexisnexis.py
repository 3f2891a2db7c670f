"""LexisNexis exports as text: ``1 of 100 DOCUMENTS`` (Nexis, Lexis Academic) and ``End of Document`` (Nexis Uni, Lexis+).

The load date says when an article came into the archive and is never taken for its publication.
"""

from collections.abc import Iterator

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.exports import nexis_words as words
from assets.documents.readers.exports.text_export import Piece, blocks, pieces
from assets.documents.readers.shared.byline import names_in_byline
from assets.documents.readers.shared.markup import with_dateline
from assets.documents.readers.shared.paragraphs import join_blocks
from assets.documents.readers.shared.stated_date import is_date_line
from assets.documents.record import Record, Reject
from assets.documents.source import Source

# One of these is in every export; a text without them is ruled out at once.
_MARKS = ("ocument", "okument", "OCUMENT", "OKUMENT")
_FIRST_LINES = 60


def _matches(head: Head) -> bool:
    return is_lexisnexis(head.text)


def is_lexisnexis(text: str) -> bool:
    """Whether a text is such an export, by its beginning."""
    if not (any(mark in text for mark in _MARKS) or "\nBody" in text):
        return False
    lines = text.replace("\xa0", " ").splitlines()
    labels = {label for line in lines if (label := _label(line)[0])}
    fields = {words.BEFORE.get(label) for label in labels}
    if any(words.COUNTER.match(line) for line in lines[:_FIRST_LINES]):
        return "length" in fields or bool(labels & words.AFTER)
    has_body = any(words.BODY.match(line) for line in lines)
    has_end = any(words.END.match(line) for line in lines)
    return (has_body and "length" in fields) or (has_end and ("length" in fields or bool(labels & words.AFTER)))


def _label(line: str) -> tuple[str, str]:
    """The label that opens a line, in lower case, and what it labels; two empty texts where there is none."""
    match = words.LABEL.match(line)
    return (match.group(1).lower(), match.group(2).strip()) if match else ("", "")


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    record_no = -1
    for piece in pieces(
        source, options, lambda line: bool(words.COUNTER.match(line)), lambda line: bool(words.END.match(line))
    ):
        if piece.is_oversize:
            record_no += 1
            yield piece.rejected(record_no, options.max_file_bytes)
            continue
        is_counted = any(words.COUNTER.match(line) for line in piece.lines[:_FIRST_LINES])
        kept = [line for line in piece.lines if not is_between(line)]
        # A title page above the first article has none of the labels.
        is_article = record_no >= 0 or any(_opens_fields(line, is_counted) for line in kept)
        if is_article and any(line.strip() for line in kept):
            record_no += 1
            yield _record(record_no, kept, piece, is_counted)


def is_between(line: str) -> bool:
    """Whether a line comes between two articles."""
    return bool(words.COUNTER.match(line) or words.PAGE_NUMBER.match(line) or words.END.match(line))


def is_labelled(line: str) -> bool:
    """Whether a line opens with a label of the export or is one of its headings, so that a paragraph ends above it."""
    label = _label(line)[0]
    is_label = label in words.BEFORE or label in words.AFTER
    return is_label or any(mark.match(line) for mark in (words.BODY, words.AFTER_HEADING, words.COPYRIGHT))


def _record(record_no: int, lines: list[str], piece: Piece, is_counted: bool) -> Item:
    opening, fields, rest = _parts(_without_cover(lines), is_counted)
    paragraphs = join_blocks(_body(rest))
    if not paragraphs:
        detail = "this article of the export has no body; export it with its full text"
        return Reject(record_no, "missing_text", detail, piece.n_bytes)
    title, outlet, published = (_counted_opening if is_counted else _opening)(opening)
    url = fields.get("url") or next((value for line in rest if (value := _address(line))), "")
    return Record(
        record_no, piece.data, "lexisnexis", piece.encoding,
        with_dateline(fields.get("dateline"), "\n".join(paragraphs)), "body",
        url=url if url.startswith("http") else None,
        outlet=outlet, title=fields.get("headline") or title, published=published,
        authors=names_in_byline(fields.get("byline")),
    )  # fmt: skip


def _without_cover(lines: list[str]) -> list[str]:
    """The article after the cover page, which says who asked for what and lists the headlines."""
    begin = next((number for number, line in enumerate(lines) if _begins_fields(line)), len(lines))
    cover = [
        number for number in range(begin)
        if words.COVER.match(lines[number]) or words.CONTENTS.match(lines[number])
    ]  # fmt: skip
    if not cover:
        return lines
    contents = next((number for number in cover if words.CONTENTS.match(lines[number])), cover[0])
    entries = [
        (number, match.group(2).strip()) for number in range(contents, begin) if (match := words.ENTRY.match(lines[number]))
    ]  # fmt: skip
    if entries:
        # The first headline of the list is repeated above its article.
        first = entries[0][1]
        for number in range(entries[0][0] + 1, begin):
            if _is_same_headline(lines[number].strip(), first):
                return lines[number:]
        # A headline may itself begin with a number, yet no list goes on after what was asked for.
        cover += [number for number, _ in entries if number < max(cover)]
    return lines[max(cover) + 1 :]


def _is_same_headline(line: str, entry: str) -> bool:
    shorter, longer = sorted((line, entry.rstrip(" .…")), key=len)
    return line == entry or (len(shorter) >= 25 and longer.startswith(shorter))


def _begins_fields(line: str) -> bool:
    return words.BEFORE.get(_label(line)[0]) == "length" or bool(words.BODY.match(line))


def _parts(lines: list[str], is_counted: bool) -> tuple[list[str], dict[str, str], list[str]]:
    """The lines above the labels, the labelled fields, and what follows them: the body and what is said about it."""
    dated = next((number for number, line in enumerate(lines) if is_date_line(line)), -1)
    start = next((n for n in range(dated + 1, len(lines)) if _opens_fields(lines[n], is_counted)), len(lines))
    body = next((n for n in range(start, len(lines)) if words.BODY.match(lines[n]) and _is_heading(lines, n)), None)
    fields: dict[str, str] = {}
    current = ""
    was_blank = False
    for number in range(start, len(lines) if body is None else body):
        line = lines[number].strip()
        label, value = _label(line)
        if label in words.BEFORE:
            current = words.BEFORE[label]
            fields.setdefault(current, value)
        elif not line or words.COPYRIGHT.match(line):
            was_blank, current = True, ""
            continue
        elif body is None and (was_blank or not current or label in words.AFTER):
            # Nothing marks where the body begins: it does with the first paragraph that has no label.
            return lines[:start], fields, lines[number:]
        elif current and not label:
            fields[current] = f"{fields[current]} {line}".strip()
        was_blank = False
    return lines[:start], fields, [] if body is None else lines[body + 1 :]


def _opens_fields(line: str, is_counted: bool) -> bool:
    """Whether the labels begin; the older exports write them in capitals, so that a headline (``Column: …``) isn't one."""
    label = words.LABEL.match(line)
    is_label = label is not None and label.group(1).lower() in words.BEFORE
    return (is_label and not (is_counted and label is not None and label.group(1) != label.group(1).upper())) or bool(
        words.BODY.match(line)
    )


def _is_heading(lines: list[str], number: int) -> bool:
    """Whether the heading of the body is where it must be: below the length, not within a story without one."""
    return any(words.BEFORE.get(_label(line)[0]) == "length" for line in lines[:number]) or number == 0


def _body(lines: list[str]) -> list[str]:
    end = len(lines)
    for number, line in enumerate(lines):
        if _label(line)[0] in words.AFTER or words.AFTER_HEADING.match(line):
            end = number
            break
    while end and (not lines[end - 1].strip() or _label(lines[end - 1])[0] in words.MAYBE_AFTER):
        end -= 1
    return lines[:end]


def _address(line: str) -> str | None:
    label, value = _label(line)
    return value if label == "url" and value.startswith("http") else None


def _opening(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Title, outlet and date of Nexis Uni, which are in this order; the date is the last of the lines that are one."""
    lines = [line for line in lines if not words.COPYRIGHT.match(line)]
    dated = next((number for number in reversed(range(len(lines))) if is_date_line(lines[number])), None)
    if dated is None:
        above = blocks(lines)
        return (above[-1][0] if above else None), None, None
    above = blocks(lines[:dated])
    if not above:
        return None, None, lines[dated].strip()
    outlet = above[-1].pop()
    title = above[-1] or (above[-2] if len(above) > 1 else [])
    return " ".join(title) or None, outlet, lines[dated].strip()


def _counted_opening(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Title, outlet and date of the older exports: the outlet, the date, perhaps the edition, then the title."""
    lines = [line for line in lines if not words.COPYRIGHT.match(line)]
    dated = next((number for number, line in enumerate(lines) if is_date_line(line)), None)
    above = [line.strip() for line in lines[:dated] if line.strip()]
    if dated is None:
        return (above[-1] if above else None), None, None
    below = [
        kept for block in blocks(lines[dated + 1 :])
        if (kept := [line for line in block if not words.NOTICE.match(line)])
    ]  # fmt: skip
    if not below and len(above) > 1:
        return above[0], above[-1], lines[dated].strip()
    return (" ".join(below[-1]) if below else None), (above[-1] if above else None), lines[dated].strip()


FORMAT = Format("lexisnexis", _matches, _read)
