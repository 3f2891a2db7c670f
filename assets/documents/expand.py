"""A compressed source as the source within it, with the limits that stop a bomb."""

from typing import BinaryIO

from assets.documents.options import MIB, ReadOptions
from assets.documents.source import Source, SourceError

# Endings that say how a file was compressed and nothing of what it is.
_ENDINGS = (".gz", ".zst", ".gzip", ".zstd")
_JUDGED_FROM_BYTES = 32 * MIB


class _Expanding:
    """Reads the expanded bytes; raises ``SourceError`` at damage and at the limits."""

    def __init__(
        self, source: Source, stream: BinaryIO, damage: tuple[type[Exception], ...], options: ReadOptions
    ) -> None:
        self._source, self._stream, self._damage, self._options = source, stream, damage, options
        self._n_out = 0

    def read(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except self._damage as error:
            raise SourceError(
                "damaged",
                f"the compressed data end or break after {self._n_out} expanded bytes ({error}); fetch the file again",
            ) from error
        self._n_out += len(data)
        check_expansion(self._n_out, self._source.n_read, self._options)
        return data


def check_expansion(n_out: int, n_in: int, options: ReadOptions) -> None:
    """Raise where what was expanded is over a limit; ``n_in`` is the compressed size it came from."""
    if n_out > options.max_expanded_bytes:
        raise SourceError(
            "archive_limit",
            f"it expands to more than {options.max_expanded_bytes} bytes; unpack it or raise max_expanded_bytes",
        )
    if n_out > _JUDGED_FROM_BYTES and n_out > options.max_expansion_ratio * max(n_in, 1):
        raise SourceError(
            "archive_limit",
            f"it expands more than {options.max_expansion_ratio} times, as a zip bomb does; unpack it or raise max_expansion_ratio",
        )


def expanded(source: Source, stream: BinaryIO, damage: tuple[type[Exception], ...], options: ReadOptions) -> Source:
    """The source within a compressed one: same label, same level, the name without its ending."""
    name = source.name
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    if name.endswith(".tgz"):
        name = name.removesuffix(".tgz") + ".tar"
    reading = _Expanding(source, stream, damage, options)
    return Source(source.path, name, reading, source.modified_at, depth=source.depth, layers=source.layers + 1)  # type: ignore[arg-type]
