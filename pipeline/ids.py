"""Stable ids: the same parts give the same id on every machine and in every run."""

from collections.abc import Iterable
from hashlib import blake2b


def stable_id(*parts: str | bytes | int) -> str:
    """Sixteen hexadecimal digits from the parts, in order; parts are length-prefixed so that they cannot run together."""
    framed = bytearray()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        framed += len(data).to_bytes(8, "little")
        framed += data
    return blake2b(framed, digest_size=8).hexdigest()


def stable_ids(rows: Iterable[tuple[str | bytes | int, ...]]) -> list[str]:
    """One id per row of parts."""
    return [stable_id(*row) for row in rows]
