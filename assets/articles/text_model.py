"""The line classifier: hashed words give a lexical score, boosted trees over shape and neighbours the probability.

Trained by ``training/text_lines.py``; the file beside this one holds numbers only and is read without pickle.
"""

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

import numba
import numpy as np
from numpy.typing import NDArray

from assets.articles.text_context import first_guess, line_matrix
from assets.articles.text_features import LineFeatures

MODEL_FILE = Path(__file__).with_name("text_model.npz")
Model = Mapping[str, NDArray[np.float32]]


@functools.cache
def load_model() -> Model:
    """The arrays of the shipped model: ``lexical``, and ``feature``, ``threshold``, ``leaf`` of each tree."""
    with np.load(MODEL_FILE, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return {name: array.astype(np.int64 if name == "feature" else np.float32) for name, array in arrays.items()}


def line_scores(features: LineFeatures, model: Model) -> NDArray[np.float32]:
    """Log odds that each line of a batch is part of the story."""
    lexical = lexical_scores(features.buckets, features.indptr, model["lexical"])
    matrix = line_matrix(features.local, lexical, first_guess(features.local, lexical), features.pages)
    return tree_scores(matrix, model["feature"], model["threshold"], model["leaf"])


def scores_of(pages: Sequence[Sequence[str]], model: Model | None = None) -> tuple[LineFeatures, NDArray[np.float32]]:
    """Features and scores of the lines of pages, one after the other."""
    features = LineFeatures(pages)
    return features, line_scores(features, model or load_model())


@numba.njit(cache=True)
def lexical_scores(buckets, indptr, weights):  # type: ignore[no-untyped-def]
    """Sum of the weights of a line's hashed words over the square root of their number; float32 (lines,)."""
    scores = np.zeros(len(indptr) - 1, np.float32)
    for i in range(len(scores)):
        total = 0.0
        for k in range(indptr[i], indptr[i + 1]):
            total += weights[buckets[k]]
        scores[i] = total / np.sqrt(max(1, indptr[i + 1] - indptr[i]))
    return scores


@numba.njit(cache=True)
def tree_scores(matrix, feature, threshold, leaf):  # type: ignore[no-untyped-def]
    """Sum over oblivious trees (one question a level, as in CatBoost); leaf is float32 (trees, 2 ** depth)."""
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
        scores[i] = total
    return scores
