"""What a page says about its dates beside them: its address names a day or a month, its country the order of numbers."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from assets.articles.html.page import Page
from assets.articles.language import detect_language
from assets.sources.hosts import host_of
from assets.sources.registry import Source
from assets.text.dates.reading import read_date
from assets.text.dates.timestamp import (
    PRECISIONS,
    Context,
    Order,
    Timestamp,
    calendar_day,
    day_stamp,
    month_stamp,
)

URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?P<mark>[/\-_.]?)([01]\d)(?P=mark)([0-3]\d)(?![\d])")
URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?=/)")
HTML_LANGUAGE = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:[-_]\w+)*)", re.IGNORECASE)
LANGUAGE_META = ("og:locale", "content-language", "language")
HEAD_LETTERS = 4000
# Endings of countries that sites all over the world use.
ANYBODYS_ENDINGS = frozenset(
    ["ai", "cc", "co", "eu", "fm", "gg", "im", "io", "la", "ly", "me", "nu", "sh", "st", "su", "to", "tv", "vc", "ws"]
)
# With fewer letters, a guess at the language is not evidence.
ENOUGH_LETTERS = 200


def url_stamp(url: str | None) -> Timestamp | None:
    """The day or the month that the path of an address names: /2026/03/04/ is a day, /2026/03/ a month."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    for match in URL_DAY.finditer(path):
        day = calendar_day(int(match[1]), int(match[3]), int(match[4]))
        if day and (match["mark"] or path[match.end() : match.end() + 1] in ("", "/", "-", "_", ".")):
            return day_stamp(day)
    month = URL_MONTH.search(path)
    return month_stamp(int(month[1]), int(month[2])) if month else None


def page_context(page: Page, url: str | None, source: Source | None) -> Context:
    """What the outlet, the address and the language tags of a page say about its country and language."""
    tags = [value for name in LANGUAGE_META for value in page.meta.get(name, ())]
    tag = HTML_LANGUAGE.search(page.markup, 0, HEAD_LETTERS)
    regions = [region for value in (*tags, tag[1] if tag else "") if (region := _region(value))]
    country = (source.country if source else None) or country_of(url) or next(iter(regions), None)
    languages = [value[:2].lower() for value in (tag[1] if tag else "", *tags) if value]
    return Context(country=country, language=next(iter(languages), None))


def text_context(
    body: str, source: Source | None = None, url: str | None = None, order: Order | None = None
) -> Context:
    """What is known about the author of the dates in a text without markup."""
    language = detect_language(body) if len(body) >= ENOUGH_LETTERS else None
    return Context(order, (source.country if source else None) or country_of(url), language)


def country_of(url: str | None) -> str | None:
    """The country that the ending of the address's host stands for."""
    ending = host_of(url).rpartition(".")[2].lower()
    if len(ending) != 2 or ending in ANYBODYS_ENDINGS:
        return None
    return "GB" if ending == "uk" else ending.upper()


def _region(tag: str) -> str | None:
    """The country in a language tag: ``en-US``, ``zh_Hant_TW``."""
    parts = re.split(r"[-_.]", tag.strip())
    return next((part.upper() for part in parts[1:] if len(part) == 2 and part.isalpha()), None)


def most_exact(values: Iterable[object], context: Context) -> tuple[Timestamp | None, str | None]:
    """The first of these stated dates that is known most exactly, and where none is read, the first that is stated."""
    stated = [" ".join(value.split()) for value in values if isinstance(value, str) and value.strip()]
    found = [stamp for value in stated if (stamp := read_date(value, context))]
    if found:
        return min(found, key=lambda stamp: PRECISIONS.index(stamp.precision)), None
    return None, next(iter(stated), None)
