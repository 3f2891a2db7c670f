"""Which printings of a story are worth comparing, and what the comparison finds; compiled.

Candidates share a rare enough key within the story: three spellings in a row, a content stem said by the same speaker, all content
stems, or all letters. Keys that too many printings share are left out, so that time stays near linear in the quotations.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.statements.printings import Printings, Wording
from assets.text.compiled import compiled, inlined
from assets.text.hashing import chained

SHINGLE = 3
LONG = 16  # tokens from which shingles are sampled
SAMPLED = 2
MOST_IN_STORY, MOST_OF_SPEAKER, MOST_SAME_LETTERS = 300, 150, 300
BLOCK = 20_000  # printings compared at a time
LONGEST = 250  # tokens of a printing that are aligned; speeches are judged by their beginning
GAP_COST = np.float32(0.1)  # of a word of the longer printing passed over inside the alignment
SAME_STEM = np.float32(0.8)  # what another form of the same word counts
LEAST_COVERAGE, LEAST_RUN, LEAST_DICE = 0.55, 5, 0.25
ROUNDING = 0.001  # more than sums of weights differ by the order in which they are added

UInt64s = npt.NDArray[np.uint64]
Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
Float32s = npt.NDArray[np.float32]
# Where the keys of the three kinds begin, so that no key of one kind is one of another.
SHINGLE_KEY, SPEAKER_KEY, STORY_KEY = np.uint64(3), np.uint64(7), np.uint64(11)


class Words(NamedTuple):
    """``Wording`` as compiled code takes it."""

    codes: Int32s
    stems: Int32s
    weights: Float32s
    offsets: Int64s


class Postings(NamedTuple):
    """Which printing has a key: ``owners`` by key, the end of each one's key in them, and ``by_owner`` the postings of each printing."""

    owners: Int32s
    run_end: Int64s
    by_owner: Int64s
    owner_offsets: Int64s


class Seen(NamedTuple):
    """The last pair in whose words a code or a stem was seen: in those of the longer one, content stems of the shorter one."""

    codes: Int32s
    stems: Int32s
    content: Int32s
    content_of_shorter: Int32s


def compared(printings: Printings) -> pl.DataFrame:
    """Pairs of printings that have words in common, one row each: a, b (printings; a the shorter, or the earlier),
    contained (a's spellings are in b without a break), coverage (weighted share of a that an alignment finds in b, in
    order), run (longest common run of spellings), shared_stems and dice (content stems in common).
    """
    table = printings.table
    n = table.height
    words = _words(printings.wording)
    keys, owners, caps = _keys(
        words,
        printings.wording.hashes,
        table["speaker"].to_numpy(),
        table["story"].to_numpy(),
        table["letters"].to_numpy(),
    )
    postings = postings_of(keys, owners, caps, n)
    blocks = []
    for first in range(0, n, BLOCK):
        last = min(first + BLOCK, n)
        blocks.append(measured(*walked(postings, first, last), printings.wording))
    return pl.concat(blocks) if blocks else measured(np.empty(0, np.int32), np.empty(0, np.int32), printings.wording)


def walked(postings: Postings, first: int, last: int) -> tuple[Int32s, Int32s]:
    """Pairs of a printing in [first, last) and a later one with a key in common, each once."""
    n_pairs = _walk(postings, first, last, np.empty(0, np.int32), np.empty(0, np.int32))
    a, b = np.empty(n_pairs, np.int32), np.empty(n_pairs, np.int32)
    _walk(postings, first, last, a, b)
    return a, b


def measured(a: Int32s, b: Int32s, wording: Wording) -> pl.DataFrame:
    """The pairs of texts that have enough words in common, as of ``compared``; puts the shorter first in the given arrays."""
    return _frame(a, b, *_measure(a, b, _words(wording)))


def _words(wording: Wording) -> Words:
    return Words(wording.codes, wording.stems, wording.weights, wording.offsets)


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


def postings_of(keys: UInt64s, owners: Int32s, caps: Int32s, n: int) -> Postings:
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
    return Postings(owners, run_end, by_owner, owner_offsets)


@inlined
def _with(h: np.uint64, code: Any) -> np.uint64:
    """A key with one more code; -1 stands for what is not known."""
    return chained(h, np.uint64(code + 2))


@compiled
def _keys(
    words: Words, hashes: UInt64s, speaker: Int32s, story: Int32s, letters: UInt64s
) -> tuple[UInt64s, Int32s, Int32s]:
    """Every printing's keys, with the most printings that may share each.

    Which shingles are sampled is told by ``hashes`` of the words: their codes are others when other chapters are done with this one.
    """
    _, stems, weights, offsets = words
    room = 2 * len(hashes) + 2 * len(speaker)
    keys, owners, caps = np.empty(room, np.uint64), np.empty(room, np.int32), np.empty(room, np.int32)
    n = 0
    for p in range(len(speaker)):
        first, last = offsets[p], offsets[p + 1]
        if first == last:
            continue
        keys[n], owners[n], caps[n] = _with(_with(letters[p], 1), story[p]), p, MOST_SAME_LETTERS
        n += 1
        h = STORY_KEY
        for t in range(first, last):
            if weights[t] == 1:
                h = _with(h, stems[t])
        keys[n], owners[n], caps[n] = _with(h, story[p]), p, MOST_SAME_LETTERS
        n += 1
        for t in range(first, last):
            if speaker[p] >= 0 and weights[t] == 1:
                h = _with(_with(_with(SPEAKER_KEY, stems[t]), speaker[p]), story[p])
                keys[n], owners[n], caps[n] = h, p, MOST_OF_SPEAKER
                n += 1
            if t + SHINGLE <= last:
                h = SHINGLE_KEY
                content = False
                for k in range(t, t + SHINGLE):
                    h = chained(h, hashes[k])
                    content = content or weights[k] == 1
                if not content or (last - first >= LONG and h % np.uint64(SAMPLED) != 0):
                    continue
                keys[n], owners[n], caps[n] = _with(h, story[p]), p, MOST_IN_STORY
                n += 1
    return keys[:n], owners[:n], caps[:n]


@compiled
def _walk(postings: Postings, first: int, last: int, a: Int32s, b: Int32s) -> int:
    """Pairs of a printing in [first, last) and a later one with a key in common, each once."""
    posting_owner, run_end, by_owner, owner_offsets = postings
    n = len(owner_offsets) - 1
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
def _measure(a: Int32s, b: Int32s, words: Words) -> tuple[npt.NDArray[np.bool_], Float32s, Int32s, Int32s, Float32s]:
    """Compare each pair, and put the shorter first."""
    offsets = words.offsets
    n = len(a)
    contained = np.zeros(n, np.bool_)
    coverage = np.zeros(n, np.float32)
    longest_run = np.zeros(n, np.int32)
    shared = np.zeros(n, np.int32)
    dice = np.zeros(n, np.float32)
    score = np.zeros((2, LONGEST + 1), np.float32)
    runs = np.zeros((2, LONGEST + 1), np.int32)
    n_codes, n_stems = _room(words.codes), _room(words.stems)
    seen = Seen(
        np.full(n_codes, -1, np.int32),
        np.full(n_stems, -1, np.int32),
        np.full(n_stems, -1, np.int32),
        np.full(n_stems, -1, np.int32),
    )
    for pair in range(n):
        p, q = a[pair], b[pair]
        if offsets[p + 1] - offsets[p] > offsets[q + 1] - offsets[q]:
            p, q = q, p
            a[pair] = p
            b[pair] = q
        p0, p1 = offsets[p], min(offsets[p + 1], offsets[p] + LONGEST)
        q0, q1 = offsets[q], min(offsets[q + 1], offsets[q] + LONGEST)
        n_p, n_q, n_both = _stems_in_common(words, p0, p1, q0, q1, pair, seen)
        shared[pair] = n_both
        if n_p + n_q > 0:
            dice[pair] = 2 * n_both / (n_p + n_q)
        # An alignment costs the product of the two lengths; what cannot come to anything is not aligned.
        if dice[pair] >= LEAST_DICE or _may_align(words, p0, p1, pair, seen):
            coverage[pair], longest_run[pair] = _aligned(words, p0, p1, q0, q1, score, runs)
            contained[pair] = longest_run[pair] == p1 - p0
    return contained, coverage, longest_run, shared, dice


@inlined
def _room(codes: Int32s) -> int:
    return codes.max() + 1 if len(codes) else 0


@compiled
def _may_align(words: Words, p0: int, p1: int, pair: int, seen: Seen) -> bool:
    """Whether the tokens p0 to p1 could be covered enough, or have a long enough run, judged by which of them are seen in the pair."""
    codes, stems, weights, _ = words
    total, found = np.float32(0), np.float32(0)
    run, longest = 0, 0
    for i in range(p0, p1):
        total += weights[i]
        run += 1
        if seen.codes[codes[i]] == pair:
            found += weights[i]
            longest = max(longest, run)
        else:
            run = 0
            if weights[i] == 1 and seen.stems[stems[i]] == pair:
                found += SAME_STEM
    return bool(longest >= LEAST_RUN or found >= (LEAST_COVERAGE - ROUNDING) * total)


@compiled
def _aligned(
    words: Words, p0: int, p1: int, q0: int, q1: int, score: Float32s, runs: Int32s
) -> tuple[np.float32, np.int32]:
    """The weighted share of the tokens p0 to p1 that an alignment finds in q0 to q1, and the longest common run of spellings.

    ``score`` and ``runs`` are room for two rows each.
    """
    codes, stems, weights, _ = words
    width = q1 - q0
    score[:, : width + 1] = 0
    runs[:, : width + 1] = 0
    total = np.float32(0)
    best_run = np.int32(0)
    row = 0
    for i in range(p0, p1):
        total += weights[i]
        row = 1 - row
        score[row, 0] = 0
        for j in range(width):
            s = np.float32(0)
            if codes[i] == codes[q0 + j]:
                runs[row, j + 1] = runs[1 - row, j] + 1
                best_run = max(best_run, runs[row, j + 1])
                s = score[1 - row, j] + weights[i]
            else:
                runs[row, j + 1] = 0
                if stems[i] == stems[q0 + j] and weights[i] == 1:
                    s = score[1 - row, j] + SAME_STEM
            score[row, j + 1] = max(s, score[1 - row, j + 1], score[row, j] - GAP_COST)
    if total == 0:
        return np.float32(0), best_run
    return min(np.float32(1), score[row, : width + 1].max() / total), best_run


@compiled
def _stems_in_common(words: Words, p0: int, p1: int, q0: int, q1: int, pair: int, seen: Seen) -> tuple[int, int, int]:
    """How many distinct content stems the tokens p0 to p1 have, and q0 to q1, and both; notes what is seen in q0 to q1."""
    codes, stems, weights, _ = words
    n_p, n_q, n_both = 0, 0, 0
    for j in range(q0, q1):
        seen.codes[codes[j]] = pair
        seen.stems[stems[j]] = pair
        if weights[j] == 1 and seen.content[stems[j]] != pair:
            seen.content[stems[j]] = pair
            n_q += 1
    for i in range(p0, p1):
        if weights[i] == 1 and seen.content_of_shorter[stems[i]] != pair:
            seen.content_of_shorter[stems[i]] = pair
            n_p += 1
            n_both += seen.content[stems[i]] == pair
    return n_p, n_q, n_both
