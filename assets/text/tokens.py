"""Word tokens of many texts at once: integer codes with code-point offsets, for everything that compares wordings.

A token is a match of Python's ``\\w+`` and its form is ``str.casefold()`` of that match, exactly, for any Unicode text:
both are properties of single code points, so two lookup tables made from Python itself say what it would say.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.text.compiled import compiled
from assets.text.hashing import FNV_OFFSET, fnv_spread, fnv_step
from assets.text.tables import first_slot, next_slot, numbered

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
UInt8s = npt.NDArray[np.uint8]
UInt64s = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

N_CODE_POINTS = 0x110000
FOLD_BLOCK = 256
# Where the compiled loop keeps its place between two calls.
N_FORMS, TOKEN, TEXT, BYTE, PLACE, FRESH_LINE, RESUME, STATE_FIELDS = range(8)
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Vocabulary:
    """The distinct token forms; code ``c`` has code points ``letters[offsets[c]:offsets[c + 1]]``.

    ``hashes`` (uint64 per form) depend on the form alone, so they agree between batches; codes do not.
    """

    letters: Int32s
    offsets: Int64s
    hashes: UInt64s

    def __len__(self) -> int:
        return len(self.hashes)

    def form(self, code: int) -> str:
        letters: Int32s = self.letters[self.offsets[code] : self.offsets[code + 1]]
        return letters.astype("<i4").tobytes().decode("utf-32-le")

    def forms(self) -> list[str]:
        """Every form, by code."""
        text = self.letters.astype("<i4").tobytes().decode("utf-32-le")
        bounds = self.offsets.tolist()
        return [text[start:end] for start, end in itertools.pairwise(bounds)]


@dataclass(frozen=True)
class Tokens:
    """The tokens of a column of texts, in order of text and place; arrays of length n unless said otherwise.

    ``codes`` index ``vocabulary``; ``starts`` and ``ends`` are code-point offsets into the token's own text;
    ``opens_line`` is true for the first token of each line ("\\n" ends a line); ``text_offsets`` (length texts + 1)
    holds the first token of each text.
    """

    codes: Int32s
    starts: Int32s
    ends: Int32s
    opens_line: Bools
    text_offsets: Int64s
    vocabulary: Vocabulary

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def article(self) -> Int32s:
        """Row of the text each token is in (computed at each call)."""
        return np.repeat(np.arange(len(self.text_offsets) - 1, dtype=np.int32), np.diff(self.text_offsets))

    @property
    def line(self) -> Int32s:
        """Running number of the line that holds each token, over all texts: equal numbers mean the same line.

        Lines without a token get no number, and numbers are never shared between texts (computed at each call).
        """
        return np.cumsum(self.opens_line, dtype=np.int32) - np.int32(1)


def tokenise(bodies: pl.Series) -> Tokens:
    """The tokens of every text of a String column, in row order.

    Linear in the bytes; memory is 13 bytes per token, plus the texts once. Raises ``ValueError`` where a text is null.
    """
    if bodies.null_count():
        row = int(bodies.is_null().arg_true()[0])
        raise ValueError(f"cannot tokenise column {bodies.name!r}: row {row} is null; fill or drop it first")
    data, offsets = _utf8(bodies)
    is_word, fold, folds = _unicode_tables()
    text_offsets, longest = _count_tokens(data, offsets, is_word)
    n = int(text_offsets[-1])
    codes, starts, ends = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    opens_line = np.empty(n, np.bool_)
    form = np.empty(3 * longest, np.int32)
    letters, form_offsets = np.empty(max(1 << 14, len(form)), np.int32), np.zeros((1 << 11) + 1, np.int64)
    hashes, slots = np.empty(1 << 11, np.uint64), np.zeros(1 << 12, np.int32)
    state = np.zeros(STATE_FIELDS, np.int64)
    text_tables, vocabulary = (is_word, fold, folds), (slots, hashes, form_offsets, letters)
    # The compiled loop stops when the vocabulary is full; arrays replaced inside it would cost it most of its speed.
    while not _encode(data, offsets, *text_tables, form, *vocabulary, codes, starts, ends, opens_line, state):
        capacity = len(hashes)
        hashes = np.concatenate([hashes, np.empty(capacity, np.uint64)])
        form_offsets = np.concatenate([form_offsets, np.zeros(capacity, np.int64)])
        letters = np.concatenate([letters, np.empty(len(letters), np.int32)])
        slots = numbered(hashes[: state[N_FORMS]], 4 * capacity)
        vocabulary = (slots, hashes, form_offsets, letters)
    n_forms = int(state[N_FORMS])
    forms = Vocabulary(
        letters[: form_offsets[n_forms]].copy(), form_offsets[: n_forms + 1].copy(), hashes[:n_forms].copy()
    )
    return Tokens(codes, starts, ends, opens_line, text_offsets, forms)


def token_spans(bodies: pl.Series) -> tuple[Int32s, Int32s]:
    """Code-point offsets (starts, ends) of the tokens that ``tokenise`` finds in the same texts, in the same order.

    Several times faster than ``tokenise``, for a caller that kept codes and gave up the offsets to save memory.
    """
    data, offsets = _utf8(bodies)
    is_word, _, _ = _unicode_tables()
    text_offsets, _ = _count_tokens(data, offsets, is_word)
    starts, ends = np.empty(text_offsets[-1], np.int32), np.empty(text_offsets[-1], np.int32)
    _write_spans(data, offsets, is_word, starts, ends)
    return starts, ends


def _utf8(texts: pl.Series) -> tuple[UInt8s, Int64s]:
    """All texts as one run of UTF-8 bytes, and where each begins (length texts + 1)."""
    array: Any = texts.cast(pl.String).rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
    if len(array) == 0:
        return np.zeros(0, np.uint8), np.zeros(1, np.int64)
    _, offset_buffer, data_buffer = array.buffers()
    offsets = np.frombuffer(offset_buffer, np.int64)[array.offset : array.offset + len(array) + 1]
    data = np.frombuffer(data_buffer, np.uint8) if data_buffer is not None else np.zeros(0, np.uint8)
    return data, offsets


@cache
def _unicode_tables() -> tuple[Bools, Int32s, Int32s]:
    """By code point: whether ``\\w`` matches it, and its casefold.

    A fold of one code point is that code point; a longer one is ``-1 - row`` of the third table (padded with -1).
    """
    code_points = np.r_[0:0xD800, 0xE000:N_CODE_POINTS]  # all but the surrogates, which UTF-8 cannot hold
    letters = "".join(map(chr, code_points.tolist()))
    is_word = np.zeros(N_CODE_POINTS, np.bool_)
    for match in WORD.finditer(letters):
        is_word[code_points[match.start() : match.end()]] = True
    fold = np.arange(N_CODE_POINTS, dtype=np.int32)
    longer: list[list[int]] = []
    for letter in _letters_with_case(letters):
        folded = letter.casefold()
        if len(folded) == 1:
            fold[ord(letter)] = ord(folded)
        else:
            fold[ord(letter)] = -1 - len(longer)
            longer.append([ord(part) for part in folded] + [-1] * (3 - len(folded)))
    return is_word, fold, np.array(longer, np.int32)


def _letters_with_case(letters: str) -> Iterator[str]:
    """The letters that folding changes; most of Unicode has no case and is passed over in blocks."""
    for begin in range(0, len(letters), FOLD_BLOCK):
        block = letters[begin : begin + FOLD_BLOCK]
        if block.casefold() != block:
            yield from (letter for letter in block if letter.casefold() != letter)


@compiled
def _decode(data: UInt8s, i: int) -> tuple[np.int32, int]:
    """The code point at byte ``i`` of valid UTF-8, and the byte after it."""
    b = np.int32(data[i])
    if b < 0x80:
        return b, i + 1
    if b < 0xE0:
        return ((b & 0x1F) << 6) | (np.int32(data[i + 1]) & 0x3F), i + 2
    if b < 0xF0:
        return ((b & 0x0F) << 12) | ((np.int32(data[i + 1]) & 0x3F) << 6) | (np.int32(data[i + 2]) & 0x3F), i + 3
    high = ((b & 0x07) << 18) | ((np.int32(data[i + 1]) & 0x3F) << 12)
    return high | ((np.int32(data[i + 2]) & 0x3F) << 6) | (np.int32(data[i + 3]) & 0x3F), i + 4


@compiled
def _count_tokens(data: UInt8s, offsets: Int64s, is_word: Bools) -> tuple[Int64s, int]:
    """The first token of each text, and the length of the longest token in code points."""
    first_tokens = np.zeros(len(offsets), np.int64)
    longest = 0
    for text in range(len(offsets) - 1):
        i, end = offsets[text], offsets[text + 1]
        length = 0
        n = 0
        while i < end:
            code_point, i = _decode(data, i)
            if is_word[code_point]:
                n += length == 0
                length += 1
                longest = max(longest, length)
            else:
                length = 0
        first_tokens[text + 1] = first_tokens[text] + n
    return first_tokens, longest


@compiled
def _write_spans(data: UInt8s, offsets: Int64s, is_word: Bools, starts: Int32s, ends: Int32s) -> None:
    token = 0
    for text in range(len(offsets) - 1):
        i, end = offsets[text], offsets[text + 1]
        place = 0
        inside = False
        while i < end:
            code_point, i = _decode(data, i)
            if is_word[code_point] != inside:
                if inside:
                    ends[token] = place
                    token += 1
                else:
                    starts[token] = place
                inside = not inside
            place += 1
        if inside:
            ends[token] = place
            token += 1


@compiled
def _encode(  # type: ignore[no-untyped-def]
    data, offsets, is_word, fold, folds, form, slots, hashes, form_offsets, letters,
    codes, starts, ends, opens_line, state,
):  # fmt: skip
    """Fill the token arrays from where ``state`` says; false when the vocabulary must grow before it can go on."""
    n_forms = state[N_FORMS]
    token = state[TOKEN]
    for text in range(state[TEXT], len(offsets) - 1):
        i, end = offsets[text], offsets[text + 1]
        place = 0
        fresh_line = True
        if state[RESUME]:
            i, place, fresh_line = state[BYTE], state[PLACE], state[FRESH_LINE] == 1
            state[RESUME] = 0
        while i < end:
            first_byte, first_place = i, place
            code_point, i = _decode(data, i)
            place += 1
            if not is_word[code_point]:
                if code_point == 10:
                    fresh_line = True
                continue
            form_hash = FNV_OFFSET
            n_letters = 0
            while True:
                folded = fold[code_point]
                if folded >= 0:
                    form[n_letters] = folded
                    n_letters += 1
                    form_hash = fnv_step(form_hash, folded)
                else:
                    for k in range(3):
                        part = folds[-1 - folded, k]
                        if part >= 0:
                            form[n_letters] = part
                            n_letters += 1
                            form_hash = fnv_step(form_hash, part)
                if i >= end:
                    break
                code_point, after = _decode(data, i)
                if not is_word[code_point]:
                    break
                i = after
                place += 1
            form_hash = fnv_spread(form_hash)
            # Letters decide whether a form is known; the hash only guides, so a collision cannot merge two forms.
            slot = first_slot(form_hash, len(slots))
            known = False
            while slots[slot] > 0 and not known:
                code = slots[slot] - 1
                first = form_offsets[code]
                if hashes[code] == form_hash and form_offsets[code + 1] - first == n_letters:
                    known = True
                    for k in range(n_letters):
                        if letters[first + k] != form[k]:
                            known = False
                            break
                if not known:
                    slot = next_slot(slot, len(slots))
            if not known:
                first = form_offsets[n_forms]
                if n_forms == len(hashes) or first + n_letters > len(letters):
                    state[N_FORMS], state[TOKEN], state[TEXT], state[RESUME] = n_forms, token, text, 1
                    state[BYTE], state[PLACE], state[FRESH_LINE] = first_byte, first_place, fresh_line
                    return False
                for k in range(n_letters):
                    letters[first + k] = form[k]
                form_offsets[n_forms + 1] = first + n_letters
                hashes[n_forms] = form_hash
                n_forms += 1
                slots[slot] = n_forms
            codes[token] = slots[slot] - 1
            starts[token] = first_place
            ends[token] = place
            opens_line[token] = fresh_line
            fresh_line = False
            token += 1
    state[N_FORMS] = n_forms
    return True
