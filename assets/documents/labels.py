"""What files are called in the tables: labels that read like paths, belong to one place each and stay with it.

A folder that was given is called by its own name, or by the shortest longer tail of its place that no other has; a file
in it by that and its path below (``clips/a/b.txt``), a member of an archive by that, ``!`` and its name. Why it is so
is in ``docs/decisions/0008-labels.md``.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

MEMBER = "!"
# Bytes that are not UTF-8 (Python hands them out as halves of pairs); what would read like an escape; a "!" that a
# member's name could follow, as none begins with a dot or a slash.
_NOT_AS_IT_IS = re.compile("[\udc80-\udcff]|\\\\(?=x[0-9a-f]{2})|!(?=[^./])")
_ESCAPE = re.compile(r"\\x([0-9a-f]{2})")
_FIRST_HALF = 0xDC00


def escaped(name: str) -> str:
    """A name or path as it is in a label: readable, and different for different names."""
    return _NOT_AS_IT_IS.sub(lambda match: f"\\x{ord(match[0]) & 0xFF:02x}", name)


def unescaped(label: str) -> str:
    """The name that ``escaped`` was given."""
    return _ESCAPE.sub(lambda match: _character(int(match[1], 16)), label)


def _character(byte: int) -> str:
    return chr(byte) if byte < 0x80 else chr(_FIRST_HALF + byte)


def former(label: str) -> str:
    """The label before such names were told apart, when it could be another file's too."""
    return unescaped(label).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def modified_at(n_nanoseconds: int) -> datetime:
    """A file's time as the tables hold it: whole seconds, UTC, no zone."""
    return datetime.fromtimestamp(n_nanoseconds // 1_000_000_000, UTC).replace(tzinfo=None)


class Labels:
    """The labels of the places that were given: folders, and files given by themselves.

    ``known`` holds those given before. ``read_before`` gives the label and the time of every file read so far; it is
    asked only when a place is new. ``taken_over`` holds the places that got an old label: that of a folder that
    has moved, or one from a time when places were not kept.
    """

    def __init__(
        self,
        known: Mapping[Path, str] | None = None,
        read_before: Callable[[], Mapping[str, datetime | None]] = dict,
    ) -> None:
        self.by_place = dict(known or {})
        self.taken_over: set[Path] = set()
        self._read_before = read_before

    def of(self, file: Path) -> str:
        """The label of a file at or below a place that has one; the nearest place counts."""
        place = self.root_of(file)
        if place is None:
            raise KeyError(f"{file} is not in any of the given places")
        return self.by_place[place] if place == file else f"{self.by_place[place]}/{escaped(_below(file, place))}"

    def root_of(self, file: Path) -> Path | None:
        """The nearest place, at or above a file, that has a label."""
        return next((place for place in (file, *file.parents) if place in self.by_place), None)

    def add(self, places: Iterable[Path]) -> None:
        """Give a label to each place that has none and is not below one that has."""
        given = set(places)
        fresh = [place for place in sorted(given) if self.root_of(place) is None and given.isdisjoint(place.parents)]
        if not fresh:
            return
        read = _Read(self._read_before())
        waiting = fresh
        if read.labels:
            named: dict[str, list[Path]] = {}
            for place in sorted(self.by_place):
                named.setdefault(place.name, []).append(place)
            waiting = [place for place in fresh if not self._took_over(place, read, named.get(place.name, ()))]
        taken = _Taken(self.by_place)
        for label in read.labels:
            if not taken.has_at_or_above(label):
                taken.add(label, None)
        depth = 1
        while waiting:
            tails = {place: _tail(place, depth) for place in waiting}
            counts = Counter(tails.values())
            for place, tail in tails.items():
                if counts[tail] == 1 and taken.leaves(tail, place):
                    self.by_place[place] = tail
                    taken.add(tail, place)
            waiting = [place for place in waiting if place not in self.by_place]
            depth += 1

    def _took_over(self, place: Path, read: "_Read", namesakes: Iterable[Path]) -> bool:
        """Whether the place holds what an older label stands for, so that it goes on under that."""
        for label, owner in self._older(place, read, namesakes):
            if not read.lies_at(place, label):
                continue
            others = {other: taken for other, taken in self.by_place.items() if other != owner}
            if _Taken(others).leaves(label, place):
                if owner is not None:
                    del self.by_place[owner]
                self.by_place[place] = label
                self.taken_over.add(place)
                return True
        return False

    def _older(self, place: Path, read: "_Read", namesakes: Iterable[Path]) -> Iterator[tuple[str, Path | None]]:
        """Labels that may be this place's: of a place of its name that is there no more, or of files without a place."""
        for other in namesakes:
            if other in self.by_place and not other.exists():
                yield self.by_place[other], other
        for depth in range(1, len(place.parts)):
            yield _tail(place, depth), None


class _Read:
    """The files read so far, by label."""

    def __init__(self, times: Mapping[str, datetime | None]) -> None:
        self._times = times
        self.labels = sorted(times)

    def below(self, label: str) -> list[str]:
        """The files of a folder that was called so, or the file itself."""
        itself = [label] if label in self._times else []
        start = bisect_left(self.labels, f"{label}/")
        return itself + self.labels[start : bisect_left(self.labels, f"{label}0")]  # "0" follows "/"

    def lies_at(self, place: Path, label: str) -> bool:
        """Whether more of these files lie here unchanged than changed; a name alone proves nothing ("001.txt")."""
        n_same = n_other = 0
        for file in self.below(label):
            try:
                stat = (place / unescaped(file[len(label) + 1 :])).stat()
            except OSError:
                continue
            same = modified_at(stat.st_mtime_ns) == self._times[file]
            n_same, n_other = n_same + same, n_other + (not same)
        return n_same > n_other


class _Taken:
    """Labels in use, and whether another would call two files by one name."""

    def __init__(self, by_place: Mapping[Path, str]) -> None:
        self._places: dict[str, Path | None] = {}
        self._below: dict[str, list[str]] = {}
        for place, label in by_place.items():
            self.add(label, place)

    def add(self, label: str, place: Path | None) -> None:
        self._places[label] = place
        for prefix in _prefixes(label):
            self._below.setdefault(prefix, []).append(label)

    def has_at_or_above(self, label: str) -> bool:
        return label in self._places or any(prefix in self._places for prefix in _prefixes(label))

    def leaves(self, label: str, place: Path) -> bool:
        """Whether the label is free for this place: longer ones that begin with it must lie where it leads."""
        return not self.has_at_or_above(label) and all(
            self._places[longer] == place / unescaped(longer[len(label) + 1 :]) for longer in self._below.get(label, ())
        )


def _prefixes(label: str) -> Iterator[str]:
    end = label.find("/", 1)
    while end > 0:
        yield label[:end]
        end = label.find("/", end + 1)


def _tail(place: Path, depth: int) -> str:
    """The last parts of a place; the whole of it, with the slash before, where there are no more."""
    parts = place.parts[1:]
    tail = "/".join(parts[-depth:]) or "root"
    return escaped(tail if depth <= max(len(parts), 1) else place.as_posix())


def _below(file: Path, place: Path) -> str:
    return file.relative_to(place).as_posix()
