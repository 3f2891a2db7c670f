"""ProQuest exports as text: articles between rules of underscores, each with its title, labelled fields and ``Full text:``."""

import re
from collections.abc import Iterator

from assets.documents.field_words import AUTHOR
from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.exports.text_export import Piece, blocks, pieces
from assets.documents.readers.shared.byline import names_in_byline
from assets.documents.readers.shared.paragraphs import join_blocks
from assets.documents.record import Record, Reject
from assets.documents.source import Source
from assets.text.dates.reading import date_in

_RULE = re.compile(r"^\s*_{20,}\s*$")
_COUNTER = re.compile(r"^\s*(?:Document|Dokument|Documento) \d+ (?:of|von|sur|de|di) \d+\s*$", re.I)
_LABEL = re.compile(r"^\s*([^\W\d_][^:]{1,40}?) ?: ?(.*)$")
_ADDRESS = re.compile(r"https?://\S+")
# Labels of the English, German, French, Spanish, Italian and Portuguese interfaces, by the role they have here.
_LABELS = {
    label: role
    for role, labels in {
        "title": "title|titel|titre|título|titolo",
        "author": "|".join(["author", "authors", "verfasser", *AUTHOR]),
        "info": "publication info|publikationsinfo|publikationsinformationen|informations sur la publication|info. sur publication"
        "|información de publicación|información de la publicación|informazioni sulla pubblicazione|informazioni pubblicazione"
        "|informações da publicação|informações sobre a publicação",
        "abstract": "abstract|zusammenfassung|abstrakt|résumé|resumen|estratto|riassunto|resumo",
        "text": "full text|volltext|texte intégral|texto completo|testo completo|full text (english)",
        "outlet": "publication title|publikationstitel|titel der publikation|titel der veröffentlichung|titre de la publication"
        "|título de publicación|título de la publicación|titolo pubblicazione|titolo della pubblicazione|título da publicação",
        "date": "publication date|publikationsdatum|veröffentlichungsdatum|erscheinungsdatum|datum der publikation"
        "|date de publication|fecha de publicación|data di pubblicazione|data pubblicazione|data de publicação|data da publicação",
        "url": "document url|url des dokuments|dokument-url|url du document|url del documento|url do documento",
        "other": "links|link|liens|enlaces|collegamenti|subject|subjects|thema|themen|sujet|materia|tema|temi|soggetto|assunto"
        "|location|ort|lieu|lugar|ubicación|luogo|local|people|personen|persons|personnes|personas|persone|pessoas"
        "|company / organization|unternehmen/organisation|société / organisation|compañía / organización|azienda / organizzazione"
        "|empresa / organização|identifier / keyword|identifier/keyword|classification|pages|seiten|seite|páginas|pagine"
        "|number of pages|first page|publication year|publikationsjahr|erscheinungsjahr|année de publication|año de publicación"
        "|anno di pubblicazione|ano de publicação|section|rubrik|rubrique|sección|sezione|seção|volume|band|issue|ausgabe|numéro"
        "|número|dateline|publisher|verlag|herausgeber|éditeur|editorial|editore|editora|place of publication|erscheinungsort"
        "|lieu de publication|lugar de publicación|luogo di pubblicazione|local de publicação|country of publication|publication subject"
        "|issn|isbn|e-issn|source type|quellentyp|type de source|tipo de fuente|tipo di fonte|tipo de fonte"
        "|language of publication|publikationssprache|sprache der publikation|langue de publication|idioma de la publicación"
        "|idioma de publicación|lingua di pubblicazione|idioma de publicação|document type|dokumenttyp|type de document"
        "|tipo de documento|tipo di documento|proquest document id|proquest-dokument-id|id du document proquest"
        "|id del documento de proquest|id documento proquest|id do documento proquest|copyright|last updated|zuletzt aktualisiert"
        "|dernière mise à jour|última actualización|ultimo aggiornamento|última atualização|database|datenbank|base de données"
        "|base de datos|database|banco de dados|column|edition|accession number|credit|supplement|subtitle|untertitel|alternate title",
    }.items()
    for label in labels.split("|")
}  # fmt: skip
_NONE = re.compile(
    r"^\s*(?:none available|not available|nicht verfügbar|keine verfügbar|non disponible|aucun\w* disponible|no disponible"
    r"|non disponibile|nessun\w* disponibile|não disponível|indisponível)\.?\s*$",
    re.I,
)


def _matches(head: Head) -> bool:
    return is_proquest(head.text)


def is_proquest(text: str) -> bool:
    """Whether a text is such an export, by its beginning."""
    if "ProQuest" not in text and "proquest" not in text:
        return False
    lines = text.replace("\xa0", " ").splitlines()
    roles = {role for line in lines if (role := _labelled(line)[0])}
    is_apart = any(_RULE.match(line) or _COUNTER.match(line) for line in lines)
    return is_apart and bool(roles & {"text", "abstract"}) and bool(roles & {"outlet", "info", "date"})


def _labelled(line: str) -> tuple[str, str]:
    """The role of the label that opens a line, and what it labels; two empty texts where there is none."""
    match = _LABEL.match(line)
    role = _LABELS.get(match.group(1).lower()) if match else None
    return (role, match.group(2).strip()) if match and role else ("", "")


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    record_no = -1
    for piece in pieces(source, options, is_between, lambda _: False):
        lines = [line for line in piece.lines if not is_between(line)]
        if not piece.is_oversize and len({role for line in lines if (role := _labelled(line)[0])}) < 2:
            # What the export says of itself before the first article and after the last.
            continue
        record_no += 1
        if piece.is_oversize:
            yield piece.rejected(record_no, options.max_file_bytes)
        else:
            yield _record(record_no, piece, lines)


def is_between(line: str) -> bool:
    """Whether a line comes between two articles."""
    return bool(_RULE.match(line) or _COUNTER.match(line))


def is_labelled(line: str) -> bool:
    """Whether a line opens with a label of the export or is one of its headings, so that a paragraph ends above it."""
    return bool(_labelled(line)[0])


def _record(record_no: int, piece: Piece, lines: list[str]) -> Item:
    opening, fields = _fields(lines)
    full = _body(fields.get("text", []))
    abstract = _body(fields.get("abstract", []))
    if not full and not abstract:
        detail = "this article of the export has no full text; choose full text when you export, or another source"
        return Reject(record_no, "missing_text", detail, piece.n_bytes)
    one = {role: " ".join(" ".join(value).split()) for role, value in fields.items()}
    info = one.get("info", "")
    outlet = (one.get("outlet") or info).partition(";")[0].partition(" [")[0].strip()
    titles = blocks(opening)
    return Record(
        record_no, piece.data, "proquest", piece.encoding, "\n".join(full or abstract), "body" if full else "excerpt",
        url=_url(one.get("url"), info, lines), outlet=outlet or None,
        title=one.get("title") or (" ".join(titles[-1]) if titles else None),
        published=one.get("date") or date_in(info.replace("]", "] ")), authors=_authors(one.get("author")),
    )  # fmt: skip


def _fields(lines: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The lines above the labels, and the lines of each field, by its role; the first field of a role counts.

    The title is repeated above the story and below it, so a label counts only where a blank line comes before it.
    """
    opening: list[str] = []
    fields: dict[str, list[str]] = {}
    current = opening
    is_after_blank = True
    for line in lines:
        role, value = _labelled(line)
        # A story may have a line such as "Author: unknown"; fields are lines of their own, with a blank line before them.
        if role and is_after_blank:
            current = [value]
            fields.setdefault(role, current)
        else:
            current.append(line)
        is_after_blank = not line.strip()
    return opening, fields


def _body(lines: list[str]) -> list[str]:
    return [] if lines and _NONE.match(" ".join(lines)) else join_blocks(lines)


def _url(stated: str | None, info: str, lines: list[str]) -> str | None:
    address = _ADDRESS.search(f"{stated or ''} {info}")
    if address is None:
        address = next((found for line in lines if (found := re.match(r"\s*https?://\S+proquest\S+", line))), None)
    return address.group().strip() if address else None


def _authors(stated: str | None) -> tuple[str, ...]:
    """``Crane, Hettie; Groom, Ansel`` with the names in their order; other bylines as they are."""
    names: list[str] = []
    for name in (stated or "").split(";"):
        family, comma, given = name.strip(" .").partition(", ")
        if comma and "," not in given:
            names.append(f"{given} {family}")
        else:
            names += names_in_byline(name)
    return tuple(name for name in names if name)


FORMAT = Format("proquest", _matches, _read)
