"""Which files there are below the paths given, in a stable order and with a label that is the same on every machine."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assets.documents.manifest import MANIFEST_NAME, Manifest, Override, read_manifest
from assets.documents.record import Reject
from pipeline.ids import stable_id


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read.

    ``path`` is absolute; ``name`` is its label in the tables, relative to the folder that was read and beginning with that
    folder's own name (``inbox/a/b.txt``); ``n_bytes`` its size; ``modified_at`` its modification time (UTC, no zone).
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
        """Whether this is a manifest and no file of documents."""
        return self.path.name == MANIFEST_NAME

    @property
    def fingerprint(self) -> str:
        """Changes when reading the file would give something else: its size, its time, or what a manifest says of it."""
        barred = () if self.readable else ("may not be read",)
        return stable_id(
            self.n_bytes, self.changed_ns, repr(self.override), repr(self.members), repr(self.problems), *barred
        )


def find_files(paths: Sequence[Path]) -> list[FoundFile]:
    """All files of the files and folders given, sorted by label; each file once.

    Hidden files and folders (a leading dot) and ``__MACOSX`` are no documents and are left out. A link is followed only
    where it stays within its folder. Raises ``FileNotFoundError`` for a path that does not exist, ``PermissionError`` for
    a folder that cannot be listed.
    """
    shown_by: dict[Path, Path] = {}
    for path in paths:
        absolute = Path.cwd() / Path(os.path.normpath(path))
        if not absolute.exists():
            raise FileNotFoundError(f"{path}: there is no such file or folder")
        if absolute.is_dir():
            for file in _files_below(absolute):
                shown_by.setdefault(file, absolute)
        else:
            shown_by.setdefault(absolute, absolute)
            beside = absolute.with_name(MANIFEST_NAME)
            if beside.is_file():
                shown_by.setdefault(beside, beside)
    manifests = {path.parent: read_manifest(path) for path in shown_by if path.name == MANIFEST_NAME}
    labels = _labels(set(shown_by.values()))
    found = (_found_file(path, shown, labels[shown], manifests) for path, shown in shown_by.items())
    return sorted((file for file in found if file is not None), key=lambda file: (file.name, file.path))


def _found_file(path: Path, shown: Path, label: str, manifests: Mapping[Path, Manifest]) -> FoundFile | None:
    """The file as it is now; ``None`` where it has vanished since the folder was listed."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    name = label if shown == path else f"{label}/{path.relative_to(shown).as_posix()}"
    # A name that is no UTF-8 must still be one in the tables.
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    modified_at = datetime.fromtimestamp(stat.st_mtime_ns // 1_000_000_000, UTC).replace(tzinfo=None)
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
    return FoundFile(path, name, stat.st_size, modified_at, override, rows, problems, stat.st_mtime_ns, readable)


def _files_below(folder: Path) -> Iterator[Path]:
    real_root = folder.resolve()
    seen_folders: set[Path] = set()
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        real = current.resolve()
        if real in seen_folders or not real.is_relative_to(real_root):
            continue
        seen_folders.add(real)
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
            elif entry.is_file() and (not entry.is_symlink() or path.resolve().is_relative_to(real_root)):
                yield path


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is the system's and not the user's."""
    return name.startswith(".") or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


def _labels(shown: Iterable[Path]) -> dict[Path, str]:
    """The shortest tail of each path that no other has: two folders called ``inbox`` become ``a/inbox`` and ``b/inbox``."""
    paths = sorted(shown)
    labels: dict[Path, str] = {}
    depth = 1
    while paths:
        tails = {path: "/".join(path.parts[1:][-depth:]) or "root" for path in paths}
        counts = Counter(tails.values())
        labels |= {path: tail for path, tail in tails.items() if counts[tail] == 1}
        paths = [path for path in paths if path not in labels]
        depth += 1
    return labels
