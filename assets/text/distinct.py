"""A stretch of an array as a set: each value once, in order."""

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import inlined


@inlined
def sort_distinct(values: NDArray[np.uint64], first: int, end: int) -> int:
    """Sort ``values[first:end]`` in place, each of them once; where they end then."""
    own = np.sort(values[first:end])
    end = first
    for k in range(len(own)):
        if k == 0 or own[k] != own[k - 1]:
            values[end] = own[k]
            end += 1
    return end
