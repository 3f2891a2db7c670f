"""Bodies as pieces, in compiled code: runs of letters with what joins them, single marks, and quotations as one piece each.

A piece is read again, by the words of its language, once for each of its forms (``vocabulary.py``): l'eau is one piece and two tokens.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import compiled, inlined, reading
from assets.text.hashing import FNV_OFFSET, fnv_spread, fnv_step
from assets.text.tables import first_slot, next_slot, room_for

LETTER, MARK, BLANK, JOINER, HYPHEN = range(5)
"""Classes of code points: of a word, a mark, space within a line, an apostrophe that may stand within a word, a hyphen that also may begin one."""
QUOTATION = 0
"""The form of all quotations."""


class Pieces(NamedTuple):
    """The pieces of a batch of bodies in order: where they begin and end in the batch, and the number of their form.

    Body ``i`` has those from ``bounds[i]`` to before ``bounds[i + 1]``; ``examples[form]`` is a piece of the form.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    forms: NDArray[np.int32]
    bounds: NDArray[np.int64]
    examples: NDArray[np.int32]


class Batch(NamedTuple):
    """Bodies that begin at ``offsets`` in ``codes``, each with a line break after it that is none of it.

    ``quotations`` are the ranges of the quotations, marks and all; body ``i`` has those from ``of_bodies[i]`` on.
    """

    codes: NDArray[np.uint32]
    classes: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    quotations: NDArray[np.int64]
    of_bodies: NDArray[np.int64]


@compiled
def read_pieces(batch: Batch) -> Pieces:
    """The pieces of a batch."""
    most = len(batch.codes) + len(batch.quotations)
    pieces = Pieces(
        np.empty(most, np.int32),
        np.empty(most, np.int32),
        np.empty(most, np.int32),
        np.zeros(len(batch.offsets), np.int64),
        np.zeros(most + 1, np.int32),
    )
    n_forms = _read(batch, pieces, np.zeros(room_for(len(batch.codes)), np.int32))
    n = pieces.bounds[-1]
    return Pieces(
        pieces.starts[:n].copy(), pieces.ends[:n].copy(), pieces.forms[:n].copy(), pieces.bounds, pieces.examples[:n_forms].copy()
    )  # fmt: skip


@reading
def _read(batch: Batch, pieces: Pieces, slots: NDArray[np.int32]) -> int:
    """Fill in the pieces; how many forms they have."""
    classes, quotations = batch.classes, batch.quotations
    n = 0
    n_forms = 1
    for body in range(len(batch.offsets) - 1):
        i, end = batch.offsets[body], batch.offsets[body + 1] - 1
        last_quotation = batch.of_bodies[body + 1]
        for quotation in range(batch.of_bodies[body], last_quotation + 1):
            stop = quotations[quotation, 0] if quotation < last_quotation else end
            while i < stop:
                if classes[i] == BLANK:
                    i += 1
                    continue
                pieces.starts[n] = i
                i = _end_of_piece(classes, i, stop)
                pieces.ends[n] = i
                slot = _slot_of(batch.codes, slots, pieces, n)
                if slots[slot] == 0:
                    slots[slot] = n_forms
                    pieces.examples[n_forms] = n
                    n_forms += 1
                pieces.forms[n] = slots[slot]
                n += 1
            if quotation < last_quotation:
                i = quotations[quotation, 1]
                pieces.starts[n], pieces.ends[n], pieces.forms[n] = stop, i, QUOTATION
                n += 1
        pieces.bounds[body + 1] = n
    return n_forms


@inlined
def _end_of_piece(classes: NDArray[np.uint8], i: int, stop: int) -> int:
    """Where the piece ends that begins at ``i``: after a mark, or after letters, each run of them joined to the one before."""
    opens = classes[i] == HYPHEN and i + 1 < stop and classes[i + 1] == LETTER
    if classes[i] != LETTER and not opens:
        return i + 1
    i += 1
    while i < stop:
        if classes[i] == LETTER:
            i += 1
        elif classes[i] >= JOINER and i + 1 < stop and classes[i + 1] == LETTER:
            i += 2
        else:
            break
    return i


@inlined
def _slot_of(codes: NDArray[np.uint32], slots: NDArray[np.int32], pieces: Pieces, piece: int) -> np.int64:
    """The slot of a piece's form, or the free one where it belongs."""
    starts, ends, examples = pieces.starts, pieces.ends, pieces.examples
    start, length = starts[piece], ends[piece] - starts[piece]
    h = FNV_OFFSET
    for k in range(length):
        h = fnv_step(h, codes[start + k])
    slot = first_slot(fnv_spread(h), len(slots))
    while slots[slot] != 0:
        known = examples[slots[slot]]
        same = ends[known] - starts[known] == length
        k = 0
        while same and k < length:
            same = codes[starts[known] + k] == codes[start + k]
            k += 1
        if same:
            break
        slot = next_slot(slot, len(slots))
    return slot
