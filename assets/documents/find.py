"""The files below the paths given, in a stable order and with labels that are the same on every machine."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assets.documents.labels import Labels, former, modified_at
from assets.documents.manifest import MANIFEST_NAME, Manifest, Override, read_manifest
from assets.documents.record import Reject
from pipeline.ids import stable_id


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read.

    ``path`` is absolute; ``name`` is its label in the tables, which begins with that of the folder that was read
    (``inbox/a/b.txt``); ``n_bytes`` its size; ``modified_at`` its modification time (UTC, no zone).
    ``override`` is the manifest row for the file, ``members`` those for members of an archive. A manifest is found as a
    file too: it gives no documents, and ``problems`` are its rows that cannot be used.
    """

    path: Path
    name: str
    n_bytes: int
    modified_at: datetime
    override: Override | None = None
    members: tuple[tuple[str, Override], ...] = ()
    problems: tuple[Reject, ...] = ()
    changed_ns: int = 0
    readable: bool = True

    @property
    def is_manifest(self) -> bool:
        """Whether this is a manifest, not a file of documents."""
        return self.path.name == MANIFEST_NAME

    @property
    def former(self) -> str:
        """What the file was called before names that are not UTF-8, or hold a "!", were told apart."""
        return former(self.name)

    @property
    def fingerprint(self) -> str:
        """Changes when reading the file would give something else: its size, its time, or what a manifest says of it."""
        barred = () if self.readable else ("may not be read",)
        return stable_id(
            self.n_bytes, self.changed_ns, repr(self.override), repr(self.members), repr(self.problems), *barred
        )


def find_files(paths: Sequence[Path], labels: Labels | None = None) -> list[FoundFile]:
    """All files of the files and folders given, sorted by label; each file once.

    A file is known by its place, whichever way leads there; ``labels`` is given a label for each new one. Hidden files and
    folders (a leading dot) and ``__MACOSX`` are not documents and are left out. A link is followed only where it stays
    within its folder. Raises ``FileNotFoundError`` for a path that does not exist, ``PermissionError`` for a folder that
    cannot be listed.
    """
    labels = labels or Labels()
    places: set[Path] = set()
    files: set[Path] = set()
    for path in paths:
        place = path.resolve()
        if not place.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
        places.add(place)
        if place.is_dir():
            files.update(_files_below(place))
        else:
            files.add(place)
            beside = place.with_name(MANIFEST_NAME)
            if beside.is_file():
                places.add(beside)
                files.add(beside)
    labels.add(places)
    manifests = {path.parent: read_manifest(path) for path in files if path.name == MANIFEST_NAME}
    found = (_found_file(path, labels.of(path), manifests) for path in files)
    return sorted((file for file in found if file is not None), key=lambda file: file.name)


def _found_file(path: Path, name: str, manifests: Mapping[Path, Manifest]) -> FoundFile | None:
    """The file as it is now; ``None`` where it has vanished since the folder was listed."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    override: Override | None = None
    members: dict[str, Override] = {}
    problems: tuple[Reject, ...] = ()
    if path.name == MANIFEST_NAME:
        problems = manifests[path.parent].rejects
    else:
        above = [manifests[folder] for folder in path.parents if folder in manifests]
        override = next((row for manifest in above if (row := manifest.for_file(path)) is not None), None)
        for manifest in reversed(above):
            members |= manifest.members.get(path, {})
    rows = tuple(sorted(members.items()))
    readable = os.access(path, os.R_OK)
    return FoundFile(
        path, name, stat.st_size, modified_at(stat.st_mtime_ns), override, rows, problems, stat.st_mtime_ns, readable
    )


def _files_below(folder: Path) -> Iterator[Path]:
    """The files below a folder, each at the place where it lies; ``folder`` is free of links."""
    seen_folders: set[Path] = set()
    waiting = [folder]
    while waiting:
        current = waiting.pop().resolve()
        if current in seen_folders or not current.is_relative_to(folder):
            continue
        seen_folders.add(current)
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except PermissionError as error:
            raise PermissionError(
                f"{current}: the folder cannot be listed; grant read access or leave it out"
            ) from error
        for entry in entries:
            if is_hidden(entry.name):
                continue
            path = Path(entry.path)
            if entry.is_dir():
                waiting.append(path)
            elif entry.is_file() and (not entry.is_symlink() or path.resolve().is_relative_to(folder)):
                yield path


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is the system's, not the user's."""
    return name.startswith(".") or name in ("__MACOSX", "Thumbs.db", "desktop.ini")
