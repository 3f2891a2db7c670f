"""The names that datasets of news give their fields, and the role of each field here.

Names are compared in lower case with ``_`` for every other mark. A dot goes into a nested object. The first name that a
record has and that holds something wins. Sources: news-please and CC-News, webz.io, Media Cloud, NewsAPI, GDELT article
lists, schema.org, and plain words. Dates of crawling, downloading and indexing are never the date of publication, so
names such as ``date_download``, ``crawled``, ``seendate``, ``indexed_date`` or ``timestamp`` are not listed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from assets.documents.field_words import AUTHOR, DATE, OUTLET, TEXT, TITLE

ROLES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "maintext", "content", "article_text", "articletext", "full_text", "fulltext", "body_text",
        "article_body", "articlebody", "story_text", "content_text", "plain_text", "plaintext", "article", "story",
        "paragraphs", "document", *TEXT, "artikeltext", "full_story", "текст", "fields.bodyText", "fields.body", "description", "summary",
    ),
    "html": (
        "html", "raw_html", "rawhtml", "page_html", "content_html", "body_html", "html_content", "full_html", "page",
        "raw_content",
    ),
    "url": (
        "url", "link", "article_url", "canonical_url", "web_url", "page_url", "permalink", "source_url", "href",
        "share_url", "id_url", "weburl", "uri", "thread.url",
    ),
    "outlet": (
        "outlet", "source.name", "source.title", "source_name", "media_name", "publisher.name", "publisher",
        "publication", "newspaper", "site_name", "sitename", "outlet_name", "thread.site_full", "thread.site",
        "media_outlet", "source", "source_domain", "fields.publication", "media_url", "domain", "site", "provider", "hostname",
        "publication_title", *OUTLET, "источник", "source.id",
    ),
    "title": ("title", "headline.main", "headline", "webtitle", "title_page", "title_rss", "head", "heading", "article_title",
        *TITLE, "заголовок", "thread.title"),
    "published": (
        "published", "published_at", "publishedat", "date_publish", "publish_date", "publishdate", "date_published",
        "datepublished", "published_date", "publication_date", "publicationdate", "pub_date", "pubdate",
        "publication_datetime", "published_time", "published_on", "published_parsed", "publish_time",
        "first_published_at", "firstpublished", "webpublicationdate", "thread.published", "date", *DATE, "fecha_de_publicación", "data_di_pubblicazione", "data_de_publicação",
        "дата",
    ),
    "authors": ("authors", "author", "byline.original", "byline", "bylines", "fields.byline", "by", "creator", "writers", "writer", "author_name",
        *AUTHOR, "автор"),
}  # fmt: skip

# They stand for the text only where there is no text at all.
_SUMMARIES = frozenset(("description", "summary"))
_SEPARATORS = re.compile(r"[\s\-.]+")
# NewsAPI cuts the text and says by how much.
_CUT_MARK = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")


@dataclass(frozen=True, slots=True)
class Fields:
    """What a record says of itself; ``text`` and ``html`` are None where it has none.

    ``is_excerpt`` says that the text is a summary or was cut off by whoever made the record.
    """

    text: str | None
    is_excerpt: bool
    html: str | None
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    authors: tuple[str, ...]


def read_fields(record: Mapping[str, object], mapping: Mapping[str, str]) -> Fields:
    """The fields of one record; ``mapping`` (role to column name) goes before the usual names."""
    paths = _paths(tuple(record), tuple(sorted(mapping.items())))
    text, html = _first(record, paths["text"], _text), _first(record, paths["html"], _text)
    summary = next((path for path in paths["text"] if _text(_at(record, path))), ("",))
    is_excerpt = _plain(summary[-1]) in _SUMMARIES and mapping.get("text") != summary[-1]
    if text is not None and text.endswith(" chars]"):
        text, n_cuts = _CUT_MARK.subn("", text)
        is_excerpt = is_excerpt or n_cuts > 0
    if html is not None and "html" in mapping and "text" not in mapping:
        text = None
    return Fields(
        text=text,
        is_excerpt=is_excerpt,
        html=html,
        url=_first(record, paths["url"], _address),
        outlet=_first(record, paths["outlet"], _line),
        title=_first(record, paths["title"], _line),
        published=_first(record, paths["published"], _line),
        authors=_authors(record, paths["authors"]),
    )


def knows_text(names: Sequence[str], mapping: Mapping[str, str]) -> bool:
    """Whether a table with these columns has one that holds the text."""
    paths = _paths(tuple(names), tuple(sorted(mapping.items())))
    return bool(paths["text"] or paths["html"])


def knows_any(names: Sequence[str], mapping: Mapping[str, str]) -> bool:
    """Whether these look like the column names of a table of articles: at least two roles are known."""
    paths = _paths(tuple(names), tuple(sorted(mapping.items())))
    return sum(bool(found) for found in paths.values()) >= 2 or bool(paths["text"])


@lru_cache(maxsize=4096)
def _paths(names: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Per role, where to look in a record with these keys, best first."""
    own = dict(mapping)
    by_plain: dict[str, str] = {}
    for name in names:
        by_plain.setdefault(_plain(name), name)
    result: dict[str, tuple[tuple[str, ...], ...]] = {}
    for role, candidates in ROLES.items():
        found: list[tuple[str, ...]] = []
        if role in own:
            found.append((own[role],) if own[role] in names else tuple(own[role].split(".")))
        for candidate in candidates:
            first, *rest = candidate.split(".")
            if first in by_plain:
                found.append((by_plain[first], *rest))
        result[role] = tuple(found)
    return result


def _plain(name: str) -> str:
    """A field's name as names are compared."""
    return _SEPARATORS.sub("_", name.strip().lower())


def _first(
    record: Mapping[str, object], paths: Sequence[Sequence[str]], read: Callable[[object], str | None]
) -> str | None:
    return next((value for path in paths if (value := read(_at(record, path)))), None)


def _at(record: Mapping[str, object], path: Sequence[str]) -> object:
    value: object = record
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def _text(value: object) -> str | None:
    """A text, or paragraphs one to a line."""
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return "\n".join(value) or None
    return None


def _line(value: object) -> str | None:
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None


def _address(value: object) -> str | None:
    """A web address; a name such as urn:newsml:… isn't one."""
    text = value.strip() if isinstance(value, str) else ""
    is_address = text.lower().startswith(("http://", "https://", "//", "www.")) and not any(c.isspace() for c in text)
    return text if is_address else None


def _authors(record: Mapping[str, object], paths: Sequence[Sequence[str]]) -> tuple[str, ...]:
    for path in paths:
        value = _at(record, path)
        if isinstance(value, Mapping):
            value = value.get("name")
        parts = value if isinstance(value, list) else [value]
        names = [_line(part.get("name") if isinstance(part, Mapping) else part) for part in parts]
        found = tuple(name for name in names if name)
        if len(found) == 1 and found[0][:1] == "[" and found[0][-1:] == "]":
            # A list that a spreadsheet has turned into text: ['A B', 'C D'].
            found = tuple(name.strip(" '\"") for name in found[0][1:-1].split(",") if name.strip(" '\""))
        if len(found) == 1 and ";" in found[0]:
            found = tuple(name.strip() for name in found[0].split(";") if name.strip())
        if found:
            return found
    return ()
