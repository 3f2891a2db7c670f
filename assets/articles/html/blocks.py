"""A text block of a page, and what the elements around it say of it by their tags and their class names."""

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import html

# What an element's tag says about everything inside it: one bit each.
TAG_FLAGS = {name: 1 << bit for bit, name in enumerate((
    "article", "main", "aside", "footer", "header", "nav", "figure", "figcaption", "form", "blockquote", "table", "ul", "button",
))}  # fmt: skip
TAG_FLAGS |= {"ol": TAG_FLAGS["ul"], "dl": TAG_FLAGS["ul"]}
# What the words in class and id names say about everything inside an element; from the habits of many publishers.
CLASS_WORDS = (
    ("story", r"articles?|story|stories|post|entry|articlebody|artikel|articulo|prose|wysiwyg|richtext|detail"),
    ("text", r"body|content|contents|text|copy|main|txt|inhalt|contenido|corpo|texte"),
    ("paragraph", r"paragraph|par|para|absatz|parrafo|textblock"),
    ("summary", r"standfirst|lead|lede|dek|deck|summary|excerpt|intro|subtitle|subheadline|subhead|subline|chapo|abstract|vorspann|ingress|entradilla|sommario|bajada|description|anons|perex|sapo"),
    ("heading", r"headline|title|kicker|overline|dachzeile|heading|titel|titulo|titre|header"),
    ("related", r"related|relat\w*|recirc\w*|recommend\w*|readmore|more|read|also|popular|trending|latest|suggest\w*|outbrain|taboola|carousel|slider|swiper|promo\w*|teasers?|cards?|item|crosslink\w*|linkbox|infinite|next|prev|previous|list"),
    ("widget", r"widget\w*|module|block|component|bottom|extra"),
    ("caption", r"caption\w*|credits?|copyright|images?|img|photos?|picture|media|gallery|figure|bild|foto|figcaption|thumb\w*|video|player"),
    ("advert", r"advert\w*|ads?|sponsor\w*|banner|dfp|gpt|anzeige|werbung|commercial|affiliate|promoted|partner|shop\w*|deal"),
    ("signup", r"newsletter\w*|subscri\w*|signup|paywall|piano|regwall|abo|login|register|donat\w*|membership|premium|offer"),
    ("comments", r"comment\w*|disqus|discuss\w*|forum|repl(?:y|ies)|kommentar\w*"),
    ("author", r"authors?|byline|bio|contributor|writer|autor|redak\w*|profile"),
    ("date", r"date|time|timestamp|publish\w*|meta|info|datum|fecha"),
    ("share", r"share|social|sharing|toolbar|follow|facebook|whatsapp|tags?|topics?|keywords?|breadcrumbs?|categor\w*|tool|tools|actions?"),
    ("chrome", r"footer|nav|navi|navigation|navbar|menu|sidebar|rail|aside|masthead|cookie\w*|consent|gdpr|popup|modal|overlay|tooltip|skip|sr|visually|screenreader|disclaimer|legal|toast|dialog|sub|dropdown"),
    ("box", r"box|infobox|fact\w*|callout|pullquote|pull|highlight\w*|embed\w*|inset|keypoints|points|table|toc|faq|live\w*|ticker|update\w*|quote|poll|quiz"),
    ("post", r"tweet|twitter|instagram|tiktok|youtube|bluesky|telegram"),
    ("hidden", r"hidden|hide|invisible|none|print|amp"),
)  # fmt: skip
FIRST_CLASS_BIT = 13
CLASS_PATTERNS = tuple((1 << (FIRST_CLASS_BIT + bit), re.compile(words)) for bit, (_, words) in enumerate(CLASS_WORDS))
CLASS_TOKEN = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
HIDDEN = 1 << (FIRST_CLASS_BIT + len(CLASS_WORDS))
ARTICLE_BODY = HIDDEN << 1
N_FLAGS = FIRST_CLASS_BIT + len(CLASS_WORDS) + 2


class Block(NamedTuple):
    """One run of text between block boundaries.

    ``flags`` are the bits of all elements around it, ``own`` those of its own element; ``shape`` numbers its element's
    tag and class together with its parent's; ``element``, ``parent`` and ``grandparent`` number the block elements
    around it, innermost first; ``link_chars`` and ``bold_chars`` count its linked and its bold text.  ``post`` and
    ``quotation`` number the embedded post and the block quotation (or the figure that holds one) that it is in, 0 for
    none; ``cites`` says that its element names a source.
    """

    text: str
    tag: str
    flags: int
    own: int
    shape: int
    element: int
    parent: int
    grandparent: int
    depth: int
    link_chars: int
    bold_chars: int
    post: int = 0
    quotation: int = 0
    cites: bool = False


@lru_cache(maxsize=1 << 14)
def word_flags(word: str) -> int:
    """Bits of the ``CLASS_WORDS`` that a word is one of."""
    flags = 0
    for bit, pattern in CLASS_PATTERNS:
        if pattern.fullmatch(word):
            flags |= bit
    return flags


@lru_cache(maxsize=1 << 14)
def class_flags(names: str) -> int:
    """Bits of ``CLASS_WORDS`` that class and id names hold."""
    flags = 0
    for word in CLASS_TOKEN.findall(names):
        flags |= word_flags(word.lower())
    return flags


def element_flags(element: html.HtmlElement, tag: str) -> int:
    """The bits that an element sets for everything inside it."""
    flags = TAG_FLAGS.get(tag, 0)
    get = element.get
    names = f"{get('class') or ''} {get('id') or ''} {get('data-testid') or ''} {get('data-component') or ''}"
    if not names.isspace():
        flags |= class_flags(names)
    style = get("style")
    if (style and "display" in style and "none" in style) or get("hidden") is not None or get("aria-hidden") == "true":
        flags |= HIDDEN
    if get("itemprop") == "articleBody":
        flags |= ARTICLE_BODY
    if tag == "button" or get("role") == "navigation":
        flags |= TAG_FLAGS["nav"]
    return flags
