"""Which outlet a page belongs to: by its addresses, else by the names that its head gives its site."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assets.articles.html.page import Page, types_of
from assets.sources.names import fold_name
from assets.sources.registry import Registry, Source, is_name

SITE_META = ("og:site_name", "application-name")
OTHER_META = ("al:android:app_name", "twitter:app:name:iphone", "publisher", "dc.publisher", "copyright")
ACCOUNT_META = "twitter:site"
CANONICAL = re.compile(
    r"<link\b(?=[^>]*\brel\s*=\s*[\"']?canonical\b)[^>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE
)
# What browsers write at the top of a page that they save.
SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)", re.IGNORECASE)
HEAD_LENGTH = 200_000
# Types of things that an article can be part of and that have an outlet's name.
PUBLICATIONS = frozenset(("website", "newspaper", "periodical", "newsmediaorganization", "blog", "magazine"))
# Parts that lead to the publication they belong to.
PARTS = frozenset(("webpage", "collectionpage", "itempage", "publicationissue", "publicationvolume", "creativework"))
DEEPEST = 4


def site_names(page: Page, source: Source | None) -> frozenset[str]:
    """Folded names that the page's site goes by, its domain with and without the ending among them."""
    names = [value for name in SITE_META + OTHER_META for value in page.meta.get(name, ())]
    names += publisher_names(page)
    if source:
        names += [source.name, source.domain or "", (source.domain or "").split(".")[0]]
    return frozenset(folded for name in names if (folded := fold_name(name)))


def page_source(page: Page, url: str | None, registry: Registry) -> Source | None:
    """The outlet by the page's address, else by its site's name; a source on the lists goes before one outside them.

    An address that a page only states counts where the address that it came from says nothing: a copy of a story
    often names the original's.
    """
    by_url = [source for address in (url, page.first_meta("og:url")) if (source := registry.from_url(address))]
    by_url = by_url or [source for address in stated_addresses(page) if (source := registry.from_url(address))][:1]
    known = next((source for source in by_url if source.known_by == "list"), None)
    if known:
        return known
    # On an outlet's own site, an agency's name says whose copy it is.
    names = [
        name
        for name in outlet_names(page)
        if is_name(name) and not (by_url and (agency := registry.known_name(name)) and agency.kind == "agency")
    ]
    known = next((source for name in names if (source := registry.known_name(name))), None)
    if known:
        return known
    if by_url:
        named = next((name for name in names if not name.startswith("@") and "//" not in name), None)
        return replace(by_url[0], name=" ".join(named.split()), known_by="name") if named else by_url[0]
    return next((source for name in names if (source := registry.from_name(name))), None)


def stated_addresses(page: Page) -> Iterator[str]:
    """The addresses that a page gives itself, then its publisher's."""
    head = page.markup[:HEAD_LENGTH]
    for pattern in (CANONICAL, SAVED_FROM):
        match = pattern.search(head)
        if match:
            yield html.unescape(match[1])
    for node in (page.article, *_nodes(page, page.article.get("mainEntityOfPage"))):
        yield from _addresses(node)
    for node in publishers(page, page.article):
        yield from _addresses(node)


def outlet_names(page: Page) -> Iterator[str]:
    """Names that the page's head gives its site, in the order in which they are believed."""
    for name in SITE_META:
        yield from page.meta.get(name, ())
    yield from publisher_names(page)
    if not page.article:
        for node in page.linked:
            if types_of(node) & PUBLICATIONS and isinstance(node.get("name"), str):
                yield node["name"]
    yield from (value for value in page.meta.get(ACCOUNT_META, ()) if value.startswith("@"))


def publisher_names(page: Page) -> Iterator[str]:
    """The names that the article's JSON-LD gives its publishers; some pages call themselves a site, by their headline."""
    headlines = {fold_name(text) for key in ("headline", "name") if isinstance(text := page.article.get(key), str)}
    for node in publishers(page, page.article):
        name = node.get("name")
        if isinstance(name, str) and fold_name(name) not in headlines:
            yield html.unescape(name)


def publishers(page: Page, article: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of the article's publisher, else of the organisation or the publication that it is part of."""
    for key in ("publisher", "sourceOrganization"):
        yield from _nodes(page, article.get(key))
    yield from _wholes(page, article, DEEPEST)


def _wholes(page: Page, node: dict[str, Any], deepest: int) -> Iterator[dict[str, Any]]:
    for key in ("isPartOf", "mainEntityOfPage"):
        for whole in _nodes(page, node.get(key)):
            kinds = types_of(whole)
            if kinds & PUBLICATIONS:
                yield whole
                yield from _nodes(page, whole.get("publisher"))
            elif kinds & PARTS and deepest:
                yield from _nodes(page, whole.get("publisher"))
                yield from _wholes(page, whole, deepest - 1)


def _nodes(page: Page, value: Any) -> Iterator[dict[str, Any]]:
    """The objects that a JSON-LD value gives, as text, as an object, by reference or as a list of these."""
    if isinstance(value, str) and value.strip():
        known = page.by_id.get(value)
        yield known or ({"url": value} if "//" in value else {"name": value})
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(page, item)
    elif isinstance(value, dict):
        known = page.by_id.get(str(value.get("@id"))) if "name" not in value else None
        yield {**known, **value} if known else value


def _addresses(node: dict[str, Any]) -> Iterator[str]:
    yield from (value for key in ("url", "@id") if isinstance(value := node.get(key), str) and "//" in value)
