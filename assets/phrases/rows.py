"""Found phrases as rows: their text and id, and every place with its offsets."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from assets.phrases.corpus import Corpus, batches, n_workers, text_of
from assets.phrases.windows import Int32s, Int64s, UInt64s, marked_token
from assets.text.compiled import compiled
from assets.text.tokens import token_spans

UInt8s = npt.NDArray[np.uint8]
UInt32s = npt.NDArray[np.uint32]

SPACE = 32


class Spelt(NamedTuple):
    """The tokens of a corpus and how each code is spelt: see ``Corpus``."""

    codes: Int32s
    letters: UInt8s
    bounds: Int64s


class Places(NamedTuple):
    """Where phrases are: row of the text, code-point offsets of the first and after the last letter."""

    text: UInt32s
    start: Int32s
    end: Int32s


def phrase_texts(corpus: Corpus, firsts: Int64s, n_tokens: Int32s) -> pl.Series:
    """Forms of ``n_tokens`` tokens from position ``firsts`` on, with one space between, for every phrase."""
    offsets = np.concatenate([[0], np.cumsum(_text_bytes(corpus.codes, firsts, n_tokens, corpus.bounds))])
    data = np.empty(offsets[-1], np.uint8)
    _write_texts(Spelt(corpus.codes, corpus.letters, corpus.bounds), firsts, n_tokens, offsets, data)
    return pl.Series("text", _strings(offsets, data))


def text_ids(texts: pl.Series) -> UInt64s:
    """``pipeline.ids.stable_id(text)`` of every text, as a number."""
    return np.frombuffer(b"".join(map(_digest, texts.cast(pl.Binary))), ">u8").astype(np.uint64)


def hexadecimal(ids: UInt64s) -> pl.Series:
    """Sixteen digits for every number."""
    octets = ids.astype(">u8").view(np.uint8).reshape(-1, 8)
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)
    written = np.empty((len(ids), 16), np.uint8)
    written[:, 0::2] = digits[octets >> 4]
    written[:, 1::2] = digits[octets & 15]
    return pl.Series(_strings(np.arange(len(ids) + 1, dtype=np.int64) * 16, written.reshape(-1)))


def place_offsets(bodies: pl.Series, corpus: Corpus, positions: UInt32s, n_tokens: Int32s, n_places: Int32s) -> Places:
    """The places of phrases, each ``n_tokens`` long, whose ``n_places`` positions follow one another."""
    n = len(positions)
    places = Places(np.empty(n, np.uint32), np.empty(n, np.int32), np.empty(n, np.int32))

    def fill(rows: tuple[int, int]) -> None:
        starts, ends = token_spans(bodies[rows[0] : rows[1]])
        first = corpus.text_offsets[rows[0]]
        texts = corpus.text_of_block, corpus.text_offsets
        _write_places((positions, n_tokens, n_places), texts, first, (starts, ends), places)

    with ThreadPoolExecutor(n_workers()) as pool:
        for _ in pool.map(fill, batches(bodies)):
            pass
    return places


def _digest(text: bytes) -> bytes:
    digest = blake2b(len(text).to_bytes(8, "little"), digest_size=8)
    digest.update(text)
    return digest.digest()


def _strings(offsets: Int64s, data: UInt8s) -> Any:
    return pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(data))


@compiled
def _text_bytes(codes: Int32s, firsts: Int64s, n_tokens: Int32s, bounds: Int64s) -> Int64s:
    lengths = np.empty(len(firsts), np.int64)
    for phrase in range(len(firsts)):
        length = np.int64(n_tokens[phrase] - 1)
        for token in range(firsts[phrase], firsts[phrase] + n_tokens[phrase]):
            code = marked_token(codes[token])
            length += bounds[code + 1] - bounds[code]
        lengths[phrase] = length
    return lengths


@compiled
def _write_texts(corpus: Spelt, firsts: Int64s, n_tokens: Int32s, offsets: Int64s, data: UInt8s) -> None:
    codes, letters, bounds = corpus
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


@compiled
def _write_places(
    phrases: tuple[UInt32s, Int32s, Int32s],
    texts: tuple[Int32s, Int64s],
    first: int,
    spans: tuple[Int32s, Int32s],
    places: Places,
) -> None:
    """Fill in the places whose tokens have their offsets in ``spans``, which begin at token ``first``."""
    positions, n_tokens, n_places = phrases
    text_of_block, text_offsets = texts
    starts, ends = spans
    text, start, end = places
    place = 0
    for phrase in range(len(n_tokens)):
        for _ in range(n_places[phrase]):
            token = np.int64(positions[place]) - first
            if 0 <= token < len(starts):
                text[place] = text_of(positions[place], text_of_block, text_offsets)
                start[place] = starts[token]
                end[place] = ends[token + n_tokens[phrase] - 1]
            place += 1
