"""Which text blocks of a page are its story.

Each block is scored by a trained classifier, from its words, its place in the page's structure, its neighbours, and what
two general extractors (trafilatura and resiliparse) and the page's own JSON-LD say.
"""

import re
from collections.abc import Sequence

import numpy as np
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree
from trafilatura import bare_extraction
from trafilatura.settings import Document

from assets.articles.html.blocks import Block
from assets.articles.html.features import Floats, block_features, squeeze
from assets.articles.html.page import Page
from assets.articles.html.reading import read_blocks
from assets.articles.html.units import complete

# Log odds from which a block is story: chosen so that few quoted paragraphs are lost, at little cost in precision.
CUT = -0.7
# Where no block of this length is sure, the page is unusual, and the cut moves down with its best block.
SURE, MIN_WORDS, LOWEST_CUT = 0.8, 12, -2.5
# Repeats of a line this long are dropped; a short line may come twice ("He laughed.").
MIN_REPEAT = 30
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def page_features(page: Page, url: str | None) -> tuple[list[Block], Floats]:
    """The blocks of a page and what is known of each."""
    blocks = read_blocks(page.tree)
    if not blocks:
        return blocks, np.zeros((0, 0), dtype=np.float32)
    found = bare_extraction(page.tree, url=url, include_comments=False, with_metadata=False)
    body = page.article.get("articleBody")
    features = block_features(
        blocks,
        page.first_meta("og:title"),
        page.first_meta("description", "og:description"),
        body if isinstance(body, str) else None,
        (found.text if isinstance(found, Document) else None, main_content(page.markup)),
    )
    return blocks, features


def main_content(markup: str | HTMLTree) -> str:
    """The main content that resiliparse finds in a page."""
    return plain_text(markup, main_content=True)


def plain_text(markup: str | HTMLTree, main_content: bool) -> str:
    """The text of a page, or of what resiliparse takes for its main content."""
    text: str = extract_plain_text(
        markup,
        main_content=main_content,
        alt_texts=False,
        links=False,
        form_fields=False,
        noscript=False,
        list_bullets=False,
    )
    return text


def assemble(blocks: Sequence[Block], scores: Floats) -> list[int]:
    """Numbers of the blocks that are the story: above the cut, each long text once, and what belongs to them."""
    sure = [float(score) for score, block in zip(scores, blocks, strict=True) if _n_words(block.text) >= MIN_WORDS]
    cut = max(LOWEST_CUT, CUT + min(0.0, max(sure, default=SURE) - SURE))
    seen: set[str] = set()
    kept = []
    for number, (block, score) in enumerate(zip(blocks, scores.tolist(), strict=True)):
        if score <= cut:
            continue
        text = squeeze(block.text)
        if len(text) > MIN_REPEAT and text in seen:
            continue
        seen.add(text)
        kept.append(number)
    return complete(blocks, kept)


def _n_words(text: str) -> int:
    """Words of a text, about; two letters of a script without spaces count as one."""
    return text.count(" ") + (0 if text.isascii() else len(WIDE.findall(text)) // 2)
