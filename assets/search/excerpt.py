"""Where the words asked for stand in a text, and the piece of it that shows most of them."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from assets.search.terms import fold

WORD = re.compile(r"\w+")


class Place(NamedTuple):
    """A word that was asked for, where it stands in the text."""

    start: int
    end: int
    word: str


def places(text: str, words: Collection[str], phrases: Sequence[Sequence[str]] = ()) -> list[Place]:
    """All words of the text that are, folded, among ``words``, and all places where the words of a phrase stand together."""
    read = [Place(match.start(), match.end(), fold(match[0])) for match in WORD.finditer(text)]
    found = [place for place in read if place.word in words]
    for phrase in phrases:
        found += [
            Place(read[first].start, read[first + len(phrase) - 1].end, " ".join(phrase))
            for first in range(len(read) - len(phrase) + 1)
            if [place.word for place in read[first : first + len(phrase)]] == list(phrase)
        ]
    return _apart(sorted(found, key=lambda place: (place.start, -place.end)))


def _apart(found: Iterable[Place]) -> list[Place]:
    """Without those that lie in one before."""
    kept: list[Place] = []
    for place in found:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def window(text: str, found: Sequence[Place], width: int) -> tuple[int, int]:
    """The start and end of at most ``width`` characters that hold most different words asked for, cut between words."""
    if len(text) <= width:
        return 0, len(text)
    first = max(range(len(found)), key=lambda number: (_distinct(found, number, width), -number), default=0)
    begin = found[first].start if found else 0
    last = max((place.end for place in found if place.start >= begin and place.end <= begin + width), default=begin)
    start = max(0, min(begin - (width - (last - begin)) // 2, len(text) - width))
    return _between_words(text, start, min(len(text), start + width))


def _distinct(found: Sequence[Place], first: int, width: int) -> int:
    begin = found[first].start
    return len({place.word for place in found[first:] if place.end <= begin + width})


def _between_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The same piece without the words that its ends cut; as it is where a word is longer than the piece."""
    first = next((n for n in range(start, end) if text[n].isspace()), start) if start else start
    last = next((n for n in range(end - 1, first, -1) if text[n].isspace()), end) if end < len(text) else end
    return (first + 1 if first > start or (start and text[first].isspace()) else first), last


def pieces(text: str, found: Sequence[Place], start: int, end: int) -> Iterator[tuple[str, bool]]:
    """The piece of text as a sequence of parts, each with whether it is a word asked for."""
    at = start
    for place in found:
        if start <= place.start and place.end <= end:
            if at < place.start:
                yield text[at : place.start], False
            yield text[place.start : place.end], True
            at = place.end
    if at < end:
        yield text[at:end], False
