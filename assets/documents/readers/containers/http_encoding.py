"""What a server did to a page on its way (RFC 9110, RFC 9112): chunks and compression, undone from the stored bytes.

Crawlers keep the server's headers, yet often store the page as it was before: then the bytes are taken as they are.
"""

import re
import zlib
from collections.abc import Callable

import brotli
import zstandard

from assets.documents.decode import is_text
from assets.documents.source import SourceError, oversize

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
# Four bytes of a Zstandard block can stand for 128 KiB, so little is given to the decoder at a time.
_ZSTD_INPUT_BYTES = 1024
_OUTPUT_BYTES = 256 * 1024


def decoded_body(body: bytes, transfer: str, content: str, limit: int) -> bytes:
    """The page behind its ``Transfer-Encoding`` and ``Content-Encoding``, of at most ``limit`` bytes.

    Raises ``SourceError``: ``damaged`` where the bytes break, ``unsupported`` for an encoding that is not known, ``oversize``.
    """
    if "chunked" in transfer.lower():
        body = _without_chunks(body)
    for coding in reversed([name.strip().lower() for name in content.split(",") if name.strip()]):
        body = _expanded(body, coding, limit)
    return body


def _without_chunks(body: bytes) -> bytes:
    pieces: list[bytes] = []
    position = 0
    while position < len(body):
        match = _CHUNK.match(body, position)
        if match is None and not pieces:
            return body
        if match is None:
            raise SourceError("damaged", "the chunks of this page do not fit together; crawl it again")
        size, start = int(match.group(1), 16), match.end()
        if not size:
            break
        if start + size > len(body):
            raise SourceError("damaged", "the page ends within a chunk; crawl it again")
        pieces.append(body[start : start + size])
        position = start + size
        position += 2 if body.startswith(b"\r\n", position) else 1 if body.startswith(b"\n", position) else 0
    return b"".join(pieces)


def _expanded(body: bytes, coding: str, limit: int) -> bytes:
    expand = _EXPANDERS.get(coding)
    is_plain = (coding in ("gzip", "x-gzip") and not body.startswith(_GZIP)) or (
        coding == "zstd" and not body.startswith(_ZSTD)
    )
    if coding == "identity" or not body or is_plain:
        return body
    if expand is None:
        if is_text(body):
            return body
        raise SourceError("unsupported", f"the page is encoded as {coding!r}, which is not read; crawl it without")
    try:
        return expand(body, limit)
    except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
        if is_text(body):
            return body
        raise SourceError("damaged", f"the page's {coding} data end or break ({error}); crawl it again") from error


def _inflated(body: bytes, limit: int, window_bits: int) -> bytes:
    pieces: list[bytes] = []
    n_out = 0
    while body:
        inflater = zlib.decompressobj(window_bits)
        pieces.append(inflater.decompress(body, limit + 1 - n_out))
        n_out += len(pieces[-1])
        _check(n_out, limit)
        if not inflater.eof:
            raise EOFError("its last block is missing")
        # Another member may follow; anything else is padding.
        body = inflater.unused_data if inflater.unused_data.startswith(_GZIP) else b""
    return b"".join(pieces)


def _gunzipped(body: bytes, limit: int) -> bytes:
    return _inflated(body, limit, 16 + zlib.MAX_WBITS)


def _deflated(body: bytes, limit: int) -> bytes:
    """``deflate`` is zlib's format by the standard; some servers leave its header out."""
    try:
        return _inflated(body, limit, zlib.MAX_WBITS)
    except zlib.error:
        return _inflated(body, limit, -zlib.MAX_WBITS)


def _unbrotlied(body: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    pieces = [decoder.process(body, output_buffer_limit=_OUTPUT_BYTES)]
    n_out = len(pieces[0])
    while not decoder.is_finished():
        _check(n_out, limit)
        pieces.append(decoder.process(b"", output_buffer_limit=_OUTPUT_BYTES))
        n_out += len(pieces[-1])
        if not pieces[-1] and decoder.can_accept_more_data():
            raise EOFError("its last block is missing")
    _check(n_out, limit)
    return b"".join(pieces)


def _unzstandard(body: bytes, limit: int) -> bytes:
    decoder = zstandard.ZstdDecompressor().decompressobj()
    pieces: list[bytes] = []
    n_out = 0
    for start in range(0, len(body), _ZSTD_INPUT_BYTES):
        pieces.append(decoder.decompress(body[start : start + _ZSTD_INPUT_BYTES]))
        n_out += len(pieces[-1])
        _check(n_out, limit)
        if decoder.eof:
            return b"".join(pieces)
    raise EOFError("its last block is missing")


def _check(n_out: int, limit: int) -> None:
    if n_out > limit:
        raise oversize("this page", None, limit)


_EXPANDERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzipped, "x-gzip": _gunzipped, "deflate": _deflated, "br": _unbrotlied, "zstd": _unzstandard,
}  # fmt: skip
