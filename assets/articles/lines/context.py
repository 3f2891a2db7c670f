"""A line among its neighbours: how much prose surrounds it, since when, and which section it is in."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines.features import LOCAL_FEATURES, LineFeatures
from assets.articles.lines.holders import enter, is_elsewhere
from assets.text.compiled import compiled
from assets.text.tables import empty_table

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
_LENGTH, _ENDS_STOP = _AT["length"], _AT["ends_stop"]
_SCORES = (-4, -3, -2, -1, 1, 2, 3, 4)
_WINDOWS = (3, 6, 12, 25)
_PENALTIES = (0.5, 1.5, 3.0)
_STOPPED_WINDOWS = (4, 12)
SECTION_REACH = 40
OPENING_LINES = 8
OPENING_WORDS, OPENING_WORDS_OF_LINE = 600, 300
OPENING_ROOM = OPENING_WORDS + OPENING_WORDS_OF_LINE + 1  # the last line may pass the limit
NEAR = 4

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

Float32s = NDArray[np.float32]
Int64s = NDArray[np.int64]


class Words(NamedTuple):
    """The words of all lines as in ``LineFeatures``."""

    hashes: NDArray[np.uint64]
    is_long: NDArray[np.bool_]
    starts: Int64s


class Around(NamedTuple):
    """What is read of a line's neighbours: which features, at which distances, the scores of which, over which windows."""

    features: Int64s
    offsets: Int64s
    scores: Int64s
    windows: Int64s
    penalties: NDArray[np.float64]
    sections: Int64s


def first_guess(local: NDArray[np.float32], lexical: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much a line looks like prose by itself: long, ended like a sentence, in words of prose; float32 (lines,)."""
    return 2.0 * (local[:, _ENDS_STOP] + local[:, _LENGTH] - 4.6) + 0.5 * lexical


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
    _fill(out, prose, pages, local.shape[1], Around(_NEIGHBOUR_AT, *tables, _SECTION_AT))
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
            is_longer = out[a + i, _LENGTH] > 4.0
            longer[i + 1] = longer[i] + (1 if is_longer else 0)
            stopped[i + 1] = stopped[i] + (1 if is_longer and out[a + i, _ENDS_STOP] > 0 else 0)
        for i in range(n):
            for k in range(len(windows)):
                low, high = max(0, i - windows[k]), min(n, i + windows[k] + 1)
                out[a + i, column + k] = (stopped[high] - stopped[low] + 0.5) / (longer[high] - longer[low] + 1.0)


@compiled
def _opening(out: Float32s, prose: Float32s, pages: Int64s, column: int, of_lines: Words) -> None:
    """How many of a line's longer words are in the opening of the page's prose: a second story has other words."""
    words, is_long, word_starts = of_lines
    for page in range(len(pages) - 1):
        a, e = pages[page], pages[page + 1]
        n = e - a
        holders = empty_table(OPENING_ROOM)
        n_lines, n_words = 0, 0
        for i in range(n):
            if prose[a + i] <= 0 or n_lines >= OPENING_LINES or n_words > OPENING_WORDS:
                continue
            n_lines += 1
            for w in range(word_starts[a + i], min(word_starts[a + i + 1], word_starts[a + i] + OPENING_WORDS_OF_LINE)):
                if is_long[w]:
                    n_words += 1
                    enter(holders, words[w], i)
        known = np.zeros(n + 1)
        total = np.zeros(n + 1)
        for i in range(n):
            found, longer = 0, 0
            for w in range(word_starts[a + i], word_starts[a + i + 1]):
                if is_long[w]:
                    longer += 1
                    found += is_elsewhere(holders, words[w], i)
            weight = 1.0 if prose[a + i] > 0 else 0.1
            known[i + 1] = known[i] + weight * found
            total[i + 1] = total[i] + weight * longer
            out[a + i, column] = (found + 0.5) / (longer + 2.0)
        for i in range(n):
            low, high = max(0, i - NEAR), min(n, i + NEAR + 1)
            row = out[a + i]
            row[column + 1] = (known[high] - known[low] + 0.5) / (total[high] - total[low] + 4.0)
            row[column + 2] = (known[i] - known[max(0, i - 12)] + 0.5) / (total[i] - total[max(0, i - 12)] + 4.0)
            high = min(n, i + 13)
            row[column + 3] = (known[high] - known[i] + 0.5) / (total[high] - total[i] + 4.0)


@compiled
def _fill(out: Float32s, prose: Float32s, pages: Int64s, n_local: int, around: Around) -> None:
    neighbour_at, offsets, score_offsets, windows, penalties, section_at = around
    for page in range(len(pages) - 1):
        a, e = pages[page], pages[page + 1]
        n = e - a
        if n == 0:
            continue
        score = np.empty(n)
        words = np.empty(n)
        probability = np.empty(n + 1)
        probability[0] = 0.0
        total = 0.0
        for i in range(n):
            row = out[a + i]
            score[i] = min(6.0, max(-6.0, prose[a + i]))
            words[i] = np.expm1(row[1])
            probability[i + 1] = probability[i] + 1.0 / (1.0 + np.exp(-score[i]))
            if score[i] > 0:
                total += words[i]
        before = 0.0
        last = -1
        for i in range(n):
            row = out[a + i]
            c = n_local + 1
            for k in range(len(neighbour_at)):
                for d in offsets:
                    j = i + d
                    row[c] = out[a + j, neighbour_at[k]] if 0 <= j < n else -1.0
                    c += 1
            for d in score_offsets:
                j = i + d
                row[c] = score[j] if 0 <= j < n else -9.0
                c += 1
            own = probability[i + 1] - probability[i]
            for w in windows:
                low, high = max(0, i - w), min(n, i + w + 1)
                row[c] = (probability[high] - probability[low] - own) / (2 * w)
                c += 1
            row[c] = probability[i] - probability[max(0, i - 6)]
            row[c + 1] = probability[min(n, i + 7)] - probability[i + 1]
            row[c + 2] = score[i]
            mine = words[i] if score[i] > 0 else 0.0
            row[c + 3] = before / max(total, 1.0)
            row[c + 4] = (total - before - mine) / max(total, 1.0)
            row[c + 5] = np.log1p(total)
            row[c + 6] = min(i - last, 60) if last >= 0 else 60
            if score[i] > 0:
                before += mine
                last = i
        next_prose = -1
        for i in range(n - 1, -1, -1):
            out[a + i, c + 7] = min(next_prose - i, 60) if next_prose >= 0 else 60
            if score[i] > 0:
                next_prose = i
        c += 8
        # Blocks: prose lines with gaps of at most three lines; how large is the nearest one, of all prose.
        block = np.full(n, -1)
        sizes = np.zeros(n + 1)
        counts = np.zeros(n + 1)
        n_blocks = 0
        last = -10
        for i in range(n):
            if score[i] > 0:
                if i - last > 4:
                    n_blocks += 1
                sizes[n_blocks] += words[i]
                counts[n_blocks] += 1
                if last >= 0 and i - last <= 4:
                    for j in range(last + 1, i):
                        block[j] = n_blocks
                block[i] = n_blocks
                last = i
        largest = 1.0
        for k in range(n_blocks + 1):
            largest = max(largest, sizes[k])
        for i in range(n):
            k = block[i]
            out[a + i, c] = np.log1p(counts[k]) if k >= 0 else 0.0
            out[a + i, c + 1] = np.log1p(sizes[k]) if k >= 0 else 0.0
            out[a + i, c + 2] = sizes[k] / largest if k >= 0 else 0.0
        c += 3
        # The run of lines with the largest sum, at three prices for a line that is not prose (Bentley 1984).
        for penalty in penalties:
            best, best_start, best_end, run, start = 0.0, 0, 0, 0.0, 0
            for i in range(n):
                if run <= 0:
                    run, start = 0.0, i
                run += max(-penalty, min(3.0, score[i]))
                if run > best:
                    best, best_start, best_end = run, start, i + 1
            for i in range(n):
                row = out[a + i]
                if i < best_start:
                    row[c] = -min(best_start - i, 50)
                elif i >= best_end:
                    row[c] = min(i - best_end + 1, 50)
                row[c + 1] = (i - best_start) / max(1, best_end - best_start) if best_start <= i < best_end else -1.0
            c += 2
        for k in range(len(section_at)):
            last = -1000
            for i in range(n):
                out[a + i, c] = min(SECTION_REACH, i - last)
                if out[a + i, section_at[k]] > 0 and out[a + i, _LENGTH] < 4.0:
                    last = i
            c += 1
