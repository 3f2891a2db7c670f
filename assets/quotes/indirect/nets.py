"""The weights of the tagger of indirect speech as compiled code takes them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.annotations import Vocabulary
from assets.quotes.indirect.characters import Characters


class Net(NamedTuple):
    """Embeddings of hashed features, ``rows`` of small integers, and the linear layer after their sum.

    ``out`` is (units + 1, classes) for heads, with the bias last, and (units,) for a kind of boundary.
    """

    rows: NDArray[np.int8]
    out: NDArray[np.float32]


class Judge(NamedTuple):
    """The third net: ``inner`` (evidence + 1, units) and ``outer`` (units + 1, 2), the last row of each the bias."""

    inner: NDArray[np.float32]
    outer: NDArray[np.float32]


class Nets(NamedTuple):
    """The two nets that propose: ``heads``, and ``boundaries`` with a net for each kind along the first axis of its arrays."""

    heads: Net
    boundaries: Net


class Weights(NamedTuple):
    """A whole tagger. ``trust`` makes confidences: bias, weight of the judge's logit, weight of the source's."""

    characters: Characters
    vocabulary: Vocabulary
    nets: Nets
    judge: Judge
    trust: NDArray[np.float64]
    threshold: float
