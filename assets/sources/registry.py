"""Outlets and agencies by name, site, header line or credit: the lists in ``seeds/reference``.

The lists are our own, from general knowledge.  An outlet that the lists do not know, but that names itself (by its site or its site name), gets an id of its own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assets.sources.hosts import host_of, original, parents, shared_hosts, site_of
from assets.sources.names import fold_name, slug
from pipeline.reference import ListError, read_list

DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights reserved", re.IGNORECASE)
LONGEST_NAME = 6
SHORTEST_ANY_CASE = 6


Row = Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """One outlet or agency; ``kind`` is ``outlet`` or ``agency``, ``country`` an ISO 3166 alpha-2 code.

    ``known_by`` is one of ``schema.KNOWN_BY``.
    """

    source_id: str
    name: str
    kind: str
    domain: str | None = None
    country: str | None = None
    known_by: str = "name"


def unknown_source(url: str | None, document_id: str, label: str, record_no: int) -> Source:
    """The outlet of a document without a named one: that of its host, else the document's own.

    Sharing a folder or a file does not make documents one outlet's: people keep clippings of many papers in
    one folder, and press databases export them as one file.
    """
    host = host_of(original(url)) if url else ""
    if host and not any(parent in shared_hosts() for parent in parents(host)):
        return Source(f"unknown-{slug(host)}", unknown_name(host), "outlet", host, known_by="unknown")
    return Source(f"unknown-{document_id}", unknown_name(label, record_no), "outlet", known_by="unknown")


def unknown_name(place: str, record_no: int = 0) -> str:
    """How an outlet is shown if only its host, or one document, is known."""
    return f"unknown ({place}, record {record_no + 1})" if record_no > 0 else f"unknown ({place})"


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
        """The source whose site the address is on; a site outside the lists is a source under its own name.

        ``None`` where the address does not say: on a host that many share, or without a domain.
        """
        site = site_of(url)
        if site is None:
            return None
        known = self.by_domain.get(site.name)
        if known is None and not site.shared:
            host = host_of(original(url or "")).lower()
            known = next((found for parent in parents(host) if (found := self.by_domain.get(parent))), None)
        if known:
            return self.sources[known]
        return Source(slug(site.readable), site.name, "outlet", site.name, known_by="site")

    def from_name(self, name: str | None) -> Source | None:
        """The source of this name, alias, domain or address; a name outside the lists is a source of its own.

        A placeholder for a missing name names nothing, nor does an account's handle unless it is a known source's name, nor the
        host of many publications ("Medium").
        """
        clean = " ".join((name or "").split())
        if DOMAIN.fullmatch(clean):
            clean = f"https://{clean}/"
        if clean.startswith(("http://", "https://")):
            return self.from_url(clean)
        known = self.known_name(clean)
        if known or clean.startswith("@") or not is_name(clean):
            return known
        return Source(slug(clean), clean, "outlet")

    def called(self, name: str) -> Source:
        """The source that a person calls so, whatever the name looks like."""
        return self.from_name(name) or Source(slug(name), name, "outlet")

    def known_name(self, name: str | None) -> Source | None:
        """The source of this name or alias, where the lists have it."""
        known = self.by_name.get(fold_name(name or ""))
        return self.sources[known] if known else None

    def from_header(self, lines: Iterable[str]) -> Source | None:
        """The outlet that a page's boilerplate names: by a header phrase, a line that is its name, or a copyright line.

        A name of one word is not evidence as a line of its own: sections have such names too ("Politika", "Focus").
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


@cache
def not_outlets() -> frozenset[str]:
    """Folded names that aren't an outlet's: placeholders, and the hosts of many publications."""
    listed = (row["name"] for row in read_list("no_outlet_names"))
    return frozenset(fold_name(name) for name in (*listed, *(host.name for host in shared_hosts().values())))


def is_name(name: str) -> bool:
    """Whether these words can be an outlet's name."""
    return any(sign.isalpha() for sign in name) and fold_name(name) not in not_outlets()


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
                source_id, row["name"], kind, domains[0] if domains else None, row["country"] or None, "list"
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
    """The registry of the lists ``outlets`` and ``agencies``, read once per process."""
    return read_registry(read_list("outlets"), read_list("agencies"))
