"""Which publication an address belongs to, where one host serves many: by subdomain or by the first part of the path.

The hosts are those of ``seeds/reference/shared_hosts.csv`` and the private part of the public-suffix list that comes with
``tld``. ``paths`` lists patterns, of which the first that fits counts; ``*`` stands for the publication, and ``=`` gives
the site that is the same publication (``/@*=*.medium.com``). A host with neither says nothing about the author.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from tld import get_fld

from assets.sources.names import registered_domain
from pipeline.reference import read_list

# Names of a host's own machines, in front of it or of a publication.
OWN_MACHINES = frozenset(("www", "m", "amp", "mobile", "old", "en", "l", "web", "about", "help", "blog"))
# First parts of paths that aren't the name of a publication.
NO_NAMES = frozenset((
    "p", "i", "c", "s", "a", "post", "posts", "article", "articles", "story", "stories", "news", "status", "watch", "video",
    "videos", "photo", "photos", "reel", "reels", "tag", "tags", "topic", "topics", "search", "hashtag", "share", "sharer",
    "home", "explore", "index", "feed", "rss", "about", "login", "pages", "groups", "events", "wall", "intent", "me", "m",
))  # fmt: skip
# A copy of a page served by an archive, a cache or a reader has the page's own address in its path.
COPY_OF = re.compile(r"^https?://[^/]+/(?:[^?#]*/)?(https?:/{1,2}[^/]+\.[^/]+.*)$", re.IGNORECASE)
ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/[^/]+/(?!https?:)([^/]+\.[^/]+.*)$", re.IGNORECASE)
FAST_COPY = re.compile(
    r"^https?://(?:[^/]+\.cdn\.ampproject\.org/[a-z]|www\.google\.[a-z.]+/amp)/(?:s/)?([^/]+\.[^/]+.*)$", re.IGNORECASE
)


BLOGSPOT = re.compile(r"\.blogspot(?:\.com?)?\.[a-z]{2,3}$")  # one blog under the endings of all countries
NOT_A_NAME = re.compile(r"\.(?:php|html?|aspx?)$")


@dataclass(frozen=True)
class Site:
    """Where a publication is: a registered domain, or a place on a host that it shares with others (``shared``)."""

    name: str
    shared: bool = False

    @property
    def readable(self) -> str:
        """The name in words that no other site's has: ``ada.blogspot.com`` is not ``ada-blogspot.com``."""
        if not self.shared:
            return self.name
        if "/" in self.name:
            return self.name.replace("@", "at ")
        publication, _, host = self.name.partition(".")
        return f"{publication} on {host}"


@dataclass(frozen=True)
class SharedHost:
    """A host of many publications; ``name`` is what it calls itself, which is never a publication's name."""

    domain: str
    name: str
    subdomains: bool
    paths: tuple[tuple[re.Pattern[str], str | None], ...]


@cache
def shared_hosts() -> dict[str, SharedHost]:
    return {
        row["domain"]: SharedHost(
            row["domain"], row["name"], row["subdomains"] == "yes", tuple(_patterns(row["paths"]))
        )
        for row in read_list("shared_hosts")
    }


def _patterns(cell: str) -> Iterator[tuple[re.Pattern[str], str | None]]:
    for written in filter(None, cell.split("|")):
        pattern, _, same_as = written.partition("=")
        yield re.compile(re.escape(pattern).replace(r"\*", r"([\w.~%+-]+)") + "(?:/|$)"), same_as or None


def original(url: str) -> str:
    """The address of the page itself, where this is that of an archive's or a cache's copy."""
    for pattern in (COPY_OF, ARCHIVED, FAST_COPY):
        match = pattern.match(url)
        if match:
            inner = match[1] if match[1].lower().startswith("http") else f"https://{match[1]}"
            return re.sub(r"^(https?:)/+", r"\1//", inner, flags=re.IGNORECASE)
    return url


def host_of(url: str | None) -> str:
    """The host that an address names; empty where it is not an address."""
    if not url or "//" not in url:
        return ""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def site_of(url: str | None) -> Site | None:
    """The site of the publication that an address belongs to; ``None`` where the address does not say."""
    url = original(url) if url else ""
    host = host_of(url)
    if not host:
        return None
    host = BLOGSPOT.sub(".blogspot.com", host)
    shared = next((known for parent in parents(host) if (known := shared_hosts().get(parent))), None)
    if shared is not None:
        return _on_shared(shared, host, urlsplit(url).path)
    return _by_suffix(host)


def parents(host: str) -> Iterator[str]:
    """The host itself and the domains above it: ``a.b.example``, ``b.example``, ``example``."""
    while host:
        yield host
        host = host.partition(".")[2]


def _on_shared(shared: SharedHost, host: str, path: str) -> Site | None:
    labels = [label for label in host[: -len(shared.domain)].rstrip(".").split(".") if label not in OWN_MACHINES]
    if shared.subdomains and labels and labels[-1]:
        return Site(f"{labels[-1]}.{shared.domain}", shared=True)
    for pattern, same_as in shared.paths:
        match = pattern.match(path.lower())
        if match and match[1] not in NO_NAMES and not NOT_A_NAME.search(match[1]):
            return Site(
                same_as.replace("*", match[1]) if same_as else shared.domain + match[0].rstrip("/"), shared=True
            )
    return None


@lru_cache(maxsize=4096)
def _by_suffix(host: str) -> Site | None:
    domain = registered_domain(host)
    if domain is None:
        return None
    public = get_fld(f"https://{host}/", fail_silently=True, search_private=False)
    return Site(domain, shared=public is not None and public != domain)
