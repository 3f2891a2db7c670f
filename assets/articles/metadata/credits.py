"""Which agency a credit names."""

import re

from assets.articles.lines.named import opens_as
from assets.sources.registry import Registry, Source
from assets.text.languages.bylines import AND, either

# Separators inside a credit: "Reuters/AFP", "AP and dpa", "with agencies".
PARTS = re.compile(rf"\s*(?:/|,|;|\||&|\b(?:{either(AND)}|with)\b)\s*")


def agency_in(credit: str | None, registry: Registry) -> Source | None:
    """The first agency that a credit names: as a whole, in one of its parts, or at the end of "Con información de"."""
    if not credit:
        return None
    parts = PARTS.split(credit)
    named = registry.agency(credit) or next((found for part in parts if (found := registry.agency(part))), None)
    if named or not opens_as("credits", credit):
        return named
    ends = (" ".join(words[start:]) for part in parts for words in [part.split()] for start in range(1, len(words)))
    return next((found for end in ends if (found := registry.agency(end))), None)
