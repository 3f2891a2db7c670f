"""The closed phrases among positions with equal windows.

The positions that share a phrase are split by the token that follows it, again and again, as in a suffix tree that is
built from the top and only where something may be found: where all positions follow one and the same token, that token
extends every phrase of the branch, and the branch is left. Positions ascend within a node, so that those of one text
are together, so texts are counted without a set.

Why looking one token to the left and to the right is enough: let a longer phrase ``uPv`` be in the same texts as
``P``. If ``u`` is not empty and ends with the token ``a``, then each of these texts holds ``aP``, and no other can, so
``aP`` is in the same texts too; likewise ``Pb`` for the first token ``b`` of ``v``.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assets.phrases.corpus import text_of
from assets.phrases.windows import LOW_HALF, WINDOW, Int32s, Int64s, UInt64s, marked_token
from assets.text.compiled import compiled

SLOT_BITS = 12  # of the stored hash, for a counting sort within a bucket
MOVES = 12  # a value that insertion sort may make before it gives up
# Where the compiled loop keeps its place between two calls.
BUCKET, CURSOR, STACKED, STAMP, N_PHRASES, N_PLACES, STATE_FIELDS = range(7)


UInt32s = npt.NDArray[np.uint32]
# Columns of the stack: the entries of a node, and the tokens that they share.
LOW, HIGH, DEPTH = range(3)
STACK_COLUMNS = 3


class Texts(NamedTuple):
    """A corpus, as compiled code takes it: see ``Corpus``."""

    codes: Int32s
    text_offsets: Int64s
    text_of_block: Int32s
    outlets: Int32s


class Memory(NamedTuple):
    """What the walk keeps between calls; meaningless to others except ``state`` at ``N_PHRASES`` and ``N_PLACES``."""

    ordered: UInt64s
    slot_ends: Int64s
    stack: Int64s
    seen_tokens: Int64s
    seen_outlets: Int64s
    state: Int64s


class Output(NamedTuple):
    """``phrases`` has a row for each phrase: tokens, texts, outlets, places; ``places`` their positions, phrase by phrase."""

    phrases: Int32s
    places: UInt32s


def memory_for(largest: int, n_forms: int, n_outlets: int) -> Memory:
    """Memory for a walk whose largest bucket has this many entries."""
    return Memory(
        np.empty(largest, np.uint64),
        np.empty(1 << SLOT_BITS, np.int64),
        np.empty((largest // 2 + 1, STACK_COLUMNS), np.int64),
        np.zeros((4, max(n_forms, 1)), np.int64),
        np.zeros(n_outlets, np.int64),
        np.zeros(STATE_FIELDS, np.int64),
    )


@compiled
def find(texts: Texts, entries: UInt64s, offsets: Int64s, memory: Memory, output: Output) -> bool:
    """Write closed phrases and their places until all buckets are done (true) or the output is full (false; call again).

    ``entries`` and ``offsets`` are those of ``windows.bucketed``; there must be room for the places of the largest bucket.
    """
    codes, text_offsets, text_of_block, _ = texts
    ordered, slot_ends, stack, _, _, state = memory
    state[N_PHRASES], state[N_PLACES] = 0, 0
    while True:
        if state[STACKED] == 0:
            bucket = state[BUCKET]
            if bucket == len(offsets) - 1:
                return True
            size = offsets[bucket + 1] - offsets[bucket]
            if state[CURSOR] == 0:
                _sort_bucket(entries[offsets[bucket] : offsets[bucket + 1]], ordered[:size], slot_ends)
            first, after = _next_group(ordered[:size], state[CURSOR])
            if first == size:
                state[BUCKET], state[CURSOR] = bucket + 1, 0
                continue
            state[CURSOR] = after
            stack[0, LOW], stack[0, HIGH] = first, after
            # Hashes that are equal by chance send their tokens through the split from the start.
            stack[0, DEPTH] = WINDOW if _share_window(codes, ordered[first:after]) else 0
            state[STACKED] = 1
        top = state[STACKED] - 1
        node = ordered[stack[top, LOW] : stack[top, HIGH]]
        n_texts = 0 if _follow_one_token(codes, node) else _n_texts(node, text_of_block, text_offsets)
        if n_texts < 2:
            state[STACKED] -= 1
            continue
        if state[N_PHRASES] == len(output.phrases) or state[N_PLACES] + len(node) > len(output.places):
            return False
        _branch(texts, n_texts, memory, output)


@compiled
def _branch(texts: Texts, n_texts: int, memory: Memory, output: Output) -> None:
    """Take the last node off the stack, write its phrase where it is closed, and put the nodes on that follow from it."""
    codes, text_offsets, text_of_block, _ = texts
    stack, state = memory.stack, memory.state
    state[STACKED] -= 1
    low, high = stack[state[STACKED], LOW], stack[state[STACKED], HIGH]
    node = memory.ordered[low:high]
    depth = _depth_of_branching(codes, node, stack[state[STACKED], DEPTH])
    here = output.places[state[N_PLACES] : state[N_PLACES] + len(node)]
    for i in range(len(node)):
        here[i] = node[i] & LOW_HALF
    closed = depth >= WINDOW
    _order_by_next(codes, node, depth)
    first = 0
    while first < len(node):
        following = node[first] >> np.uint64(32)
        after = first + 1
        while after < len(node) and node[after] >> np.uint64(32) == following:
            after += 1
        repeated = following > 0 and after - first > 1
        n_below = _n_texts(node[first:after], text_of_block, text_offsets) if repeated else 0
        closed = closed and n_below != n_texts
        if n_below > 1:
            top = state[STACKED]
            stack[top, LOW], stack[top, HIGH], stack[top, DEPTH] = low + first, low + after, depth + 1
            state[STACKED] += 1
        first = after
    if closed and not _one_token_precedes_in_all(texts, here, n_texts, memory.seen_tokens):
        state[STAMP] += 1
        row = output.phrases[state[N_PHRASES]]
        row[0], row[1], row[3] = depth, n_texts, len(node)
        row[2] = _n_outlets(texts, here, memory.seen_outlets, state[STAMP])
        state[N_PHRASES] += 1
        state[N_PLACES] += len(node)


@compiled
def _sort(values: UInt64s) -> None:
    """Sort in place: by insertion, which is the fastest on few values and on many in nearly the right order."""
    moves_left = MOVES * len(values)
    for i in range(1, len(values)):
        value = values[i]
        j = i
        while j > 0 and values[j - 1] > value:
            values[j] = values[j - 1]
            j -= 1
        values[j] = value
        moves_left -= i - j
        if moves_left < 0:
            _heap_sort(values)
            return


@compiled
def _heap_sort(values: UInt64s) -> None:
    """In place and without a bad case, unlike the quicksort behind ``np.sort``."""
    for end in range(2 * len(values) - 1, 0, -1):
        # The first half of the turns builds the heap from its last node up, the second takes the largest value off.
        root, size = end - len(values), len(values)
        if end < len(values):
            values[0], values[end] = values[end], values[0]
            root, size = 0, end
        value = values[root]
        child = 2 * root + 1
        while child < size:
            if child + 1 < size and values[child + 1] > values[child]:
                child += 1
            if values[child] <= value:
                break
            values[root] = values[child]
            root = child
            child = 2 * root + 1
        values[root] = value


@compiled
def _sort_bucket(entries: UInt64s, ordered: UInt64s, slot_ends: Int64s) -> None:
    """Copy a bucket's entries in order of hash, then position: by counting, then within what is left together."""
    slot_ends[:] = 0
    shift = np.uint64(64 - SLOT_BITS)
    for i in range(len(entries)):
        slot_ends[entries[i] >> shift] += 1
    total = 0
    for slot in range(len(slot_ends)):
        size = slot_ends[slot]
        slot_ends[slot] = total
        total += size
    for i in range(len(entries)):
        slot = entries[i] >> shift
        ordered[slot_ends[slot]] = entries[i]
        slot_ends[slot] += 1
    first = 0
    for slot in range(len(slot_ends)):
        if slot_ends[slot] - first > 1:
            _sort(ordered[first : slot_ends[slot]])
        first = slot_ends[slot]


@compiled
def _next_group(ordered: UInt64s, cursor: int) -> tuple[int, int]:
    """Bounds of the next two or more entries with one hash; both are ``len(ordered)`` when there are none."""
    while cursor < len(ordered):
        hashed = ordered[cursor] >> np.uint64(32)
        after = cursor + 1
        while after < len(ordered) and ordered[after] >> np.uint64(32) == hashed:
            after += 1
        if after - cursor > 1:
            return cursor, after
        cursor = after
    return cursor, cursor


@compiled
def _share_window(codes: Int32s, node: UInt64s) -> bool:
    """Whether the windows at these positions are equal in fact, and not in their hashes alone."""
    first = np.int64(node[0] & LOW_HALF)
    head = marked_token(codes[first])
    for i in range(1, len(node)):
        position = np.int64(node[i] & LOW_HALF)
        if marked_token(codes[position]) != head:
            return False
        for k in range(1, WINDOW):
            if codes[position + k] != codes[first + k]:
                return False
    return True


@compiled
def _previous(codes: Int32s, position: np.int64) -> np.int32:
    """The token before a position on the same line, or -1."""
    if codes[position] < 0:
        return np.int32(-1)
    before: np.int32 = marked_token(codes[position - 1])
    return before


@compiled
def _next(codes: Int32s, position: np.int64, depth: int) -> np.int32:
    """The token ``depth`` places on, or -1 where the line ends before it."""
    at = position + depth
    if depth > 0 and (at >= len(codes) or codes[at] < 0):
        return np.int32(-1)
    token: np.int32 = codes[at] if depth > 0 else marked_token(codes[at])
    return token


@compiled
def _follow_one_token(codes: Int32s, node: UInt64s) -> bool | np.bool_:
    """Whether the same token comes before every position."""
    token = _previous(codes, np.int64(node[0] & LOW_HALF))
    alike = token >= 0
    i = 1
    while alike and i < len(node):
        alike = _previous(codes, np.int64(node[i] & LOW_HALF)) == token
        i += 1
    return alike


@compiled
def _depth_of_branching(codes: Int32s, node: UInt64s, depth: int) -> int:
    """How many tokens all positions share; a phrase with fewer is not closed, for all of it goes on alike."""
    first = np.int64(node[0] & LOW_HALF)
    while True:
        token = _next(codes, first, depth)
        alike = token >= 0
        i = 1
        while alike and i < len(node):
            alike = _next(codes, np.int64(node[i] & LOW_HALF), depth) == token
            i += 1
        if not alike:
            return depth
        depth += 1


@compiled
def _order_by_next(codes: Int32s, node: UInt64s, depth: int) -> None:
    """Order a node by next token, then position; the high halves now hold that token + 1, and 0 where the line ends."""
    for i in range(len(node)):
        position = node[i] & LOW_HALF
        node[i] = (np.uint64(_next(codes, np.int64(position), depth) + 1) << np.uint64(32)) | position
    _sort(node)


@compiled
def _n_texts(node: UInt64s, text_of_block: Int32s, text_offsets: Int64s) -> int:
    """Distinct texts among ascending positions."""
    n = 0
    text_end = 0
    for i in range(len(node)):
        position = np.int64(node[i] & LOW_HALF)
        if position >= text_end:
            text_end = text_offsets[text_of(position, text_of_block, text_offsets) + 1]
            n += 1
    return n


@compiled
def _one_token_precedes_in_all(texts: Texts, places: UInt32s, n_texts: int, seen: Int64s) -> bool:
    """Whether the same token comes before some place in every text.

    Rows of ``seen``, by token: the call that last counted it, the last text counted, how many; the last row is the
    number of calls.
    """
    codes, text_offsets, text_of_block, _ = texts
    call = seen[3, 0] + 1
    seen[3, 0] = call
    for i in range(len(places)):
        token = _previous(codes, np.int64(places[i]))
        if token < 0:
            continue
        text = text_of(places[i], text_of_block, text_offsets)
        if seen[0, token] != call:
            seen[0, token] = call
            seen[1, token] = text
            seen[2, token] = 1
        elif seen[1, token] != text:
            seen[1, token] = text
            seen[2, token] += 1
        if seen[2, token] == n_texts:
            return True
    return False


@compiled
def _n_outlets(texts: Texts, places: UInt32s, seen: Int64s, call: int) -> int:
    """Distinct outlets of these places; ``seen`` holds the call that last counted each outlet."""
    _, text_offsets, text_of_block, outlets = texts
    n = 0
    for i in range(len(places)):
        outlet = outlets[text_of(places[i], text_of_block, text_offsets)]
        if seen[outlet] != call:
            seen[outlet] = call
            n += 1
    return n
