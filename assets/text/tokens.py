"""Word tokens of many texts at once: integer codes with code-point offsets, for everything that compares wordings.

A token is a match of Python's ``\\w+`` and its form is ``str.casefold()`` of that match, exactly, for any Unicode text:
both are properties of single code points, so two lookup tables made from Python itself say what it would say.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.text.compiled import compiled, inlined, reading
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
LINE_FEED = ord("\n")
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


class _Unicode(NamedTuple):
    """By code point: whether ``\\w`` matches it, and its casefold.

    A fold of one code point is that code point; a longer one is ``-1 - row`` of ``folds`` (padded with -1).
    """

    is_word: Bools
    fold: Int32s
    folds: Int32s


class _Forms(NamedTuple):
    """A vocabulary that grows: a table from hashes to codes + 1, and the columns of ``Vocabulary`` with room for more."""

    slots: Int32s
    hashes: UInt64s
    offsets: Int64s
    letters: Int32s


class _Columns(NamedTuple):
    """The columns of ``Tokens`` that have a row a token."""

    codes: Int32s
    starts: Int32s
    ends: Int32s
    opens_line: Bools


def tokenise(bodies: pl.Series) -> Tokens:
    """The tokens of every text of a String column, in row order.

    Linear in the bytes; memory is 13 bytes per token, plus the texts once. Raises ``ValueError`` where a text is null.
    """
    if bodies.null_count():
        row = int(bodies.is_null().arg_true()[0])
        raise ValueError(f"cannot tokenise column {bodies.name!r}: row {row} is null; fill or drop it first")
    data, offsets = _utf8(bodies)
    unicode = _unicode_tables()
    text_offsets, longest = _count_tokens(data, offsets, unicode.is_word)
    n = int(text_offsets[-1])
    tokens = _Columns(np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.bool_))
    form = np.empty(3 * longest, np.int32)
    letters = np.empty(max(1 << 14, len(form)), np.int32)
    forms = _Forms(
        np.zeros(1 << 12, np.int32), np.empty(1 << 11, np.uint64), np.zeros((1 << 11) + 1, np.int64), letters
    )
    state = np.zeros(STATE_FIELDS, np.int64)
    # The compiled loop stops when the vocabulary is full; arrays replaced inside it would cost it most of its speed.
    while not _encode(data, offsets, unicode, form, forms, tokens, state):
        forms = _grown(forms, int(state[N_FORMS]))
    n_forms = int(state[N_FORMS])
    vocabulary = Vocabulary(
        forms.letters[: forms.offsets[n_forms]].copy(),
        forms.offsets[: n_forms + 1].copy(),
        forms.hashes[:n_forms].copy(),
    )
    return Tokens(*tokens, text_offsets, vocabulary)


def token_spans(bodies: pl.Series) -> tuple[Int32s, Int32s]:
    """Code-point offsets (starts, ends) of the tokens that ``tokenise`` finds in the same texts, in the same order.

    Several times faster than ``tokenise``, for a caller that kept codes and gave up the offsets to save memory.
    """
    data, offsets = _utf8(bodies)
    is_word = _unicode_tables().is_word
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
def _unicode_tables() -> _Unicode:
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
    return _Unicode(is_word, fold, np.array(longer, np.int32))


def _letters_with_case(letters: str) -> Iterator[str]:
    """The letters that folding changes; most of Unicode has no case and is passed over in blocks."""
    for begin in range(0, len(letters), FOLD_BLOCK):
        block = letters[begin : begin + FOLD_BLOCK]
        if block.casefold() != block:
            yield from (letter for letter in block if letter.casefold() != letter)


@reading
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


class _Word(NamedTuple):
    """A word: the byte and the code point after it, and of its form the hash and how many letters it has."""

    end: int
    end_place: int
    hash: np.uint64
    n_letters: int


def _grown(forms: _Forms, n_forms: int) -> _Forms:
    """The same forms, with room for twice as many."""
    capacity = len(forms.hashes)
    hashes = np.concatenate([forms.hashes, np.empty(capacity, np.uint64)])
    return _Forms(
        numbered(hashes[:n_forms], 4 * capacity),
        hashes,
        np.concatenate([forms.offsets, np.zeros(capacity, np.int64)]),
        np.concatenate([forms.letters, np.empty(len(forms.letters), np.int32)]),
    )


@compiled
def _encode(
    data: UInt8s, offsets: Int64s, unicode: _Unicode, form: Int32s, forms: _Forms, tokens: _Columns, state: Int64s
) -> bool:
    """Fill the token arrays from where ``state`` says; false when the vocabulary must grow before it can go on."""
    for text in range(state[TEXT], len(offsets) - 1):
        state[TEXT] = text
        if not _encode_text(data, offsets[text], offsets[text + 1], unicode, form, forms, tokens, state):
            return False
    return True


@reading
def _encode_text(
    data: UInt8s, start: int, end: int, unicode: _Unicode, form: Int32s, forms: _Forms, tokens: _Columns, state: Int64s
) -> bool:
    """The same for one text, from its beginning or from where it was left."""
    i, place, fresh_line = start, 0, True
    if state[RESUME]:
        i, place, fresh_line = state[BYTE], state[PLACE], state[FRESH_LINE] == 1
        state[RESUME] = 0
    token = state[TOKEN]
    while i < end:
        code_point, after = _decode(data, i)
        if not unicode.is_word[code_point]:
            fresh_line = fresh_line or code_point == LINE_FEED
            i, place = after, place + 1
            continue
        word = _read_word(data, i, end, place, unicode, form)
        code = _code_of(forms, form, word, state)
        if code < 0:
            state[TOKEN], state[RESUME] = token, 1
            state[BYTE], state[PLACE], state[FRESH_LINE] = i, place, fresh_line
            return False
        tokens.codes[token] = code
        tokens.starts[token], tokens.ends[token] = place, word.end_place
        tokens.opens_line[token] = fresh_line
        fresh_line = False
        token += 1
        i, place = word.end, word.end_place
    state[TOKEN] = token
    return True


@inlined
def _read_word(data: UInt8s, start: int, end: int, place: int, unicode: _Unicode, form: Int32s) -> _Word:
    """The word that begins at byte ``start``, code point ``place``, of a text that ends at byte ``end``; its form into ``form``."""
    form_hash = FNV_OFFSET
    n_letters = 0
    i = start
    while i < end:
        code_point, after = _decode(data, i)
        if not unicode.is_word[code_point]:
            break
        folded = unicode.fold[code_point]
        if folded >= 0:
            form[n_letters] = folded
            n_letters += 1
            form_hash = fnv_step(form_hash, folded)
        else:
            for part in unicode.folds[-1 - folded]:
                if part >= 0:
                    form[n_letters] = part
                    n_letters += 1
                    form_hash = fnv_step(form_hash, part)
        i, place = after, place + 1
    return _Word(i, place, fnv_spread(form_hash), n_letters)


@inlined
def _code_of(forms: _Forms, form: Int32s, word: _Word, state: Int64s) -> int:
    """The code of a form, which is entered where it is new; -1 where there is no room for it."""
    slot = first_slot(word.hash, len(forms.slots))
    while forms.slots[slot] > 0:
        known: int = forms.slots[slot] - 1
        if _is_form(forms, known, form, word):
            return known
        slot = next_slot(slot, len(forms.slots))
    code: int = state[N_FORMS]
    first = forms.offsets[code]
    if code == len(forms.hashes) or first + word.n_letters > len(forms.letters):
        return -1
    for k in range(word.n_letters):
        forms.letters[first + k] = form[k]
    forms.offsets[code + 1] = first + word.n_letters
    forms.hashes[code] = word.hash
    forms.slots[slot] = code + 1
    state[N_FORMS] = code + 1
    return code


@inlined
def _is_form(forms: _Forms, code: int, form: Int32s, word: _Word) -> bool:
    """Whether the letters are those of a known form: a hash only guides, so that a collision cannot merge two forms."""
    first = forms.offsets[code]
    if forms.hashes[code] != word.hash or forms.offsets[code + 1] - first != word.n_letters:
        return False
    for k in range(word.n_letters):  # noqa: SIM110 - compiled code has no generators
        if forms.letters[first + k] != form[k]:
            return False
    return True
