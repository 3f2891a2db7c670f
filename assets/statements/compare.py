"""Which printings are worth comparing, and what the comparison finds; compiled.

Candidates share a rare enough key: three spellings in a row (anywhere, or within the story), a content stem said by the
same speaker in the same story, all content stems within the story, or all letters. Keys that too many printings share are left out, so that time stays near
linear in the quotations.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.statements.printings import Printings
from assets.text.compiled import compiled

SHINGLE = 3
LONG = 16  # tokens from which shingles are sampled
SAMPLED = 2
MOST_ANYWHERE, MOST_IN_STORY, MOST_OF_SPEAKER, MOST_SAME_LETTERS = 40, 300, 150, 300
BLOCK = 20_000  # printings compared at a time
LONGEST = 250  # tokens of a printing that are aligned; speeches are judged by their beginning
GAP_COST = np.float32(0.1)  # of a word of the longer printing passed over inside the alignment
SAME_STEM = np.float32(0.8)  # what another form of the same word counts
LEAST_COVERAGE, LEAST_RUN, LEAST_DICE = 0.55, 5, 0.25

UInt64s = npt.NDArray[np.uint64]


def compared(printings: Printings) -> pl.DataFrame:
    """Pairs of printings that have words in common, one row each: a, b (printings; a the shorter, or the earlier),
    contained (a's spellings stand in b without a break), coverage (weighted share of a that an alignment finds in b, in
    order), run (longest common run of spellings), shared_stems and dice (content stems in common).
    """
    table = printings.table
    n = table.height
    keys, owners, caps = _keys(
        printings.codes,
        printings.stems,
        printings.weights,
        printings.offsets,
        table["speaker"].to_numpy(),
        table["story"].to_numpy(),
        table["letters"].to_numpy(),
    )
    posting_owner, run_end, by_owner, owner_offsets = _postings(keys, owners, caps, n)
    blocks = []
    for first in range(0, n, BLOCK):
        last = min(first + BLOCK, n)
        arguments = (posting_owner, run_end, by_owner, owner_offsets, first, last, n)
        n_pairs = _walk(*arguments, np.empty(0, np.int32), np.empty(0, np.int32))
        a, b = np.empty(n_pairs, np.int32), np.empty(n_pairs, np.int32)
        _walk(*arguments, a, b)
        measures = _measure(a, b, printings.codes, printings.stems, printings.weights, printings.offsets)
        blocks.append(_frame(a, b, *measures))
    return pl.concat(blocks) if blocks else _frame(*(np.empty(0, np.int32),) * 2, *_no_measures())


def _frame(a: Any, b: Any, contained: Any, coverage: Any, run: Any, shared: Any, dice: Any) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "a": a,
            "b": b,
            "contained": contained,
            "coverage": coverage,
            "run": run,
            "shared_stems": shared,
            "dice": dice,
        }
    ).filter(
        pl.col("contained")
        | (pl.col("coverage") >= LEAST_COVERAGE)
        | (pl.col("run") >= LEAST_RUN)
        | (pl.col("dice") >= LEAST_DICE)
    )


def _no_measures() -> tuple[Any, ...]:
    return (
        np.empty(0, np.bool_),
        np.empty(0, np.float32),
        np.empty(0, np.int32),
        np.empty(0, np.int32),
        np.empty(0, np.float32),
    )


def _postings(keys: UInt64s, owners: Any, caps: Any, n: int) -> tuple[Any, Any, Any, Any]:
    """Postings sorted by key, for each the end of its key's run, and each printing's postings; crowded keys left out."""
    order = np.lexsort((owners, keys))
    keys, owners, caps = keys[order], owners[order], caps[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, np.int64)
    lengths = np.diff(np.r_[starts, len(keys)])
    kept = np.repeat((lengths > 1) & (lengths <= caps[starts] if len(keys) else lengths > 1), lengths)
    lengths = lengths[(lengths > 1) & (lengths <= caps[starts])] if len(keys) else lengths
    owners = owners[kept]
    run_end = np.repeat(np.cumsum(lengths), lengths)
    by_owner = np.argsort(owners, kind="stable")
    owner_offsets = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=n))])
    return owners, run_end, by_owner, owner_offsets


@compiled
def _mix(h, x):  # type: ignore[no-untyped-def]
    h = (h ^ np.uint64(x + 2)) * np.uint64(0xFF51AFD7ED558CCD)
    return h ^ (h >> np.uint64(32))


@compiled
def _keys(codes, stems, weights, offsets, speaker, story, letters):  # type: ignore[no-untyped-def]
    """Every printing's keys, with the most printings that may share each."""
    room = 3 * len(codes) + 2 * len(speaker)
    keys, owners, caps = np.empty(room, np.uint64), np.empty(room, np.int32), np.empty(room, np.int32)
    n = 0
    for p in range(len(speaker)):
        first, last = offsets[p], offsets[p + 1]
        if first == last:
            continue
        keys[n], owners[n], caps[n] = _mix(letters[p], 1), p, MOST_SAME_LETTERS
        n += 1
        h = np.uint64(11)
        for t in range(first, last):
            if weights[t] == 1:
                h = _mix(h, stems[t])
        keys[n], owners[n], caps[n] = _mix(h, story[p]), p, MOST_SAME_LETTERS
        n += 1
        for t in range(first, last):
            if speaker[p] >= 0 and weights[t] == 1:
                h = _mix(_mix(_mix(np.uint64(7), stems[t]), speaker[p]), story[p])
                keys[n], owners[n], caps[n] = h, p, MOST_OF_SPEAKER
                n += 1
            if t + SHINGLE <= last:
                h = np.uint64(3)
                content = False
                for k in range(t, t + SHINGLE):
                    h = _mix(h, codes[k])
                    content = content or weights[k] == 1
                if not content or (last - first >= LONG and h % np.uint64(SAMPLED) != 0):
                    continue
                keys[n], owners[n], caps[n] = h, p, MOST_ANYWHERE
                n += 1
                keys[n], owners[n], caps[n] = _mix(h, story[p]), p, MOST_IN_STORY
                n += 1
    return keys[:n], owners[:n], caps[:n]


@compiled
def _walk(posting_owner, run_end, by_owner, owner_offsets, first, last, n, a, b):  # type: ignore[no-untyped-def]
    """Pairs of a printing in [first, last) and a later one with a key in common, each once."""
    seen = np.full(n, -1, np.int32)
    touched = np.empty(n, np.int32)
    n_pairs = 0
    for p in range(first, last):
        n_touched = 0
        for k in range(owner_offsets[p], owner_offsets[p + 1]):
            posting = by_owner[k]
            for other in range(posting + 1, run_end[posting]):
                q = posting_owner[other]
                if q != p and seen[q] != p:
                    seen[q] = p
                    touched[n_touched] = q
                    n_touched += 1
        if n_pairs + n_touched <= len(a):
            for q in np.sort(touched[:n_touched]):
                a[n_pairs] = p
                b[n_pairs] = q
                n_pairs += 1
        else:
            n_pairs += n_touched
    return n_pairs


@compiled
def _measure(a, b, codes, stems, weights, offsets):  # type: ignore[no-untyped-def]
    """Compare each pair, and put the shorter first."""
    n = len(a)
    contained = np.zeros(n, np.bool_)
    coverage = np.zeros(n, np.float32)
    longest_run = np.zeros(n, np.int32)
    shared = np.zeros(n, np.int32)
    dice = np.zeros(n, np.float32)
    score = np.zeros((2, LONGEST + 1), np.float32)
    runs = np.zeros((2, LONGEST + 1), np.int32)
    for pair in range(n):
        p, q = a[pair], b[pair]
        if offsets[p + 1] - offsets[p] > offsets[q + 1] - offsets[q]:
            p, q = q, p
            a[pair] = p
            b[pair] = q
        p0, p1 = offsets[p], min(offsets[p + 1], offsets[p] + LONGEST)
        q0, q1 = offsets[q], min(offsets[q + 1], offsets[q] + LONGEST)
        width = q1 - q0
        score[:, : width + 1] = 0
        runs[:, : width + 1] = 0
        total = np.float32(0)
        best_run = 0
        row = 0
        for i in range(p0, p1):
            total += weights[i]
            row = 1 - row
            score[row, 0] = 0
            for j in range(width):
                if codes[i] == codes[q0 + j]:
                    runs[row, j + 1] = runs[1 - row, j] + 1
                    best_run = max(best_run, runs[row, j + 1])
                    s = score[1 - row, j] + weights[i]
                else:
                    runs[row, j + 1] = 0
                    s = np.float32(0)
                    if stems[i] == stems[q0 + j] and weights[i] == 1:
                        s = score[1 - row, j] + SAME_STEM
                score[row, j + 1] = max(s, score[1 - row, j + 1], score[row, j] - GAP_COST)
        if total > 0:
            coverage[pair] = min(np.float32(1), score[row, : width + 1].max() / total)
        longest_run[pair] = best_run
        contained[pair] = best_run == p1 - p0
        n_p, n_q, n_both = 0, 0, 0
        for i in range(p0, p1):
            if weights[i] == 1 and _is_first(stems, weights, p0, i):
                n_p += 1
                for j in range(q0, q1):
                    if stems[j] == stems[i] and weights[j] == 1:
                        n_both += 1
                        break
        for j in range(q0, q1):
            if weights[j] == 1 and _is_first(stems, weights, q0, j):
                n_q += 1
        shared[pair] = n_both
        if n_p + n_q > 0:
            dice[pair] = 2 * n_both / (n_p + n_q)
    return contained, coverage, longest_run, shared, dice


@compiled
def _is_first(stems, weights, start, i):  # type: ignore[no-untyped-def]
    for k in range(start, i):  # noqa: SIM110
        if stems[k] == stems[i] and weights[k] == 1:
            return False
    return True
