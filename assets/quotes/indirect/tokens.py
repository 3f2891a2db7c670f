"""Tokens of texts for the tagger of indirect speech: one numba pass over the code points of a batch.

A token is a word (inner apostrophes, hyphens, and the full stops of "U.S." and "3.5" stay inside; the clitics 's 're
've 'll 'd 'm stand alone) or a single other character that is no space. Between two texts of a batch stands a token of
its own, so that nothing that looks at neighbours sees past the end of its text. Columns of the token table are below.
"""

import numpy as np

from assets.text.characters import class_table, lower_table
from assets.text.code_points import looked_up
from assets.text.compiled import compiled, inlined
from assets.text.hashing import paired_31 as mix

# columns of the token table
START, END, HASH, SHAPE, SUFFIX, SENTENCE, QUOTE, VOCAB = range(8)
N_COLUMNS = 8
# values of SHAPE
PUNCTUATION, LOWER, CAPITAL, UPPER, NUMBER, CLITIC = range(6)

_N_TABLE = 0x2100


def _is_capital(character: str) -> bool:
    return character.isalpha() and character != character.lower()


def _is_space(character: str) -> bool:
    return character.isspace() or character in "\u200b\u200e\u200f"


def _tables() -> tuple[np.ndarray, np.ndarray]:
    """Per code point: lower-case form and class (0 other, 1 space, 2 letter, 3 digit, 4 upper-case letter)."""
    lower = lower_table(_N_TABLE)
    own = np.arange(_N_TABLE)
    rules = [(2, str.isalpha), (4, _is_capital), (3, str.isdigit), (1, _is_space)]
    kinds = class_table(_N_TABLE, rules)
    return np.where(lower < _N_TABLE, lower, own).astype(np.int32), kinds.astype(np.int8)


LOWER_OF, CLASS_OF = _tables()


@inlined
def _kind(code, class_of):  # type: ignore[no-untyped-def]
    if code < len(class_of):
        return class_of[code]
    if 0x3000 <= code <= 0x303F or 0xFE00 <= code <= 0xFE6F or 0xFF00 <= code <= 0xFF0F or code >= 0x1F000:
        return 0
    if code <= 0x2BFF:
        return 0
    return 2


@compiled
def fold(codes, a, b, lower_of):  # type: ignore[no-untyped-def]
    """Hash of the code points a to b, case and kind of apostrophe apart."""
    value = np.int64(b - a)
    for i in range(a, b):
        code = codes[i]
        if code == 0x2019:
            code = 39
        value = mix(value, looked_up(lower_of, code, code))
    return value


@compiled
def tokenize(codes, bounds, lower_of, class_of):  # type: ignore[no-untyped-def]
    """codes: uint32 (n,) code points → int32 (tokens, N_COLUMNS); SENTENCE, QUOTE and VOCAB are still 0 or -1.

    Text k of the batch is codes[bounds[k]:bounds[k + 1] - 1]; what stands between two is their separator. SENTENCE holds 1
    where a line break stands before the token; `mark_sentences` turns it into numbers.
    """
    n = codes.shape[0]
    table = np.empty((n + 1, N_COLUMNS), dtype=np.int32)  # room for all; what is not used is never touched
    n_tokens = 0
    i = 0
    line = 1
    text = 0
    while i < n:
        kind = _kind(codes[i], class_of)
        separator = False
        if kind == 1:
            if codes[i] == 10 or codes[i] == 13 or codes[i] == 0x2028 or codes[i] == 0x2029:
                line = 1
                separator = i == bounds[text + 1] - 1
                text += separator
            if not separator:
                i += 1
                continue
        a = i
        shape = 0
        if separator:
            i += 1
        elif kind >= 2:
            uppers = 0
            letters = 0
            digits = 0
            single = True  # so far only single letters parted by full stops
            run = 0
            while i < n:
                k = _kind(codes[i], class_of)
                if k >= 2:
                    run += 1
                    if run > 1:
                        single = False
                    letters += k != 3
                    uppers += k == 4
                    digits += k == 3
                    i += 1
                    continue
                code = codes[i]
                if i + 1 < n and _kind(codes[i + 1], class_of) >= 2:
                    after = _kind(codes[i + 1], class_of)
                    if code == 45 or code == 0x2011 or code == 0x2010 or code == 0xAD or code == 38 or code == 64:
                        i += 1
                        run = 0
                        single = False
                        continue
                    if code == 39 or code == 0x2019:
                        # clitics end the word here; other apostrophes stay inside
                        j = i + 1
                        while j < n and _kind(codes[j], class_of) >= 2:
                            j += 1
                        length = j - i - 1
                        c = codes[i + 1] | 32
                        d = codes[i + 2] | 32 if length > 1 else 0
                        if (length == 1 and (c == 115 or c == 100 or c == 109)) or (
                            length == 2
                            and ((c == 114 and d == 101) or (c == 118 and d == 101) or (c == 108 and d == 108))
                        ):
                            break
                        i += 1
                        run = 0
                        single = False
                        continue
                    if code == 46 and ((single and run == 1 and letters) or (after == 3 and digits and run > 0)):
                        i += 1
                        run = 0
                        continue
                    if code == 44 and after == 3 and digits and not letters:
                        i += 1
                        run = 0
                        continue
                elif code == 46 and single and letters > 1 and run == 1:
                    i += 1  # the last full stop of "U.S."
                break
            first = _kind(codes[a], class_of)
            if letters == 0:
                shape = 4
            elif uppers > 1 and uppers == letters:
                shape = 3
            elif first == 4:
                shape = 2
            else:
                shape = 1
        elif (codes[i] == 39 or codes[i] == 0x2019) and i + 1 < n:
            j = i + 1
            while j < n and _kind(codes[j], class_of) >= 2:
                j += 1
            length = j - i - 1
            c = codes[i + 1] | 32
            d = codes[i + 2] | 32 if length > 1 else 0
            if _kind(codes[max(i - 1, 0)], class_of) >= 2 and (
                (length == 1 and (c == 115 or c == 100 or c == 109))
                or (length == 2 and ((c == 114 and d == 101) or (c == 118 and d == 101) or (c == 108 and d == 108)))
            ):
                i = j
                shape = 5
            else:
                i += 2 if codes[i + 1] == codes[i] else 1  # a double mark made of two single ones
        else:
            i += 2 if codes[i] == 96 and i + 1 < n and codes[i + 1] == 96 else 1
        row = table[n_tokens]
        row[START] = a
        row[END] = i
        row[HASH] = fold(codes, a, i, lower_of)
        row[SHAPE] = shape
        row[SUFFIX] = fold(codes, max(a, i - 3), i, lower_of) if i - a > 3 else row[HASH]
        row[SENTENCE] = line
        row[QUOTE] = -1
        row[VOCAB] = -1
        line = 1 if separator else 0
        n_tokens += 1
    return table[:n_tokens]


@inlined
def is_mark(code):  # type: ignore[no-untyped-def]
    """Whether a code point is a quotation mark or an apostrophe."""
    return code == 34 or code == 39 or code == 0xAB or code == 0xBB or (0x2018 <= code <= 0x201F)


@compiled
def mark_quotes(table, spans):  # type: ignore[no-untyped-def]
    """Set QUOTE to the number of the marked span a token lies in (spans: int64 (k, 2), sorted, in code points)."""
    k = 0
    for i in range(table.shape[0]):
        while k < spans.shape[0] and spans[k, 1] <= table[i, START]:
            k += 1
        if k < spans.shape[0] and spans[k, 0] <= table[i, START] and table[i, END] <= spans[k, 1]:
            table[i, QUOTE] = k


@compiled
def look_up(table, keys, slots):  # type: ignore[no-untyped-def]
    """Set VOCAB from an open-addressing table: keys int64 (2**k,) word hashes or -1, slots int32 (2**k,) numbers."""
    mask = keys.shape[0] - 1
    for i in range(table.shape[0]):
        place = table[i, HASH] & mask
        while keys[place] >= 0:
            if keys[place] == table[i, HASH]:
                table[i, VOCAB] = slots[place]
                break
            place = (place + 1) & mask


@compiled
def mark_sentences(codes, table, word_class):  # type: ignore[no-untyped-def]
    """Set SENTENCE to the sentence's number. A marked span is never cut in two; a line break outside one always cuts."""
    n = table.shape[0]
    sentence = -1
    new = True
    for i in range(n):
        if i > 0 and table[i, SENTENCE] == 1 and (table[i, QUOTE] < 0 or table[i, QUOTE] != table[i - 1, QUOTE]):
            new = True
        sentence += new
        table[i, SENTENCE] = sentence
        if i + 1 >= n or (table[i, QUOTE] >= 0 and table[i, QUOTE] == table[i + 1, QUOTE]):
            new = False
            continue
        new = _ends_sentence(codes, table, word_class, i)


@compiled
def _ends_sentence(codes, table, word_class, i):  # type: ignore[no-untyped-def]
    """Whether a sentence ends after token i: a stop, then closing marks, a space, then something that opens one."""
    j = i
    while (
        j >= 0
        and i - j < 4
        and table[j, SHAPE] == 0
        and (is_mark(codes[table[j, START]]) or codes[table[j, START]] == 41 or codes[table[j, START]] == 93)
    ):
        j -= 1
    if j < 0 or table[j, END] - table[j, START] != 1:
        return False
    code = codes[table[j, START]]
    if code != 46 and code != 33 and code != 63 and code != 0x2026:
        return False
    if code == 46 and i == j and j > 0:
        v = table[j - 1, VOCAB]
        if v >= 0 and word_class[v] & 128:
            return False
        if table[j - 1, SHAPE] >= 2 and table[j - 1, SHAPE] <= 3 and table[j - 1, END] - table[j - 1, START] == 1:
            return False  # an initial
    if table[i + 1, START] == table[i, END]:
        return False  # no space: inside a name or an address, or a mark still to close
    following = codes[table[i + 1, START]]
    if following == 44 or following == 59:
        return False
    return table[i + 1, SHAPE] != 1
