"""A page read once: its element tree, the ``meta`` tags and the JSON-LD that describe it."""

import html as entities
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
from lxml import etree, html

PARSER_OPTIONS: dict[str, Any] = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True, "huge_tree": True}
CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f"))
META_TAG = re.compile(r"""<meta\s([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>""")
ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]++)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
WINDOW_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1", re.DOTALL)
ARTICLE_TYPES = frozenset((
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "reviewnewsarticle",
    "backgroundnewsarticle", "askpublicnewsarticle", "blogposting", "liveblogposting", "report", "scholarlyarticle",
    "techarticle", "socialmediaposting", "advertisercontentarticle", "satiricalarticle", "medicalscholarlyarticle",
))  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One parsed page.

    ``meta`` holds the contents of each meta name (lower case), ``article`` the JSON-LD object that describes its
    article and ``linked`` all of them, ``by_id`` those with an id; ``headings`` gives its ``h1`` texts once.  ``tree``,
    its root, is parsed when it is first asked for.
    """

    markup: str
    meta: dict[str, list[str]]
    article: dict[str, Any]
    scripts: list[Any]
    headings: Iterator[str]
    window_title: str | None

    @cached_property
    def heading(self) -> str | None:
        """The first ``h1`` that says something; searched for when it is first asked for."""
        return next((text for head in self.headings if (text := head.strip())), None)

    @property
    def is_free(self) -> bool | None:
        """Whether the page's JSON-LD says that anybody may read the article; None where it says nothing."""
        stated = str(self.article.get("isAccessibleForFree", "")).lower().rsplit("/", 1)[-1]
        return {"true": True, "false": False}.get(stated)

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The root element, parsed by lxml; an empty one where the markup holds none."""
        tree = parse_tree(self.markup)
        return html.Element("html") if tree is None else tree

    @cached_property
    def linked(self) -> tuple[dict[str, Any], ...]:
        """All objects of the page's JSON-LD, outer ones first."""
        return tuple(node for value in self.scripts for node in _objects(value))

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """The first object with each id that says more than its id and its type."""
        found: dict[str, dict[str, Any]] = {}
        for node in self.linked:
            if isinstance(node.get("@id"), str) and node.keys() - {"@id", "@type", "@context"}:
                found.setdefault(node["@id"], node)
        return found

    def first_meta(self, *names: str) -> str | None:
        """The content of the first of these ``meta`` names or properties that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)


def parse_tree(markup: str) -> html.HtmlElement | None:
    """The root element of this markup; ``None`` where it holds no element at all."""
    data = markup.encode("utf-8", "replace").translate(None, CONTROL)
    try:
        return html.document_fromstring(data, parser=html.HTMLParser(**PARSER_OPTIONS))
    except etree.ParserError:
        return None


def parse_page(markup: str) -> Page | None:
    """The page of this markup, read by lxml; ``None`` where it holds no element at all."""
    tree = parse_tree(markup)
    if tree is None:
        return None
    page = make_page(
        markup,
        [tag.attrib for tag in tree.iter("meta")],
        [script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()],
        [head.text_content() for head in tree.iter("h1")],
        (tag.text or "" for tag in tree.iter("title")),
    )
    vars(page)["tree"] = tree
    return page


def scan_page(markup: str) -> Page:
    """The same page from the meta tags of its head, its headline and its JSON-LD, found in the markup without parsing it."""
    end = markup.find("</head")
    head = markup if end < 0 else markup[:end]
    metas = (
        {
            name.lower(): entities.unescape(quoted or single or bare)
            for name, quoted, single, bare in ATTRIBUTE.findall(tag)
        }
        for tag in META_TAG.findall(head)
    )
    return make_page(
        markup,
        metas,
        _scripts(markup),
        (entities.unescape(TAG.sub("", text)) for text in _found(markup, "<h1", HEADING, max(end, 0))),
        map(entities.unescape, _found(head, "<title", WINDOW_TITLE)),
    )


def _found(markup: str, opening: str, pattern: re.Pattern[str], start: int = 0) -> Iterator[str]:
    """First groups of the matches that begin with ``opening``; a plain search for it is faster than the pattern's own."""
    start = markup.find(opening, start)
    while start >= 0:
        match = pattern.match(markup, start)
        if match:
            yield match[1]
        start = markup.find(opening, match.end() if match else start + 1)


def _scripts(markup: str) -> Iterator[str]:
    """The texts of JSON-LD scripts."""
    mark = markup.find("ld+json")
    while mark >= 0:
        start = markup.find(">", mark) + 1
        end = markup.find("</script", start) if start else -1
        if end >= 0 and "<" not in markup[markup.rfind("<script", 0, mark) + 1 : mark]:
            yield markup[start:end]
        mark = markup.find("ld+json", max(end, mark + 1))


def make_page(
    markup: str,
    tags: Iterable[Mapping[str, str]],
    scripts: Iterable[str],
    headings: Iterable[str],
    titles: Iterable[str],
) -> Page:
    """A page from the attributes of its ``meta`` tags and the texts of its JSON-LD, its ``h1`` and its ``title``."""
    decoded = [_decode(script) for script in scripts]
    return Page(
        markup,
        read_meta(tags),
        main_article([node for value in decoded for node in _outermost_articles(value)]),
        decoded,
        iter(headings),
        next((title for title in titles if title), None),
    )


def read_meta(tags: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    """Contents of ``meta`` tags by lower-case name, property or itemprop, in page order."""
    found: dict[str, list[str]] = {}
    for tag in tags:
        content = (tag.get("content") or "").strip()
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        if content and name:
            found.setdefault(str(name).strip().lower(), []).append(content)
    return found


def _decode(text: str) -> Any:
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    for candidate in (text, re.sub(r"[\x00-\x1f]+", " ", text)):
        try:
            return orjson.loads(candidate)
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
    """Articles outside any other article: an update of a live report is not an article of its own."""
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
