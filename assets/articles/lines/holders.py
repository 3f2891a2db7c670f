"""Which line of a page holds a word or a pair of words: one of them, or several."""

import numpy as np

from assets.text.compiled import inlined
from assets.text.tables import Table, slot_of, value_of

SEVERAL = -1  # in the place of the line's number + 1


@inlined
def enter(holders: Table, key: np.uint64, line: int) -> None:
    """Note that a line holds a word."""
    slot = slot_of(holders, key)
    holders.keys[slot] = key
    if holders.values[slot] == 0:
        holders.values[slot] = line + 1
    elif holders.values[slot] != line + 1:
        holders.values[slot] = SEVERAL


@inlined
def is_elsewhere(holders: Table, key: np.uint64, line: int) -> bool:
    """Whether a line other than this one is known to hold a word."""
    holder = value_of(holders, key)
    return holder not in (0, line + 1)
