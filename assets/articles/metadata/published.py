"""When an article was published: by what its page states, prints or is addressed by, or by the lines of a text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from htmldate import find_date
from lxml.html import HtmlElement

from assets.articles.html.page import Page
from assets.articles.metadata.dates import most_exact, text_context, url_stamp
from assets.sources.registry import Source
from assets.text.dates.order import NUMBERS
from assets.text.dates.reading import UPDATED, date_length, printed_date, read_date
from assets.text.dates.timestamp import Context, Timestamp, day_stamp, month_stamp
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
DATE_CLASS = re.compile(r"date|datum|fecha|publish|time", re.IGNORECASE)
OTHER_STORY = re.compile(
    r"teaser|card|related|list|sidebar|widget|comment|footer|menu|ticker|update|modif", re.IGNORECASE
)
LONGEST_DATE = 80
# Fixed, so that the same page gives the same date tomorrow.
LAST_DAY = "2099-12-31"
# Each way in full: of these the engine sees at once which letters they begin with, of groups within groups it does not.
HAS_YEAR = re.compile(r"19\d\d|20\d\d|٢٠\d\d|۲۰\d\d|25\d\d|令和\d|平成\d")


@dataclass(frozen=True)
class Boilerplate:
    """What the cleaner left out of a page's text: its byline and date lines, and all removed lines."""

    bylines: tuple[str, ...]
    dates: tuple[str, ...]
    lines: Sequence[str]


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


def meta_values(page: Page, names: frozenset[str]) -> list[str]:
    """Contents of the meta tags whose name, without marks, is one of these."""
    return [value for name, values in page.meta.items() if NOT_LETTER.sub("", name) in names for value in values]


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
    guess = _guessed_date(page, url)
    if guess is None or (guess.at.month, guess.at.day) == (1, 1):
        # New Year's Day is what the search makes of a bare year, such as that of a copyright line.
        return Dated(said, "guess" if said else None)
    return checked_guess(page, guess, said, context)


def _guessed_date(page: Page, url: str | None) -> Timestamp | None:
    try:
        found = find_date(page.tree, url=url, original_date=True, extensive_search=True, max_date=LAST_DAY)
    except (ValueError, OverflowError):  # the search trips over what no clock or calendar has: "+99:99", the year 99999
        return None
    return read_date(found)


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
    """Short elements that are marked as a date and print one, in page order; not those of other stories or of an update."""
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
    """Whether the first date of a line is an update's: "4 March 2026, updated 5 March" begins with another."""
    folded = fold(line)
    update = UPDATED.search(folded)
    return update is not None and not date_length(folded[: update.start()])


def _lists_stories(element: HtmlElement) -> bool:
    return element.tag == "a" or bool(OTHER_STORY.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def text_date(boilerplate: Boilerplate, body: str, source: Source | None) -> Dated:
    """The date that a page's boilerplate prints; one from the story's own words is a guess."""
    context = Context(country=source.country if source else None)
    dates = [line for line in boilerplate.dates if not _tells_of_update(line) and date_length(line)]
    if any(printed_date(line, context) is None for line in dates):
        # The body's language, which takes time to detect, may say what the country does not.
        context = text_context(body, source)
    published = next(line_dates(dates, context), None) or next(line_dates(boilerplate.lines, context), None)
    if published:
        return Dated(published, "text")
    if dates:
        return Dated(unread=" ".join(dates[0].split())[:LONGEST_DATE])
    published = max(line_dates(body.splitlines(), context), key=lambda stamp: stamp.at, default=None)
    return Dated(published and day_stamp(published.at.date()), "guess" if published else None)


def line_dates(lines: Iterable[str], context: Context) -> Iterator[Timestamp]:
    """The first full date of each line, lines about an update left out."""
    for line in lines:
        stamp = printed_date(line, context) if HAS_YEAR.search(line) else None
        if stamp and not _tells_of_update(line):
            yield stamp
