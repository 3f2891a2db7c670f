"""Lines that different stories of one outlet share: menus, sign-up boxes, boilerplate."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MIN_SIBLINGS = 2


def line_key(line: str) -> int:
    """Stable 63-bit key of a line, blind to case and space."""
    folded = " ".join(line.split()).casefold()
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


@dataclass(frozen=True)
class LineCounts:
    """How many different stories of each outlet carry a line; built from sets, so that order does not matter."""

    counts: Mapping[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[tuple[str, str]]) -> "LineCounts":
        """Count the lines of ``pages``: pairs of outlet and text; the same text twice counts once."""
        counts: dict[tuple[str, int], int] = {}
        for outlet, text in sorted(set(pages)):
            for key in {line_key(line) for line in text.splitlines() if line.strip()}:
                counts[outlet, key] = counts.get((outlet, key), 0) + 1
        return cls(counts)

    def repeated(self, outlet: str | None, line: str) -> bool:
        """Do at least two other stories of the outlet carry this line?  (The page itself is one of those counted.)"""
        return outlet is not None and self.counts.get((outlet, line_key(line)), 0) > MIN_SIBLINGS
