"""A page read once: its element tree, the ``meta`` tags and the JSON-LD that describe it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from lxml import etree, html

PARSER_OPTIONS: dict[str, Any] = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True, "huge_tree": True}
# A leading XML declaration or encoding tag would contradict the text, which is decoded already.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
ARTICLE_TYPES = frozenset((
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "reviewnewsarticle",
    "backgroundnewsarticle", "askpublicnewsarticle", "blogposting", "liveblogposting", "report", "scholarlyarticle",
    "techarticle", "socialmediaposting", "advertisercontentarticle", "satiricalarticle", "medicalscholarlyarticle",
))  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One parsed page.

    ``tree`` is its root, ``meta`` the contents of each meta name (lower case), ``article`` the JSON-LD object that
    describes its article and ``linked`` all of them, ``by_id`` those with an id; ``heading`` is its first ``h1``.
    """

    tree: html.HtmlElement
    meta: dict[str, list[str]]
    article: dict[str, Any]
    linked: tuple[dict[str, Any], ...]
    by_id: dict[str, dict[str, Any]]
    heading: str | None
    window_title: str | None

    def first_meta(self, *names: str) -> str | None:
        """The content of the first of these ``meta`` names or properties that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)


def parse_page(markup: str) -> Page | None:
    """The page of this markup; ``None`` where it holds no element at all."""
    data = CONTROL.sub("", markup).encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(**PARSER_OPTIONS))
    except etree.ParserError:
        return None
    scripts = [_decode(script.text or "") for script in tree.iter("script") if _is_linked_data(script)]
    linked = tuple(node for script in scripts for node in _objects(script))
    by_id: dict[str, dict[str, Any]] = {}
    for node in linked:
        if isinstance(node.get("@id"), str) and len(node) > 1:
            by_id.setdefault(node["@id"], node)
    return Page(
        tree,
        read_meta(tree),
        main_article([node for script in scripts for node in _outermost_articles(script)]),
        linked,
        by_id,
        next((text for head in tree.iter("h1") if (text := head.text_content().strip())), None),
        next((tag.text for tag in tree.iter("title") if tag.text), None),
    )


def _is_linked_data(script: html.HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def read_meta(tree: html.HtmlElement) -> dict[str, list[str]]:
    """Contents of ``meta`` tags by lower-case name, property or itemprop, in page order."""
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        content = (tag.get("content") or "").strip()
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        if content and name:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _decode(text: str) -> Any:
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    for candidate in (text, re.sub(r"[\x00-\x1f]+", " ", text)):
        try:
            return orjson.loads(candidate.encode("utf-8", "replace"))
        except orjson.JSONDecodeError:
            continue
    return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _outermost_articles(value: Any) -> Iterator[dict[str, Any]]:
    """Articles that stand in no other: an update of a live report is no article of its own."""
    if isinstance(value, dict):
        if types_of(value) & ARTICLE_TYPES:
            yield value
        else:
            for inner in value.values():
                yield from _outermost_articles(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _outermost_articles(inner)


def types_of(node: dict[str, Any]) -> set[str]:
    """The schema.org types of an object, in lower case and without their address."""
    kinds = node.get("@type") or ()
    names = kinds if isinstance(kinds, list) else [kinds]
    return {str(name).rsplit("/", 1)[-1].lower() for name in names}


def main_article(articles: list[dict[str, Any]]) -> dict[str, Any]:
    """The object that describes the page's article: the one that says the most; ``{}`` where there is none."""
    keys = ("headline", "datePublished", "author", "articleBody")
    return max(articles, key=lambda node: sum(bool(node.get(key)) for key in keys), default={})
