"""Outlets and agencies by name, site, header line or credit: the lists in ``seeds/reference``.

The lists are our own, from general knowledge.  An outlet that the lists do not know, but that names itself (by its site or its site name), gets an id of its own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from assets.sources.names import fold_name, registered_domain, slug
from pipeline.reference import ListError, read_list

UNKNOWN_ID = "unknown"
DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights reserved", re.IGNORECASE)
LONGEST_NAME = 6
SHORTEST_ANY_CASE = 6


Row = Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """One outlet or agency; ``kind`` is ``outlet`` or ``agency``, ``country`` an ISO 3166 alpha-2 code."""

    source_id: str
    name: str
    kind: str
    domain: str | None = None
    country: str | None = None


UNKNOWN = Source(UNKNOWN_ID, "Unknown outlet", "outlet")


@dataclass(frozen=True)
class Registry:
    """The known sources, found by domain, by folded name or alias, by header phrase and, for agencies, by credit.

    ``short_credits`` are credits as printed: "AP" is one and "ap" is not.
    """

    sources: dict[str, Source]
    by_domain: dict[str, str]
    by_name: dict[str, str]
    by_header: tuple[tuple[str, str], ...]
    credits: dict[str, str]
    short_credits: frozenset[str]

    def from_url(self, url: str | None) -> Source | None:
        """The source whose site the address is on; a site outside the lists is a source under its domain's name."""
        host = host_of(url)
        if not host:
            return None
        parts = host.lower().split(".")
        for start in range(len(parts) - 1):
            known = self.by_domain.get(".".join(parts[start:]))
            if known:
                return self.sources[known]
        domain = registered_domain(host)
        return Source(slug(domain), domain, "outlet", domain) if domain else None

    def from_name(self, name: str | None) -> Source | None:
        """The source of this name, alias or domain; a name outside the lists is a source of its own."""
        if name and DOMAIN.fullmatch(name.strip()):
            return self.from_url(f"https://{name.strip()}/")
        folded = fold_name(name or "")
        if not folded:
            return None
        known = self.by_name.get(folded)
        if known:
            return self.sources[known]
        clean = " ".join((name or "").split())
        return Source(slug(clean), clean, "outlet")

    def known_name(self, name: str | None) -> Source | None:
        """The source of this name or alias, where the lists have it."""
        known = self.by_name.get(fold_name(name or ""))
        return self.sources[known] if known else None

    def from_header(self, lines: Iterable[str]) -> Source | None:
        """The outlet that a page's furniture names: by a header phrase, a line that is its name, or a copyright line.

        A name of one word is no evidence as a line of its own: sections have such names too ("Politika", "Focus").
        """
        for line in lines:
            folded = fold_name(line)
            for phrase, source_id in self.by_header:
                if f" {phrase} " in f" {folded} ":
                    return self.sources[source_id]
            known = self.by_name.get(folded) if " " in folded else None
            if known is None and COPYRIGHT.search(line):
                known = self._named_in(folded.split())
            if known and self.sources[known].kind == "outlet":
                return self.sources[known]
        return None

    def _named_in(self, words: Sequence[str]) -> str | None:
        """The outlet with the longest name among these words."""
        for length in range(min(LONGEST_NAME, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                known = self.by_name.get(" ".join(words[start : start + length]))
                if known and self.sources[known].kind == "outlet":
                    return known
        return None

    def agency(self, credit: str | None) -> Source | None:
        """The agency that a credit such as ``REUTERS`` or ``AP`` names; short credits only as they are printed."""
        plain = (credit or "").strip(" ()[]/.,:;-–—")
        folded = fold_name(plain)
        known = self.credits.get(folded)
        if known is None or (len(folded) < SHORTEST_ANY_CASE and plain not in self.short_credits):
            return None
        return self.sources[known]


def host_of(url: str | None) -> str:
    """The host that an address names; nothing where it is no address."""
    if not url or "//" not in url:
        return ""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def read_registry(outlets: Sequence[Row], agencies: Sequence[Row]) -> Registry:
    """The registry of these rows of the lists ``outlets`` and ``agencies``; raises ``ListError`` for a name given twice."""
    sources: dict[str, Source] = {}
    by_domain: dict[str, str] = {}
    by_name: dict[str, str] = {}
    by_header: list[tuple[str, str]] = []
    credits: dict[str, str] = {}
    short_credits: set[str] = set()
    for kind, rows in (("outlet", outlets), ("agency", agencies)):
        for row in rows:
            source_id = slug(row["name"])
            if source_id in sources:
                raise ListError(f"{kind} {row['name']!r} is listed twice, in outlets.csv or agencies.csv; keep one row")
            domains = _split(row["domains"])
            sources[source_id] = Source(
                source_id, row["name"], kind, domains[0] if domains else None, row["country"] or None
            )
            by_domain.update((domain.lower(), source_id) for domain in domains)
            for name in (row["name"], *_split(row["aliases"])):
                by_name.setdefault(fold_name(name), source_id)
            if kind == "outlet":
                by_header.extend((fold_name(phrase), source_id) for phrase in _split(row["header_phrases"]))
            else:
                printed = (row["name"], *_split(row["credits"]))
                credits.update((fold_name(name), source_id) for name in printed)
                short_credits.update(form for name in printed for form in (name, name.upper()))
    return Registry(sources, by_domain, by_name, tuple(sorted(by_header)), credits, frozenset(short_credits))


@cache
def default_registry() -> Registry:
    """The registry of the lists ``outlets`` and ``agencies``, read once a process."""
    return read_registry(read_list("outlets"), read_list("agencies"))
