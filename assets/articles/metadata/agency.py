"""Which news agency's copy an article prints, and where that is said."""

import re
from dataclasses import dataclass

from assets.articles.metadata.credits import agency_in
from assets.articles.metadata.dateline import Dateline
from assets.sources.registry import Registry, Source

# A name after the last sentence, in brackets or not, on its line or on one of its own.
TRAILING = re.compile(
    r"(?:(?<=[.!?”\"’)])|^)[ \t]*[-–—]{0,2}[ \t]*[(\[]?(?P<credit>[^\n.!?()\[\]]{2,40})[)\]]?\s*\Z", re.MULTILINE
)


@dataclass(frozen=True)
class AgencyCredit:
    """The credited agency, the kind of evidence, and where a credit glued to the story's last words begins."""

    source: Source
    evidence: str
    trim_from: int | None = None


def trailing_credit(body: str, registry: Registry) -> AgencyCredit | None:
    """An agency's name after the last sentence, on the same line or on one of its own."""
    start = body.rfind("\n") + 1
    match = TRAILING.search(body, start)
    if not match:
        return None
    source = agency_in(match["credit"].strip(" -–—"), registry)
    if source is None:
        return None
    return AgencyCredit(source, "credit", match.start())


def find_agency(
    body: str,
    dateline: Dateline | None,
    credit_lines: tuple[str, ...],
    bylines: tuple[str, ...],
    registry: Registry,
) -> AgencyCredit | None:
    """The agency of an article by dateline, credit after the story, credit lines beside it, then byline."""
    source = agency_in(dateline.credit, registry) if dateline else None
    trailing = trailing_credit(body, registry)
    if source:
        return AgencyCredit(source, "dateline", trailing.trim_from if trailing else None)
    if trailing:
        return trailing
    for line in credit_lines:
        source = agency_in(line, registry)
        if source:
            return AgencyCredit(source, "credit")
    for line in bylines:
        source = agency_in(line, registry)
        if source:
            return AgencyCredit(source, "byline")
    return None
