"""Zip archives: each member is a source of its own. Nothing is unpacked to disk."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.containers.expand import Expanding, check_depth, is_ignored, member_source, refused_name
from assets.documents.source import Source, SourceError

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)
_ENCRYPTED = 0x1
# Packages that are zip files and one document each, by a part that each has.
_PACKAGES = (
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file; save it as .docx or as text"),
    (b"ppt/presentation", "a presentation; save it as text"),
)


def _matches(head: Head) -> bool:
    return head.data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    for part, what in _PACKAGES:
        if part in source.head:
            raise SourceError("unsupported", f"this is {what}")
    check_depth(source, options)
    with source.random_access(options.max_expanded_bytes) as opened:
        try:
            archive = zipfile.ZipFile(opened)
        except (*_DAMAGE, RuntimeError) as error:
            raise SourceError("damaged", f"the zip archive cannot be opened ({error}); fetch it again") from error
        n_out = 0
        with archive:
            members = [
                member for member in archive.infolist() if not member.is_dir() and not is_ignored(member.filename)
            ]
            for position, member in enumerate(members):
                if position >= options.max_archive_members:
                    raise SourceError(
                        "archive_limit",
                        f"it has {len(members)} members, the limit is {options.max_archive_members}; unpack it",
                    )
                refused = refused_name(source, member.filename, position, member.file_size)
                if refused is not None:
                    yield refused
                    continue
                stream = Expanding(
                    source,
                    _Member(archive, member),
                    _DAMAGE,
                    options,
                    n_in=max(member.compress_size, 1),
                    n_before=n_out,
                )
                yield member_source(source, member.filename, cast(BinaryIO, stream))
                n_out += stream.n_out


class _Member:
    """A member that is opened when it is first read, so that its damage is its own and not the archive's."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        self._archive, self._member = archive, member
        self._opened: BinaryIO | None = None

    def read(self, size: int) -> bytes:
        if self._opened is None:
            if self._member.flag_bits & _ENCRYPTED:
                raise SourceError("unreadable", "this member is encrypted; unpack the archive with its password")
            try:
                self._opened = cast(BinaryIO, self._archive.open(self._member))
            except (NotImplementedError, RuntimeError) as error:
                raise SourceError(
                    "unsupported", f"this member cannot be unpacked ({error}); unpack the archive first"
                ) from error
        return self._opened.read(size)


FORMAT = Format("zip", _matches, _read)
