"""How often Python looks for garbage in cycles. Nearly all that a run imports and makes lives on or is in none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

ALLOCATIONS_PER_COLLECTION = 100_000


def collect_rarely() -> None:
    """For the rest of this process: at the usual rate, imports and rows cost a tenth more time."""
    gc.set_threshold(ALLOCATIONS_PER_COLLECTION)


@contextmanager
def fewer_collections() -> Iterator[None]:
    """The same for as long as the block lasts."""
    usual = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*usual)
