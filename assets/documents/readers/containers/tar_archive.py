"""Tar archives, plain or compressed: each file in them is a source of its own. Nothing is unpacked to disk."""

import tarfile
from collections.abc import Generator, Iterator
from typing import BinaryIO, cast

from assets.documents.format import Format, Item
from assets.documents.head import Head
from assets.documents.options import ReadOptions
from assets.documents.readers.containers.expand import Expanding, check_depth, is_ignored, member_source, refused_name
from assets.documents.record import Reject
from assets.documents.source import Source, SourceError

_DAMAGE = (tarfile.TarError, EOFError, OSError)


def _matches(head: Head) -> bool:
    return head.data[257:262] == b"ustar"


def _read(source: Source, options: ReadOptions) -> Iterator[Item]:
    check_depth(source, options)
    n_members = 0
    try:
        with tarfile.open(fileobj=source.stream, mode="r|") as archive:
            while (member := archive.next()) is not None:
                # The library keeps every header it has read; a stream has no use for them.
                archive.members = []  # type: ignore[attr-defined]
                if member.isdir() or is_ignored(member.name):
                    continue
                if n_members >= options.max_archive_members:
                    raise SourceError(
                        "archive_limit", f"it has more than {options.max_archive_members} members; unpack it"
                    )
                member_broke = yield from _member(source, archive, member, n_members, options)
                n_members += 1
                if member_broke or source.failed:
                    # The member that was cut off has reported it; nothing can be read after it.
                    return
    except _DAMAGE as error:
        raise SourceError(
            "damaged", f"the tar archive breaks after {n_members} members ({error}); fetch it again"
        ) from error


def _member(
    source: Source, archive: tarfile.TarFile, member: tarfile.TarInfo, position: int, options: ReadOptions
) -> Generator[Item, None, bool]:
    """The member as a source or a reject; returns whether it broke off."""
    refused = refused_name(source, member.name, position, member.size)
    if refused is not None:
        yield refused
        return False
    opened = archive.extractfile(member) if member.isfile() else None
    if opened is None:
        detail = f"the member {member.name!r} is a link or a device, which is never followed; pack the file itself"
        yield Reject(position, "unsafe_path", detail, 0)
        return False
    # Compression lies around the archive and is judged there.
    stream = Expanding(source, opened, _DAMAGE, options, n_in=max(member.size, 1))
    yield member_source(source, member.name, cast(BinaryIO, stream), n_bytes=member.size)
    return stream.failed


FORMAT = Format("tar", _matches, _read)
