"""A line among its neighbours: how much prose surrounds it, since when, and which section it is in."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines.columns import ENDS_STOP, LENGTH, LOCAL_FEATURES
from assets.articles.lines.features import LineFeatures
from assets.articles.lines.holders import enter, is_elsewhere
from assets.articles.lines.surroundings import Around, Float32s, write_surroundings
from assets.text.compiled import compiled, reading
from assets.text.tables import Table, empty_table

_AT = {name: number for number, name in enumerate(LOCAL_FEATURES)}
_NEIGHBOUR = (
    "length",
    "ends_stop",
    "lower_words",
    "capitalised",
    "picture",
    "clock",
    "related",
    "known_share",
    "newsletter",
    "quotes",
    "copied",
    "lexical",
)
_OFFSETS = (-3, -2, -1, 1, 2, 3)
_SECTION = ("related", "comments", "newsletter", "legal", "clock", "byline", "share", "picture")
_SCORES = (-4, -3, -2, -1, 1, 2, 3, 4)
_WINDOWS = (3, 6, 12, 25)
_PENALTIES = (0.5, 1.5, 3.0)
_STOPPED_WINDOWS = (4, 12)
OPENING_LINES = 8
OPENING_WORDS, OPENING_WORDS_OF_LINE = 600, 300
OPENING_ROOM = OPENING_WORDS + OPENING_WORDS_OF_LINE + 1  # the last line may pass the limit
NEAR, SIDE = 4, 12  # lines around, and on one side, over which shares are taken
NOT_PROSE_WEIGHT = 0.1  # of the words of a line that is no prose

FEATURES = (
    *LOCAL_FEATURES,
    "lexical",
    *(f"{name}{offset:+d}" for name in _NEIGHBOUR for offset in _OFFSETS),
    *(f"prose{offset:+d}" for offset in _SCORES),
    *(f"prose_within_{width}" for width in _WINDOWS),
    "prose_before_6", "prose_after_6", "prose", "words_before", "words_after", "story_words", "from_prose", "to_prose",
    "block_lines", "block_words", "block_share",
    *(f"run_{kind}_{penalty}" for penalty in _PENALTIES for kind in ("distance", "place")),
    *(f"since_{name}" for name in _SECTION),
    *(f"stopped_within_{width}" for width in _STOPPED_WINDOWS),
    "opening", "opening_near", "opening_before", "opening_after",
)  # fmt: skip
_NEIGHBOUR_AT = np.array([_AT.get(name, len(LOCAL_FEATURES)) for name in _NEIGHBOUR])
_SECTION_AT = np.array([_AT[name] for name in _SECTION])

Int64s = NDArray[np.int64]


class Words(NamedTuple):
    """The words of all lines as in ``LineFeatures``."""

    hashes: NDArray[np.uint64]
    is_long: NDArray[np.bool_]
    starts: Int64s


def first_guess(local: NDArray[np.float32], lexical: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much a line looks like prose by itself: long, ended like a sentence, in words of prose; float32 (lines,)."""
    return 2.0 * (local[:, ENDS_STOP] + local[:, LENGTH] - 4.6) + 0.5 * lexical


def line_matrix(
    features: LineFeatures, lexical: NDArray[np.float32], prose: NDArray[np.float32]
) -> NDArray[np.float32]:
    """float32 (lines, len(FEATURES)): the local features, the lexical score, and the surroundings of each line.

    ``prose`` is the best log odds known so far that each line is prose: a first guess, or the scores of a first model.
    """
    local, pages = features.local, features.pages
    out = np.zeros((len(local), len(FEATURES)), np.float32)
    out[:, : local.shape[1]] = local
    out[:, local.shape[1]] = lexical
    tables = np.array(_OFFSETS), np.array(_SCORES), np.array(_WINDOWS), np.array(_PENALTIES)
    write_surroundings(out, prose, pages, local.shape[1] + 1, Around(_NEIGHBOUR_AT, *tables, _SECTION_AT))
    column = len(FEATURES) - 4 - len(_STOPPED_WINDOWS)
    _stopped(out, pages, column, np.array(_STOPPED_WINDOWS))
    words = Words(features.words, features.is_long, features.word_starts)
    _opening(out, prose, pages, column + len(_STOPPED_WINDOWS), words)
    return out


@compiled
def _stopped(out: Float32s, pages: Int64s, column: int, windows: Int64s) -> None:
    """Share of the longer lines around each that end like a sentence: paragraphs do, lists of headlines do not."""
    for page in range(len(pages) - 1):
        a, e = pages[page], pages[page + 1]
        n = e - a
        longer = np.zeros(n + 1)
        stopped = np.zeros(n + 1)
        for i in range(n):
            is_longer = out[a + i, LENGTH] > 4.0
            longer[i + 1] = longer[i] + (1 if is_longer else 0)
            stopped[i + 1] = stopped[i] + (1 if is_longer and out[a + i, ENDS_STOP] > 0 else 0)
        for i in range(n):
            for k in range(len(windows)):
                low, high = max(0, i - windows[k]), min(n, i + windows[k] + 1)
                out[a + i, column + k] = (stopped[high] - stopped[low] + 0.5) / (longer[high] - longer[low] + 1.0)


@compiled
def _opening(out: Float32s, prose: Float32s, pages: Int64s, column: int, words: Words) -> None:
    """How many of a line's longer words are in the opening of the page's prose: a second story has other words."""
    for page in range(len(pages) - 1):
        first, last = pages[page], pages[page + 1]
        n = last - first
        holders = empty_table(OPENING_ROOM)
        _enter_opening(prose, words, first, last, holders)
        known = np.zeros(n + 1)
        total = np.zeros(n + 1)
        for i in range(n):
            found, longer = _count_known(words, holders, first + i, i)
            weight = 1.0 if prose[first + i] > 0 else NOT_PROSE_WEIGHT
            known[i + 1] = known[i] + weight * found
            total[i + 1] = total[i] + weight * longer
            out[first + i, column] = (found + 0.5) / (longer + 2.0)
        for i in range(n):
            row = out[first + i]
            row[column + 1] = _share(known, total, max(0, i - NEAR), min(n, i + NEAR + 1))
            row[column + 2] = _share(known, total, max(0, i - SIDE), i)
            row[column + 3] = _share(known, total, i, min(n, i + SIDE + 1))


@reading
def _enter_opening(prose: Float32s, words: Words, first: int, last: int, holders: Table) -> None:
    """Note which of a page's first lines of prose hold each of their longer words."""
    n_lines = n_words = 0
    for line in range(first, last):
        if prose[line] <= 0 or n_lines >= OPENING_LINES or n_words > OPENING_WORDS:
            continue
        n_lines += 1
        start = words.starts[line]
        for w in range(start, min(words.starts[line + 1], start + OPENING_WORDS_OF_LINE)):
            if words.is_long[w]:
                n_words += 1
                enter(holders, words.hashes[w], line - first)


@reading
def _count_known(words: Words, holders: Table, line: int, of_page: int) -> tuple[int, int]:
    """How many of a line's longer words another line of the opening holds, and how many there are."""
    found = longer = 0
    for w in range(words.starts[line], words.starts[line + 1]):
        if words.is_long[w]:
            longer += 1
            found += is_elsewhere(holders, words.hashes[w], of_page)
    return found, longer


@reading
def _share(known: NDArray[np.float64], total: NDArray[np.float64], low: int, high: int) -> float:
    """The share of known words in the lines ``low:high``, from sums up to each line."""
    share: float = (known[high] - known[low] + 0.5) / (total[high] - total[low] + 4.0)
    return share
