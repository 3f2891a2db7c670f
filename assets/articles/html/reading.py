"""The text blocks of a page in reading order, each with its place in the page's structure."""

import re
from typing import NamedTuple

from lxml import etree, html

from assets.articles.html.blocks import Block, element_flags
from assets.articles.html.quotes import ANY_MARK, marks_of

INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
))  # fmt: skip
SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "select", "option", "input", "textarea", "object", "canvas",
    "video", "audio", "head", "map", "datalist", "rp", "rt", "progress", "meter", "embed",
))  # fmt: skip
# What the embedding codes of networks call the element of a post.
POST_CLASS = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|nojs-tweet|instagram-media|bluesky-embed|mastodon-embed|fb-(?:post|video)|tiktok-embed|text-post-media|reddit-embed-bq|reddit-card|telegram-post|pixelfed__embed)(?:$|\s)"
)
# A link to a post's picture is not a word of the post.
POST_PICTURE = re.compile(
    r"\s*(?:pic\.(?:twitter|x)\.com/|https?://t\.co/|\[(?:image or embed|contains quote post or other embedded content)\])"
)
SPACES = re.compile(r"\s+")
SIGNING = frozenset(("footer", "figcaption"))  # within a quotation: who said it
OPENING_MARKS = frozenset("“„«‹‘‚「『")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\ufeff\u2060"))


def read_blocks(tree: html.HtmlElement) -> list[Block]:
    """The blocks of a page; a line break ends a block as a paragraph does, except in an embedded post."""
    reader = _BlockReader(tree.get("lang") or tree.get("xml:lang"))
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in SKIPPED or not isinstance(tag, str):
                walker.skip_subtree()
                continue
            reader.enter(element, tag)
            text = element.text
        else:
            if tag not in SKIPPED and isinstance(tag, str):
                reader.leave(element, tag)
            text = element.tail
        if text and (reader.buffer or not text.isspace()):
            reader.add(text)
    reader.flush()
    return reader.blocks


class _OpenElement(NamedTuple):
    """A block element that is open: what a block of its own text inherits."""

    tag: str
    flags: int
    own: int
    shape: int
    number: int
    key: tuple[object, ...]
    post: int
    quotation: int


class _BlockReader:
    """The state of ``read_blocks``: open elements, and the text since the last boundary."""

    def __init__(self, language: str | None) -> None:
        self.blocks: list[Block] = []
        self.buffer: list[str] = []
        self.shapes: dict[tuple[object, ...], int] = {}
        self.open = [_OpenElement("html", 0, 0, 0, 0, (), 0, 0)]
        self.n_elements = 0
        self.links = self.bolds = self.cites = 0
        self.link_chars = self.bold_chars = self.cite_chars = 0
        self.marks = marks_of(language)
        self.quotes: list[str] = []  # closing marks of open q elements, "" where the page has set marks itself

    def enter(self, element: html.HtmlElement, tag: str) -> None:
        """An element begins."""
        if tag in INLINE:
            self._enter_inline(element, tag)
        elif tag in ("br", "img") and self.open[-1].post:
            self.add(" ")
        else:
            self.flush()
            if tag != "br" and tag != "hr":
                self._enter_block(element, tag)

    def leave(self, element: html.HtmlElement, tag: str) -> None:
        """An element ends; the text after it follows."""
        if tag in INLINE:
            if tag == "a":
                self.links -= 1
                if self.open[-1].post and POST_PICTURE.match(element.text or ""):
                    self.flush()
            elif tag in ("b", "strong"):
                self.bolds -= 1
            elif tag == "cite":
                self.cites -= 1
            elif tag == "q" and self.quotes:
                self.add(self.quotes.pop())
        elif tag != "br" and tag != "hr" and not (tag == "img" and self.open[-1].post):
            self.flush()
            self.open.pop()

    def _enter_inline(self, element: html.HtmlElement, tag: str) -> None:
        if tag == "a":
            if self.open[-1].post and POST_PICTURE.match(element.text or ""):
                self.flush()
            self.links += 1
        elif tag in ("b", "strong"):
            self.bolds += 1
        elif tag == "cite":
            self.cites += 1
        elif tag == "q":
            before = self.buffer[-1].rstrip() if self.buffer else ""
            is_marked = (element.text or "").lstrip()[:1] in ANY_MARK if (element.text or "").strip() else False
            is_marked = is_marked or before[-1:] in OPENING_MARKS
            inner = 2 * (len(self.quotes) % 2)
            self.quotes.append("" if is_marked else self.marks[inner + 1])
            if not is_marked:
                self.add(self.marks[inner])

    def _enter_block(self, element: html.HtmlElement, tag: str) -> None:
        self.n_elements += 1
        parent = self.open[-1]
        own = element_flags(element, tag)
        key = (tag, element.get("class"), parent.key[:2])
        post, quotation = parent.post, parent.quotation
        if not post and POST_CLASS.search(element.get("class") or ""):
            post = self.n_elements
        if not (post or quotation) and (
            tag == "blockquote" or (tag == "figure" and element.find(".//blockquote") is not None)
        ):
            quotation = self.n_elements
        shape = self.shapes.setdefault(key, len(self.shapes))
        self.open.append(
            _OpenElement(tag, parent.flags | own, own, shape, self.n_elements, key, post, 0 if post else quotation)
        )

    def add(self, text: str) -> None:
        """Text of the open elements."""
        if not text:
            return
        self.buffer.append(text)
        if self.links:
            self.link_chars += len(text)
        if self.bolds:
            self.bold_chars += len(text)
        if self.cites:
            self.cite_chars += len(text)

    def flush(self) -> None:
        """A block boundary: what was read since the last one is a block."""
        if not self.buffer:
            return
        text = "".join(self.buffer)
        self.buffer.clear()
        text = SPACES.sub(" ", text if text.isascii() else text.translate(UNSEEN)).strip()
        if text:
            around = self.open[-1]
            depth = len(self.open)
            parent, grandparent = self.open[max(0, depth - 2)].number, self.open[max(0, depth - 3)].number
            cites = around.tag in SIGNING or self.cite_chars > len(text) / 2
            self.blocks.append(
                Block(
                    text,
                    around.tag,
                    around.flags,
                    around.own,
                    around.shape,
                    around.number,
                    parent,
                    grandparent,
                    depth,
                    self.link_chars,
                    self.bold_chars,
                    around.post,
                    around.quotation,
                    cites,
                )
            )
        self.link_chars = self.bold_chars = self.cite_chars = 0
