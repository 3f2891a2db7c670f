"""The headline of a page: what its JSON-LD, its meta tags and its headline tag give."""

import html as entities
import re
import unicodedata
from collections.abc import Iterable

from assets.articles.html.page import Page
from assets.sources.names import fold_name

SPACES = re.compile(r"\s+")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\ufeff\u2060"))
# A separator with spaces around it, a bar, or a colon before a short site name in scripts that write it wide.
SEPARATOR = re.compile(r"\s+(?:[|–—·»•*-]|::)\s+|\s*[|｜ㅣ]\s*|：(?=[^：]{2,14}$)|(?<=[^\W\d_a-zA-Z])-(?=\S{2,6}$)")
WORD = re.compile(r"\w+")
MAX_CUTS = 4
BROKEN_OFF = ("…", "...")
# Votes of h1, the window's title and the one for networks; chosen on pages of some 190 publishers.
WITNESSES = (1, -2, -2)


def fold(text: str) -> str:
    """Words in lower case, for comparing headlines."""
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def tidy_title(text: str | None) -> str | None:
    """One line without markup entities; ``None`` where no word is left."""
    clean = SPACES.sub(" ", entities.unescape(text or "").translate(UNSEEN)).strip()
    return clean if WORD.search(clean) else None


def without_site(title: str, names: frozenset[str]) -> str:
    """The title without a site's name (folded, in ``names``) before or after a separator."""
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
    """The headline that JSON-LD or ``og:title`` gives, else the first ``h1``, the window's title or that for networks.

    Where JSON-LD and ``og:title`` differ, the one that also is the ``h1`` is likelier the desk's, and one that also is the
    window's title or that for networks is likelier written for search and for sharing.  A form that goes on with a
    section's name after a separator, or that breaks off, gives way to the other.
    """
    headline = page.article.get("headline")
    linked = _stripped(headline if isinstance(headline, str) else None, site_names)
    shared = _stripped(page.first_meta("og:title"), site_names)
    if linked and linked == shared and not linked.endswith(BROKEN_OFF):
        return linked
    printed, window, networks = (
        _stripped(text, site_names) for text in (page.heading, page.window_title, page.first_meta("twitter:title"))
    )
    if not linked or not shared:
        return _plainest(linked or shared or printed or window or networks, (printed,))
    witnesses = [
        (set(stems(text)), votes) for text, votes in zip((printed, window, networks), WITNESSES, strict=True) if text
    ]
    linked_votes, shared_votes = (
        sum(votes for forms, votes in witnesses if fold(text) in forms) for text in (linked, shared)
    )
    return _plainest(shared if shared_votes > linked_votes else linked, (linked, shared, printed))


def _plainest(title: str | None, others: Iterable[str | None]) -> str | None:
    """The title, or another form of it that has no section's name at its end or is not broken off."""
    for other in others:
        if title and other and other != title:
            if fold(other) in stems(title) and len(other) < len(title):
                return other
            if title.endswith(BROKEN_OFF) and other.startswith(title.rstrip(". …")):
                return other
    return title


def _stripped(text: str | None, site_names: frozenset[str]) -> str | None:
    """A title without its site's name; ``None`` where nothing else is left."""
    clean = tidy_title(text)
    title = without_site(clean, site_names) if clean else None
    return None if not title or fold_name(title) in site_names else title
