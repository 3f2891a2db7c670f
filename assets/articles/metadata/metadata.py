"""Everything about an article but its words: where each fact was read decides which of several wins."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from htmldate import find_date
from lxml.html import HtmlElement

from assets.articles.html.page import Page
from assets.articles.metadata.authors import credited_names, named_authors, named_entries, people, printed_authors
from assets.articles.metadata.dates import HAS_YEAR, Timestamp, parse_timestamp, printed_date
from assets.articles.metadata.title import page_title, tidy_title
from assets.sources.names import fold_name
from assets.sources.registry import UNKNOWN, Registry, Source

# Meta names without their marks ("article:published_time" is "articlepublishedtime").
PUBLISHED_META = frozenset((
    "articlepublishedtime", "ogarticlepublishedtime", "articlepublished", "datepublished", "publishdate", "publisheddate", "pubdate",
    "publicationdate", "publishedat", "publishedtime", "parselypubdate", "sailthrudate", "dcdate", "dcdateissued", "dcdatecreated",
    "dctermsdate", "dctermsissued", "dctermscreated", "date", "datecreated", "originalpublicationdate", "cxenseparserecspublishtime",
    "cxenseparsearticlepublishedtime", "articlepublicationdate", "contentcreatedate", "articledateoriginal", "ogpublishedtime", "firstpublished",
))  # fmt: skip
MODIFIED_META = frozenset((
    "articlemodifiedtime", "ogupdatedtime", "ogarticlemodifiedtime", "datemodified", "lastmodified", "lastmod", "dctermsmodified",
    "dcdatemodified", "articleupdated", "articlemodified", "modifieddate", "updatedtime",
))  # fmt: skip
NOT_LETTER = re.compile(r"[\W_]+")
SITE_META = (
    "og:site_name",
    "application-name",
    "al:android:app_name",
    "twitter:app:name:iphone",
    "publisher",
    "dc.publisher",
    "copyright",
)
DATE_CLASS = re.compile(r"date|datum|fecha|publish|time", re.IGNORECASE)
OTHER_STORY = re.compile(
    r"teaser|card|related|list|sidebar|widget|comment|footer|menu|ticker|update|modif", re.IGNORECASE
)
LONGEST_DATE = 80
# Fixed, so that the same page gives the same date tomorrow.
LAST_DAY = "2099-12-31"
UPDATED = re.compile(r"\b(?:updated|modified|edited|aktualisiert|actualizado|mis à jour|aggiornato)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Metadata:
    """What is known about an article; ``published_from`` is one of ``schema.PUBLISHED_FROM``."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    credited: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    published: Timestamp | None = None
    published_from: str | None = None
    modified: Timestamp | None = None
    source: Source = UNKNOWN


@dataclass(frozen=True)
class Hints:
    """What the record or the manifest says of a document.

    ``firm`` hints win over what is detected: those of a manifest, and those of a record whose text has no metadata.
    """

    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    authors: tuple[str, ...]
    origin: str | None
    firm: bool


def first_timestamp(values: Iterable[object]) -> Timestamp | None:
    """The first value that is a full date; an instant is preferred to a day."""
    found = [stamp for value in values if isinstance(value, str) and (stamp := parse_timestamp(value))]
    return next((stamp for stamp in found if stamp.precision == "second"), found[0] if found else None)


def meta_values(page: Page, names: frozenset[str]) -> list[str]:
    """Contents of the meta tags whose name, without marks, is one of these."""
    return [value for name, values in page.meta.items() if NOT_LETTER.sub("", name) in names for value in values]


def stated_date(page: Page) -> tuple[Timestamp | None, str | None]:
    """When the page's JSON-LD and meta tags say that it was published, and which of them."""
    article = page.article
    stamp = first_timestamp([article.get(key) for key in ("datePublished", "dateCreated", "uploadDate")])
    if stamp:
        return stamp, "jsonld"
    stamp = first_timestamp(meta_values(page, PUBLISHED_META))
    if stamp:
        return stamp, "meta"
    stamp = first_timestamp(node.get("datePublished") for node in page.linked)
    return stamp, "jsonld" if stamp else None


def searched_date(page: Page, url: str | None) -> tuple[Timestamp | None, str | None]:
    """When the page prints that it was published; what a search of all its markup finds is a guess."""
    stamp = first_timestamp(tag.get("datetime") for tag in page.tree.iter("time"))
    if stamp:
        return stamp, "text"
    stamp = next(printed_dates(page), None)
    if stamp:
        return stamp, "text"
    guess = _guessed_date(page, url)
    if guess is None or (guess.at.month, guess.at.day) == (1, 1):
        # New Year's Day is what the search makes of a bare year, such as that of a copyright line.
        return None, None
    return guess, "guess"


def _guessed_date(page: Page, url: str | None) -> Timestamp | None:
    try:
        found = find_date(page.tree, url=url, original_date=True, extensive_search=True, max_date=LAST_DAY)
    except (ValueError, OverflowError):  # the search trips over what no clock or calendar has: "+99:99", the year 99999
        return None
    return parse_timestamp(found)


def printed_dates(page: Page) -> Iterator[Timestamp]:
    """Dates in short elements that are marked as date, in page order; not those of other stories or of an update."""
    for element in page.tree.iter("span", "div", "p", "li", "time"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if DATE_CLASS.search(names) and not OTHER_STORY.search(names):
            text = " ".join(element.text_content().split())
            stamp = printed_date(text) if len(text) <= LONGEST_DATE else None
            if (
                stamp
                and not UPDATED.search(text)
                and not any(_lists_stories(parent) for parent in element.iterancestors())
            ):
                yield stamp


def _lists_stories(element: HtmlElement) -> bool:
    return element.tag == "a" or bool(OTHER_STORY.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


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
    published, origin = stated_date(page)
    entries = named_entries(page)
    found = Metadata(
        title=page_title(page, names),
        bylines=tuple(entries),
        published=published,
        published_from=origin,
        modified=first_timestamp([page.article.get("dateModified"), *meta_values(page, MODIFIED_META)]),
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
    if found.published is None:
        published, origin = searched_date(page, url)
        found = replace(found, published=published, published_from=origin)
    return found


@dataclass(frozen=True)
class Furniture:
    """What the cleaner left out of a page's text: its byline and date lines, and all removed lines."""

    bylines: tuple[str, ...]
    dates: tuple[str, ...]
    lines: Sequence[str]


def completed(
    head: Metadata, names: frozenset[str], title: str | None, furniture: Furniture, body: str, registry: Registry
) -> Metadata:
    """What a page's head says, and what its text says where that leaves something open."""
    if not head.authors:
        head = with_authors(head, people(furniture.bylines, registry, names, single=False), names)
    if head.published is None:
        published, origin = text_date(furniture, body)
        head = replace(head, published=published, published_from=origin)
    if head.source.source_id == UNKNOWN.source_id:
        head = replace(head, source=registry.from_header(furniture.lines) or UNKNOWN)
    return replace(head, title=head.title or tidy_title(title))


def read_text(title: str | None, furniture: Furniture, body: str, registry: Registry) -> Metadata:
    """What the furniture of a pasted page says about its article."""
    published, origin = text_date(furniture, body)
    return Metadata(
        title=tidy_title(title),
        authors=tuple(people(furniture.bylines, registry, single=False)),
        bylines=furniture.bylines,
        published=published,
        published_from=origin,
        source=registry.from_header(furniture.lines) or UNKNOWN,
    )


def text_date(furniture: Furniture, body: str) -> tuple[Timestamp | None, str | None]:
    """The date that a page's furniture prints; one from the story's own words is a guess."""
    published = next(line_dates(furniture.dates), None) or next(line_dates(furniture.lines), None)
    if published:
        return published, "text"
    published = max(line_dates(body.splitlines()), key=lambda stamp: stamp.at, default=None)
    return published, "guess" if published else None


def line_dates(lines: Iterable[str]) -> Iterator[Timestamp]:
    """The first full date of each line, lines that tell of an update left out."""
    for line in lines:
        stamp = printed_date(line) if HAS_YEAR.search(line) and not UPDATED.search(line) else None
        if stamp:
            yield stamp


def apply_hints(found: Metadata, hints: Hints, registry: Registry) -> Metadata:
    """What was detected, completed by the record's hints and overruled by a manifest's."""
    changes: dict[str, object] = {}
    if hints.title and (hints.firm or not found.title):
        changes["title"] = tidy_title(hints.title)
    if hints.authors and (hints.firm or not found.authors):
        changes["authors"] = tuple(people(hints.authors, registry))
        changes["credited"] = tuple(credited_names(hints.authors, people(hints.authors, registry)))
        changes["bylines"] = (*found.bylines, *hints.authors)
    if hints.published and (hints.firm or found.published_from in (None, "guess")):
        stamp = parse_timestamp(hints.published)
        if stamp:
            changes["published"], changes["published_from"] = stamp, hints.origin or "record"
    by_url = registry.from_url(hints.url)
    unknown = found.source.source_id == UNKNOWN.source_id
    if hints.outlet and (hints.firm or unknown):
        changes["source"] = registry.from_name(hints.outlet) or found.source
    elif by_url and (unknown or (hints.firm and by_url.source_id in registry.sources)):
        changes["source"] = by_url
    return replace(found, **changes)  # type: ignore[arg-type]
