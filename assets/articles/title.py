"""The headline of a page: what its headline tag, its JSON-LD and its meta tags agree on."""

import html as entities
import re
import unicodedata

from assets.articles.html_page import Page
from assets.sources.names import fold_name

SPACES = re.compile(r"\s+")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\ufeff\u2060"))
# A separator with spaces around it, a bar, or a colon before a short site name in scripts that write it wide.
SEPARATOR = re.compile(r"\s+(?:[|–—·»•*-]|::)\s+|\s*[|｜ㅣ]\s*|：(?=[^：]{2,14}$)|(?<=[^\W\d_a-zA-Z])-(?=\S{2,6}$)")
WORD = re.compile(r"\w+")
MAX_CUTS = 4


def fold(text: str) -> str:
    """Words in lower case, for comparing headlines."""
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def tidy_title(text: str | None) -> str | None:
    """One line without markup entities; ``None`` where no word is left."""
    clean = SPACES.sub(" ", entities.unescape(text or "").translate(UNSEEN)).strip()
    return clean if WORD.search(clean) else None


def without_site(title: str, names: frozenset[str]) -> str:
    """The title without a site's name (folded, in ``names``) that stands before or after a separator."""
    for _ in range(MAX_CUTS):
        cuts = list(SEPARATOR.finditer(title))
        if cuts and fold_name(title[cuts[-1].end() :]) in names:
            title = title[: cuts[-1].start()].rstrip()
        elif cuts and fold_name(title[: cuts[0].start()]) in names:
            title = title[cuts[0].end() :].lstrip()
        else:
            break
    return title


def stems(title: str) -> list[str]:
    """The folded title and what is left of it when its last segments, at separators, are cut one by one."""
    cuts = [match.start() for match in SEPARATOR.finditer(title)][-MAX_CUTS:]
    return [fold(title), *(fold(title[:cut]) for cut in cuts)]


def page_title(page: Page, site_names: frozenset[str]) -> str | None:
    """The headline that most of JSON-LD, ``og:title`` and ``h1`` give, the earlier of these among equals.

    A longer form, with a section's name behind a separator, supports the shorter one.  The window's title and the one
    for other networks only count where none of these is there.
    """
    headline = page.article.get("headline")
    main = (headline if isinstance(headline, str) else None, page.first_meta("og:title"), page.heading)
    for raw in (main, (page.first_meta("twitter:title"), page.window_title)):
        candidates = [without_site(clean, site_names) for text in raw if (clean := tidy_title(text))]
        candidates = [candidate for candidate in candidates if fold_name(candidate) not in site_names]
        if candidates:
            support = [stems(candidate) for candidate in candidates]
            votes = [sum(forms[0] in other for other in support) for forms in support]
            return candidates[max(range(len(candidates)), key=lambda index: (votes[index], -index))]
    return None
