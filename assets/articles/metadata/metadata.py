"""Everything about an article except its words; where a fact was read decides which of several wins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assets.articles.html.page import Page
from assets.articles.metadata.authors import credited_names, named_authors, named_entries, people, printed_authors
from assets.articles.metadata.dates import most_exact, page_context, text_context, url_stamp
from assets.articles.metadata.outlet import page_source, site_names
from assets.articles.metadata.published import (
    MODIFIED_META,
    Boilerplate,
    Dated,
    meta_values,
    searched_date,
    stated_date,
    text_date,
)
from assets.articles.metadata.title import page_title, tidy_title
from assets.sources.registry import Registry, Source
from assets.text.dates.reading import machine_date, read_date
from assets.text.dates.timestamp import Order, Timestamp


@dataclass(frozen=True)
class Metadata:
    """What is known about an article; ``published_from`` is one of ``schema.PUBLISHED_FROM``, ``source`` its outlet.

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
    source: Source | None = None

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
        source=source,
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
        found = found.with_date(searched_date(page, url, page_context(page, url, found.source)))
    return found


def with_byline(head: Metadata, names: frozenset[str], boilerplate: Boilerplate, registry: Registry) -> Metadata:
    """The same with the people in the page's byline lines, where its head names none."""
    if head.authors:
        return head
    return with_authors(head, people(boilerplate.bylines, registry, names, single=False), names)


def completed_head(head: Metadata, names: frozenset[str], boilerplate: Boilerplate, registry: Registry) -> Metadata:
    """The same with author and day as lines beside the story print them, where the markup leaves them open."""
    head = with_byline(head, names, boilerplate, registry)
    if head.is_dated and head.published_from != "guess":
        return head
    dated = text_date(boilerplate, "", head.source)
    return head if dated.stamp is None else head.with_date(dated)


def completed(
    head: Metadata, names: frozenset[str], title: str | None, boilerplate: Boilerplate, body: str, registry: Registry
) -> Metadata:
    """What a page's head says, and what its text says where that leaves something open."""
    head = with_byline(head, names, boilerplate, registry)
    if head.source is None:
        head = replace(head, source=registry.from_header(boilerplate.lines))
    if not head.is_dated:
        head = head.with_date(text_date(boilerplate, body, head.source))
    return replace(head, title=head.title or tidy_title(title))


def read_text(title: str | None, boilerplate: Boilerplate, body: str, registry: Registry) -> Metadata:
    """What the boilerplate of a pasted page says about its article."""
    source = registry.from_header(boilerplate.lines)
    found = Metadata(
        title=tidy_title(title),
        authors=tuple(people(boilerplate.bylines, registry, single=False)),
        bylines=boilerplate.bylines,
        source=source,
    )
    return found.with_date(text_date(boilerplate, body, source))


def apply_hints(found: Metadata, hints: Hints, registry: Registry) -> Metadata:
    """What was detected, completed by the record's hints and overruled by a manifest's."""
    changes: dict[str, object] = {}
    if hints.title and (hints.firm or not found.title):
        changes["title"] = tidy_title(hints.title)
    if hints.authors and (hints.firm or not found.authors):
        changes["authors"] = tuple(people(hints.authors, registry))
        changes["credited"] = tuple(credited_names(hints.authors, people(hints.authors, registry)))
        changes["bylines"] = (*found.bylines, *hints.authors)
    source = hinted_source(found.source, hints, registry)
    return with_stated_date(replace(found, source=source, **changes), hints)  # type: ignore[arg-type]


def hinted_source(found: Source | None, hints: Hints, registry: Registry) -> Source | None:
    """The outlet that was found, completed by the record's hints and overruled by a manifest's."""
    named, by_url = registry.from_name(hints.outlet), registry.from_url(hints.url)
    if named and (hints.firm or found is None):
        return named
    if by_url and (found is None or (hints.firm and by_url.known_by == "list")):
        return by_url
    return found


def with_stated_date(found: Metadata, hints: Hints) -> Metadata:
    """The same with the date that the record or the manifest states, where it counts more; what cannot be read is kept."""
    if hints.published and (hints.firm or found.published_from in (None, "guess")):
        # The language of the body takes time to detect.
        stamp = machine_date(hints.published) or read_date(
            hints.published, text_context(hints.body, found.source, hints.url, hints.date_order)
        )
        if stamp:
            found = replace(found, published=stamp, published_from=hints.origin or "record", unread_date=None)
        else:
            found = replace(found, unread_date=hints.published)
    said = url_stamp(hints.url)
    return found if found.is_dated or said is None else found.with_date(Dated(said, "guess"))
