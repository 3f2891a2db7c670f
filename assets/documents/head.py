"""The first bytes of a source and what they show."""

import re
from dataclasses import dataclass
from functools import cached_property

from assets.documents.decode import is_text, sniff_encoding

_MARKUP_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]|\[.*?\])*>)", re.S | re.I)

_ROOT = re.compile(r"\s*<([A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)(?=[\s/>])")


@dataclass(frozen=True)
class Head:
    """The beginning of a source, as far as detection needs it."""

    data: bytes
    name: str

    @cached_property
    def text(self) -> str:
        """The first bytes decoded; empty where they are not text."""
        if not self.data or not is_text(self.data):
            return ""
        encoding = sniff_encoding(self.data)
        return self.data.decode(encoding, "replace").lstrip("\ufeff")

    @cached_property
    def root(self) -> str:
        """Local name of the XML or HTML root element, in lower case; empty where there is none."""
        position = 0
        while (match := _MARKUP_BEFORE_ROOT.match(self.text, position)) and match.end() > position:
            position = match.end()
        found = _ROOT.match(self.text, position)
        return found.group(2).lower() if found else ""

    def ends_with(self, *endings: str) -> bool:
        """Whether the file name has one of these endings."""
        return self.name.lower().endswith(endings)
