"""The people in a byline: no desk, no agency, no outlet, no job title."""

import re
from typing import Any

from assets.articles.html_page import Page
from assets.sources.names import fold_name
from assets.sources.registry import Registry

BY = re.compile(
    r"^\s*(?:by|von|par|por|di|da|door|av|af|od|autor|author|text|reporting by|writing by|written by|story by)\b[:\s]+",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s*(?:,|;|/|\||&|\band\b|\bund\b|\bet\b|\by\b|\bog\b|\boch\b|\bwith\b|\n)\s*")
NOT_A_NAME = re.compile(
    r"\d|https?:|www\.|@|\b(?:staff|reporter|correspondent|editor|editorial|editors|desk|team|newsroom|news|agency|agencies|press|"
    r"admin|redaktion|red|redacción|redazione|redaction|rédaction|contributor|writer|journalist|bureau|media|online|digital|web|"
    r"guest|author|service|wire|tv|radio|times|post|herald|tribune|gazette|magazine|journal|limited|ltd|inc|gmbh)\b",
    re.IGNORECASE,
)


def is_person(name: str, registry: Registry, others: frozenset[str]) -> bool:
    """True for what can be a person's name: letters, one to six words, no outlet, agency or job."""
    folded = fold_name(name)
    if not folded or len(name) > 60 or not 1 <= len(name.split()) <= 6 or NOT_A_NAME.search(name):
        return False
    return folded not in others and folded not in registry.by_name and folded not in registry.credits


def people(names: list[str], registry: Registry, others: frozenset[str] = frozenset()) -> list[str]:
    """The persons among byline entries, in order, once each; an entry may hold several."""
    found: dict[str, str] = {}
    for entry in names:
        for part in SPLIT.split(BY.sub("", entry)):
            name = " ".join(part.split()).strip(" .")
            if is_person(name, registry, others):
                found.setdefault(fold_name(name), name)
    return list(found.values())


def linked_authors(value: Any) -> list[str]:
    """Author names in a JSON-LD ``author``: text, an object or a list of them; organisations are left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for item in value for name in linked_authors(item)]
    if isinstance(value, dict) and str(value.get("@type", "Person")).lower() in {"person", "['person']"}:
        return linked_authors(value.get("name"))
    return []


def page_authors(page: Page) -> list[str]:
    """Byline entries of a page: JSON-LD first, then meta tags."""
    linked = linked_authors(page.article.get("author"))
    if linked:
        return linked
    return [
        value
        for name in ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator")
        for value in page.meta.get(name, ())
    ]
