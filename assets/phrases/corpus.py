"""All bodies as one array of token codes, made and read back in batches."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import config

from assets.phrases.windows import Int32s, Int64s, marked_token
from assets.text.compiled import compiled
from assets.text.tokens import tokenise

UInt8s = npt.NDArray[np.uint8]

BATCH_BYTES = 1 << 24  # of text tokenised at a time, by each core
BLOCK_BITS = 7  # tokens of a block, as a power of two: short enough to find the text of a token within it by looking


@dataclass(frozen=True)
class Corpus:
    """``codes`` of all tokens, text after text; the first token of a line is stored as its complement (``~code``).

    ``text_offsets`` (texts + 1) holds the first token of each text, ``text_of_block`` the text of each block's first
    token, ``outlets`` a number from 0 for each text. Code ``c`` is spelt ``letters[bounds[c]:bounds[c + 1]]`` (UTF-8).
    """

    codes: Int32s
    text_offsets: Int64s
    text_of_block: Int32s
    outlets: Int32s
    letters: UInt8s
    bounds: Int64s

    @property
    def n_forms(self) -> int:
        return len(self.bounds) - 1


@dataclass(frozen=True)
class _Batch:
    """The tokens of some texts, coded by their own list of forms."""

    codes: Int32s
    n_tokens: Int64s
    forms: list[str]


def n_workers() -> int:
    """Threads to use; NUMBA_NUM_THREADS sets it, and the number of cores otherwise."""
    return int(getattr(config, "NUMBA_NUM_THREADS"))  # noqa: B009 - set by numba at run time, unknown to its types


def batches(bodies: pl.Series) -> Iterator[tuple[int, int]]:
    """Row ranges (first, one after the last) of about ``BATCH_BYTES``; a longer text is a batch of its own."""
    ends = np.cumsum(bodies.str.len_bytes().to_numpy(), dtype=np.int64)
    first = 0
    while first < len(bodies):
        before = int(ends[first - 1]) if first else 0
        after = max(int(np.searchsorted(ends, before + BATCH_BYTES, side="right")), first + 1)
        yield first, after
        first = after


def encode(bodies: pl.Series, outlets: Int32s) -> Corpus:
    """The corpus of these texts and the outlets that printed them."""
    code_of: dict[str, int] = {}
    parts: list[Int32s] = []
    n_tokens = [np.zeros(1, np.int64)]
    with ThreadPoolExecutor(n_workers()) as pool:
        for batch in pool.map(lambda rows: _encode(bodies[rows[0] : rows[1]]), batches(bodies)):
            shared_codes = np.array([code_of.setdefault(form, len(code_of)) for form in batch.forms], np.int32)
            _recode(batch.codes, shared_codes)
            parts.append(batch.codes)
            n_tokens.append(batch.n_tokens)
    text_offsets: Int64s = np.cumsum(np.concatenate(n_tokens))
    codes = _end_to_end(parts, int(text_offsets[-1]))
    letters = [form.encode() for form in code_of]
    bounds: Int64s = np.concatenate([np.zeros(1, np.int64), np.cumsum([len(form) for form in letters], dtype=np.int64)])
    spelling = np.frombuffer(b"".join(letters), np.uint8)
    return Corpus(codes, text_offsets, _text_of_block(text_offsets), outlets, spelling, bounds)


def _encode(bodies: pl.Series) -> _Batch:
    tokens = tokenise(bodies)
    np.bitwise_not(tokens.codes, out=tokens.codes, where=tokens.opens_line)
    return _Batch(tokens.codes, np.diff(tokens.text_offsets), tokens.vocabulary.forms())


def _end_to_end(parts: list[Int32s], n_tokens: int) -> Int32s:
    """One array of all parts; each is taken from the list, so that its memory is free before the next is copied."""
    codes = np.empty(n_tokens, np.int32)
    after = n_tokens
    while parts:
        part = parts.pop()
        codes[after - len(part) : after] = part
        after -= len(part)
    return codes


@compiled
def _recode(codes: Int32s, shared_codes: Int32s) -> None:
    for token in range(len(codes)):
        mark = codes[token] >> 31
        codes[token] = shared_codes[marked_token(codes[token])] ^ mark


@compiled
def _text_of_block(text_offsets: Int64s) -> Int32s:
    texts = np.empty((text_offsets[-1] >> BLOCK_BITS) + 1, np.int32)
    text = 0
    for block in range(len(texts)):
        while text < len(text_offsets) - 2 and text_offsets[text + 1] <= block << BLOCK_BITS:
            text += 1
        texts[block] = text
    return texts


@compiled
def text_of(position: Any, text_of_block: Int32s, text_offsets: Int64s) -> np.int32:
    """The text that holds a token."""
    text: np.int32 = text_of_block[position >> BLOCK_BITS]
    while text_offsets[text + 1] <= position:
        text += 1
    return text
