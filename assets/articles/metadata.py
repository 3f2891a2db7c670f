"""Everything about an article but its words: where each fact was read decides which of several wins."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assets.articles.authors import page_authors, people
from assets.articles.dates import Timestamp, parse_timestamp
from assets.articles.html_page import Page
from assets.articles.title import page_title, tidy_title
from assets.sources.registry import UNKNOWN, Registry, Source

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
    "dcterms.date", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publication_date", "cxenseparse:recs:publishtime",
    "article.published", "article:published", "last-published", "originalpublicationdate", "dcterms.issued",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
)
SITE_META = (
    "og:site_name",
    "application-name",
    "al:android:app_name",
    "twitter:app:name:iphone",
    "publisher",
    "dc.publisher",
    "copyright",
)
TEXT_DATE = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d(?:T\S+)?|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2},?\s+(?:19|20)\d\d"
    r"|\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+(?:19|20)\d\d"
)
UPDATED = re.compile(r"\b(?:updated|modified|edited|aktualisiert|actualizado|mis à jour|aggiornato)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Metadata:
    """What is known about an article; ``published_from`` is one of ``schema.PUBLISHED_FROM``."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    published: Timestamp | None = None
    published_from: str | None = None
    modified: Timestamp | None = None
    source: Source = UNKNOWN


@dataclass(frozen=True)
class Hints:
    """What the record or the manifest says of a document; ``firm`` hints (a manifest's) win over what is detected."""

    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    authors: tuple[str, ...]
    origin: str | None

    @property
    def firm(self) -> bool:
        return self.origin == "manifest"


def first_timestamp(values: Iterable[object]) -> Timestamp | None:
    """The first value that is a full date; an instant is preferred to a day."""
    found = [stamp for value in values if isinstance(value, str) and (stamp := parse_timestamp(value))]
    return next((stamp for stamp in found if stamp.precision == "second"), found[0] if found else None)


def page_published(page: Page) -> tuple[Timestamp | None, str | None]:
    """When the page says that it was published, and where it says so."""
    stamp = first_timestamp(
        [page.article.get("datePublished"), page.article.get("dateCreated"), page.article.get("uploadDate")]
    )
    if stamp:
        return stamp, "jsonld"
    stamp = first_timestamp(value for name in PUBLISHED_META for value in page.meta.get(name, ()))
    if stamp:
        return stamp, "meta"
    stamp = first_timestamp(value for node in page.linked for value in (node.get("datePublished"),))
    if stamp:
        return stamp, "jsonld"
    stamp = first_timestamp(tag.get("datetime") or tag.text_content() for tag in page.tree.iter("time"))
    return stamp, "text" if stamp else None


def site_names(page: Page, source: Source | None) -> tuple[str, ...]:
    """Names that the page's site goes by."""
    names = [value for name in SITE_META for value in page.meta.get(name, ())]
    publisher = page.article.get("publisher")
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
        names.append(publisher["name"])
    if source:
        names += [source.name, source.domain or ""]
    return tuple(names)


def page_source(page: Page, url: str | None, registry: Registry) -> Source | None:
    """The outlet by the page's address, else by its site name."""
    addresses = [
        url,
        *(tag.get("href") for tag in page.tree.iter("link") if (tag.get("rel") or "").lower() == "canonical"),
        page.first_meta("og:url"),
    ]
    for address in addresses:
        source = registry.from_url(address)
        if source and source.source_id in registry.sources:
            return source
    name = next((value for key in SITE_META[:2] for value in page.meta.get(key, ())), None)
    known = registry.known_name(name)
    if known:
        return known
    by_url = next((source for address in addresses if (source := registry.from_url(address))), None)
    if by_url:
        return replace(by_url, name=" ".join(name.split())) if name else by_url
    return registry.from_name(name)


def read_page(page: Page, url: str | None, registry: Registry) -> Metadata:
    """What a web page says about its article."""
    source = page_source(page, url, registry)
    names = site_names(page, source)
    published, origin = page_published(page)
    modified = first_timestamp(
        [page.article.get("dateModified"), *(value for name in MODIFIED_META for value in page.meta.get(name, ()))]
    )
    bylines = tuple(page_authors(page))
    others = frozenset(fold for fold in names)
    return Metadata(
        page_title(page, names),
        tuple(people(list(bylines), registry, others)),
        bylines,
        published,
        origin,
        modified,
        source or UNKNOWN,
    )


def read_text(
    title: str | None, bylines: tuple[str, ...], date_lines: tuple[str, ...], lines: Iterable[str], registry: Registry
) -> Metadata:
    """What the furniture of a pasted page says about its article."""
    published = None
    for line in date_lines:
        match = TEXT_DATE.search(line)
        if match and not UPDATED.search(line[: match.start()]):
            published = parse_timestamp(match.group())
            if published:
                break
    source = registry.from_header(lines)
    return Metadata(
        title=tidy_title(title),
        authors=tuple(people(list(bylines), registry)),
        bylines=bylines,
        published=published,
        published_from="text" if published else None,
        source=source or UNKNOWN,
    )


def apply_hints(found: Metadata, hints: Hints, registry: Registry) -> Metadata:
    """What was detected, completed by the record's hints and overruled by a manifest's."""
    changes: dict[str, object] = {}
    if hints.title and (hints.firm or not found.title):
        changes["title"] = tidy_title(hints.title)
    if hints.authors and (hints.firm or not found.authors):
        changes["authors"] = tuple(people(list(hints.authors), registry))
        changes["bylines"] = (*found.bylines, *hints.authors)
    if hints.published and (hints.firm or found.published is None):
        stamp = parse_timestamp(hints.published)
        if stamp:
            changes["published"], changes["published_from"] = stamp, hints.origin or "record"
    if hints.outlet and (hints.firm or found.source.source_id == UNKNOWN.source_id):
        changes["source"] = registry.from_name(hints.outlet) or found.source
    elif found.source.source_id == UNKNOWN.source_id and hints.url:
        changes["source"] = registry.from_url(hints.url) or found.source
    return replace(found, **changes)  # type: ignore[arg-type]
