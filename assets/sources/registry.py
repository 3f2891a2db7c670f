"""Outlets and agencies by name, site, header line or credit: the lists in ``seeds/reference``.

An outlet that the lists do not know, but that names itself (by its site or its site name), gets an id of its own.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from assets.sources.names import fold_name, registered_domain, slug

REFERENCE = Path(__file__).resolve().parents[2] / "seeds" / "reference"
UNKNOWN_ID = "unknown"


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
    """The known sources, found by domain, by folded name or alias, by header phrase and, for agencies, by credit."""

    sources: dict[str, Source]
    by_domain: dict[str, str]
    by_name: dict[str, str]
    by_header: tuple[tuple[str, str], ...]
    credits: dict[str, str]

    def from_url(self, url: str | None) -> Source | None:
        """The source whose site the address is on; a site outside the lists is a source under its domain's name."""
        host = (urlsplit(url).hostname or "") if url and "//" in url else ""
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
        """The source of this name or alias; a name outside the lists is a source of its own."""
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
        """The outlet that a page's furniture names: a header phrase anywhere in a line, or a line that is its name."""
        for line in lines:
            folded = f" {fold_name(line)} "
            for phrase, source_id in self.by_header:
                if f" {phrase} " in folded:
                    return self.sources[source_id]
            known = self.by_name.get(folded.strip())
            if known:
                return self.sources[known]
        return None

    def agency(self, credit: str | None) -> Source | None:
        """The agency that a credit such as ``REUTERS`` or ``(AP)`` names."""
        known = self.credits.get(fold_name(credit or ""))
        return self.sources[known] if known else None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def read_registry(outlets: Sequence[Path], agencies: Sequence[Path]) -> Registry:
    """The registry of these lists (columns: see their header lines); raises ``ValueError`` for an id given twice."""
    sources: dict[str, Source] = {}
    by_domain: dict[str, str] = {}
    by_name: dict[str, str] = {}
    by_header: list[tuple[str, str]] = []
    credits: dict[str, str] = {}
    for kind, path in [("outlet", path) for path in outlets] + [("agency", path) for path in agencies]:
        for row in _rows(path):
            source_id = slug(row["name"])
            if source_id in sources:
                raise ValueError(f"{path.name}: the name {row['name']!r} stands twice; keep one row")
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
                credits.update((fold_name(name), source_id) for name in (row["name"], *_split(row["credits"])))
    return Registry(sources, by_domain, by_name, tuple(sorted(by_header)), credits)


@cache
def default_registry() -> Registry:
    """The registry of all ``*outlets.csv`` and ``*agencies.csv`` in ``seeds/reference``, read once a process."""
    return read_registry(sorted(REFERENCE.glob("*outlets.csv")), sorted(REFERENCE.glob("*agencies.csv")))
