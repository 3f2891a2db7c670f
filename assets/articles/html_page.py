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
    """One parsed page: ``tree`` is its root, ``meta`` the first content of each meta name, ``article`` its JSON-LD."""

    tree: html.HtmlElement
    meta: dict[str, list[str]]
    article: dict[str, Any]
    linked: tuple[dict[str, Any], ...]

    def first_meta(self, *names: str) -> str | None:
        """The content of the first of these ``meta`` names or properties that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)


def parse_page(markup: str) -> Page | None:
    """The page of this markup; ``None`` where it holds no element at all."""
    data = CONTROL.sub("", markup).encode("utf-8", "surrogatepass")
    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(**PARSER_OPTIONS))
    except etree.ParserError:
        return None
    linked = tuple(read_json_ld(tree))
    return Page(tree, read_meta(tree), main_article(linked), linked)


def read_meta(tree: html.HtmlElement) -> dict[str, list[str]]:
    """Contents of ``meta`` tags by lower-case name, property or itemprop, in page order."""
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        content = (tag.get("content") or "").strip()
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        if content and name:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def read_json_ld(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD scripts, outer before inner, in page order; broken scripts are passed over."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _objects(_decode(script.text or ""))


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


def types_of(node: dict[str, Any]) -> set[str]:
    """The schema.org types of an object, in lower case and without their address."""
    kinds = node.get("@type") or ()
    names = kinds if isinstance(kinds, list) else [kinds]
    return {str(name).rsplit("/", 1)[-1].lower() for name in names}


def main_article(linked: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    """The object that describes the page's article: the article type that says the most; ``{}`` where there is none."""
    best: dict[str, Any] = {}
    score = 0
    for node in linked:
        if not types_of(node) & ARTICLE_TYPES:
            continue
        points = sum(bool(node.get(key)) for key in ("headline", "datePublished", "author", "articleBody")) + 1
        if points > score:
            best, score = node, points
    return best
