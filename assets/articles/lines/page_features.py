"""What is measured of a line beside the others of its page: copies, words known from the page's prose, place."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines import columns
from assets.articles.lines.holders import enter, is_elsewhere
from assets.text.compiled import compiled, reading
from assets.text.hashing import combined
from assets.text.tables import Table, empty_table, slot_of, value_of

PROSE_LENGTH = 4.4  # log of the code points of a line that is prose if it ends like a sentence
MOST_WORDS, MOST_NEIGHBOUR_WORDS = 30, 60  # compared of a line and of its neighbour


class Lines(NamedTuple):
    """Features and hashes of all lines of a batch; the words of line ``i`` are ``words[word_starts[i]:word_starts[i + 1]]``."""

    features: NDArray[np.float32]
    hashes: NDArray[np.uint64]
    words: NDArray[np.uint64]
    word_starts: NDArray[np.int64]


@compiled
def place(lines: Lines, pages: NDArray[np.int64]) -> None:
    """Fill the features from COPIES on; ``pages`` are the first lines of the pages."""
    for page in range(len(pages) - 1):
        first, last = pages[page], pages[page + 1]
        if first == last:
            continue
        copies = empty_table(last - first)
        holders = empty_table(lines.word_starts[last] - lines.word_starts[first])
        _enter_prose(lines, first, last, copies, holders)
        for i in range(first, last):
            _write_place(lines, i, first, last, copies, holders)
        holders.values[:] = 0
        _enter_pairs(lines, first, last, holders)
        for i in range(first, last):
            row = lines.features[i]
            row[columns.COPIED] = _copied_share(lines, i, holders)
            if i > first:
                row[columns.LIKE_BEFORE] = _shared(lines, i, i - 1)
            if i + 1 < last:
                row[columns.LIKE_AFTER] = _shared(lines, i, i + 1)


@reading
def _enter_prose(lines: Lines, first: int, last: int, copies: Table, holders: Table) -> None:
    """Count equal lines, and note which lines of prose hold each word."""
    for i in range(first, last):
        slot = slot_of(copies, lines.hashes[i])
        copies.keys[slot] = lines.hashes[i]
        copies.values[slot] += 1
        if lines.features[i, columns.ENDS_STOP] > 0 and lines.features[i, columns.LENGTH] > PROSE_LENGTH:
            for w in range(lines.word_starts[i], lines.word_starts[i + 1]):
                enter(holders, lines.words[w], i)


@reading
def _write_place(lines: Lines, i: int, first: int, last: int, copies: Table, holders: Table) -> None:
    row = lines.features[i]
    known = 0
    for w in range(lines.word_starts[i], lines.word_starts[i + 1]):
        known += is_elsewhere(holders, lines.words[w], i)
    row[columns.COPIES] = value_of(copies, lines.hashes[i])
    row[columns.SAME_AS_BEFORE] = i > first and lines.hashes[i] == lines.hashes[i - 1]
    row[columns.KNOWN_WORDS] = np.log1p(known)
    row[columns.KNOWN_SHARE] = known / max(1, lines.word_starts[i + 1] - lines.word_starts[i])
    row[columns.PLACE] = (i - first) / (last - first)
    row[columns.FROM_START] = np.log1p(i - first)
    row[columns.FROM_END] = np.log1p(last - 1 - i)


@reading
def _enter_pairs(lines: Lines, first: int, last: int, holders: Table) -> None:
    """Note which lines hold each pair of words, to see what is copied from another line."""
    for i in range(first, last):
        for w in range(lines.word_starts[i], lines.word_starts[i + 1] - 1):
            enter(holders, combined(lines.words[w], lines.words[w + 1]), i)


@reading
def _copied_share(lines: Lines, i: int, holders: Table) -> float:
    """The share of a line's pairs of words that another line has, too."""
    copied = 0
    for w in range(lines.word_starts[i], lines.word_starts[i + 1] - 1):
        copied += is_elsewhere(holders, combined(lines.words[w], lines.words[w + 1]), i)
    share: float = copied / max(1, lines.word_starts[i + 1] - lines.word_starts[i] - 1)
    return share


@reading
def _shared(lines: Lines, i: int, neighbour: int) -> float:
    """The share of a line's first words that are among its neighbour's."""
    starts = lines.word_starts
    n = min(MOST_WORDS, starts[i + 1] - starts[i])
    stop = min(starts[neighbour + 1], starts[neighbour] + MOST_NEIGHBOUR_WORDS)
    shared = 0
    for w in range(starts[i], starts[i] + n):
        shared += _is_among(lines.words, lines.words[w], starts[neighbour], stop)
    share: float = shared / max(1, n)
    return share


@reading
def _is_among(words: NDArray[np.uint64], word: np.uint64, start: int, stop: int) -> bool:
    for v in range(start, stop):  # noqa: SIM110 - compiled code has no generators
        if words[v] == word:
            return True
    return False
