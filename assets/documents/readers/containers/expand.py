"""The content of a compressed file or an archive as a source of its own, with the limits that stop a bomb."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO

from assets.documents.find import is_hidden
from assets.documents.labels import MEMBER, escaped
from assets.documents.options import MIB, ReadOptions
from assets.documents.record import Reject
from assets.documents.source import Source, SourceError, Within
from pipeline.ids import stable_id

# Endings that say how a file was compressed, not what it is.
_ENDINGS = (".gz", ".gzip", ".zst", ".zstd", ".bz2", ".xz")
_JUDGED_FROM_BYTES = 32 * MIB
# Layers of compression: no honest file comes near it.
MAX_LAYERS = 16


class Expanding:
    """Reads expanded bytes; raises ``SourceError`` at damage and at the limits of size and ratio.

    ``n_in`` is the compressed size where it is known beforehand, ``n_before`` what the same archive has expanded to already.
    """

    def __init__(
        self,
        source: Source,
        stream: object,
        damage: tuple[type[Exception], ...],
        options: ReadOptions,
        n_in: int | None = None,
        n_before: int = 0,
    ) -> None:
        self._source, self._damage, self._options = source, damage, options
        # One step at a time where the stream can: what was expanded before the damage is not lost with it.
        self._step: Callable[[int], bytes] = getattr(stream, "read1", None) or stream.read  # type: ignore[attr-defined]
        self._n_in, self._n_before = n_in, n_before
        self.n_out = 0
        self.failed = False

    def read(self, size: int) -> bytes:
        """At most ``size`` expanded bytes; none at the end."""
        try:
            data = self._step(size)
        except SourceError:
            raise
        except self._damage as error:
            after = f"after {self.n_out} expanded bytes" if self.n_out else "at once"
            self.failed = True
            detail = f"the compressed data ends or breaks {after} ({error}); fetch the file again"
            raise SourceError("damaged", detail) from error
        self.n_out += len(data)
        self._check()
        return data

    def _check(self) -> None:
        limit, ratio = self._options.max_expanded_bytes, self._options.max_expansion_ratio
        if self._n_before + self.n_out > limit:
            raise SourceError(
                "archive_limit",
                f"it expands to more than {limit} bytes; unpack it or raise max_expanded_gb in verbatim.toml",
            )
        n_in = self._n_in if self._n_in is not None else max(self._source.n_read, 1)
        if self.n_out > _JUDGED_FROM_BYTES and self.n_out > ratio * n_in:
            raise SourceError(
                "archive_limit",
                f"it expands more than {ratio} times, as a zip bomb does; unpack it yourself if you trust it",
            )


def expanded(source: Source, stream: BinaryIO, damage: tuple[type[Exception], ...], options: ReadOptions) -> Source:
    """The source within a compressed one: same label, same depth, the name without its ending."""
    name = source.name
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    if name.endswith(".tgz"):
        name = name.removesuffix(".tgz") + ".tar"
    reading = Expanding(source, stream, damage, options)
    return _within(source, source.path, name, reading, None, source.depth)


def member_source(source: Source, member: str, stream: BinaryIO, n_bytes: int | None = None) -> Source:
    """A member of an archive: the label says both, and is the member's own; the depth is one more."""
    name = escaped(member.removeprefix("./"))
    label, seen = name, source.namesakes
    # An archive can hold several members of one name: adding to a tar archive does not replace.
    while (key := int(stable_id(label), 16)) in seen:
        first = int(stable_id(name), 16)
        seen[first] += 1
        label = f"{name} ({seen[first]})"
    seen[key] = 1
    return _within(source, f"{source.path}{MEMBER}{label}", PurePosixPath(name).name, stream, n_bytes, source.depth + 1)


def _within(source: Source, path: str, name: str, stream: object, n_bytes: int | None, depth: int) -> Source:
    if source.layers >= MAX_LAYERS:
        raise SourceError("archive_limit", f"there are more than {MAX_LAYERS} layers of compression; unpack it first")
    within = Within(source, depth, source.layers + 1)
    return Source(path, name, stream, source.modified_at, n_bytes, within=within)  # type: ignore[arg-type]


def check_depth(source: Source, options: ReadOptions) -> None:
    """Raise where an archive is nested too deeply."""
    if source.depth >= options.max_archive_depth:
        raise SourceError(
            "archive_limit",
            f"archives are read {options.max_archive_depth} deep and this one is nested deeper; unpack it first",
        )


def refused_name(source: Source, member: str, position: int, n_bytes: int) -> Reject | None:
    """A reject for a member whose name leads out of the archive."""
    pure = PurePosixPath(member.replace("\\", "/"))
    if pure.is_absolute() or ".." in pure.parts or (pure.parts and ":" in pure.parts[0]) or "\x00" in member:
        detail = f"the member {member!r} leads out of its archive and was not read; unpack it by hand if you trust it"
        return Reject(position, "unsafe_path", detail, n_bytes)
    return None


def is_ignored(member: str) -> bool:
    """Whether a member is the packing system's own, not a file of the user's."""
    parts = PurePosixPath(member.replace("\\", "/")).parts
    return any(is_hidden(part) for part in parts if part not in (".", ".."))
