"""What stands around a line of a page, by how likely its neighbours are prose: scores, windows, blocks, runs, sections."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines.columns import LENGTH, WORDS
from assets.text.compiled import compiled, reading

Float32s = NDArray[np.float32]
Float64s = NDArray[np.float64]
Int64s = NDArray[np.int64]
NO_LINE, NO_SCORE = -1.0, -9.0  # in the place of what lies beyond the page
MOST_SCORE, MOST_RUN_SCORE = 6.0, 3.0
SIDE = 6  # lines
FARTHEST_PROSE, FARTHEST_RUN = 60, 50  # lines
BLOCK_GAP = 4  # prose lines of a block are at most so many apart
SECTION_REACH = 40
HEADING_LENGTH = 4.0  # log of the code points of a line that may head a section


class Around(NamedTuple):
    """What is read of a line's neighbours: which features, at which distances, the scores of which, over which windows."""

    features: Int64s
    offsets: Int64s
    scores: Int64s
    windows: Int64s
    penalties: Float64s
    sections: Int64s


class _Prose(NamedTuple):
    """Of the lines of a page: clipped log odds that they are prose, their words, sums of the odds up to each as chances."""

    score: Float64s
    words: Float64s
    chance: Float64s
    story_words: float  # of all its prose


class _Blocks(NamedTuple):
    """Lines of prose with small gaps are a block: each line's block, -1 where it is in none; words and prose lines of each."""

    of_line: Int64s
    words: Float64s
    lines: Float64s


@compiled
def write_surroundings(out: Float32s, prose: Float32s, pages: Int64s, column: int, around: Around) -> None:
    """Fill the features of ``out`` from ``column`` on; ``prose`` are log odds, ``pages`` the first lines of the pages."""
    for page in range(len(pages) - 1):
        first, last = pages[page], pages[page + 1]
        if first == last:
            continue
        rows = out[first:last]
        known = _prose_of(rows, prose[first:last])
        c = _write_neighbours(rows, known, around, column)
        c = _write_windows(rows, known, around, c)
        c = _write_amounts(rows, known, c)
        c = _write_blocks(rows, known, c)
        for penalty in around.penalties:
            c = _write_run(rows, known.score, penalty, c)
        for section in around.sections:
            c = _write_section(rows, section, c)


@compiled
def _prose_of(rows: Float32s, prose: Float32s) -> _Prose:
    n = len(rows)
    score, words, chance = np.empty(n), np.empty(n), np.zeros(n + 1)
    story_words = 0.0
    for i in range(n):
        score[i] = min(MOST_SCORE, max(-MOST_SCORE, prose[i]))
        words[i] = np.expm1(rows[i, WORDS])
        chance[i + 1] = chance[i] + 1.0 / (1.0 + np.exp(-score[i]))
        if score[i] > 0:
            story_words += words[i]
    return _Prose(score, words, chance, story_words)


@reading
def _write_neighbours(rows: Float32s, known: _Prose, around: Around, c: int) -> int:
    """Features and scores of the lines around each."""
    n = len(rows)
    n_features = len(around.features) * len(around.offsets)
    for i in range(n):
        row = rows[i]
        at = c
        for feature in around.features:
            for d in around.offsets:
                row[at] = rows[i + d, feature] if 0 <= i + d < n else NO_LINE
                at += 1
        for d in around.scores:
            row[at] = known.score[i + d] if 0 <= i + d < n else NO_SCORE
            at += 1
    return c + n_features + len(around.scores)


@reading
def _write_windows(rows: Float32s, known: _Prose, around: Around, c: int) -> int:
    """How much prose stands around each line, before it and after it."""
    n, chance = len(rows), known.chance
    n_windows = len(around.windows)
    for i in range(n):
        row = rows[i]
        own = chance[i + 1] - chance[i]
        for k in range(n_windows):
            width = around.windows[k]
            row[c + k] = (chance[min(n, i + width + 1)] - chance[max(0, i - width)] - own) / (2 * width)
        row[c + n_windows] = chance[i] - chance[max(0, i - SIDE)]
        row[c + n_windows + 1] = chance[min(n, i + SIDE + 1)] - chance[i + 1]
    return c + n_windows + 2


@reading
def _write_amounts(rows: Float32s, known: _Prose, c: int) -> int:
    """The score of each line, how much of the page's prose stands before and after it, and how far it is away."""
    n, score, total = len(rows), known.score, known.story_words
    before = 0.0
    previous = -1
    for i in range(n):
        row = rows[i]
        own = known.words[i] if score[i] > 0 else 0.0
        row[c] = score[i]
        row[c + 1] = before / max(total, 1.0)
        row[c + 2] = (total - before - own) / max(total, 1.0)
        row[c + 3] = np.log1p(total)
        row[c + 4] = min(i - previous, FARTHEST_PROSE) if previous >= 0 else FARTHEST_PROSE
        if score[i] > 0:
            before += own
            previous = i
    following = -1
    for i in range(n - 1, -1, -1):
        rows[i, c + 5] = min(following - i, FARTHEST_PROSE) if following >= 0 else FARTHEST_PROSE
        if score[i] > 0:
            following = i
    return c + 6


@compiled
def _blocks_of(known: _Prose) -> _Blocks:
    n = len(known.score)
    blocks = _Blocks(np.full(n, -1), np.zeros(n + 1), np.zeros(n + 1))
    number = 0
    last = -1
    for i in range(n):
        if known.score[i] <= 0:
            continue
        goes_on = last >= 0 and i - last <= BLOCK_GAP
        number += not goes_on
        blocks.of_line[last + 1 if goes_on else i : i + 1] = number
        blocks.words[number] += known.words[i]
        blocks.lines[number] += 1
        last = i
    return blocks


@compiled
def _write_blocks(rows: Float32s, known: _Prose, c: int) -> int:
    """How large the block of each line is, in lines, in words, and beside the page's largest one."""
    blocks = _blocks_of(known)
    largest = max(1.0, blocks.words.max())
    for i in range(len(rows)):
        block = blocks.of_line[i]
        lines, words = (blocks.lines[block], blocks.words[block]) if block >= 0 else (0.0, 0.0)
        rows[i, c] = np.log1p(lines)
        rows[i, c + 1] = np.log1p(words)
        rows[i, c + 2] = words / largest
    return c + 3


@reading
def _best_run(score: Float64s, penalty: float) -> tuple[int, int]:
    """The run of lines with the largest sum, at a price for a line that is no prose (Bentley 1984)."""
    best, run = 0.0, 0.0
    best_start = best_end = start = 0
    for i in range(len(score)):
        if run <= 0:
            run, start = 0.0, i
        run += max(-penalty, min(MOST_RUN_SCORE, score[i]))
        if run > best:
            best, best_start, best_end = run, start, i + 1
    return best_start, best_end


@reading
def _write_run(rows: Float32s, score: Float64s, penalty: float, c: int) -> int:
    """How far each line is from the best run, and where in it."""
    start, end = _best_run(score, penalty)
    for i in range(len(rows)):
        if i < start:
            rows[i, c] = -min(start - i, FARTHEST_RUN)
        elif i >= end:
            rows[i, c] = min(i - end + 1, FARTHEST_RUN)
        rows[i, c + 1] = (i - start) / max(1, end - start) if start <= i < end else NO_LINE
    return c + 2


@reading
def _write_section(rows: Float32s, feature: int, c: int) -> int:
    """How many lines ago a short line with words of a kind stood."""
    last = -SECTION_REACH
    for i in range(len(rows)):
        rows[i, c] = min(SECTION_REACH, i - last)
        if rows[i, feature] > 0 and rows[i, LENGTH] < HEADING_LENGTH:
            last = i
    return c + 1
