"""Everything about an article but its words: where each fact was read decides which of several wins."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from htmldate import find_date
from lxml.html import HtmlElement

from assets.articles.authors import credited_names, named_authors, named_entries, people, printed_authors
from assets.articles.dates import most_exact, page_context, text_context, url_stamp
from assets.articles.html_page import Page
from assets.articles.title import page_title, tidy_title
from assets.sources.names import fold_name
from assets.sources.registry import UNKNOWN, Registry, Source
from assets.text.dates.order import NUMBERS
from assets.text.dates.reading import UPDATED, date_length, printed_date, read_date
from assets.text.dates.timestamp import Context, Order, Timestamp, day_stamp, month_stamp
from assets.text.languages.calendar import fold

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
HAS_YEAR = re.compile(r"(?:19|20|٢٠|۲۰|25)\d\d|(?:令和|平成)\d")


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


def meta_values(page: Page, names: frozenset[str]) -> list[str]:
    """Contents of the meta tags whose name, without marks, is one of these."""
    return [value for name, values in page.meta.items() if NOT_LETTER.sub("", name) in names for value in values]


@dataclass(frozen=True)
class Dated:
    """When an article was published, where that was read, and what was stated and could not be read."""

    stamp: Timestamp | None = None
    origin: str | None = None
    unread: str | None = None

    def or_else(self, other: "Dated") -> "Dated":
        """This, or the other where it says more; a month gives way to a day of it, what was not read to what is known."""
        best = self
        if self.stamp is None or (other.stamp is not None and _narrows(other.stamp, self.stamp)):
            best = other
        is_known = best.stamp is not None and best.stamp.precision != "month" and best.origin != "guess"
        return Dated(best.stamp, best.origin, None if is_known else self.unread or other.unread)


def _narrows(day: Timestamp, month: Timestamp) -> bool:
    """Whether the one is a day, or an instant, of the month that the other is."""
    is_within = (day.at.year, day.at.month) == (month.at.year, month.at.month)
    return month.precision == "month" and day.precision != "month" and is_within


def stated_date(page: Page, context: Context) -> Dated:
    """When the page's JSON-LD and meta tags say that it was published, and which of them."""
    article = page.article
    dated = Dated()
    for origin, values in (
        ("jsonld", [article.get(key) for key in ("datePublished", "dateCreated", "uploadDate")]),
        ("meta", meta_values(page, PUBLISHED_META)),
        ("jsonld", [node.get("datePublished") for node in page.linked]),
    ):
        if dated.stamp is None or dated.stamp.precision == "month":
            stamp, unread = most_exact(values, context)
            dated = dated.or_else(Dated(stamp, origin if stamp else None, unread))
    return dated


def searched_date(page: Page, url: str | None, context: Context) -> Dated:
    """When the page prints that it was published; what a search of all its markup finds is a guess."""
    stamp, _ = most_exact((tag.get("datetime") for tag in page.tree.iter("time")), context)
    if stamp:
        return Dated(stamp, "text")
    lines = list(printed_dates(page))
    stamp = next((stamp for line in lines if (stamp := printed_date(line, context))), None)
    if stamp:
        return Dated(stamp, "text")
    said = url_stamp(url) or url_stamp(page.first_meta("og:url"))
    if lines:
        # Day and month cannot be told apart; a search would only toss a coin.
        return Dated(said, "guess" if said else None, lines[0])
    guess = read_date(find_date(page.tree, url=url, original_date=True, extensive_search=True, max_date=LAST_DAY))
    if guess is None or (guess.at.month, guess.at.day) == (1, 1):
        # New Year's Day is what the search makes of a bare year, such as that of a copyright line.
        return Dated(said, "guess" if said else None)
    return checked_guess(page, guess, said, context)


def checked_guess(page: Page, guess: Timestamp, said: Timestamp | None, context: Context) -> Dated:
    """What the search found, unless the page prints it in numbers that mean another day or names only its month."""
    day = guess.at.date()
    if said and said.precision == "day":
        return Dated(said if said.at != guess.at and _swapped(said, guess) else guess, "guess")
    if any(day.strftime(form) in page.markup for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")):
        return Dated(guess, "guess")
    lines = [text for text in page.tree.itertext() if HAS_YEAR.search(text)]
    for line in lines:
        numbers = NUMBERS.search(line)
        if numbers and {int(numbers[1]), int(numbers[3])} == {day.day, day.month}:
            stamp = printed_date(line, context)
            return Dated(stamp, "guess" if stamp else None, None if stamp else " ".join(line.split())[:LONGEST_DATE])
    if any((stamp := printed_date(line, context)) and stamp.at.date() == day for line in lines):
        return Dated(guess, "guess")
    # Where a page names a month only, the search makes up the day: its first, or even today's.
    return Dated(month_stamp(day.year, day.month), "guess")


def _swapped(said: Timestamp, guess: Timestamp) -> bool:
    return (said.at.year, said.at.month, said.at.day) == (guess.at.year, guess.at.day, guess.at.month)


def printed_dates(page: Page) -> Iterator[str]:
    """Short elements that are marked as date and print one, in page order; not those of other stories or of an update."""
    for element in page.tree.iter("span", "div", "p", "li", "time"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if DATE_CLASS.search(names) and not OTHER_STORY.search(names):
            text = " ".join(element.text_content().split())
            if (
                len(text) <= LONGEST_DATE
                and date_length(text)
                and not _tells_of_update(text)
                and not any(_lists_stories(parent) for parent in element.iterancestors())
            ):
                yield text


def _tells_of_update(line: str) -> bool:
    return UPDATED.search(fold(line)) is not None


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
    if head.source.source_id == UNKNOWN.source_id:
        head = replace(head, source=registry.from_header(furniture.lines) or UNKNOWN)
    if not head.is_dated:
        head = head.with_date(text_date(furniture, body, text_context(body, head.source)))
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
    return found.with_date(text_date(furniture, body, text_context(body, source)))


def text_date(furniture: Furniture, body: str, context: Context) -> Dated:
    """The date that a page's furniture prints; one from the story's own words is a guess."""
    published = next(line_dates(furniture.dates, context), None) or next(line_dates(furniture.lines, context), None)
    if published:
        return Dated(published, "text")
    unread = next((line for line in furniture.dates if not _tells_of_update(line) and date_length(line)), None)
    if unread:
        return Dated(unread=" ".join(unread.split())[:LONGEST_DATE])
    published = max(line_dates(body.splitlines(), context), key=lambda stamp: stamp.at, default=None)
    return Dated(published and day_stamp(published.at.date()), "guess" if published else None)


def line_dates(lines: Iterable[str], context: Context) -> Iterator[Timestamp]:
    """The first full date of each line, lines that tell of an update left out."""
    for line in lines:
        stamp = printed_date(line, context) if HAS_YEAR.search(line) and not _tells_of_update(line) else None
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
            return replace(found, published=stamp, published_from=hints.origin or "record", unread_date=None)
        return replace(found, unread_date=hints.published)
    said = url_stamp(hints.url) if found.published is None else None
    return found.with_date(Dated(said, "guess" if said else None))
