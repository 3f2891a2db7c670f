"""Found phrases as rows: their text and id, and every place with its offsets."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from assets.phrases.windows import Int32s, Int64s, UInt64s, marked_token, njit
from assets.tokens import Vocabulary

UInt8s = npt.NDArray[np.uint8]

SPACE = 32
TEXTS_AT_ONCE = 1 << 16  # texts held as Python objects at a time


def phrase_texts(codes: Int32s, firsts: Int64s, n_tokens: Int64s, vocabulary: Vocabulary) -> pl.Series:
    """The tokens' forms with one space between, for every phrase that begins at ``firsts`` and has ``n_tokens``."""
    letters, bounds = _utf8_forms(vocabulary)
    offsets = np.concatenate([[0], np.cumsum(_text_bytes(codes, firsts, n_tokens, bounds))])
    data = np.empty(offsets[-1], np.uint8)
    _write_texts(codes, firsts, n_tokens, letters, bounds, offsets, data)
    return pl.Series("text", _strings(offsets, data))


def text_ids(texts: pl.Series) -> UInt64s:
    """``assets.ids.stable_id(text)`` of every text, as a number."""
    return np.frombuffer(b"".join(_digests(texts)), ">u8").astype(np.uint64)


def hexadecimal(ids: UInt64s) -> pl.Series:
    """Sixteen digits for every number."""
    nibbles = np.empty((len(ids), 16), np.uint8)
    octets = ids.astype(">u8").view(np.uint8).reshape(-1, 8)
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)
    nibbles[:, 0::2] = digits[octets >> 4]
    nibbles[:, 1::2] = digits[octets & 15]
    return pl.Series(_strings(np.arange(len(ids) + 1, dtype=np.int64) * 16, nibbles.reshape(-1)))


def _digests(texts: pl.Series) -> Iterator[bytes]:
    for first in range(0, len(texts), TEXTS_AT_ONCE):
        for text in texts.slice(first, TEXTS_AT_ONCE).cast(pl.Binary):
            digest = blake2b(len(text).to_bytes(8, "little"), digest_size=8)
            digest.update(text)
            yield digest.digest()


def _strings(offsets: Int64s, data: UInt8s) -> Any:
    return pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(data))


def _utf8_forms(vocabulary: Vocabulary) -> tuple[UInt8s, Int64s]:
    """Every form as UTF-8, end to end, and where each begins."""
    letters = vocabulary.letters
    data = np.frombuffer(letters.astype("<i4").tobytes().decode("utf-32-le").encode(), np.uint8)
    lengths = 1 + (letters >= 0x80).astype(np.int64) + (letters >= 0x800) + (letters >= 0x10000)
    ends: Int64s = np.concatenate([[0], np.cumsum(lengths)])
    return data, ends[vocabulary.offsets]


@njit
def _text_bytes(codes, firsts, n_tokens, bounds):  # type: ignore[no-untyped-def]
    lengths = np.empty(len(firsts), np.int64)
    for phrase in range(len(firsts)):
        length = n_tokens[phrase] - 1
        for token in range(firsts[phrase], firsts[phrase] + n_tokens[phrase]):
            code = marked_token(codes[token])
            length += bounds[code + 1] - bounds[code]
        lengths[phrase] = length
    return lengths


@njit
def _write_texts(codes, firsts, n_tokens, letters, bounds, offsets, data):  # type: ignore[no-untyped-def]
    for phrase in range(len(firsts)):
        at = offsets[phrase]
        for token in range(firsts[phrase], firsts[phrase] + n_tokens[phrase]):
            if at > offsets[phrase]:
                data[at] = SPACE
                at += 1
            code = marked_token(codes[token])
            for k in range(bounds[code], bounds[code + 1]):
                data[at] = letters[k]
                at += 1
