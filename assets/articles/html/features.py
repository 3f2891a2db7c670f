"""What tells a paragraph of the story from the rest of its page, as numbers: one row per block, one column per feature.

The features follow published work on boilerplate removal (text and link density of a block and its neighbours:
Kohlschütter, Fankhauser and Nejdl 2010; structure around it and sequence: Vogels, Ganea and Eickhoff 2018).
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assets.articles.html.blocks import N_FLAGS, Block

Floats = npt.NDArray[np.float32]
NOT_WORD = re.compile(r"[\W_]+")
WIDE_SCRIPT = 0x2E80
WIDE_FACTOR = 2.5
TERMINAL = frozenset(".!?。！？।…؟۔”\"»」』’'“)")
STOP = frozenset(".!?。！？।…؟۔")
QUOTES = re.compile(r"[\"“”„«»「『]")
DIGIT = re.compile(r"\d")
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b|\b(?:19|20)\d\d\b")
LONG = 80
TAGS = {name: number for number, name in enumerate(("p", "div", "li", "h1", "h2", "h3", "h4", "td", "blockquote", "figcaption", "section", "article"))}  # fmt: skip
POINTS_ELSEWHERE = (
    "read more", "read also", "read next", "also read", "related", "see also", "more from", "more on", "recommended", "most read", "don't miss", "up next",
    "lesen sie", "mehr zum", "mehr dazu", "weiterlesen", "lesetipp", "auch interessant", "lire aussi", "à lire", "voir aussi", "lee también",
    "te puede", "leggi anche", "lees ook", "läs mer", "läs också", "les også", "les mer", "læs også", "czytaj", "zobacz", "leia ", "lue myös", "číst", "čtěte", "přečtěte",
    "foto", "photo", "image", "bild", "video", "watch", "listen", "click here", "sign up", "subscribe", "newsletter", "advert", "anzeige", "werbung", "follow ",
    "share", "comment", "download", "join ", "copyright", "©", "source:", "quelle", "by ", "von ", "published", "updated", "stand:", "last updated",
    "topics", "tags", "themen", "keywords", "関連", "写真", "read full", "story continues", "article continues", "get the latest", "this article", "our standards",
)  # fmt: skip
PROMOTES = (
    "newsletter", "subscrib", "sign up", "click here", "cookie", "copyright", "©", "all rights", "abonn", "whatsapp", "facebook", "instagram",
    "twitter", "@", "http", "www.", "datenschutz", "privacy", "terms", "log in", "getty", "reuters", "/afp", "/ap", "dpa", "pic.", "editor", "follow us", "app ", "podcast", "donat",
    "会員", "登録", "有料",
)  # fmt: skip


def squeeze(text: str) -> str:
    """Letters and digits only, in lower case: texts that differ in spaces and marks alone become equal."""
    return NOT_WORD.sub("", text.lower())


def _text_row(text: str) -> tuple[float, ...]:
    size = len(text) * (WIDE_FACTOR if ord(text[len(text) // 2]) >= WIDE_SCRIPT else 1.0)
    low = text[:300].lower()
    last = text[-1]
    return (
        size,
        text.count(" ") + 1.0,
        last in TERMINAL,
        last in STOP,
        last == ":" or last == "：",
        text[0].isupper(),
        text[0].islower(),
        text.isupper(),
        len(DIGIT.findall(text)) / len(text) if size < 400 else 0.0,
        text.count(",") + text.count("、") + text.count("،"),
        text.count(". ") + text.count("。") + text.count("? ") + text.count("! "),
        len(QUOTES.findall(text)),
        low.startswith(POINTS_ELSEWHERE),
        any(word in low for word in PROMOTES) if size < 600 else False,
        bool(CLOCK.search(low)) if size < 200 else False,
        text[0] in "-–—•*▶►»>",
        "|" in text,
    )


def _group_share(keys: npt.NDArray[np.int64], mass: Floats, total: float) -> tuple[Floats, Floats]:
    """For each block, its group's share of all story-like text and the number of story-like blocks in the group."""
    sums = np.bincount(keys, weights=mass)
    counts = np.bincount(keys, weights=mass > 0)
    return (sums[keys] / total).astype(np.float32), counts[keys].astype(np.float32)


def _densest_run(gain: Floats) -> tuple[int, int]:
    """Start and end of the run of blocks with the largest sum of gains (Kadane)."""
    best = current = 0.0
    start = best_start = best_end = 0
    for index, value in enumerate(gain.tolist()):
        if current <= 0:
            current, start = 0.0, index
        current += value
        if current > best:
            best, best_start, best_end = current, start, index + 1
    return best_start, best_end


def _shifted(column: Floats, by: int) -> Floats:
    """The column's value ``by`` blocks on, 0 outside the page."""
    out = np.zeros_like(column)
    if by > 0:
        out[:-by] = column[by:]
    else:
        out[-by:] = column[:by]
    return out


def block_features(
    blocks: Sequence[Block],
    title: str | None,
    description: str | None,
    linked_body: str | None,
    found: tuple[str | None, ...],
) -> Floats:
    """Features of a page's blocks, shape (blocks, features), float32.

    ``title``, ``description`` and ``linked_body`` are what the page's metadata give; ``found`` holds the bodies
    that general extractors found, ``None`` for one that was not asked.
    """
    n = len(blocks)
    text = np.array([_text_row(block.text) for block in blocks], dtype=np.float32)
    size, ends = text[:, 0], text[:, 3]
    links = np.array([block.link_chars for block in blocks], dtype=np.float32)
    bolds = np.array([block.bold_chars for block in blocks], dtype=np.float32)
    chars = np.array([len(block.text) for block in blocks], dtype=np.float32)
    density = np.minimum(links / chars, 1.0)
    flags = np.array([block.flags for block in blocks], dtype=np.uint64)
    own = np.array([block.own for block in blocks], dtype=np.uint64)
    bits = np.arange(N_FLAGS, dtype=np.uint64)
    flag_columns = ((flags[:, None] >> bits) & np.uint64(1)).astype(np.float32)
    own_columns = ((own[:, None] >> bits) & np.uint64(1)).astype(np.float32)
    tag = np.array([TAGS.get(block.tag, len(TAGS)) for block in blocks])
    tag_columns = (tag[:, None] == np.arange(len(TAGS))).astype(np.float32)

    story_like = (size >= LONG) & (density < 0.35) & (text[:, 2] > 0)
    mass = np.where(story_like, size, 0.0).astype(np.float32)
    total = float(mass.sum()) or 1.0
    groups: list[Floats] = []
    for attribute in ("shape", "element", "parent", "grandparent"):
        keys = np.array([getattr(block, attribute) for block in blocks])
        groups += _group_share(keys, mass, total)
    gain = np.where(story_like, size, -np.minimum(size, 60.0) - 10.0).astype(np.float32)
    start, end = _densest_run(gain)
    index = np.arange(n, dtype=np.float32)
    before = np.cumsum(mass) - mass
    heads = np.flatnonzero(tag == TAGS["h1"])
    head = float(heads[0]) if len(heads) else -1.0

    squeezed = [squeeze(block.text) for block in blocks]
    first_seen: dict[str, int] = {}
    repeats = np.array([first_seen.setdefault(text, number) != number for number, text in enumerate(squeezed)])
    headline, lead = squeeze(title or ""), squeeze(description or "")[:120]
    linked = squeeze(linked_body or "")
    is_title = [bool(headline) and (text == headline or (len(text) > 20 and (text in headline))) for text in squeezed]
    is_lead = [
        len(lead) > 30 and len(text) > 30 and (text.startswith(lead) or lead.startswith(text)) for text in squeezed
    ]
    in_linked = [bool(linked) and len(text) > 3 and text in linked for text in squeezed]
    in_found = [
        np.array([text in general for text in squeezed], dtype=np.float32)
        for general in map(squeeze, (body or "" for body in found))
    ]

    depth = np.array([block.depth for block in blocks], dtype=np.float32)
    log_size = np.log1p(size)
    columns = [
        log_size, density, bolds / chars, depth, index / n, index - head, (index > head) if head >= 0 else np.full(n, -1.0),
        before / total, (index >= start) & (index < end), index - start, end - index, np.full(n, total), np.full(n, n),
        story_like, repeats, is_title, is_lead, in_linked, np.full(n, bool(linked)), *in_found,
    ]  # fmt: skip
    neighbours = []
    shapes = np.array([block.shape for block in blocks], dtype=np.float32)
    parents = np.array([block.parent for block in blocks], dtype=np.float32)
    linked_column = np.array(in_linked, dtype=np.float32)
    for by in (-3, -2, -1, 1, 2, 3):
        neighbours += [
            _shifted(log_size, by), _shifted(density, by), _shifted(story_like.astype(np.float32), by),
            _shifted(shapes, by) == shapes,
            *(_shifted(column, by) for column in in_found),
        ]  # fmt: skip
    for by in (-1, 1):
        neighbours += [
            _shifted(parents, by) == parents,
            _shifted(linked_column, by),
            _shifted(ends, by),
            _shifted(tag_columns[:, 0], by),
        ]
    return np.column_stack([*columns, *groups, text, tag_columns, flag_columns, own_columns, *neighbours]).astype(
        np.float32
    )
