"""The closed phrases among positions with equal windows.

The positions that share a phrase are split by the token that follows it, again and again, as in a suffix tree that is
built from the top and only where something may be found: a branch whose positions all follow one and the same token
holds no closed phrase, since that token extends every phrase of the branch, and it is left.

Why looking one token to the left and to the right is enough: let a longer phrase ``uPv`` stand in the same articles as
``P``. If ``u`` is not empty and ends with the token ``a``, then each of these articles holds ``aP``, and no other can,
so ``aP`` stands in the same articles too; likewise ``Pb`` for the first token ``b`` of ``v``.
"""

import numpy as np

from assets.phrases.windows import LOW_HALF, WINDOW, marked_token, njit

SLOT_BITS = 12  # of the stored hash, for a counting sort within a bucket
FEW = 24  # up to here insertion sort is the fastest
# Where the compiled loop keeps its place between two calls.
BUCKET, CURSOR, STACKED, NODE, N_PHRASES, N_PLACES, STATE_FIELDS = range(7)


@njit
def article_of(position, first_articles, text_offsets):  # type: ignore[no-untyped-def]
    """The text that holds a token: ``first_articles`` names the text of every 128th token."""
    article = first_articles[position >> 7]
    while text_offsets[article + 1] <= position:
        article += 1
    return article


@njit
def articles_by_block(text_offsets):  # type: ignore[no-untyped-def]
    """The text that holds token 0, 128, 256 …"""
    blocks = np.empty((text_offsets[-1] >> 7) + 1, np.int32)
    article = 0
    for block in range(len(blocks)):
        while article < len(text_offsets) - 2 and text_offsets[article + 1] <= block << 7:
            article += 1
        blocks[block] = article
    return blocks


@njit
def _previous(codes, position):  # type: ignore[no-untyped-def]
    """The token before a position on the same line, or -1."""
    if codes[position] < 0:
        return np.int32(-1)
    return marked_token(codes[position - 1])


@njit
def _sort(values):  # type: ignore[no-untyped-def]
    """Sort distinct unsigned numbers in place."""
    if len(values) > FEW:
        values[:] = np.sort(values)
        return
    for i in range(1, len(values)):
        value = values[i]
        j = i
        while j > 0 and values[j - 1] > value:
            values[j] = values[j - 1]
            j -= 1
        values[j] = value


@njit
def _sort_bucket(entries, sorted_entries, slot_ends):  # type: ignore[no-untyped-def]
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
        sorted_entries[slot_ends[slot]] = entries[i]
        slot_ends[slot] += 1
    first = 0
    for slot in range(len(slot_ends)):
        if slot_ends[slot] - first > 1:
            _sort(sorted_entries[first : slot_ends[slot]])
        first = slot_ends[slot]


@njit
def _n_articles(packed, first_articles, text_offsets):  # type: ignore[no-untyped-def]
    """Distinct texts among ascending positions (the low halves of ``packed``)."""
    n = 0
    until = 0
    for i in range(len(packed)):
        position = np.int64(packed[i] & LOW_HALF)
        if position >= until:
            until = text_offsets[article_of(position, first_articles, text_offsets) + 1]
            n += 1
    return n


@njit
def _follow_one_token(codes, packed):  # type: ignore[no-untyped-def]
    """Whether one and the same token stands before every position."""
    token = _previous(codes, np.int64(packed[0] & LOW_HALF))
    if token < 0:
        return False
    for i in range(1, len(packed)):
        if _previous(codes, np.int64(packed[i] & LOW_HALF)) != token:
            return False
    return True


@njit
def _share_window(codes, packed):  # type: ignore[no-untyped-def]
    """Whether the windows at these positions are equal in fact, and not in their hashes alone."""
    first = np.int64(packed[0] & LOW_HALF)
    head = marked_token(codes[first])
    for i in range(1, len(packed)):
        position = np.int64(packed[i] & LOW_HALF)
        if marked_token(codes[position]) != head:
            return False
        for k in range(1, WINDOW):
            if codes[position + k] != codes[first + k]:
                return False
    return True


@njit
def _next(codes, position, depth):  # type: ignore[no-untyped-def]
    """The token ``depth`` places on, or -1 where the line ends before it."""
    at = position + depth
    if depth == 0:
        return marked_token(codes[at])
    if at >= len(codes) or codes[at] < 0:
        return np.int32(-1)
    return codes[at]


@njit
def _covered_from_left(codes, places, n_articles, first_articles, text_offsets, seen):  # type: ignore[no-untyped-def]
    """Whether one and the same token stands before some place in every article.

    ``seen`` (token × 3) holds the node that last counted the token, the last article counted, and the count.
    """
    first_nodes, node = seen[0], seen[3, 0] + 1
    seen[3, 0] = node
    for i in range(len(places)):
        token = _previous(codes, places[i])
        if token < 0:
            continue
        article = article_of(places[i], first_articles, text_offsets)
        if first_nodes[token] != node:
            first_nodes[token] = node
            seen[1, token] = article
            seen[2, token] = 1
        elif seen[1, token] != article:
            seen[1, token] = article
            seen[2, token] += 1
        if seen[2, token] == n_articles:
            return True
    return False


@njit
def _n_outlets(places, outlets, first_articles, text_offsets, seen, stamp):  # type: ignore[no-untyped-def]
    n = 0
    for i in range(len(places)):
        outlet = outlets[article_of(places[i], first_articles, text_offsets)]
        if seen[outlet] != stamp:
            seen[outlet] = stamp
            n += 1
    return n


@njit
def find(  # type: ignore[no-untyped-def]
    codes, text_offsets, first_articles, outlets, entries, offsets,
    sorted_entries, slot_ends, stack, seen_tokens, seen_outlets, state, phrases, places,
):  # fmt: skip
    """Write closed phrases and their places until all buckets are done (true) or the room is (false; call again).

    ``phrases`` has a row for each: tokens, articles, outlets, places. ``places`` holds the positions, phrase by phrase.
    """
    n_phrases, n_places, n_stacked = 0, 0, state[STACKED]
    bucket, cursor = state[BUCKET], state[CURSOR]
    n_buckets = len(offsets) - 1
    while True:
        if n_stacked == 0:
            # The next group of two or more equal hashes.
            if bucket == n_buckets:
                state[N_PHRASES], state[N_PLACES] = n_phrases, n_places
                return True
            size = offsets[bucket + 1] - offsets[bucket]
            if cursor == 0 and size > 1:
                _sort_bucket(entries[offsets[bucket] : offsets[bucket + 1]], sorted_entries[:size], slot_ends)
            after = cursor + 1
            while cursor < size:
                hashed = sorted_entries[cursor] >> np.uint64(32)
                while after < size and sorted_entries[after] >> np.uint64(32) == hashed:
                    after += 1
                if after - cursor > 1:
                    break
                cursor = after
                after = cursor + 1
            if cursor >= size or size < 2:
                bucket += 1
                cursor = 0
                continue
            group = sorted_entries[cursor:after]
            if _share_window(codes, group):
                stack[0, 0], stack[0, 1], stack[0, 2] = cursor, after, WINDOW
            else:
                stack[0, 0], stack[0, 1], stack[0, 2] = cursor, after, 0
            n_stacked = 1
            cursor = after
        low, high, depth = stack[n_stacked - 1, 0], stack[n_stacked - 1, 1], stack[n_stacked - 1, 2]
        node = sorted_entries[low:high]
        n_here = high - low
        if _follow_one_token(codes, node):
            n_stacked -= 1
            continue
        n_articles = _n_articles(node, first_articles, text_offsets)
        if n_articles < 2:
            n_stacked -= 1
            continue
        if n_phrases == len(phrases) or n_places + n_here > len(places):
            state[BUCKET], state[CURSOR], state[STACKED] = bucket, cursor, n_stacked
            state[N_PHRASES], state[N_PLACES] = n_phrases, n_places
            return False
        n_stacked -= 1
        # Go on while all positions are followed by the same token: such a phrase is never closed.
        first = np.int64(node[0] & LOW_HALF)
        while True:
            token = _next(codes, first, depth)
            alike = token >= 0
            for i in range(1, n_here):
                if not alike:
                    break
                alike = _next(codes, np.int64(node[i] & LOW_HALF), depth) == token
            if not alike:
                break
            depth += 1
        here = places[n_places : n_places + n_here]
        for i in range(n_here):
            position = np.int64(node[i] & LOW_HALF)
            here[i] = position
            node[i] = (np.uint64(_next(codes, position, depth) + 1) << np.uint64(32)) | np.uint64(position)
        _sort(node)
        closed = depth >= WINDOW
        i = 0
        while i < n_here:
            following = node[i] >> np.uint64(32)
            j = i + 1
            while j < n_here and node[j] >> np.uint64(32) == following:
                j += 1
            if following > 0 and j - i > 1:
                n_below = _n_articles(node[i:j], first_articles, text_offsets)
                if n_below == n_articles:
                    closed = False
                if n_below > 1:
                    stack[n_stacked, 0], stack[n_stacked, 1], stack[n_stacked, 2] = low + i, low + j, depth + 1
                    n_stacked += 1
            i = j
        if closed and not _covered_from_left(codes, here, n_articles, first_articles, text_offsets, seen_tokens):
            state[NODE] += 1
            phrases[n_phrases, 0] = depth
            phrases[n_phrases, 1] = n_articles
            phrases[n_phrases, 2] = _n_outlets(here, outlets, first_articles, text_offsets, seen_outlets, state[NODE])
            phrases[n_phrases, 3] = n_here
            n_phrases += 1
            n_places += n_here
