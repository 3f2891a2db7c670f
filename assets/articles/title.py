"""The headline of a page: what its headline tag, its JSON-LD and its meta tags agree on."""

import html as entities
import re

from assets.articles.html_page import Page

SPACES = re.compile(r"\s+")
SEPARATOR = re.compile(r"\s+(?:[|–—·»•*-]|::)\s+|\s*[|｜ㅣ]\s*|：(?=[^：]{2,14}$)")
WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Words in lower case, for comparing headlines."""
    return " ".join(WORD.findall(text.lower()))


def tidy_title(text: str | None) -> str | None:
    """One line without markup entities; ``None`` where no word is left."""
    clean = SPACES.sub(" ", entities.unescape(text or "").replace("\u00ad", "").replace("\u200b", "")).strip()
    return clean if WORD.search(clean) else None


def without_site(title: str, names: tuple[str, ...]) -> str:
    """The title without a site name that stands before or after a separator."""
    folded = {fold(name) for name in names if name}
    while True:
        cuts = list(SEPARATOR.finditer(title))
        if cuts and fold(title[cuts[-1].end() :]) in folded:
            title = title[: cuts[-1].start()].rstrip()
        elif cuts and fold(title[: cuts[0].start()]) in folded:
            title = title[cuts[0].end() :].lstrip()
        else:
            return title


def page_title(page: Page, site_names: tuple[str, ...]) -> str | None:
    """The headline that most of ``h1``, JSON-LD and meta tags give, JSON-LD first among equals."""
    heads = [head.text_content() for head in page.tree.iter("h1")]
    window = next((tag.text_content() for tag in page.tree.iter("title")), None)
    headline = page.article.get("headline")
    raw = (
        heads[0] if heads else None,
        page.first_meta("og:title"),
        headline if isinstance(headline, str) else None,
        page.first_meta("twitter:title"),
        window,
    )
    candidates = [without_site(clean, site_names) for text in raw if (clean := tidy_title(text))]
    if not candidates:
        return None
    votes = [fold(candidate) for candidate in candidates]
    best = max(range(len(candidates)), key=lambda index: (votes.count(votes[index]), -index))
    return candidates[best]
