"""``manifest.csv``: what the user knows of the files beside it, which overrides what is read from them.

Columns: ``path`` (relative to the manifest, as it is called on disk or in the tables; a file, a folder with all below it,
"." for the manifest's own, or an archive's member after ``!``), ``url``, ``outlet``, ``published``, ``title``, ``authors``
(split on ``;``). Only ``path`` must be there. The nearest manifest at or above a file that names it applies; in it, a row
for the file goes before a row for its folder.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from assets.documents.decode import decode
from assets.documents.labels import MEMBER, escaped, unescaped
from assets.documents.record import Record, Reject
from assets.documents.source import SourceError

MANIFEST_NAME = "manifest.csv"
COLUMNS = ("path", "url", "outlet", "published", "title", "authors")
_MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Override:
    """The values of one row; None where the cell is empty."""

    url: str | None
    outlet: str | None
    published: str | None
    title: str | None
    authors: tuple[str, ...]

    @property
    def id_parts(self) -> tuple[str, ...]:
        """What goes into the document's id beside its bytes, so that a changed row makes a changed document."""
        return (self.url or "", self.outlet or "", self.published or "", self.title or "", ";".join(self.authors))

    def apply(self, record: Record) -> Record:
        """The record with the row's values in place of its own."""
        return replace(
            record,
            url=self.url or record.url,
            outlet=self.outlet or record.outlet,
            published=self.published or record.published,
            title=self.title or record.title,
            authors=self.authors or record.authors,
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """One manifest: its rows by the path they name, those for members by path and member, and the rows not taken."""

    files: Mapping[Path, Override]
    members: Mapping[Path, Mapping[str, Override]]
    rejects: tuple[Reject, ...]

    def for_file(self, file: Path) -> Override | None:
        """The row for a file: its own, or that of the nearest folder above it."""
        return next((row for path in (file, *file.parents) if (row := self.files.get(path)) is not None), None)


def read_manifest(path_of_manifest: Path) -> Manifest:
    """Read one manifest; every row that cannot be used becomes a reject with its row number, from 0."""
    try:
        n_bytes = path_of_manifest.stat().st_size
        if n_bytes > _MAX_BYTES:
            return _broken(f"the manifest is over {_MAX_BYTES} bytes; split it by folder", n_bytes)
        text = decode(path_of_manifest.read_bytes()).text
        delimiter = _delimiter(text)
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except OSError as error:
        return _broken(f"the manifest cannot be read: {error.strerror}", 0)
    except SourceError as error:
        return _broken(error.detail, n_bytes)
    except csv.Error as error:
        return _broken(f"the manifest is not CSV ({error}); every quotation mark that opens must close", n_bytes)
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    if "path" not in header:
        return _broken(f"the first line names no column 'path'; the columns may be {', '.join(COLUMNS)}", n_bytes)
    files: dict[Path, Override] = {}
    members: dict[Path, dict[str, Override]] = {}
    rejects: list[Reject] = []
    for row_no, cells in enumerate(lines[1:]):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            path, member, row = _row(cells, header, path_of_manifest.parent)
            if (
                files.setdefault(path, row) if not member else members.setdefault(path, {}).setdefault(member, row)
            ) is not row:
                raise SourceError("malformed_manifest", "an earlier row names the same file; keep one of them")
        except SourceError as error:
            detail = f"row {row_no + 1}: {error.detail}"
            rejects.append(Reject(row_no, error.reason, detail, len(delimiter.join(cells).encode())))
    return Manifest(files, members, tuple(rejects))


def _delimiter(text: str) -> str:
    """A spreadsheet writes semicolons where the comma is the decimal mark."""
    return max(",;\t", key=text.partition("\n")[0].count)


def _row(cells: list[str], header: list[str], folder: Path) -> tuple[Path, str, Override]:
    if len(cells) > len(header):
        raise SourceError(
            "malformed_manifest",
            f"it has {len(cells)} cells for {len(header)} columns; quote a cell that holds a comma",
        )
    row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    override = Override(
        url=row.get("url") or None,
        outlet=row.get("outlet") or None,
        published=row.get("published") or None,
        title=row.get("title") or None,
        authors=tuple(name.strip() for name in row.get("authors", "").split(";") if name.strip()),
    )
    return *_named(row.get("path", ""), folder), override


def _named(cell: str, folder: Path) -> tuple[Path, str]:
    """What a row names: a path that exists below the manifest's folder, and a member of it as its label has it."""
    if not cell:
        raise SourceError("malformed_manifest", "the path is empty; name a file beside the manifest")
    cut = [len(cell), *(at for at, sign in enumerate(cell) if sign == MEMBER)]
    for end in cut:
        for written in (cell[:end].replace("\\", "/"), unescaped(cell[:end])):
            pure = PurePosixPath(written)
            if pure.is_absolute() or ".." in pure.parts or (pure.parts and ":" in pure.parts[0]):
                raise SourceError(
                    "unsafe_path", f"{cell!r} leads out of the manifest's folder; name a file in it or below it"
                )
            if written and "\x00" not in written and _exists(folder / pure):
                return folder / pure, escaped(unescaped(cell[end + 1 :]))
    raise SourceError("manifest_without_file", f"no file {cell!r} here; correct the path or delete the row")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than any file's
        return False


def _broken(problem: str, n_bytes: int) -> Manifest:
    return Manifest({}, {}, (Reject(-1, "malformed_manifest", problem, n_bytes),))
