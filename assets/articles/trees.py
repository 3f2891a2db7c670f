"""Sums of decision trees over rows of features, with an early end where the sum is clear."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from assets.text.compiled import compiled

EXIT_AFTER, EXIT_BELOW = 48, -2.4  # a line that scores this low after this many trees is not scored further


@compiled
def tree_scores(
    matrix: NDArray[np.float32], feature: NDArray[Any], threshold: NDArray[np.float32], leaf: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Sum over oblivious trees (one question per level, as in CatBoost); leaf is float32 (trees, 2 ** depth)."""
    n_trees, depth = feature.shape
    scores = np.zeros(len(matrix), np.float32)
    for i in range(len(matrix)):
        row = matrix[i]
        total = np.float32(0.0)
        for t in range(n_trees):
            index = 0
            for d in range(depth):
                index = index * 2 + (1 if row[feature[t, d]] > threshold[t, d] else 0)
            total += leaf[t, index]
            if t == EXIT_AFTER and total < EXIT_BELOW:
                break
        scores[i] = total
    return scores
