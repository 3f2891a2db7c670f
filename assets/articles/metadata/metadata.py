"""Everything about an article but its words: where each fact was read decides which of several wins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assets.articles.html.page import Page
from assets.articles.metadata.authors import credited_names, named_authors, named_entries, people, printed_authors
from assets.articles.metadata.dates import most_exact, page_context, text_context, url_stamp
from assets.articles.metadata.title import page_title, tidy_title
from assets.articles.published import (
    MODIFIED_META,
    Dated,
    Furniture,
    meta_values,
    searched_date,
    stated_date,
    text_date,
)
from assets.sources.names import fold_name
from assets.sources.registry import UNKNOWN, Registry, Source
from assets.text.dates.reading import read_date
from assets.text.dates.timestamp import Order, Timestamp

SITE_META = (
    "og:site_name",
    "application-name",
    "al:android:app_name",
    "twitter:app:name:iphone",
    "publisher",
    "dc.publisher",
    "copyright",
)


@dataclass(frozen=True)
class Metadata:
    """What is known about an article; ``published_from`` is one of ``schema.PUBLISHED_FROM``.

    ``unread_date`` is a date that was stated and could not be read.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    credited: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    published: Timestamp | None = None
    published_from: str | None = None
    unread_date: str | None = None
    modified: Timestamp | None = None
    source: Source = UNKNOWN

    @property
    def is_dated(self) -> bool:
        """Whether its day is known."""
        return self.published is not None and self.published.precision != "month"

    def with_date(self, other: "Dated") -> "Metadata":
        """The same, with a date from elsewhere where that says more."""
        dated = Dated(self.published, self.published_from, self.unread_date).or_else(other)
        return replace(self, published=dated.stamp, published_from=dated.origin, unread_date=dated.unread)


@dataclass(frozen=True)
class Hints:
    """What the record or the manifest says of a document.

    ``firm`` hints win over what is detected: those of a manifest, and those of a record whose text has no metadata.
    ``date_order`` is what the other dates of its column show, ``body`` the text, whose language says how dates are written.
    """

    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    authors: tuple[str, ...]
    origin: str | None
    firm: bool
    body: str = ""
    date_order: Order | None = None


def site_names(page: Page, source: Source | None) -> frozenset[str]:
    """Folded names that the page's site goes by, its domain with and without the ending among them."""
    names = [value for name in SITE_META for value in page.meta.get(name, ())]
    publisher = page.article.get("publisher")
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
        names.append(publisher["name"])
    if source:
        names += [source.name, source.domain or "", (source.domain or "").split(".")[0]]
    return frozenset(folded for name in names if (folded := fold_name(name)))


def page_source(page: Page, url: str | None, registry: Registry) -> Source | None:
    """The outlet by the page's address, else by its site name."""
    addresses = [url, page.first_meta("og:url")]
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


def read_head(page: Page, url: str | None, registry: Registry) -> tuple[Metadata, frozenset[str]]:
    """What a page's JSON-LD, meta tags and headline say about its article, and the names that its site goes by."""
    source = page_source(page, url, registry)
    names = site_names(page, source)
    context = page_context(page, url, source)
    dated = stated_date(page, context)
    entries = named_entries(page)
    found = Metadata(
        title=page_title(page, names),
        bylines=tuple(entries),
        published=dated.stamp,
        published_from=dated.origin,
        unread_date=dated.unread,
        modified=most_exact([page.article.get("dateModified"), *meta_values(page, MODIFIED_META)], context)[0],
        source=source or UNKNOWN,
    )
    return with_authors(found, named_authors(page, registry, names), names), names


def with_authors(found: Metadata, authors: Sequence[str], names: frozenset[str]) -> Metadata:
    """The same with these people, and what the bylines name beside them."""
    credited = credited_names(found.bylines, authors, names)
    return replace(found, authors=tuple(authors), credited=tuple(credited))


def read_page(page: Page, url: str | None, registry: Registry) -> Metadata:
    """What a web page says about its article; what its head leaves open is searched for in the rest of its markup."""
    found, names = read_head(page, url, registry)
    if not found.authors:
        found = with_authors(found, printed_authors(page, registry, names), names)
    if not found.is_dated:
        source = None if found.source is UNKNOWN else found.source
        found = found.with_date(searched_date(page, url, page_context(page, url, source)))
    return found


def completed(
    head: Metadata, names: frozenset[str], title: str | None, furniture: Furniture, body: str, registry: Registry
) -> Metadata:
    """What a page's head says, and what its text says where that leaves something open."""
    if not head.authors:
        head = with_authors(head, people(furniture.bylines, registry, names, single=False), names)
    if head.source.source_id == UNKNOWN.source_id:
        head = replace(head, source=registry.from_header(furniture.lines) or UNKNOWN)
    if not head.is_dated:
        head = head.with_date(text_date(furniture, body, head.source))
    return replace(head, title=head.title or tidy_title(title))


def read_text(title: str | None, furniture: Furniture, body: str, registry: Registry) -> Metadata:
    """What the furniture of a pasted page says about its article."""
    source = registry.from_header(furniture.lines) or UNKNOWN
    found = Metadata(
        title=tidy_title(title),
        authors=tuple(people(furniture.bylines, registry, single=False)),
        bylines=furniture.bylines,
        source=source,
    )
    return found.with_date(text_date(furniture, body, source))


def apply_hints(found: Metadata, hints: Hints, registry: Registry) -> Metadata:
    """What was detected, completed by the record's hints and overruled by a manifest's."""
    changes: dict[str, object] = {}
    if hints.title and (hints.firm or not found.title):
        changes["title"] = tidy_title(hints.title)
    if hints.authors and (hints.firm or not found.authors):
        changes["authors"] = tuple(people(hints.authors, registry))
        changes["credited"] = tuple(credited_names(hints.authors, people(hints.authors, registry)))
        changes["bylines"] = (*found.bylines, *hints.authors)
    by_url = registry.from_url(hints.url)
    unknown = found.source.source_id == UNKNOWN.source_id
    if hints.outlet and (hints.firm or unknown):
        changes["source"] = registry.from_name(hints.outlet) or found.source
    elif by_url and (unknown or (hints.firm and by_url.source_id in registry.sources)):
        changes["source"] = by_url
    return with_stated_date(replace(found, **changes), hints)  # type: ignore[arg-type]


def with_stated_date(found: Metadata, hints: Hints) -> Metadata:
    """The same with the date that the record or the manifest states, where it counts more; what cannot be read is kept."""
    if hints.published and (hints.firm or found.published_from in (None, "guess")):
        context = text_context(hints.body, found.source, hints.url, hints.date_order)
        stamp = read_date(hints.published, context)
        if stamp:
            found = replace(found, published=stamp, published_from=hints.origin or "record", unread_date=None)
        else:
            found = replace(found, unread_date=hints.published)
    said = url_stamp(hints.url)
    return found if found.is_dated or said is None else found.with_date(Dated(said, "guess"))
